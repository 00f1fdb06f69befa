package io.ringfence.margin.backtest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a window gave.
 *
 * @param window the window
 * @param steps every measured account-step, by time, then account
 * @param unmeasured every account-step over which no loss could be computed, by time, then account
 * @param leftOut accounts that hold what the window has no prices of, by name
 */
public record WindowResult(
    BacktestWindow window, List<AccountStep> steps, List<Unmeasured> unmeasured, List<String> leftOut) {

  /**
   * An account-step without a loss.
   *
   * @param missing what was not recorded
   */
  public record Unmeasured(Instant time, String account, String missing) {}

  /** Sorts. */
  public WindowResult {
    steps = steps.stream()
        .sorted(Comparator.comparing(AccountStep::time).thenComparing(AccountStep::account))
        .toList();
    unmeasured = unmeasured.stream()
        .sorted(Comparator.comparing(Unmeasured::time).thenComparing(Unmeasured::account))
        .toList();
    leftOut = leftOut.stream().sorted().toList();
  }

  /** The steps of one account, by time. */
  public List<AccountStep> of(String account) {
    return steps.stream().filter(step -> step.account().equals(account)).toList();
  }

  /** The steps by the day, in UTC, that they begin on. */
  public SortedMap<LocalDate, List<AccountStep>> byDay() {
    SortedMap<LocalDate, List<AccountStep>> days = new TreeMap<>();
    steps.forEach(step -> days.computeIfAbsent(LocalDate.ofInstant(step.time(), ZoneOffset.UTC), day -> new ArrayList<>()).add(step));
    return days;
  }

  /** The accounts that were measured at least once, by name. */
  public List<String> accounts() {
    return steps.stream().map(AccountStep::account).distinct().sorted().toList();
  }
}
