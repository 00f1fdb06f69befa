package io.ringfence.chain.follow;

import io.ringfence.chain.type.Bytes32;

/**
 * The last block whose logs are kept.
 *
 * @param blockNumber height
 * @param blockHash its hash
 */
public record Cursor(long blockNumber, Bytes32 blockHash) {}
