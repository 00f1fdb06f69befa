package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.CollateralRule;
import io.ringfence.margin.portfolio.CollateralSchedule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The assets that may be collateral in the scan of an underlying, numbered by name, with their rules and latest prices. */
final class AssetTable {

  private final String underlying;
  private final List<String> names;
  private final CollateralRule[] rules;
  private final double[] price;
  private final double[] confidence;

  AssetTable(String underlying, CollateralSchedule schedule) {
    this.underlying = underlying;
    TreeSet<String> sorted = new TreeSet<>(schedule.rules().keySet());
    if (!schedule.venueToken().isEmpty()) {
      sorted.add(schedule.venueToken());
    }
    names = List.copyOf(sorted);
    rules = names.stream().map(schedule.rules()::get).toArray(CollateralRule[]::new);
    price = new double[names.size()];
    confidence = new double[names.size()];
    Arrays.fill(price, Double.NaN);
  }

  int size() {
    return names.size();
  }

  /** The most holdings that an asset falls into: one for each slice, and what is above the cap. */
  int mostHoldings() {
    int most = 1;
    for (CollateralRule rule : rules) {
      most = rule == null ? most : Math.max(most, rule.slices() + 1);
    }
    return most;
  }

  /** The number of an asset. */
  int number(String asset) {
    int number = names.indexOf(asset);
    if (number < 0) {
      throw new InvalidFigureException("collateral " + asset, "has no rule in the schedule; add one, or leave the asset out");
    }
    return number;
  }

  void update(Map<String, AssetQuote> quotes) {
    for (int i = 0; i < price.length; i++) {
      AssetQuote quote = quotes.get(names.get(i));
      price[i] = quote == null ? Double.NaN : quote.price();
      confidence[i] = quote == null ? 0.0 : quote.confidence();
    }
  }

  /** NaN where the asset is not quoted. */
  double price(int asset) {
    return price[asset];
  }

  double confidence(int asset) {
    return confidence[asset];
  }

  /** Null for the venue's own token, which counts zero. */
  CollateralRule rule(int asset) {
    return rules[asset];
  }

  /** Whether scenarios move the asset. */
  boolean isCancelling(int asset) {
    return rules[asset] != null && rules[asset].movesWith(underlying);
  }
}
