package io.ringfence.margin.portfolio;

import java.util.ArrayList;
import java.util.List;

/**
 * The profit or loss of a portfolio in every scenario, from the sums of its expiries.
 *
 * <p>The order of operations is part of the model. The perpetual's {@code quantity price} and each future's
 * {@code quantity movingForward}, nearest first, are added to one linear notional. For each scenario with multiplier s: that notional times
 * {@code s - 1}; then for each expiry, nearest first, the discounted shocked value of its options less their mark value (for a skew minus
 * its absolute value); then the exposure of risk-cancelling collateral, added up in the order of {@link Portfolio}, times {@code s - 1};
 * all added one by one from the left, and the sum multiplied by the damping. The two margins differ in that exposure alone: each moves what
 * it counts of the collateral.
 */
final class PortfolioScan {

  private final PortfolioMarginParameters parameters;
  private final double linearNotional;
  private final List<ExpiryBook> expiries;

  PortfolioScan(PortfolioMarginParameters parameters, Portfolio portfolio, PortfolioMarket market, List<ExpiryBook> expiries) {
    this.parameters = parameters;
    this.linearNotional = linearNotional(portfolio.perpetual().quantity() * market.perpetualPrice(), expiries);
    this.expiries = expiries;
  }

  private static double linearNotional(double perpetualNotional, List<ExpiryBook> expiries) {
    double sum = perpetualNotional;
    for (ExpiryBook expiry : expiries) {
      sum = sum + expiry.movingNotional();
    }
    return sum;
  }

  /** The outcome of every scenario, in the grid's order, with this exposure of risk-cancelling collateral. */
  List<WorstCase.ScenarioOutcome> outcomes(double exposure) {
    List<WorstCase.ScenarioOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < parameters.scenarios().size(); i++) {
      Scenario scenario = parameters.scenarios().get(i);
      double profit = Admission.result("the loss at " + scenario.name(), profit(scenario, ScenarioColumns.scenario(i), exposure));
      outcomes.add(new WorstCase.ScenarioOutcome(scenario, profit));
    }
    return List.copyOf(outcomes);
  }

  /** The basis contingency, zero or less: the expiries' own, of options and future together, added nearest first. */
  WorstCase.BasisContingency basis() {
    double sum = 0.0;
    for (ExpiryBook expiry : expiries) {
      double up = expiry.basisChange(ScenarioColumns.basisUp(parameters), parameters.basis().up());
      double down = expiry.basisChange(ScenarioColumns.basisDown(parameters), parameters.basis().down());
      sum = sum + Math.min(Math.min(up, down), 0.0) * expiry.shocks().basisFactor();
    }
    return new WorstCase.BasisContingency(Admission.result("the basis contingency", sum + 0.0));
  }

  private double profit(Scenario scenario, int column, double exposure) {
    double move = scenario.spot() - 1.0;
    double sum = linearNotional * move;
    for (ExpiryBook expiry : expiries) {
      double change = expiry.shocks().discounted(expiry.sums()[column]) - expiry.mark();
      sum = sum + (scenario.volatility().isSkew() ? -Math.abs(change) : change);
    }
    sum = sum + exposure * move;
    // Adding zero turns negative zero, of a book without positions say, into zero.
    return scenario.damping() * sum + 0.0;
  }
}
