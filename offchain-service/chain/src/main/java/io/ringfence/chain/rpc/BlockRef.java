package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Bytes32;

/**
 * A block as the follower knows it.
 *
 * @param number height
 * @param hash its hash
 * @param parentHash of the block before
 * @param timestamp chain seconds
 */
public record BlockRef(long number, Bytes32 hash, Bytes32 parentHash, long timestamp) {}
