package io.ringfence.margin.backtest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far the requirement covered the losses.
 *
 * @param observations how many account-steps were measured
 * @param exceedances those whose loss was greater than the requirement, by time, then account
 * @param inside share that stayed inside, 1 if there are none
 * @param worst the exceedance by the greatest amount, the first of several
 * @param kupiec the test against the target, empty without observations
 */
public record Coverage(
    int observations, List<AccountStep> exceedances, double inside, Optional<AccountStep> worst, Optional<Kupiec> kupiec) {

  /** Sums up steps, which are given by time, then account. */
  public static Coverage of(List<AccountStep> steps, Buffering buffering, double target) {
    List<AccountStep> exceedances = steps.stream().filter(step -> step.excess(buffering) > 0.0).toList();
    int observations = steps.size();
    double inside = observations == 0 ? 1.0 : (double) (observations - exceedances.size()) / observations;
    Comparator<AccountStep> byExcess = Comparator.comparingDouble(step -> step.excess(buffering));
    Optional<AccountStep> worst = exceedances.stream().reduce((a, b) -> byExcess.compare(b, a) > 0 ? b : a);
    Optional<Kupiec> kupiec =
        observations == 0 ? Optional.empty() : Optional.of(Kupiec.of(observations, exceedances.size(), 1.0 - target));
    return new Coverage(observations, exceedances, inside, worst, kupiec);
  }
}
