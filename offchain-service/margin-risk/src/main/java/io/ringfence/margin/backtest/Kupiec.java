package io.ringfence.margin.backtest;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.pricing.Elementary;
import io.ringfence.margin.pricing.NormalDistribution;

/**
 * The proportion-of-failures test: P. Kupiec, "Techniques for verifying the accuracy of risk measurement models", Journal of Derivatives 3
 * (1995). With x exceedances in n observations and an expected rate p, {@code LR = 2 (ln L(x / n) - ln L(p))},
 * {@code ln L(q) = x ln q + (n - x) ln(1 - q)}, is distributed as chi squared with one degree of freedom if observations are independent
 * and exceed with probability p. It is two-sided: too few exceedances also raise it.
 *
 * @param statistic LR, zero or more
 * @param probability of a statistic at least as great if the rate is right, 0 to 1
 */
public record Kupiec(double statistic, double probability) {

  /** The probability below which a rate is commonly rejected. */
  public static final double REJECTED_BELOW = 0.05;

  /**
   * The test.
   *
   * @param observations one or more
   * @param exceedances 0 to observations
   * @param rate expected share of exceedances, above 0 and below 1
   */
  public static Kupiec of(long observations, long exceedances, double rate) {
    if (observations < 1 || exceedances < 0 || exceedances > observations) {
      throw new InvalidFigureException("exceedances", "are " + exceedances + " of " + observations);
    }
    if (!(rate > 0.0 && rate < 1.0)) {
      throw new InvalidFigureException("rate", "is " + rate + "; give a share between 0 and 1");
    }
    double observed = (double) exceedances / observations;
    double likelihood = likelihood(observations, exceedances, observed) - likelihood(observations, exceedances, rate);
    double statistic = Math.max(0.0, 2.0 * likelihood);
    return new Kupiec(statistic, Math.min(1.0, 2.0 * NormalDistribution.cumulative(-Math.sqrt(statistic))));
  }

  /** Whether the rate is rejected at the common level. */
  public boolean rejected() {
    return probability < REJECTED_BELOW;
  }

  /** Zero times the logarithm of zero counts as zero. */
  private static double likelihood(long observations, long exceedances, double rate) {
    double inside = observations - exceedances;
    double failed = exceedances == 0 ? 0.0 : exceedances * Elementary.ln(rate);
    return failed + (inside == 0.0 ? 0.0 : inside * Elementary.ln(1.0 - rate));
  }
}
