package io.ringfence.margin.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Series in decimal arithmetic of several hundred digits, against which the double functions are measured. */
final class Reference {

  private static final MathContext DIGITS = new MathContext(400);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private Reference() {}

  /** e^x: the Taylor series of a 2^64th of x, squared 64 times. */
  static BigDecimal exp(double x) {
    return exp(new BigDecimal(x));
  }

  private static BigDecimal exp(BigDecimal x) {
    BigDecimal reduced = x.divide(new BigDecimal(BigInteger.TWO.pow(64)), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 60; n++) {
      term = term.multiply(reduced, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 64; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** ln x by Newton's iteration on {@link #exp}, from the platform's logarithm. */
  static BigDecimal ln(double x) {
    BigDecimal value = new BigDecimal(x);
    BigDecimal guess = new BigDecimal(StrictMath.log(x));
    for (int i = 0; i < 3; i++) {
      guess = guess.add(value.divide(exp(guess), DIGITS).subtract(BigDecimal.ONE), DIGITS);
    }
    return guess;
  }

  /** The normal tail below -x for x >= 0: 1/2 - phi(x) (x + x^3/3 + x^5/(3 5) + ...). */
  static BigDecimal lowerTail(double x) {
    BigDecimal exact = new BigDecimal(x);
    BigDecimal square = exact.multiply(exact);
    BigDecimal term = exact;
    BigDecimal sum = exact;
    for (int n = 3; term.signum() != 0 && term.compareTo(new BigDecimal("1e-390")) > 0; n += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    BigDecimal density = exp(square.negate().divide(TWO)).divide(TWO.multiply(pi()).sqrt(DIGITS), DIGITS);
    return BigDecimal.ONE.divide(TWO).subtract(density.multiply(sum), DIGITS);
  }

  /** |actual - expected| / |expected|. */
  static double relativeError(double actual, BigDecimal expected) {
    return new BigDecimal(actual).subtract(expected).abs().divide(expected.abs(), MathContext.DECIMAL64).doubleValue();
  }

  /** Machin: 16 arctan(1/5) - 4 arctan(1/239). */
  private static BigDecimal pi() {
    return BigDecimal.valueOf(16).multiply(arctanOfInverse(5)).subtract(BigDecimal.valueOf(4).multiply(arctanOfInverse(239)));
  }

  private static BigDecimal arctanOfInverse(int n) {
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), DIGITS);
    BigDecimal square = BigDecimal.valueOf((long) n * n);
    BigDecimal sum = power;
    for (int k = 3; k < 620; k += 2) {
      power = power.divide(square, DIGITS).negate();
      sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
    }
    return sum;
  }
}
