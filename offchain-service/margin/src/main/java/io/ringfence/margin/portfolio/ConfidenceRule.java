package io.ringfence.margin.portfolio;

/**
 * The initial charge where the confidence in a price is below a threshold: {@code (1 - confidence) factor notional}.
 *
 * @param threshold a confidence at or above it costs nothing; 0 to 1
 * @param factor scale of the charge
 */
public record ConfidenceRule(double threshold, double factor) {

  /** Refuses figures out of range. */
  public ConfidenceRule {
    threshold = Admission.fraction("confidence.threshold", threshold);
    factor = Admission.notNegative("confidence.factor", factor);
  }

  /** The charge, zero or more. */
  public double charge(double confidence, double notional) {
    return confidence < threshold ? (1.0 - confidence) * factor * notional : 0.0;
  }
}
