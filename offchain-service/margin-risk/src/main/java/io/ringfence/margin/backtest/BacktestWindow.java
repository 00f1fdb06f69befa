package io.ringfence.margin.backtest;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Admitted;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stretch of recorded prices.
 *
 * @param name of the window
 * @param crash whether it was chosen because prices crashed in it: such a window says how bad it got, and passes or fails nothing
 * @param prices by underlying, at least one
 */
public record BacktestWindow(String name, boolean crash, SortedMap<String, PriceSeries> prices) {

  /** Copies. */
  public BacktestWindow {
    name = Admitted.name("name of a window", name);
    prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
    if (prices.isEmpty()) {
      throw new InvalidFigureException("window " + name, "has no prices");
    }
  }

  /** A window of these series; refuses two of one underlying. */
  public static BacktestWindow of(String name, boolean crash, List<PriceSeries> series) {
    SortedMap<String, PriceSeries> prices = new TreeMap<>();
    for (PriceSeries one : series) {
      if (prices.put(one.underlying(), one) != null) {
        throw new InvalidFigureException("window " + name, "has two series of " + one.underlying() + "; give one");
      }
    }
    return new BacktestWindow(name, crash, prices);
  }

  /** From when on every underlying is priced. */
  Instant from() {
    return prices.values().stream().map(PriceSeries::first).max(Instant::compareTo).orElseThrow();
  }

  /** Until when every underlying is priced. */
  Instant to() {
    return prices.values().stream().map(PriceSeries::last).min(Instant::compareTo).orElseThrow();
  }
}
