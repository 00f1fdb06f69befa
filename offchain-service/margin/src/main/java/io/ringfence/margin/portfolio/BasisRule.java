package io.ringfence.margin.portfolio;

/**
 * The loss from forwards that move against the spot. Each expiry adds the worse of its changes in value, options and future together, at
 * the two multipliers, if it is a loss, times {@code base + perYear T}. The sum competes with the scenarios to be the worst loss.
 *
 * @param up multiplier of the forward upwards
 * @param down multiplier downwards
 * @param base factor at expiry
 * @param perYear what the factor grows by with each year to expiry
 */
public record BasisRule(double up, double down, double base, double perYear) {

  /** Refuses figures out of range. */
  public BasisRule {
    up = Admission.notNegative("basis.up", up);
    down = Admission.notNegative("basis.down", down);
    base = Admission.notNegative("basis.base", base);
    perYear = Admission.notNegative("basis.perYear", perYear);
  }
}
