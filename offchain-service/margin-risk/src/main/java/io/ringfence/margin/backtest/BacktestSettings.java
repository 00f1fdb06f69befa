package io.ringfence.margin.backtest;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.Admitted;
import io.ringfence.margin.risk.MarginModel;
import io.ringfence.margin.risk.VolatilitySurface;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is backtested and how.
 *
 * @param model with its buffer on
 * @param accounts kept by name
 * @param volatility how the levels move
 * @param levels the level each underlying starts a window at
 * @param surface the shape around the level
 * @param rate continuously compounded, per year
 * @param constantPrices of collateral assets that have no prices
 * @param stride from one step to the next, whole seconds
 * @param horizon over which a loss is looked for, whole seconds
 * @param target the share of account-steps whose loss should stay inside, above 0 and below 1
 */
public record BacktestSettings(
    MarginModel model,
    List<Account> accounts,
    VolatilityRule volatility,
    SortedMap<String, Double> levels,
    VolatilitySurface surface,
    double rate,
    SortedMap<String, Double> constantPrices,
    Duration stride,
    Duration horizon,
    double target) {

  /** Copies, sorts and refuses figures out of range. */
  public BacktestSettings {
    accounts = accounts.stream().sorted(Comparator.comparing(Account::name)).toList();
    levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
    constantPrices = Collections.unmodifiableSortedMap(new TreeMap<>(constantPrices));
    requireWhole("stride", stride);
    requireWhole("horizon", horizon);
    if (!(Admitted.positive("target", target) < 1.0)) {
      throw new InvalidFigureException("target", "is " + target + "; give a share below 1, like 0.99");
    }
  }

  /** Whether losses of neighbouring steps do not overlap, as a test of proportions supposes. */
  public boolean disjoint() {
    return stride.compareTo(horizon) >= 0;
  }

  private static void requireWhole(String figure, Duration duration) {
    if (duration.getSeconds() <= 0 || duration.getNano() != 0 || duration.getSeconds() > 366L * 86_400) {
      throw new InvalidFigureException(figure, "is " + duration + "; give whole seconds, at most a year");
    }
  }
}
