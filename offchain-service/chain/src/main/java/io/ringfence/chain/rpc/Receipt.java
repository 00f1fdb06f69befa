package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a mined transaction did.
 *
 * @param txHash transaction
 * @param success false: reverted
 * @param blockNumber height
 * @param blockHash hash of its block
 * @param from sender
 * @param to empty for a creation
 * @param contractAddress of a creation, else empty
 * @param gasUsed gas
 * @param effectiveGasPrice wei
 * @param logs in order
 */
public record Receipt(
    Bytes32 txHash,
    boolean success,
    long blockNumber,
    Bytes32 blockHash,
    Address from,
    Optional<Address> to,
    Optional<Address> contractAddress,
    long gasUsed,
    BigInteger effectiveGasPrice,
    List<RawLog> logs) {
  public Receipt {
    logs = List.copyOf(logs);
  }
}
