package io.ringfence.margin.backtest;

import io.ringfence.margin.backtest.PriceSeries.Observation;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.RiskSamples;
import io.ringfence.margin.risk.VolatilitySurface;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Windows of hourly prices and settings for tests. */
final class BacktestSamples {

  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  private BacktestSamples() {}

  /** Hourly prices from {@link #START}; those that are NaN are not recorded. */
  static PriceSeries hourly(String underlying, double... prices) {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < prices.length; i++) {
      if (!Double.isNaN(prices[i])) {
        observations.add(new Observation(START.plus(HOUR.multipliedBy(i)), prices[i]));
      }
    }
    return PriceSeries.of(underlying, 3600, observations);
  }

  static BacktestWindow window(PriceSeries... series) {
    return BacktestWindow.of("window", false, List.of(series));
  }

  static BacktestSettings settings(Duration stride, Duration horizon, Account... accounts) {
    return new BacktestSettings(RiskSamples.PORTFOLIO, List.of(accounts), new VolatilityRule.Flat(),
        new TreeMap<>(Map.of("BTC", 0.5, "ETH", 0.7)), VolatilitySurface.FLAT, 0.0, new TreeMap<>(Map.of("USDC", 1.0)),
        stride, horizon, 0.99);
  }
}
