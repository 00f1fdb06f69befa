package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;

/** Admission of doubles into the books: what the model's own records would refuse is refused here, before a book changes. */
final class Admission {

  /** The greatest absolute value of a price, quantity or amount. */
  static final double MOST = 1e30;

  private Admission() {}

  /** The value, with negative zero made zero so that equal figures have equal bits. */
  static double any(String figure, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidFigureException(figure, "is " + value + "; give a finite number");
    }
    if (Math.abs(value) > MOST) {
      throw new InvalidFigureException(figure, "is " + value + ", beyond 1e30; check its scale");
    }
    return value + 0.0;
  }

  static double notNegative(String figure, double value) {
    double admitted = any(figure, value);
    if (admitted < 0.0) {
      throw new InvalidFigureException(figure, "is negative (" + value + "); give zero or more");
    }
    return admitted;
  }
}
