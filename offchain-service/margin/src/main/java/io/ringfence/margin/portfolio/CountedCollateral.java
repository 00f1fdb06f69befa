package io.ringfence.margin.portfolio;

import java.util.List;

/**
 * What one holding of collateral counts for at the market's prices, in settlement asset.
 *
 * <p>A cut is {@code value x haircut}, or the charge of {@link ConfidenceRule} for the lesser confidence of its own price and the spot's.
 * Under a schedule that limits cuts, each takes at most what those before it have left, so that nothing counts for less than zero, and
 * scenarios move what counts. Else cuts may exceed the value and scenarios move all of it, as the published formulas have it.
 *
 * @param holding the holding
 * @param value before cuts
 * @param maintenanceCut what the maintenance margin does not count
 * @param initialCut what the initial margin does not count on top
 * @param confidence the lesser confidence of its own price and the spot's
 * @param doubtCut what the initial margin does not count on top of both for low confidence
 * @param limited whether scenarios move what counts, not the whole value
 */
record CountedCollateral(
    CollateralHolding holding,
    double value,
    double maintenanceCut,
    double initialCut,
    double confidence,
    double doubtCut,
    boolean limited) {

  /** One for each holding, in the portfolio's order. */
  static List<CountedCollateral> of(PortfolioMarginParameters parameters, Portfolio portfolio, PortfolioMarket market) {
    return portfolio.collateral().stream().map(holding -> of(parameters, holding, market)).toList();
  }

  private static CountedCollateral of(PortfolioMarginParameters parameters, CollateralHolding holding, PortfolioMarket market) {
    boolean limited = parameters.collateral().limited();
    double value = holding.value(market.stablePrice());
    double confidence = Math.min(holding.confidence(), market.spotConfidence());
    double maintenance = value * holding.maintenanceHaircut();
    double initial = value * holding.initialHaircut();
    double doubt = parameters.confidence().charge(confidence, value);
    if (limited) {
      initial = Math.min(initial, value - maintenance);
      doubt = Math.min(doubt, value - maintenance - initial);
    }
    return new CountedCollateral(holding, value, maintenance, initial, confidence, doubt, limited);
  }

  /** What the maintenance margin counts. */
  double maintenance() {
    return value - maintenanceCut;
  }

  /** What the initial margin counts. */
  double initial() {
    return value - maintenanceCut - initialCut - doubtCut;
  }

  /** What scenarios of the maintenance margin move; nothing of what does not move with the underlying. */
  double maintenanceExposure() {
    return exposure(maintenance());
  }

  /** What scenarios of the initial margin move. */
  double initialExposure() {
    return exposure(initial());
  }

  private double exposure(double counted) {
    if (!holding.riskCancelling()) {
      return 0.0;
    }
    return limited ? counted : value;
  }
}
