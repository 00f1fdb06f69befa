package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.CollateralRule;
import io.ringfence.margin.portfolio.CollateralSchedule;

/**
 * What the collateral of one account counts for: the holdings that {@link CollateralSchedule#apply} makes of it, by the same operations
 * and in the order in which the model adds them, in arrays that are used again for the next account.
 */
final class CollateralValuation {

  private final AssetTable assets;
  private final double[] value;
  private final double[] confidence;
  private final double[] maintenance;
  private final double[] initial;
  private final double[] cancelling;
  private int count;
  private int cancellingCount;

  CollateralValuation(AssetTable assets) {
    this.assets = assets;
    // What is above an asset's cap is a holding of its own.
    int most = 2 * assets.size();
    value = new double[most];
    confidence = new double[most];
    maintenance = new double[most];
    initial = new double[most];
    cancelling = new double[most];
  }

  /** Values an account's collateral; false if an asset is not quoted. */
  boolean of(PackedLists lists, int account, double stablePrice) {
    count = 0;
    cancellingCount = 0;
    int start = lists.start(account);
    int end = start + lists.length(account);
    for (int i = start; i < end; i++) {
      int asset = lists.keys()[i];
      if (Double.isNaN(assets.price(asset))) {
        return false;
      }
      add(asset, lists.values()[i], stablePrice);
    }
    return true;
  }

  private void add(int asset, double amount, double stable) {
    double price = assets.price(asset);
    CollateralRule rule = assets.rule(asset);
    if (rule == null) {
      addWorthless(amount, price, stable);
      return;
    }
    double given = amount * price / stable;
    double within = given > rule.cap() ? rule.cap() * stable / price : amount;
    double rest = amount - within;
    // Holdings of one asset are added with the smaller amount first.
    boolean restFirst = within < amount && rest < within;
    if (restFirst) {
      addWorthless(rest, price, stable);
    }
    double counted = within * price / stable;
    double haircut = counted > 0.0 ? Math.min(1.0, rule.deduction(counted) / counted) : rule.maintenanceHaircut();
    if (rule.riskCancelling()) {
      cancelling[cancellingCount++] = counted;
    }
    add(counted, assets.confidence(asset), haircut, Math.min(rule.initialHaircut(), 1.0 - haircut));
    if (within < amount && !restFirst) {
      addWorthless(rest, price, stable);
    }
  }

  private void addWorthless(double amount, double price, double stable) {
    add(amount * price / stable, 1.0, 1.0, 0.0);
  }

  private void add(double counted, double confidenceOfPrice, double maintenanceHaircut, double initialHaircut) {
    value[count] = counted;
    confidence[count] = confidenceOfPrice;
    maintenance[count] = counted * maintenanceHaircut;
    initial[count++] = counted * initialHaircut;
  }

  /** How many holdings there are. */
  int count() {
    return count;
  }

  /** Before haircuts, settlement asset. */
  double value(int holding) {
    return value[holding];
  }

  double confidence(int holding) {
    return confidence[holding];
  }

  /** What the maintenance margin does not count, settlement asset. */
  double maintenance(int holding) {
    return maintenance[holding];
  }

  /** What the initial margin does not count on top. */
  double initial(int holding) {
    return initial[holding];
  }

  /** The values of those that scenarios move. */
  double[] cancelling() {
    return cancelling;
  }

  int cancellingCount() {
    return cancellingCount;
  }
}
