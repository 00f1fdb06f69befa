package io.ringfence.service.margin;

/**
 * All prices that requirements at one moment are computed from.
 *
 * @param quotes the venue's quotes
 * @param collateral accepted assets at the chain's prices
 */
public record MarginMarket(MarketQuotes quotes, CollateralTerms collateral) {}
