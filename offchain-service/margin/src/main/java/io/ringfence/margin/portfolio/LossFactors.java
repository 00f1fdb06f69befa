package io.ringfence.margin.portfolio;

/**
 * The part of the worst loss that each margin covers. The initial factor grows by {@code max(0, pegThreshold - stable) pegFactor} when the
 * settlement asset trades below the threshold.
 *
 * @param initial factor of the initial margin
 * @param maintenance factor of the maintenance margin
 * @param pegThreshold price of the settlement asset, in the currency that spots are quoted in
 * @param pegFactor growth of the initial factor for each unit below the threshold
 */
public record LossFactors(double initial, double maintenance, double pegThreshold, double pegFactor) {

  /** Refuses figures out of range. */
  public LossFactors {
    initial = Admission.notNegative("loss.initial", initial);
    maintenance = Admission.notNegative("loss.maintenance", maintenance);
    pegThreshold = Admission.notNegative("loss.pegThreshold", pegThreshold);
    pegFactor = Admission.notNegative("loss.pegFactor", pegFactor);
  }

  /** The initial factor at a price of the settlement asset. */
  public double initialAt(double stablePrice) {
    return initial + Math.max(0.0, pegThreshold - stablePrice) * pegFactor;
  }
}
