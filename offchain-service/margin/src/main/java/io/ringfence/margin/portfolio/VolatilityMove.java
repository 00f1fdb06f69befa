package io.ringfence.margin.portfolio;

/** What a scenario does to volatilities. The order of the constants is the order of scenarios with the same spot. */
public enum VolatilityMove {
  /** All fall, by the range down. */
  DOWN,
  /** They stay. */
  NONE,
  /** All rise, by the range up, and at least to the least shocked volatility. */
  UP,
  /** Those of high strikes rise and those of low strikes fall, in proportion to {@code ln(K / F)} up to the linear cap. */
  LINEAR_SKEW,
  /** As {@link #LINEAR_SKEW}, but only up to the absolute skew's cap: how a linear skew is read that a case gives a spot move. */
  LINEAR_SKEW_LOW_CAP,
  /** Those of both wings rise, in proportion to {@code |ln(K / F)|} up to the absolute cap. */
  ABSOLUTE_SKEW;

  /** Whether the shape of the smile moves: options keep their forward, and each expiry's change counts as a loss whatever its sign. */
  public boolean isSkew() {
    return switch (this) {
      case DOWN, NONE, UP -> false;
      case LINEAR_SKEW, LINEAR_SKEW_LOW_CAP, ABSOLUTE_SKEW -> true;
    };
  }
}
