package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.CollateralRule;
import io.ringfence.margin.portfolio.CollateralSchedule;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarket;

/**
 * What the collateral of one account counts for: the holdings that {@link CollateralSchedule#apply} makes of it, cut as the model cuts
 * them, by the same operations and in the order in which the model adds them, in arrays that are used again for the next account.
 */
final class CollateralValuation {

  static final int INITIAL = 0;
  static final int MAINTENANCE = 1;
  /** The margins that count collateral, numbered by the constants above. */
  static final int MARGINS = 2;

  private final PortfolioMarginParameters parameters;
  private final AssetTable assets;
  private final double[] amount;
  private final double[] confidence;
  private final double[] maintenanceHaircut;
  private final double[] initialHaircut;
  private final double[] exposures = new double[MARGINS];
  private int count;
  private double maintenance;
  private double initial;

  CollateralValuation(PortfolioMarginParameters parameters, AssetTable assets) {
    this.parameters = parameters;
    this.assets = assets;
    int most = assets.mostHoldings();
    amount = new double[most];
    confidence = new double[most];
    maintenanceHaircut = new double[most];
    initialHaircut = new double[most];
  }

  /** Values an account's collateral; false if an asset is not quoted. */
  boolean of(PackedLists lists, int account, PortfolioMarket market) {
    exposures[INITIAL] = 0.0;
    exposures[MAINTENANCE] = 0.0;
    maintenance = 0.0;
    initial = 0.0;
    int start = lists.start(account);
    int end = start + lists.length(account);
    for (int i = start; i < end; i++) {
      int asset = lists.keys()[i];
      if (Double.isNaN(assets.price(asset))) {
        return false;
      }
      split(asset, lists.values()[i], market.stablePrice());
      for (int holding = 0; holding < count; holding++) {
        cut(asset, holding, market);
      }
    }
    return true;
  }

  /** Splits an asset into the holdings of its slices. */
  private void split(int asset, double given, double stable) {
    count = 0;
    CollateralRule rule = assets.rule(asset);
    if (rule == null) {
      add(given, 1.0, 1.0, 0.0);
      return;
    }
    double price = assets.price(asset);
    double value = given * price / stable;
    double left = given;
    double start = 0.0;
    for (int slice = 0; slice < rule.slices() && left > 0.0; slice++) {
      double end = rule.sliceEnd(slice);
      double part = value > end ? Math.min(left, (end - start) * stable / price) : left;
      if (part > 0.0) {
        add(part, assets.confidence(asset), rule.maintenanceHaircut(slice), rule.initialHaircut(slice));
      }
      left = left - part;
      start = end;
    }
    if (left > 0.0) {
      add(left, 1.0, 1.0, 0.0);
    }
  }

  /** Adds a holding where the model has it: by amount, confidence, haircuts. */
  private void add(double units, double sure, double cut, double furtherCut) {
    int at = count++;
    while (at > 0 && isBefore(units, sure, cut, furtherCut, at - 1)) {
      amount[at] = amount[at - 1];
      confidence[at] = confidence[at - 1];
      maintenanceHaircut[at] = maintenanceHaircut[at - 1];
      initialHaircut[at] = initialHaircut[at - 1];
      at--;
    }
    amount[at] = units;
    confidence[at] = sure;
    maintenanceHaircut[at] = cut;
    initialHaircut[at] = furtherCut;
  }

  private boolean isBefore(double units, double sure, double cut, double furtherCut, int other) {
    if (units != amount[other]) {
      return units < amount[other];
    }
    if (sure != confidence[other]) {
      return sure < confidence[other];
    }
    return cut != maintenanceHaircut[other] ? cut < maintenanceHaircut[other] : furtherCut < initialHaircut[other];
  }

  private void cut(int asset, int holding, PortfolioMarket market) {
    boolean limited = parameters.collateral().limited();
    double value = amount[holding] * assets.price(asset) / market.stablePrice();
    double maintenanceCut = value * maintenanceHaircut[holding];
    double initialCut = value * initialHaircut[holding];
    double doubtCut = parameters.confidence().charge(Math.min(confidence[holding], market.spotConfidence()), value);
    if (limited) {
      initialCut = Math.min(initialCut, value - maintenanceCut);
      doubtCut = Math.min(doubtCut, value - maintenanceCut - initialCut);
    }
    double ofMaintenance = value - maintenanceCut;
    double ofInitial = value - maintenanceCut - initialCut - doubtCut;
    maintenance = maintenance + ofMaintenance;
    initial = initial + ofInitial;
    if (assets.isCancelling(asset) && maintenanceHaircut[holding] < 1.0) {
      exposures[MAINTENANCE] = exposures[MAINTENANCE] + (limited ? ofMaintenance : value);
      exposures[INITIAL] = exposures[INITIAL] + (limited ? ofInitial : value);
    }
  }

  /** What the maintenance margin counts of all of it, settlement asset. */
  double maintenance() {
    return maintenance;
  }

  /** What the initial margin counts of all of it. */
  double initial() {
    return initial;
  }

  /** What the scenarios of a margin move of all of it. */
  double exposure(int margin) {
    return exposures[margin];
  }
}
