package io.ringfence.margin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to pixels along one axis.
 *
 * @param least value drawn at {@code from}
 * @param most value drawn at {@code to}, above {@code least}
 * @param from pixel
 * @param to pixel
 */
record Scale(double least, double most, double from, double to) {

  private static final double THOUSAND = 1e3;

  /** A scale over values, with room where all of them are the same. */
  static Scale over(double least, double most, double from, double to) {
    return new Scale(least, most > least ? most : least + 1.0, from, to);
  }

  double at(double value) {
    return from + (value - least) / (most - least) * (to - from);
  }

  /** Round values within the scale, some four to eight: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> ticks() {
    double step = 1e-9;
    double[] factors = {2.0, 2.5, 2.0};
    for (int i = 0; (most - least) / step > 8.0; i++) {
      step = step * factors[i % factors.length];
    }
    List<Double> ticks = new ArrayList<>();
    for (double index = Math.ceil(least / step); index * step <= most; index++) {
      ticks.add(index * step + 0.0);
    }
    return ticks;
  }

  /** An amount for a label: {@code 1.5m}, {@code 250k}, {@code 40}. */
  static String amount(double value) {
    double size = Math.abs(value);
    if (size >= THOUSAND * THOUSAND) {
      return trimmed(value / (THOUSAND * THOUSAND)) + "m";
    }
    return size >= THOUSAND ? trimmed(value / THOUSAND) + "k" : trimmed(value);
  }

  private static String trimmed(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
