package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;

/**
 * Admission of doubles from outside: finite, of a size that sums cannot overflow, and with one zero. What it refuses is an
 * {@link InvalidFigureException} that names the figure. The engine admits by it too, so that it takes what the model takes.
 */
public final class Admission {

  /** The greatest absolute value of a price, quantity, amount or rate. */
  public static final double MOST = 1e30;

  private Admission() {}

  /** Any finite value up to {@link #MOST}, either way of zero. */
  public static double any(String figure, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidFigureException(figure, "is " + value + "; give a finite number");
    }
    if (Math.abs(value) > MOST) {
      throw new InvalidFigureException(figure, "is " + value + ", beyond 1e30; check its scale");
    }
    // Negative zero becomes zero, so that equal figures have equal bits.
    return value + 0.0;
  }

  /** Zero or more. */
  public static double notNegative(String figure, double value) {
    double admitted = any(figure, value);
    if (admitted < 0.0) {
      throw new InvalidFigureException(figure, "is negative (" + value + "); give zero or more");
    }
    return admitted;
  }

  static double positive(String figure, double value) {
    double admitted = notNegative(figure, value);
    if (admitted == 0.0) {
      throw new InvalidFigureException(figure, "is zero; give a positive number");
    }
    return admitted;
  }

  static double fraction(String figure, double value) {
    double admitted = notNegative(figure, value);
    if (admitted > 1.0) {
      throw new InvalidFigureException(figure, "is " + value + ", above 1; give a fraction from 0 to 1");
    }
    return admitted;
  }

  /** A result that inputs of extreme size have made meaningless is refused, never returned. */
  static double result(String figure, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidFigureException(figure, "is too large to compute; check the scale of quantities, prices and rates");
    }
    return value;
  }

  static <T> T present(String figure, T value) {
    if (value == null) {
      throw new InvalidFigureException(figure, "is absent");
    }
    return value;
  }
}
