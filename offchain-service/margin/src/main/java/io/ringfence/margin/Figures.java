package io.ringfence.margin;

import java.math.BigDecimal;

/**
 * Admission of decimals from outside: at most {@value #MAX_FRACTION_DIGITS} digits after the point and {@value #MAX_INTEGER_DIGITS}
 * before it, so that a hostile {@code 1e999999999} cannot make exact arithmetic unbounded, and one representation per value.
 */
final class Figures {

  static final int MAX_FRACTION_DIGITS = 18;
  static final int MAX_INTEGER_DIGITS = 36;
  private static final int MAX_GIVEN_DIGITS = 200;

  private Figures() {}

  /** The value with trailing zeros removed and no negative scale, so that equal values are equal objects. */
  static BigDecimal any(String figure, BigDecimal value) {
    if (value == null) {
      throw new InvalidFigureException(figure, "is absent; give a decimal number");
    }
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (value.precision() > MAX_GIVEN_DIGITS || (long) value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
      throw new InvalidFigureException(figure, "has more than " + MAX_INTEGER_DIGITS + " digits before the point; check its scale");
    }
    if (value.scale() - (long) value.precision() > MAX_FRACTION_DIGITS) {
      throw tooFine(figure);
    }
    BigDecimal plain = canonical(value);
    if (plain.scale() > MAX_FRACTION_DIGITS) {
      throw tooFine(figure);
    }
    return plain;
  }

  static BigDecimal notNegative(String figure, BigDecimal value) {
    BigDecimal plain = any(figure, value);
    if (plain.signum() < 0) {
      throw new InvalidFigureException(figure, "is negative (" + plain.toPlainString() + "); give zero or more");
    }
    return plain;
  }

  static BigDecimal positive(String figure, BigDecimal value) {
    BigDecimal plain = any(figure, value);
    if (plain.signum() <= 0) {
      throw new InvalidFigureException(figure, "is " + plain.toPlainString() + "; give more than zero");
    }
    return plain;
  }

  static BigDecimal notZero(String figure, BigDecimal value) {
    BigDecimal plain = any(figure, value);
    if (plain.signum() == 0) {
      throw new InvalidFigureException(figure, "is zero; give a signed quantity, positive to buy and negative to sell");
    }
    return plain;
  }

  /** One representation per value, for results of our own arithmetic. */
  static BigDecimal canonical(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static InvalidFigureException tooFine(String figure) {
    return new InvalidFigureException(figure, "has more than " + MAX_FRACTION_DIGITS + " digits after the point; round it before");
  }
}
