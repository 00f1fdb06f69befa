package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * An asset that a venue accepts; the first of a venue's assets is its settlement asset.
 *
 * @param token its contract
 * @param decimals of the token
 * @param haircutBps cut from its value, of 10,000
 * @param feed AggregatorV3 price
 * @param feedDecimals of the answer
 * @param maxAge seconds after which the answer is stale
 * @param minPrice lowest answer believed, 18 decimals
 * @param maxPrice highest answer believed, 18 decimals; 0: no bound
 * @param secondFeed second source; zero: none
 * @param secondDecimals of its answer
 * @param secondMaxAge as {@code maxAge}
 * @param deviationBps how far the second may be from the first, of 10,000
 */
public record AssetConfig(
    Address token,
    int decimals,
    int haircutBps,
    Address feed,
    int feedDecimals,
    long maxAge,
    BigInteger minPrice,
    BigInteger maxPrice,
    Address secondFeed,
    int secondDecimals,
    long secondMaxAge,
    int deviationBps) {}
