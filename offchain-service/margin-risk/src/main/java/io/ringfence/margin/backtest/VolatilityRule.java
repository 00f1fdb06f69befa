package io.ringfence.margin.backtest;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.pricing.Elementary;
import io.ringfence.margin.risk.Admitted;
import java.util.Arrays;

/** What the level of an underlying's volatility is at each recorded price, where no option quotes were recorded. */
public sealed interface VolatilityRule {

  /**
   * A level for every observation of a series; the level at an observation depends on nothing after it.
   *
   * @param level what the book states: the level at the first observation
   */
  double[] levels(PriceSeries series, double level);

  /** The stated level throughout: options lose by moves of the price alone. */
  record Flat() implements VolatilityRule {
    @Override
    public double[] levels(PriceSeries series, double level) {
      double[] levels = new double[series.size()];
      Arrays.fill(levels, Admitted.positive("volatility level of " + series.underlying(), level));
      return levels;
    }
  }

  /**
   * The level follows what the price has realised: {@code multiplier x sqrt(v)} within {@code least} and {@code most}, where after each
   * bar {@code v = w v + (1 - w) r^2 / bar}, {@code w = 2^(-bar / half-life)}, r the bar's logarithmic return, the bar in years of 365
   * days. It starts from {@code v = (level / multiplier)^2}. A return over a gap is no bar's return and is left out.
   *
   * @param halfLifeDays positive
   * @param multiplier implied over realised volatility, positive
   * @param least positive
   * @param most at least {@code least}
   */
  record Realised(double halfLifeDays, double multiplier, double least, double most) implements VolatilityRule {

    private static final double SECONDS_PER_DAY = 86_400.0;
    private static final double DAYS_PER_YEAR = 365.0;

    /** Refuses figures out of range. */
    public Realised {
      halfLifeDays = Admitted.positive("halfLifeDays", halfLifeDays);
      multiplier = Admitted.positive("multiplier", multiplier);
      least = Admitted.positive("least", least);
      most = Admitted.positive("most", most);
      if (most < least) {
        throw new InvalidFigureException("most", "is " + most + ", below least; give " + least + " or more");
      }
    }

    @Override
    public double[] levels(PriceSeries series, double level) {
      double days = series.barSeconds() / SECONDS_PER_DAY;
      double kept = Elementary.power(0.5, days / halfLifeDays);
      double start = Admitted.positive("volatility level of " + series.underlying(), level) / multiplier;
      double variance = start * start;
      double[] levels = new double[series.size()];
      levels[0] = within(level);
      for (int i = 1; i < levels.length; i++) {
        if (series.follows(i)) {
          double change = Elementary.ln(series.price(i) / series.price(i - 1));
          variance = kept * variance + (1.0 - kept) * (change * change / (days / DAYS_PER_YEAR));
        }
        levels[i] = within(multiplier * Math.sqrt(variance));
      }
      return levels;
    }

    private double within(double level) {
      return Math.max(least, Math.min(most, level));
    }
  }
}
