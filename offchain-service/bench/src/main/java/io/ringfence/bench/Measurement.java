package io.ringfence.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * One figure of a run.
 *
 * @param name what was measured
 * @param value the figure
 * @param unit its unit
 * @param target what is to be reached, in words, or empty
 * @param reached {@code yes}, {@code no}, or empty where there is no target
 */
record Measurement(String name, double value, String unit, String target, String reached) {

  static Measurement of(String name, double value, String unit) {
    return new Measurement(name, value, unit, "", "");
  }

  Measurement atMost(double most) {
    return new Measurement(name, value, unit, "at most " + number(most), value <= most ? "yes" : "no");
  }

  Measurement atLeast(double least) {
    return new Measurement(name, value, unit, "at least " + number(least), value >= least ? "yes" : "no");
  }

  /** To three significant digits, or whole from 1000 on. */
  static String number(double value) {
    if (Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
