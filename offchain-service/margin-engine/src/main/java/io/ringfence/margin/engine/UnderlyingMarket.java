package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.Map;

/**
 * Everything that is quoted for one underlying at one moment.
 *
 * @param underlying its symbol
 * @param asOf the moment, seconds since 1970; seconds to expiry of options and futures are their expiry less this
 * @param market spot, perpetual, settlement asset and expiries
 * @param volatilities mark volatility by option, in the order of {@link Instruments#optionsOf}; NaN, or zero before expiry, for none. Not
 *     copied: it must not change while the engine reads it
 * @param assets collateral by symbol
 */
public record UnderlyingMarket(
    String underlying, long asOf, PortfolioMarket market, double[] volatilities, Map<String, AssetQuote> assets) {

  /** Copies the map. */
  public UnderlyingMarket {
    assets = Map.copyOf(assets);
  }
}
