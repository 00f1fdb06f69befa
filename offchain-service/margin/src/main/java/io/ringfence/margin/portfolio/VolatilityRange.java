package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;

/**
 * How far volatilities move, by time to expiry: a range times {@code m = (30 days / max(T, floor))^power}.
 *
 * @param up range up: the shocked volatility is {@code max(sigma (1 + up m), leastShocked)}
 * @param down range down: {@code sigma max(0, 1 - down m)}
 * @param shortPower the power up to and including 30 days
 * @param longPower the power beyond
 * @param floorDays the least time to expiry in {@code m}, days
 * @param leastShocked the least volatility in scenarios up, a year's standard deviation
 */
public record VolatilityRange(double up, double down, double shortPower, double longPower, double floorDays, double leastShocked) {

  private static final double MOST_POWER = 100.0;

  /** Refuses figures out of range. */
  public VolatilityRange {
    up = Admission.notNegative("volatility.up", up);
    down = Admission.notNegative("volatility.down", down);
    shortPower = power("volatility.shortPower", shortPower);
    longPower = power("volatility.longPower", longPower);
    floorDays = Admission.notNegative("volatility.floorDays", floorDays);
    leastShocked = Admission.notNegative("volatility.leastShocked", leastShocked);
  }

  private static double power(String figure, double value) {
    double admitted = Admission.notNegative(figure, value);
    if (admitted > MOST_POWER) {
      throw new InvalidFigureException(figure, "is " + value + "; give at most " + MOST_POWER);
    }
    return admitted;
  }
}
