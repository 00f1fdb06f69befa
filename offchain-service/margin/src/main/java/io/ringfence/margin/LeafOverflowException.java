package io.ringfence.margin;

import java.math.BigInteger;

/** An amount that does not fit the 96 bits that a leaf has for it. */
public final class LeafOverflowException extends MarginException {

  private final BigInteger units;

  LeafOverflowException(String what, BigInteger units) {
    super(what + " of " + units + " settlement base units needs " + units.abs().bitLength()
        + " bits and a leaf holds 96; reduce the positions or check quantities and prices for a wrong scale");
    this.units = units;
  }

  /** The amount, in settlement base units. */
  public BigInteger units() {
    return units;
  }
}
