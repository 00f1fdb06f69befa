package io.ringfence.margin.portfolio;

/**
 * Charges on positions by size, as fractions of the spot, of a future as fractions of its forward. The initial ones come on top of
 * maintenance.
 *
 * @param perpetualMaintenance for each unit of the perpetual or of a future, long or short
 * @param perpetualInitial more of it for the initial margin
 * @param optionMaintenance for each option that is short and not paired with one at the same strike and expiry
 * @param optionInitial more of it for the initial margin
 */
public record PositionRates(double perpetualMaintenance, double perpetualInitial, double optionMaintenance, double optionInitial) {

  /** Refuses figures out of range. */
  public PositionRates {
    perpetualMaintenance = Admission.notNegative("contingency.perpetualMaintenance", perpetualMaintenance);
    perpetualInitial = Admission.notNegative("contingency.perpetualInitial", perpetualInitial);
    optionMaintenance = Admission.notNegative("contingency.optionMaintenance", optionMaintenance);
    optionInitial = Admission.notNegative("contingency.optionInitial", optionInitial);
  }
}
