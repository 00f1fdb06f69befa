package io.ringfence.margin.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalDistributionTest {

  @Test
  void lowerTailHasFifteenDigitsDownToTheSmallestDoubles() {
    for (double x = 0; x < 37.5; x += 0.171) {
      assertThat(Reference.relativeError(NormalDistribution.cumulative(-x), Reference.lowerTail(x))).as("-%s", x).isLessThan(1e-15);
    }
  }

  @Test
  void upperSideIsTheComplement() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 60; i++) {
      double x = random.nextDouble(0, 9);
      BigDecimal expected = BigDecimal.ONE.subtract(Reference.lowerTail(x));
      assertThat(Reference.relativeError(NormalDistribution.cumulative(x), expected)).as("%s", x).isLessThan(2.3e-16);
    }
  }

  @Test
  void joinsAreMonotone() {
    for (double join : new double[] {0.46875 * Math.sqrt(2), 4 * Math.sqrt(2), 1, 0.0625}) {
      double x = join - 1e-9;
      double before = NormalDistribution.cumulative(-x);
      while (x < join + 1e-9) {
        x += 1e-11;
        double after = NormalDistribution.cumulative(-x);
        assertThat(after).isLessThanOrEqualTo(before * (1 + 4e-16));
        before = after;
      }
    }
  }

  @Test
  void edges() {
    assertThat(NormalDistribution.cumulative(0)).isEqualTo(0.5);
    assertThat(NormalDistribution.cumulative(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(NormalDistribution.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(NormalDistribution.cumulative(-40)).isZero();
    assertThat(NormalDistribution.cumulative(-38.4)).isPositive();
    assertThat(NormalDistribution.cumulative(Double.NaN)).isNaN();
  }
}
