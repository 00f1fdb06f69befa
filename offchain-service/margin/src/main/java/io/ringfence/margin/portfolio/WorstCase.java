package io.ringfence.margin.portfolio;

import java.util.List;

/** What may be the worst loss: one scenario, or the basis contingency. */
public sealed interface WorstCase permits WorstCase.ScenarioOutcome, WorstCase.BasisContingency {

  /** Profit, or loss if negative, in settlement asset. */
  double profit();

  /** Its name in results. */
  String name();

  /** The profit or loss of one scenario, damped. */
  record ScenarioOutcome(Scenario scenario, double profit) implements WorstCase {
    @Override
    public String name() {
      return scenario.name();
    }
  }

  /** The loss from forwards that move against the spot, zero or less. */
  record BasisContingency(double profit) implements WorstCase {
    @Override
    public String name() {
      return "basis contingency";
    }
  }

  /** The least profit: the basis contingency, which is never above zero, unless a scenario is worse; then the first of the worst. */
  static WorstCase of(List<ScenarioOutcome> outcomes, BasisContingency basis) {
    WorstCase worst = basis;
    for (ScenarioOutcome outcome : outcomes) {
      if (outcome.profit() < worst.profit()) {
        worst = outcome;
      }
    }
    return worst;
  }
}
