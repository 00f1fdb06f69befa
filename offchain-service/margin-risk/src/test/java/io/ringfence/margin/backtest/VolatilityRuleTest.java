package io.ringfence.margin.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** The levels that stand in for option quotes. */
class VolatilityRuleTest {

  private static final VolatilityRule.Realised RULE = new VolatilityRule.Realised(1, 1.2, 0.1, 5);

  @Test
  void flatLevelStays() {
    assertThat(new VolatilityRule.Flat().levels(BacktestSamples.hourly("BTC", 10, 5, 20), 0.6)).containsExactly(0.6, 0.6, 0.6);
  }

  @Test
  void realisedLevelHalvesItsVarianceInOneHalfLifeWithoutMoves() {
    double[] still = new double[25];
    java.util.Arrays.fill(still, 100);
    double[] levels = RULE.levels(BacktestSamples.hourly("BTC", still), 0.8);
    assertThat(levels[0]).isEqualTo(0.8);
    assertThat(levels[24]).isCloseTo(0.8 * Math.sqrt(0.5), offset(1e-12));
  }

  @Test
  void realisedLevelOfOneMove() {
    double[] levels = RULE.levels(BacktestSamples.hourly("BTC", 100, 90), 0.6);
    double kept = Math.pow(2, -1.0 / 24);
    double change = Math.log(0.9);
    assertThat(levels[1])
        .isCloseTo(1.2 * Math.sqrt(kept * 0.25 + (1 - kept) * change * change * 365 * 24), offset(1e-12));
  }

  @Test
  void returnOverAGapIsNoBarsReturn() {
    double[] levels = RULE.levels(BacktestSamples.hourly("BTC", 100, Double.NaN, 50, 50), 0.6);
    assertThat(levels[1]).isEqualTo(levels[0]);
    assertThat(levels[2]).isLessThan(levels[1]);
  }

  @Test
  void levelStaysWithinItsBounds() {
    assertThat(new VolatilityRule.Realised(1, 1, 0.5, 0.7).levels(BacktestSamples.hourly("BTC", 100, 50, 100), 0.1))
        .containsExactly(0.5, 0.7, 0.7);
    assertThatThrownBy(() -> new VolatilityRule.Realised(1, 1, 0.5, 0.4)).hasMessageStartingWith("most is 0.4");
    assertThatThrownBy(() -> new VolatilityRule.Realised(0, 1, 0.5, 0.6)).hasMessageStartingWith("halfLifeDays");
  }
}
