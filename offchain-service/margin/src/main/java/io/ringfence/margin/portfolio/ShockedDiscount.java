package io.ringfence.margin.portfolio;

/**
 * What an expiry's shocked value counts for, with r the rate (not below zero), T years and D the discount factor: a value of zero or more
 * is multiplied by {@code longBase exp(-T (r longRate + longSpread))}, a negative one by
 * {@code min(1 / D, shortBase exp(T (r shortRate + shortSpread)))}.
 *
 * @param longBase factor for an expiry that is worth something
 * @param longRate multiplier of its rate
 * @param longSpread addition to its rate
 * @param shortBase factor for an expiry that is owed
 * @param shortRate multiplier of its rate
 * @param shortSpread addition to its rate
 */
public record ShockedDiscount(
    double longBase, double longRate, double longSpread, double shortBase, double shortRate, double shortSpread) {

  /** Refuses figures out of range. */
  public ShockedDiscount {
    longBase = Admission.notNegative("discount.longBase", longBase);
    longRate = Admission.notNegative("discount.longRate", longRate);
    longSpread = Admission.notNegative("discount.longSpread", longSpread);
    shortBase = Admission.notNegative("discount.shortBase", shortBase);
    shortRate = Admission.notNegative("discount.shortRate", shortRate);
    shortSpread = Admission.notNegative("discount.shortSpread", shortSpread);
  }
}
