package io.ringfence.margin.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import org.junit.jupiter.api.Test;

class Black76Test {

  private static final double[] YEARS = {1.0 / 525_600, 30.0 / 525_600, 1.0 / 365, 7.0 / 365, 30.0 / 365, 0.25, 1, 3, 10};
  private static final double[] VOLATILITIES = {0.01, 0.05, 0.2, 0.45, 0.8, 1.5, 3, 5};
  private static final double[] MONEYNESS = {1e-2, 0.03, 0.1, 0.3, 0.5, 0.8, 0.9, 0.97, 0.995, 1, 1.005, 1.03, 1.1, 1.3, 2, 5, 10, 30, 1e2};
  private static final double[] FORWARDS = {0.07, 1, 2681.6, 95_776.67392708939};

  private interface Visitor {
    void visit(double forward, double strike, double years, double volatility);
  }

  private static void grid(Visitor visitor) {
    for (double forward : FORWARDS) {
      for (double moneyness : MONEYNESS) {
        for (double years : YEARS) {
          for (double volatility : VOLATILITIES) {
            visitor.visit(forward, forward * moneyness, years, volatility);
          }
        }
      }
    }
  }

  @Test
  void agreesWithStrata() {
    double[] worst = {0};
    grid((forward, strike, years, volatility) -> {
      double deviation = volatility * Math.sqrt(years);
      double call = BlackFormulaRepository.price(forward, strike, years, volatility, true);
      double put = BlackFormulaRepository.price(forward, strike, years, volatility, false);
      double scale = Math.max(forward, strike);
      worst[0] = Math.max(worst[0], Math.abs(Black76.call(forward, strike, deviation, 1) - call) / scale);
      worst[0] = Math.max(worst[0], Math.abs(Black76.put(forward, strike, deviation, 1) - put) / scale);
    });
    assertThat(worst[0]).isLessThan(1e-12);
  }

  @Test
  void callLessPutIsForwardLessStrike() {
    grid((forward, strike, years, volatility) -> {
      double deviation = volatility * Math.sqrt(years);
      double difference = Black76.call(forward, strike, deviation, 0.9) - Black76.put(forward, strike, deviation, 0.9);
      assertThat(difference).isCloseTo(0.9 * (forward - strike), offset(1e-15 * Math.max(forward, strike)));
    });
  }

  @Test
  void valueGrowsWithVolatilityAndStaysWithinItsBounds() {
    grid((forward, strike, years, volatility) -> {
      double deviation = volatility * Math.sqrt(years);
      double call = Black76.call(forward, strike, deviation, 1);
      double slack = 1e-15 * Math.max(forward, strike);
      assertThat(Black76.call(forward, strike, deviation * 1.01, 1)).isGreaterThanOrEqualTo(call - slack);
      assertThat(call).isBetween(Math.max(forward - strike, 0) - slack, forward + slack);
      assertThat(Black76.put(forward, strike, deviation, 1)).isBetween(Math.max(strike - forward, 0) - slack, strike + slack);
    });
  }

  @Test
  void slopeInTheForwardIsTheProbabilityOfTheFormula() {
    double forward = 95_776.67392708939;
    for (double strike : new double[] {60_000, 90_000, 100_000, 150_000}) {
      double deviation = 0.4538 * Math.sqrt(794_852 / 31_536_000.0);
      double step = forward * 1e-5;
      double slope = (Black76.call(forward + step, strike, deviation, 1) - Black76.call(forward - step, strike, deviation, 1)) / (2 * step);
      double d1 = Elementary.ln(forward / strike) / deviation + deviation / 2;
      assertThat(slope).isCloseTo(NormalDistribution.cumulative(d1), offset(1e-7));
    }
  }

  @Test
  void slopesOfAPutInTheForwardAndOfBothInTheDeviationAreTheFormulas() {
    double forward = 95_776.67392708939;
    for (double strike : new double[] {60_000, 90_000, 100_000, 150_000}) {
      double deviation = 0.4538 * Math.sqrt(794_852 / 31_536_000.0);
      double d1 = Elementary.ln(forward / strike) / deviation + deviation / 2;
      double step = forward * 1e-5;
      double delta = (Black76.put(forward + step, strike, deviation, 1) - Black76.put(forward - step, strike, deviation, 1)) / (2 * step);
      assertThat(delta).isCloseTo(NormalDistribution.cumulative(d1) - 1, offset(1e-7));
      // Vega by the deviation is the forward times the density at d1.
      double vega = forward * Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
      double widening = deviation * 1e-4;
      double call = Black76.call(forward, strike, deviation + widening, 1) - Black76.call(forward, strike, deviation - widening, 1);
      double put = Black76.put(forward, strike, deviation + widening, 1) - Black76.put(forward, strike, deviation - widening, 1);
      assertThat(call / (2 * widening)).isCloseTo(vega, offset(1e-6 * forward));
      assertThat(put / (2 * widening)).isCloseTo(vega, offset(1e-6 * forward));
    }
  }

  @Test
  void valueIsLinearInTheDiscount() {
    grid((forward, strike, years, volatility) -> {
      double deviation = volatility * Math.sqrt(years);
      double step = 1e-3;
      double call = Black76.call(forward, strike, deviation, 0.9 + step) - Black76.call(forward, strike, deviation, 0.9 - step);
      double put = Black76.put(forward, strike, deviation, 0.9 + step) - Black76.put(forward, strike, deviation, 0.9 - step);
      double slack = 1e-12 * Math.max(forward, strike);
      assertThat(call / (2 * step)).isCloseTo(Black76.call(forward, strike, deviation, 1), offset(slack));
      assertThat(put / (2 * step)).isCloseTo(Black76.put(forward, strike, deviation, 1), offset(slack));
    });
  }

  @Test
  void withoutDeviationOrForwardOnlyTheAmountInTheMoneyIsLeft() {
    assertThat(Black76.call(110, 100, 0, 0.5)).isEqualTo(5);
    assertThat(Black76.call(90, 100, 0, 0.5)).isZero();
    assertThat(Black76.put(90, 100, 0, 0.5)).isEqualTo(5);
    assertThat(Black76.put(110, 100, 0, 0.5)).isZero();
    assertThat(Black76.call(0, 100, 0.3, 1)).isZero();
    assertThat(Black76.put(0, 100, 0.3, 0.5)).isEqualTo(50);
    assertThat(Black76.call(100, 100, 1000, 1)).isEqualTo(100);
  }
}
