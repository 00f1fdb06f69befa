package io.ringfence.chain.type;

/**
 * An asset that a venue accepts; the first of a venue's assets is its settlement asset.
 *
 * @param token its contract
 * @param decimals of the token
 * @param haircutBps cut from its value, of 10,000
 * @param feed AggregatorV3 price
 * @param feedDecimals of the answer
 * @param maxAge seconds after which the answer is stale
 */
public record AssetConfig(Address token, int decimals, int haircutBps, Address feed, int feedDecimals, long maxAge) {}
