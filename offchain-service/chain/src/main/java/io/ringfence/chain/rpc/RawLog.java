package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.util.List;

/**
 * A log as the node tells it.
 *
 * @param address who emitted it
 * @param topics up to four
 * @param data the rest
 * @param blockNumber height
 * @param blockHash hash of its block
 * @param txHash transaction
 * @param logIndex position in the block
 */
public record RawLog(
    Address address,
    List<Bytes32> topics,
    Data data,
    long blockNumber,
    Bytes32 blockHash,
    Bytes32 txHash,
    long logIndex) {
  public RawLog {
    topics = List.copyOf(topics);
  }
}
