package io.ringfence.margin.backtest;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.MarginModel;
import io.ringfence.margin.risk.MarketState;
import io.ringfence.margin.risk.OpenPositions;
import io.ringfence.margin.risk.Valuation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Holds a book against a window. From the moment that every underlying of the window has a price, at every stride: each account's
 * requirement by the prices of that moment, then its loss {@code value - value one horizon later}. The last step is the last whose horizon
 * ends inside the window. An account whose loss is greater than its requirement would have left others to pay: an exceedance.
 */
public final class Backtest {

  private final BacktestSettings settings;
  private final MarginModel unbuffered;

  /** A backtest with these settings; it has no other state. */
  public Backtest(BacktestSettings settings) {
    this.settings = settings;
    this.unbuffered = settings.model().withoutBuffer();
  }

  /** One window; accounts that hold what the window has no prices of are left out and named in the result. */
  public WindowResult run(BacktestWindow window) {
    SortedMap<String, double[]> levels = levels(window);
    List<AccountStep> steps = new ArrayList<>();
    List<WindowResult.Unmeasured> unmeasured = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Account account : settings.accounts()) {
      SortedSet<String> underlyings = account.underlyings(settings.constantPrices());
      if (window.prices().keySet().containsAll(underlyings)) {
        new Walk(window, levels, account, underlyings, steps, unmeasured).run();
      } else {
        leftOut.add(account.name());
      }
    }
    return new WindowResult(window, steps, unmeasured, leftOut);
  }

  private SortedMap<String, double[]> levels(BacktestWindow window) {
    SortedMap<String, double[]> levels = new TreeMap<>();
    window.prices().forEach((underlying, series) -> {
      Double level = settings.levels().get(underlying);
      if (level == null) {
        throw new InvalidFigureException("volatility level of " + underlying, "is absent; add it to the book");
      }
      levels.put(underlying, settings.volatility().levels(series, level));
    });
    return levels;
  }

  /** One account's way through a window. */
  private final class Walk {

    private final BacktestWindow window;
    private final SortedMap<String, double[]> levels;
    private final Account account;
    private final SortedSet<String> underlyings;
    private final List<AccountStep> steps;
    private final List<WindowResult.Unmeasured> unmeasured;
    private double charged = Double.NaN;

    Walk(BacktestWindow window, SortedMap<String, double[]> levels, Account account, SortedSet<String> underlyings,
        List<AccountStep> steps, List<WindowResult.Unmeasured> unmeasured) {
      this.window = window;
      this.levels = levels;
      this.account = account;
      this.underlyings = underlyings;
      this.steps = steps;
      this.unmeasured = unmeasured;
    }

    void run() {
      Instant time = window.from();
      while (!time.plus(settings.horizon()).isAfter(window.to())) {
        step(time);
        time = time.plus(settings.stride());
      }
    }

    private void step(Instant time) {
      Instant later = time.plus(settings.horizon());
      Optional<MarketState> now = market(time);
      Optional<MarketState> then = market(later);
      if (now.isEmpty() || then.isEmpty()) {
        unmeasured.add(new WindowResult.Unmeasured(time, account.name(), missing(now.isEmpty() ? time : later)));
        return;
      }
      OpenPositions open = OpenPositions.of(account, now.get());
      Optional<OpenPositions> kept = open.settledUntil(later, this::settlement);
      if (kept.isEmpty()) {
        unmeasured.add(new WindowResult.Unmeasured(time, account.name(), "the price at an option's expiry before " + later));
        return;
      }
      double without = unbuffered.initial(open, now.get()).requirement();
      double with = settings.model().initial(open, now.get()).requirement();
      charged = Double.isNaN(charged) ? with : Math.max(without, Math.min(with, charged));
      double loss = Valuation.of(open, now.get()) - Valuation.of(kept.get(), then.get());
      steps.add(new AccountStep(time, account.name(), loss, without, with, charged));
    }

    private Optional<MarketState> market(Instant time) {
      SortedMap<String, MarketState.Spot> spots = new TreeMap<>();
      for (String underlying : underlyings) {
        PriceSeries series = window.prices().get(underlying);
        int index = series.indexOf(time);
        if (index < 0) {
          return Optional.empty();
        }
        spots.put(underlying, new MarketState.Spot(series.price(index), levels.get(underlying)[index]));
      }
      return Optional.of(new MarketState(time, spots, settings.constantPrices(), settings.surface(), settings.rate()));
    }

    private OptionalDouble settlement(String underlying, Instant moment) {
      return window.prices().get(underlying).at(moment);
    }

    private String missing(Instant time) {
      List<String> absent =
          underlyings.stream().filter(underlying -> window.prices().get(underlying).indexOf(time) < 0).toList();
      return "the price of " + String.join(", ", absent) + " at " + time;
    }
  }
}
