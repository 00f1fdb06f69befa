package io.ringfence.margin.risk;

import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.pricing.Black76;
import io.ringfence.margin.pricing.Elementary;

/** What an account is worth at full market value, without haircuts: what closing it out would leave, below zero if others must pay. */
public final class Valuation {

  private Valuation() {}

  /** Cash, then collateral, perpetuals and options, each by name: added from the left. Settlement asset. */
  public static double of(OpenPositions positions, MarketState market) {
    double sum = positions.cash();
    for (var entry : positions.collateral().entrySet()) {
      sum = sum + entry.getValue() * market.assetPrice(entry.getKey());
    }
    for (var entry : positions.perpetuals().entrySet()) {
      OpenPositions.OpenPerpetual perpetual = entry.getValue();
      sum = sum + perpetual.quantity() * (market.require(entry.getKey()).price() - perpetual.entry());
    }
    for (var entry : positions.options().entrySet()) {
      sum = sum + entry.getValue() * mark(entry.getKey(), market);
    }
    return Admitted.any("value of an account", sum);
  }

  /** The Black-76 value of one option on one unit of the underlying, zero or more. */
  public static double mark(EuropeanOption option, MarketState market) {
    long seconds = market.secondsTo(option);
    double years = MarketState.years(seconds);
    double forward = market.forward(option.underlying(), seconds);
    double strike = option.strike().doubleValue();
    double deviation = market.volatility(option) * Math.sqrt(years);
    double discount = Elementary.exp(-market.rate() * years);
    return switch (option.right()) {
      case CALL -> Black76.call(forward, strike, deviation, discount);
      case PUT -> Black76.put(forward, strike, deviation, discount);
    };
  }
}
