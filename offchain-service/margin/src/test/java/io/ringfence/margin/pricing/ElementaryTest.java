package io.ringfence.margin.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElementaryTest {

  private static final double ULP = 0x1p-52;

  @Test
  void exponentialIsWithinOneUnitInTheLastPlace() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 400; i++) {
      double x = random.nextDouble(-700, 700) * (i % 2 == 0 ? 1 : 1e-3);
      assertThat(Reference.relativeError(Elementary.exp(x), Reference.exp(x))).as("exp %s", x).isLessThan(ULP);
    }
  }

  @Test
  void logarithmIsWithinOneUnitInTheLastPlace() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 150; i++) {
      double x = i % 2 == 0 ? StrictMath.pow(10, random.nextDouble(-30, 30)) : random.nextDouble(0.5, 2);
      assertThat(Reference.relativeError(Elementary.ln(x), Reference.ln(x))).as("ln %s", x).isLessThan(ULP);
    }
  }

  @Test
  void agreesWithThePlatformToAUnitInTheLastPlaceOverManyArguments() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 200_000; i++) {
      double x = random.nextDouble(-745, 709);
      assertThat(Math.abs(Elementary.exp(x) - StrictMath.exp(x))).isLessThanOrEqualTo(Math.ulp(StrictMath.exp(x)));
      double y = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (Double.isFinite(y)) {
        assertThat(Math.abs(Elementary.ln(y) - StrictMath.log(y))).isLessThanOrEqualTo(Math.ulp(StrictMath.log(y)));
      }
    }
  }

  @Test
  void edges() {
    assertThat(Elementary.exp(0)).isEqualTo(1);
    assertThat(Elementary.exp(-0.0)).isEqualTo(1);
    assertThat(Elementary.exp(710)).isInfinite();
    assertThat(Elementary.exp(-746)).isZero();
    assertThat(Elementary.exp(709.78)).isFinite();
    assertThat(Elementary.exp(-745)).isEqualTo(Double.MIN_VALUE);
    assertThat(Elementary.exp(Double.NaN)).isNaN();
    assertThat(Elementary.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Elementary.ln(1)).isZero();
    assertThat(Elementary.ln(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Elementary.ln(-1)).isNaN();
    assertThat(Elementary.ln(Double.NaN)).isNaN();
    assertThat(Elementary.ln(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(Elementary.ln(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
  }

  @Test
  void powers() {
    assertThat(Elementary.power(1, 0.3)).isEqualTo(1);
    assertThat(Elementary.power(7, 0)).isEqualTo(1);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 10_000; i++) {
      double base = random.nextDouble(0.01, 100);
      double exponent = random.nextDouble(0, 10);
      double expected = StrictMath.pow(base, exponent);
      double units = 2 + Math.abs(exponent * StrictMath.log(base)) * 2;
      assertThat(Math.abs(Elementary.power(base, exponent) - expected)).isLessThanOrEqualTo(units * Math.ulp(expected));
    }
  }

  @Test
  void bitsAreFixed() {
    // Recorded once; a change of any of them changes every margin ever computed.
    assertThat(Double.toHexString(Elementary.exp(-34.25))).isEqualTo("0x1.80ba5b3797f9fp-50");
    assertThat(Double.toHexString(Elementary.exp(-0.37))).isEqualTo("0x1.61a7ee209faffp-1");
    assertThat(Double.toHexString(Elementary.ln(95776.67392708939 / 100000))).isEqualTo("-0x1.617e3e4e964aap-5");
    assertThat(Double.toHexString(NormalDistribution.cumulative(-1.37))).isEqualTo("0x1.5d9118235482ap-4");
    assertThat(Double.toHexString(Black76.call(95776.67392708939, 100000, 0.07, 0.99))).isEqualTo("0x1.165359cddc0e9p10");
    assertThat(Double.toHexString(Elementary.power(3.2609, 0.3))).isEqualTo("0x1.6cf4e30d5fee4p0");
  }
}
