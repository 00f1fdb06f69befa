package io.ringfence.margin.portfolio;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The charges on positions, collateral and uncertain prices, each zero or more, in settlement asset. The sums add them in the order given.
 *
 * @param perpetual on the perpetual
 * @param futures on the futures, by their size at the forward, at the perpetual's rates
 * @param options on short options that are not paired
 * @param nakedShorts how many units those are
 * @param collateral haircuts, one for each holding
 * @param confidence where a confidence is below the threshold; initial margin only
 * @param positions what of it positions cause: perpetual, futures, options; the initial part with the confidence charges on these
 * @param maintenance what the maintenance margin is less by: positions, collateral
 * @param initial what the initial margin is less by on top: positions, collateral, the confidence charges on collateral
 */
public record Contingencies(
    Charge perpetual,
    Charge futures,
    Charge options,
    double nakedShorts,
    List<Haircut> collateral,
    List<Doubt> confidence,
    Charge positions,
    double maintenance,
    double initial) {

  /** A charge of both margins; the initial one comes on top. */
  public record Charge(double maintenance, double initial) {}

  /**
   * What does not count of a holding, but for low confidence.
   *
   * @param asset the holding's asset
   * @param value its value before haircuts
   * @param charge the haircuts
   */
  public record Haircut(String asset, double value, Charge charge) {}

  /**
   * An addition for low confidence.
   *
   * @param subject {@code perpetual}, {@code future in 86400 s}, {@code expiry in 86400 s} (its options) or {@code collateral ETH}
   * @param confidence the least confidence that bears on it
   * @param notional the value it is charged on
   * @param initial the charge
   */
  public record Doubt(String subject, double confidence, double notional, double initial) {}

  static Contingencies of(
      PortfolioMarginParameters parameters,
      Portfolio portfolio,
      PortfolioMarket market,
      List<ExpiryBook> expiries,
      List<CountedCollateral> collateral) {
    PositionRates rates = parameters.contingency();
    double perpetualNotional = Math.abs(portfolio.perpetual().quantity()) * market.spot();
    double futuresNotional = 0.0;
    double naked = 0.0;
    for (ExpiryBook expiry : expiries) {
      futuresNotional = futuresNotional + expiry.grossNotional();
      naked = naked + expiry.nakedShorts();
    }
    double nakedNotional = naked * market.spot();
    Charge perpetual = new Charge(rates.perpetualMaintenance() * perpetualNotional, rates.perpetualInitial() * perpetualNotional);
    Charge futures = new Charge(rates.perpetualMaintenance() * futuresNotional, rates.perpetualInitial() * futuresNotional);
    Charge options = new Charge(rates.optionMaintenance() * nakedNotional, rates.optionInitial() * nakedNotional);
    List<Haircut> haircuts = collateral.stream().map(Contingencies::haircut).toList();
    List<Doubt> ofPositions = doubtsOfPositions(parameters.confidence(), portfolio, market, perpetualNotional, expiries);
    List<Doubt> ofCollateral = collateral.stream().filter(counted -> counted.doubtCut() > 0.0).map(Contingencies::doubt).toList();
    double positionsInitial = perpetual.initial() + futures.initial() + options.initial();
    for (Doubt doubt : ofPositions) {
      positionsInitial = positionsInitial + doubt.initial();
    }
    Charge positions = new Charge(perpetual.maintenance() + futures.maintenance() + options.maintenance(), positionsInitial);
    double maintenance = positions.maintenance();
    double initial = positions.initial();
    for (Haircut haircut : haircuts) {
      maintenance = maintenance + haircut.charge().maintenance();
      initial = initial + haircut.charge().initial();
    }
    for (Doubt doubt : ofCollateral) {
      initial = initial + doubt.initial();
    }
    List<Doubt> doubts = Stream.concat(ofPositions.stream(), ofCollateral.stream()).toList();
    return new Contingencies(perpetual, futures, options, naked, haircuts, doubts, positions, maintenance, initial);
  }

  private static Haircut haircut(CountedCollateral counted) {
    return new Haircut(counted.holding().asset(), counted.value(), new Charge(counted.maintenanceCut(), counted.initialCut()));
  }

  private static Doubt doubt(CountedCollateral counted) {
    return new Doubt("collateral " + counted.holding().asset(), counted.confidence(), counted.value(), counted.doubtCut());
  }

  private static List<Doubt> doubtsOfPositions(
      ConfidenceRule rule, Portfolio portfolio, PortfolioMarket market, double perpetualNotional, List<ExpiryBook> expiries) {
    List<Doubt> doubts = new ArrayList<>();
    double common = market.spotConfidence();
    if (perpetualNotional > 0.0) {
      common = Math.min(common, market.perpetualConfidence());
      addDoubt(doubts, rule, "perpetual", common, perpetualNotional);
    }
    for (ExpiryBook expiry : expiries) {
      double least = Math.min(market.spotConfidence(), expiry.shocks().market().forwardConfidence());
      addDoubt(doubts, rule, "future in " + expiry.secondsToExpiry() + " s", least, expiry.grossNotional());
    }
    for (ExpiryBook expiry : expiries) {
      double least = Math.min(common, expiry.shocks().market().leastConfidence());
      addDoubt(doubts, rule, "expiry in " + expiry.secondsToExpiry() + " s", least, expiry.grossQuantity() * market.spot());
    }
    return doubts;
  }

  private static void addDoubt(List<Doubt> doubts, ConfidenceRule rule, String subject, double confidence, double notional) {
    double charge = rule.charge(confidence, notional);
    if (charge > 0.0) {
      doubts.add(new Doubt(subject, confidence, notional, charge));
    }
  }
}
