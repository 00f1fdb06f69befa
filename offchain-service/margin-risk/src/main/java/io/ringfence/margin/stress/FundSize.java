package io.ringfence.margin.stress;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Admitted;
import java.util.List;

/**
 * The size of the default fund by one basis. Settlement asset.
 *
 * @param basis what accounts hold when the market moves
 * @param one the scenario in which the greatest loss is greatest
 * @param two the scenario in which the two greatest losses together are greatest: it sizes the fund
 * @param all the scenario in which all losses together are greatest
 * @param addOn fraction on top of the two, for what a set of scenarios and a day's book do not see
 * @param requirement {@code two x (1 + addOn)}
 */
public record FundSize(Basis basis, Cover one, Cover two, Cover all, double addOn, double requirement) {

  /** What is added on top if nothing else is said. */
  public static final double DEFAULT_ADD_ON = 0.10;

  /**
   * A scenario that binds.
   *
   * @param scenario its name; of equal ones the first by name
   * @param members those counted, greatest loss first; none if nobody loses
   * @param amount the sum of their losses
   */
  public record Cover(String scenario, List<MemberLoss> members, double amount) {}

  /**
   * The size over all scenarios.
   *
   * @param results one or more, by name of the scenario
   */
  public static FundSize of(List<ScenarioResult> results, Basis basis, double addOn) {
    Admitted.notNegative("add-on", addOn);
    Cover two = cover(results, basis, 2);
    return new FundSize(basis, cover(results, basis, 1), two, cover(results, basis, Integer.MAX_VALUE), addOn,
        Admitted.any("fund requirement", two.amount() * (1.0 + addOn)));
  }

  private static Cover cover(List<ScenarioResult> results, Basis basis, int count) {
    if (results.isEmpty()) {
      throw new InvalidFigureException("scenarios", "are none; give at least one");
    }
    ScenarioResult binding = results.getFirst();
    for (ScenarioResult result : results) {
      if (result.cover(basis, count) > binding.cover(basis, count)) {
        binding = result;
      }
    }
    return new Cover(binding.scenario().name(), binding.greatest(basis, count), binding.cover(basis, count));
  }
}
