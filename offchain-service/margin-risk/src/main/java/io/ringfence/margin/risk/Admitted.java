package io.ringfence.margin.risk;

import io.ringfence.margin.InvalidFigureException;

/** Admission of figures from outside: finite, of a size that sums cannot overflow, and with one zero. */
public final class Admitted {

  /** The greatest absolute value of a figure. */
  public static final double MOST = 1e30;

  private Admitted() {}

  /** Any finite number up to {@link #MOST}; negative zero becomes zero. */
  public static double any(String figure, double value) {
    if (!Double.isFinite(value) || Math.abs(value) > MOST) {
      throw new InvalidFigureException(figure, "is " + value + "; give a finite number of at most 1e30");
    }
    return value + 0.0;
  }

  /** Zero or more. */
  public static double notNegative(String figure, double value) {
    if (any(figure, value) < 0.0) {
      throw new InvalidFigureException(figure, "is " + value + "; give zero or more");
    }
    return value + 0.0;
  }

  /** More than zero. */
  public static double positive(String figure, double value) {
    if (any(figure, value) <= 0.0) {
      throw new InvalidFigureException(figure, "is " + value + "; give a positive number");
    }
    return value;
  }

  /** A name that may be printed, drawn and compared: 1 to 60 letters, digits, spaces and .,:/_+%()- characters. */
  public static String name(String figure, String value) {
    if (value == null || !value.matches("[A-Za-z0-9 .,:/_+%()-]{1,60}") || value.isBlank()) {
      throw new InvalidFigureException(figure, "is not 1 to 60 letters, digits, spaces and .,:/_+%()-");
    }
    return value;
  }
}
