package io.ringfence.margin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** The one place where a decimal amount becomes an integer of settlement base units. */
final class BaseUnits {

  static final int LEAF_BITS = 96;
  private static final int MAX_DECIMALS = 30;

  private BaseUnits() {}

  static BigInteger of(BigDecimal amount, int settlementDecimals, RoundingMode rounding) {
    if (settlementDecimals < 0 || settlementDecimals > MAX_DECIMALS) {
      throw new InvalidFigureException("settlement decimals", "are " + settlementDecimals + "; give 0 to " + MAX_DECIMALS);
    }
    return amount.movePointRight(settlementDecimals).setScale(0, rounding).toBigIntegerExact();
  }

  static void requireLeafSize(String what, BigInteger units) {
    if (units.abs().bitLength() > LEAF_BITS) {
      throw new LeafOverflowException(what, units);
    }
  }
}
