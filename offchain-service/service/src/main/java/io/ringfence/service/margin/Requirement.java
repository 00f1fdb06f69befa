package io.ringfence.service.margin;

import java.math.BigInteger;

/**
 * What an account's open positions require, as a leaf carries it: settlement units, rounded up, zero or more.
 *
 * @param initial initial margin
 * @param maintenance maintenance margin
 */
public record Requirement(BigInteger initial, BigInteger maintenance) {

  /** Of an account without open positions. */
  public static final Requirement NONE = new Requirement(BigInteger.ZERO, BigInteger.ZERO);
}
