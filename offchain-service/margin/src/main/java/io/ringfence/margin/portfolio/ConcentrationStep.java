package io.ringfence.margin.portfolio;

/**
 * From a value on, the part of an account's holding above it is cut more: selling much of one asset moves its price.
 *
 * @param from value of the holding in settlement asset, positive
 * @param added haircut of the part above, on top of the asset's own; a fraction
 */
public record ConcentrationStep(double from, double added) {

  /** Refuses figures out of range. */
  public ConcentrationStep {
    from = Admission.positive("collateral.steps.from", from);
    added = Admission.fraction("collateral.steps.added", added);
  }
}
