package io.ringfence.margin.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much a requirement moved with the market: what it asked at its peak against its trough, and how much more within a day.
 *
 * @param peak the greatest requirement
 * @param trough the least
 * @param rise the largest rise from a step to the step exactly one day later; empty if no two steps are a day apart
 */
public record Procyclicality(double peak, double trough, Optional<Rise> rise) {

  private static final Duration DAY = Duration.ofDays(1);

  /** A requirement at a moment, settlement asset. */
  public record Level(Instant time, double requirement) {}

  /**
   * A rise within a day.
   *
   * @param from the step it starts at
   * @param amount what more is required a day later; below zero if the requirement only ever fell
   * @param share amount over what was required at first; zero if nothing was
   */
  public record Rise(Instant from, double amount, double share) {}

  /** Peak over trough; empty if nothing was required at the trough. */
  public Optional<Double> ratio() {
    return trough > 0.0 ? Optional.of(peak / trough) : Optional.empty();
  }

  /** Of one path in the order of time; empty if it has no steps. */
  public static Optional<Procyclicality> of(List<Level> path) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Map<Instant, Double> byTime = new HashMap<>();
    path.forEach(level -> byTime.put(level.time(), level.requirement()));
    double peak = path.getFirst().requirement();
    double trough = peak;
    Optional<Rise> most = Optional.empty();
    for (Level level : path) {
      peak = Math.max(peak, level.requirement());
      trough = Math.min(trough, level.requirement());
      Double next = byTime.get(level.time().plus(DAY));
      if (next != null && (most.isEmpty() || next - level.requirement() > most.get().amount())) {
        double amount = next - level.requirement();
        most = Optional.of(new Rise(level.time(), amount, level.requirement() > 0.0 ? amount / level.requirement() : 0.0));
      }
    }
    return Optional.of(new Procyclicality(peak, trough, most));
  }

  /**
   * The sum of all accounts' requirements at each step at which all of them were measured: where one is missing, the sum would fall for no
   * reason of the market's.
   */
  public static List<Level> bookPath(WindowResult result, Buffering buffering) {
    int accounts = result.accounts().size();
    SortedMap<Instant, List<AccountStep>> byTime = new TreeMap<>();
    result.steps().forEach(step -> byTime.computeIfAbsent(step.time(), time -> new ArrayList<>()).add(step));
    List<Level> path = new ArrayList<>();
    byTime.forEach((time, steps) -> {
      if (steps.size() == accounts) {
        path.add(new Level(time, steps.stream().mapToDouble(step -> step.requirement(buffering)).reduce(0.0, Double::sum)));
      }
    });
    return List.copyOf(path);
  }

  /** One account's path. */
  public static List<Level> path(List<AccountStep> steps, Buffering buffering) {
    return steps.stream().map(step -> new Level(step.time(), step.requirement(buffering))).toList();
  }
}
