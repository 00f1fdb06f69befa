package io.ringfence.keeper;

import java.math.BigInteger;

/** The contracts' price arithmetic: settlement units for 1e18 smallest units. */
final class Prices {

  static final BigInteger WAD = BigInteger.TEN.pow(18);

  private Prices() {}

  /** What {@code amount} is worth at {@code price}, settlement units, rounded down. */
  static BigInteger worth(BigInteger amount, BigInteger price) {
    return amount.multiply(price).divide(WAD);
  }

  /** What {@code amount} costs at {@code price}, settlement units, rounded up. */
  static BigInteger cost(BigInteger amount, BigInteger price) {
    BigInteger[] parts = amount.multiply(price).divideAndRemainder(WAD);
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  /** The most smallest units that {@code money} pays for at {@code price}, rounded down. */
  static BigInteger affordable(BigInteger money, BigInteger price) {
    return price.signum() == 0 ? WAD.multiply(WAD) : money.multiply(WAD).divide(price);
  }
}
