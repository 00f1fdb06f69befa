package io.ringfence.service.monitor;

import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.margin.MarginSubject;
import io.ringfence.service.margin.Requirement;
import java.math.BigInteger;

/**
 * How an account stands, settlement units.
 *
 * @param value V: collateral at live prices after haircuts
 * @param due what settlement still owes it; negative: what it owes
 * @param requirement of its positions
 */
record MarginFigures(BigInteger value, BigInteger due, Requirement requirement) {

  static MarginFigures of(MarginSubject subject, Requirement requirement, CollateralTerms collateral) {
    return new MarginFigures(collateral.value(subject.free()), subject.due(), requirement);
  }

  /** What it has above its initial margin; below zero it is short of it, and can be called once a root shows that. */
  BigInteger initialExcess() {
    return value.add(due).subtract(requirement.initial());
  }

  /** What it has above its maintenance margin. */
  BigInteger maintenanceExcess() {
    return value.add(due).subtract(requirement.maintenance());
  }

  /** What could be withdrawn of the settlement asset: what the account is still owed does not count. */
  BigInteger free() {
    return value.add(due.min(BigInteger.ZERO)).subtract(requirement.initial()).max(BigInteger.ZERO);
  }
}
