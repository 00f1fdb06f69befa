package io.ringfence.chain.event;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;

/**
 * Where a log stands on the chain; (blockHash, logIndex) identifies it.
 *
 * @param blockNumber height
 * @param blockHash hash of its block
 * @param txHash transaction
 * @param logIndex position in the block
 * @param address the contract that emitted it
 */
public record LogPosition(long blockNumber, Bytes32 blockHash, Bytes32 txHash, long logIndex, Address address) {}
