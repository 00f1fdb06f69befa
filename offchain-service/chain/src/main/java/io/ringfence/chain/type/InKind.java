package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * Collateral that a venue's pool holds in kind for its claimants.
 *
 * @param amount smallest units
 * @param value what it counts for in the pool, settlement units
 */
public record InKind(BigInteger amount, BigInteger value) {}
