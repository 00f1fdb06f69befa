package io.ringfence.margin.pricing;

/**
 * Exponential, natural logarithm and power whose every bit is fixed by the text of this class.
 *
 * <p>Each reduces its argument to a short interval and sums the Taylor series there, smallest term first. Errors are below one unit in the
 * last place for {@link #exp} and {@link #ln}; {@link #power} loses about {@code |exponent x ln(base)|} units more.
 */
public final class Elementary {

  /** The largest argument whose exponential is finite, rounded down. */
  private static final double EXP_OVERFLOW = 709.782712893384;

  /** Below this the exponential is less than half the smallest double. */
  private static final double EXP_UNDERFLOW = -745.1332191019412;

  /** ln 2 in two parts: the first has 21 trailing zero bits, so that its product with any exponent is exact. */
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  private static final double INVERSE_LN2 = 0x1.71547652b82fep0;

  private static final double SQRT_HALF = 0x1.6a09e667f3bcdp-1;

  private static final int MANTISSA_BITS = 52;
  private static final int BIAS = 1023;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

  /** Reciprocals of 2!, 3!, ... 15!, for the series of {@code (e^r - 1 - r) / r^2}. */
  private static final double[] INVERSE_FACTORIALS = inverseFactorials(14);

  private static final int LN_TERMS = 13;

  private Elementary() {}

  /** e to the power x; zero where that is too small for a double, infinity where it is too large, NaN for NaN. */
  public static double exp(double x) {
    if (x != x) {
      return x;
    }
    if (x > EXP_OVERFLOW) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < EXP_UNDERFLOW) {
      return 0.0;
    }
    int exponent = (int) (x * INVERSE_LN2 + (x < 0.0 ? -0.5 : 0.5));
    double high = x - exponent * LN2_HIGH;
    double low = exponent * LN2_LOW;
    double reduced = high - low;
    double series = 0.0;
    for (int i = INVERSE_FACTORIALS.length - 1; i >= 0; i--) {
      series = series * reduced + INVERSE_FACTORIALS[i];
    }
    // What rounding took from the reduced argument is given back together with the small terms.
    double lost = (high - reduced) - low;
    double value = 1.0 + (reduced + (reduced * reduced * series + lost));
    return scaled(value, exponent);
  }

  /** The natural logarithm of x; minus infinity at zero, NaN below zero and for NaN. */
  public static double ln(double x) {
    if (x != x || x < 0.0) {
      return Double.NaN;
    }
    if (x == 0.0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    int shift = 0;
    double normal = x;
    if (x < Double.MIN_NORMAL) {
      normal = x * 0x1p54;
      shift = -54;
    }
    long bits = Double.doubleToRawLongBits(normal);
    int exponent = (int) (bits >>> MANTISSA_BITS) - BIAS + 1 + shift;
    double mantissa = Double.longBitsToDouble((bits & MANTISSA) | ((long) (BIAS - 1) << MANTISSA_BITS));
    if (mantissa < SQRT_HALF) {
      mantissa = mantissa * 2.0;
      exponent = exponent - 1;
    }
    double f = mantissa - 1.0;
    double s = f / (2.0 + f);
    double square = s * s;
    double series = 0.0;
    for (int i = LN_TERMS; i >= 1; i--) {
      series = (series + 2.0 / (2 * i + 1)) * square;
    }
    // ln(1 + f) = 2 atanh(s) = 2s + s R with R the series; as 2s = f - s f, the large term stays exact.
    return exponent * LN2_HIGH + (f - (s * (f - series) - exponent * LN2_LOW));
  }

  /** A positive base to any finite power. */
  public static double power(double base, double exponent) {
    return exp(exponent * ln(base));
  }

  private static double scaled(double value, int exponent) {
    if (exponent > BIAS) {
      return value * powerOfTwo(exponent - 1) * 2.0;
    }
    if (exponent >= 1 - BIAS) {
      return value * powerOfTwo(exponent);
    }
    return value * powerOfTwo(exponent + 2 * MANTISSA_BITS) * powerOfTwo(-2 * MANTISSA_BITS);
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((long) (exponent + BIAS) << MANTISSA_BITS);
  }

  private static double[] inverseFactorials(int count) {
    double[] inverses = new double[count];
    double factorial = 1.0;
    for (int i = 0; i < count; i++) {
      factorial = factorial * (i + 2);
      inverses[i] = 1.0 / factorial;
    }
    return inverses;
  }
}
