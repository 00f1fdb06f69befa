package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * A venue's book as it stood at the end of a block.
 *
 * @param gross settlement units, signed
 * @param nextIndex the next leaf index
 * @param time chain seconds; 0 if there is no checkpoint at that block
 */
public record Checkpoint(BigInteger gross, long nextIndex, long time) {}
