package io.ringfence.margin.pricing;

/**
 * The standard normal distribution.
 *
 * <p>Rational approximations of the error function from W. J. Cody, "Rational Chebyshev approximations for the error function",
 * Mathematics of Computation 23 (1969). The exponential of the tail is taken of the argument itself, split at a sixteenth, instead of its
 * quotient by the root of two: that keeps the relative error of far tails at the level of a few units in the last place.
 */
public final class NormalDistribution {

  private static final double INVERSE_SQRT_TWO = 0.70710678118654752440;
  private static final double INVERSE_SQRT_PI = 0.56418958354775628695;

  /** Where the approximations of the error function change, in its own argument. */
  private static final double CENTRE = 0.46875;
  private static final double FAR = 4.0;

  /** From here on the tail is less than half the smallest double. */
  private static final double NOTHING_BEYOND = 38.6;

  private static final double[] CENTRE_ABOVE = {
    1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3
  };
  private static final double[] CENTRE_BELOW = {
    1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_ABOVE = {
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1, 2.98635138197400131e2,
    8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3
  };
  private static final double[] MIDDLE_BELOW = {
    1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3
  };
  private static final double[] FAR_ABOVE = {
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2,
    6.58749161529837803e-4
  };
  private static final double[] FAR_BELOW = {
    1.0, 2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3
  };

  private NormalDistribution() {}

  /**
   * The probability of a value at or below x, with a relative error below 1e-15 down to the smallest normal double.
   *
   * @param x standard deviations, infinities allowed; NaN gives NaN
   */
  public static double cumulative(double x) {
    double distance = Math.abs(x);
    double scaled = distance * INVERSE_SQRT_TWO;
    if (scaled <= CENTRE) {
      double u = x * INVERSE_SQRT_TWO;
      double square = u * u;
      return 0.5 + 0.5 * (u * polynomial(CENTRE_ABOVE, square) / polynomial(CENTRE_BELOW, square));
    }
    if (distance >= NOTHING_BEYOND) {
      return x > 0.0 ? 1.0 : 0.0;
    }
    double tail = 0.5 * bell(distance) * tailRatio(scaled);
    return x > 0.0 ? 1.0 - tail : tail;
  }

  /** erfc(u) / exp(-u^2) for u above the centre. */
  private static double tailRatio(double u) {
    if (u <= FAR) {
      return polynomial(MIDDLE_ABOVE, u) / polynomial(MIDDLE_BELOW, u);
    }
    double inverseSquare = 1.0 / (u * u);
    double correction = inverseSquare * polynomial(FAR_ABOVE, inverseSquare) / polynomial(FAR_BELOW, inverseSquare);
    return (INVERSE_SQRT_PI - correction) / u;
  }

  /** exp(-x^2 / 2): the square of x to a sixteenth is exact, the rest is small. */
  private static double bell(double x) {
    double near = (int) (x * 16.0) / 16.0;
    double rest = (x - near) * (x + near);
    return Elementary.exp(-0.5 * near * near) * Elementary.exp(-0.5 * rest);
  }

  /** Highest power first. */
  private static double polynomial(double[] coefficients, double x) {
    double value = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      value = value * x + coefficients[i];
    }
    return value;
  }
}
