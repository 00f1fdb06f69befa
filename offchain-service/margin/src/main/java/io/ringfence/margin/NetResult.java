package io.ringfence.margin;

import java.math.BigInteger;

/**
 * The cumulative net result N of an account in settlement base units, as a leaf carries it: a credit or a debit, never both.
 *
 * @param units N, negative if the account has lost
 */
public record NetResult(BigInteger units) {

  /** Refuses what a leaf cannot hold with a {@link LeafOverflowException}. */
  public NetResult {
    BaseUnits.requireLeafSize("a net result", units);
  }

  /** N if positive, else zero. */
  public BigInteger credit() {
    return units.max(BigInteger.ZERO);
  }

  /** The absolute value of N if negative, else zero. */
  public BigInteger debit() {
    return units.negate().max(BigInteger.ZERO);
  }
}
