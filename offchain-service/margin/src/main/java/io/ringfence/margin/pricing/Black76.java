package io.ringfence.margin.pricing;

/**
 * The value of European options on a forward: F. Black, "The pricing of commodity contracts", Journal of Financial Economics 3 (1976).
 *
 * <p>With {@code s = sigma sqrt(T)}, {@code d1 = ln(F / K) / s + s / 2} and {@code d2 = d1 - s}, a call is worth
 * {@code D (F N(d1) - K N(d2))} and a put {@code D (K N(-d2) - F N(-d1))}. Each is computed from its own formula, so that neither inherits
 * the other's rounding.
 */
public final class Black76 {

  private Black76() {}

  /**
   * The value of a call, in the forward's unit, zero or more.
   *
   * @param forward zero or more
   * @param strike positive
   * @param deviation standard deviation of the logarithm of the price until expiry, {@code sigma sqrt(T)}, zero or more; at zero the value
   *     is the discounted amount in the money
   * @param discount value today of one unit at expiry
   */
  public static double call(double forward, double strike, double deviation, double discount) {
    if (!(deviation > 0.0) || !(forward > 0.0)) {
      return discount * Math.max(forward - strike, 0.0);
    }
    double d1 = Elementary.ln(forward / strike) / deviation + 0.5 * deviation;
    double d2 = d1 - deviation;
    double undiscounted = forward * NormalDistribution.cumulative(d1) - strike * NormalDistribution.cumulative(d2);
    return discount * Math.max(undiscounted, 0.0);
  }

  /** The value of a put; arguments and result as of {@link #call}. */
  public static double put(double forward, double strike, double deviation, double discount) {
    if (!(deviation > 0.0) || !(forward > 0.0)) {
      return discount * Math.max(strike - forward, 0.0);
    }
    double d1 = Elementary.ln(forward / strike) / deviation + 0.5 * deviation;
    double d2 = d1 - deviation;
    double undiscounted = strike * NormalDistribution.cumulative(-d2) - forward * NormalDistribution.cumulative(-d1);
    return discount * Math.max(undiscounted, 0.0);
  }
}
