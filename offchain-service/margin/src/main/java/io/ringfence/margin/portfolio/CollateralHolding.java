package io.ringfence.margin.portfolio;

import java.util.Comparator;

/**
 * Collateral other than cash, with the haircuts that apply to all of it ({@link CollateralSchedule} makes them).
 *
 * @param asset its symbol
 * @param amount units, zero or more
 * @param price in the currency of the spot
 * @param confidence of the price, 0 to 1
 * @param maintenanceHaircut part of the value that the maintenance margin does not count
 * @param initialHaircut further part that the initial margin does not count
 * @param riskCancelling whether it moves with the underlying, so that scenarios move it too
 */
public record CollateralHolding(
    String asset,
    double amount,
    double price,
    double confidence,
    double maintenanceHaircut,
    double initialHaircut,
    boolean riskCancelling) {

  /** The order in which holdings are added up: by asset, then by every other figure, so that equal holdings add equally. */
  static final Comparator<CollateralHolding> ORDER =
      Comparator.comparing(CollateralHolding::asset)
          .thenComparingDouble(CollateralHolding::amount)
          .thenComparingDouble(CollateralHolding::price)
          .thenComparingDouble(CollateralHolding::confidence)
          .thenComparingDouble(CollateralHolding::maintenanceHaircut)
          .thenComparingDouble(CollateralHolding::initialHaircut)
          .thenComparing(CollateralHolding::riskCancelling);

  /** Refuses figures out of range. */
  public CollateralHolding {
    String name = "collateral " + Admission.present("collateral asset", asset);
    amount = Admission.notNegative(name + ".amount", amount);
    price = Admission.notNegative(name + ".price", price);
    confidence = Admission.fraction(name + ".confidence", confidence);
    maintenanceHaircut = Admission.fraction(name + ".maintenanceHaircut", maintenanceHaircut);
    initialHaircut = Admission.fraction(name + ".initialHaircut", initialHaircut);
  }

  /** Its value in settlement asset before haircuts. */
  double value(double stablePrice) {
    return amount * price / stablePrice;
  }
}
