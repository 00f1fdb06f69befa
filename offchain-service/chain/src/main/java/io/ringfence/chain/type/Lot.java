package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * One auction lot.
 *
 * @param account the defaulter
 * @param startTime of this run, chain seconds
 * @param duration of a run, seconds
 * @param resets runs after the first
 * @param token what is sold
 * @param venue the venue
 * @param index the defaulter's leaf index
 * @param amount what is left, smallest units of the token
 * @param startPrice settlement units for 1e18 smallest units, at {@code startTime}
 * @param floorPrice where the price ends after {@code duration}
 */
public record Lot(
    Address account,
    long startTime,
    long duration,
    int resets,
    Address token,
    long venue,
    long index,
    BigInteger amount,
    BigInteger startPrice,
    BigInteger floorPrice) {}
