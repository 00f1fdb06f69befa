package io.ringfence.margin;

import java.math.BigDecimal;
import java.util.List;

/**
 * A portfolio's requirement and how it came about. Amounts in whole units of the settlement asset, exact, zero or more.
 *
 * @param initial the initial requirement, buffer included
 * @param maintenance the maintenance requirement; never more than {@code initial}
 * @param bufferFactor the anti-procyclical factor that was applied
 * @param bufferAmount what of {@code initial} the buffer added
 * @param expiries the option requirements by underlying and expiry
 * @param linear the requirements of perpetuals and futures in the order of their names
 */
public record MarginResult(
    BigDecimal initial,
    BigDecimal maintenance,
    BigDecimal bufferFactor,
    BigDecimal bufferAmount,
    List<ExpiryRequirement> expiries,
    List<LinearRequirement> linear) {

  /** Copies the lists. */
  public MarginResult {
    expiries = List.copyOf(expiries);
    linear = List.copyOf(linear);
  }

  static MarginResult of(List<ExpiryRequirement> expiries, List<LinearRequirement> linear, BigDecimal bufferFactor) {
    BigDecimal initial = BigDecimal.ZERO;
    BigDecimal unbuffered = BigDecimal.ZERO;
    BigDecimal maintenance = BigDecimal.ZERO;
    for (ExpiryRequirement expiry : expiries) {
      initial = initial.add(expiry.initial().required());
      unbuffered = unbuffered.add(expiry.initialUnbuffered().required());
      maintenance = maintenance.add(expiry.maintenance().required());
    }
    for (LinearRequirement future : linear) {
      initial = initial.add(future.initial());
      unbuffered = unbuffered.add(future.initialUnbuffered());
      maintenance = maintenance.add(future.maintenance());
    }
    return new MarginResult(
        Figures.canonical(initial),
        Figures.canonical(maintenance),
        bufferFactor,
        Figures.canonical(initial.subtract(unbuffered)),
        expiries,
        linear);
  }

  /** The initial requirement as the leaf carries it, rounded up to the base unit. */
  public LeafRequirement leafInitial(int settlementDecimals) {
    return LeafRequirement.of(initial, settlementDecimals);
  }

  /** The maintenance requirement as the leaf carries it, rounded up to the base unit. */
  public LeafRequirement leafMaintenance(int settlementDecimals) {
    return LeafRequirement.of(maintenance, settlementDecimals);
  }
}
