package io.ringfence.service.epoch;

import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.EpochParameters;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.RootPrices;
import io.ringfence.service.margin.MarketQuotes;

/**
 * A signed header with the preimages of its commitments.
 *
 * @param parameters what {@code paramsHash} commits to
 * @param prices what {@code pricesHash} commits to
 * @param market what the prices' market commitment is of
 */
public record Candidate(
    EpochHeader header, EpochParameters parameters, RootPrices prices, MarketQuotes market, ProofFile.Signatures signatures) {}
