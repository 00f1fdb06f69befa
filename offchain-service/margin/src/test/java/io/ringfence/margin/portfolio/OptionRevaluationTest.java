package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.pricing.Black76;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each column of an option's values: which forward and which volatility it is priced with. */
class OptionRevaluationTest {

  private static final double FORWARD = 100;
  private static final double VOLATILITY = 0.5;
  private static final ExpiryMarket MARKET = new ExpiryMarket(60 * 86_400, FORWARD, 1, 0.1, 1, 1);

  private static double shocked(double strike, Scenario scenario) {
    PortfolioMarginParameters parameters = PortfolioSamples.UNBUFFERED.withScenarios(List.of(scenario));
    ExpiryShocks expiry = ExpiryShocks.of(parameters, MARKET);
    return new OptionRevaluation(parameters).values(expiry, strike, Right.PUT, VOLATILITY)[ScenarioColumns.scenario(0)];
  }

  private static double priced(double strike, double forward, double volatility) {
    ExpiryShocks expiry = ExpiryShocks.of(PortfolioSamples.UNBUFFERED, MARKET);
    return Black76.put(forward, strike, volatility * expiry.rootYears(), expiry.discount());
  }

  @Test
  void movesOfSpotAndVolatility() {
    ExpiryShocks expiry = ExpiryShocks.of(PortfolioSamples.UNBUFFERED, MARKET);
    assertThat(shocked(90, Scenario.of(1, VolatilityMove.NONE))).isEqualTo(priced(90, 100, 0.5));
    assertThat(shocked(90, Scenario.of(0.8, VolatilityMove.NONE))).isEqualTo(priced(90, 80, 0.5));
    assertThat(shocked(90, Scenario.of(0.8, VolatilityMove.UP))).isEqualTo(priced(90, 80, 0.5 * expiry.upMultiplier()));
    assertThat(shocked(90, Scenario.of(1.2, VolatilityMove.DOWN))).isEqualTo(priced(90, 120, 0.5 * expiry.downMultiplier()));
  }

  @Test
  void shockedVolatilityIsAtLeastTheLeast() {
    PortfolioMarginParameters parameters = PortfolioSamples.UNBUFFERED.withScenarios(List.of(Scenario.of(1, VolatilityMove.UP)));
    ExpiryShocks expiry = ExpiryShocks.of(parameters, MARKET);
    double value = new OptionRevaluation(parameters).values(expiry, 90, Right.PUT, 0.1)[ScenarioColumns.scenario(0)];
    assertThat(value).isEqualTo(priced(90, 100, 0.40));
  }

  @Test
  void skewsTiltOrBendTheSmileAndLeaveTheForward() {
    ExpiryShocks expiry = ExpiryShocks.of(PortfolioSamples.UNBUFFERED, MARKET);
    double k = Math.log(90 / 100.0);
    double change = k * expiry.linearCap() / expiry.skewWidth();
    assertThat(shocked(90, Scenario.of(1, VolatilityMove.LINEAR_SKEW))).isCloseTo(priced(90, 100, 0.5 * (1 + change)), offset(1e-12));
    assertThat(shocked(90, Scenario.of(1, VolatilityMove.ABSOLUTE_SKEW))).isCloseTo(priced(90, 100, 0.5 * (1 - change)), offset(1e-12));
    assertThat(shocked(90, Scenario.of(1.18, VolatilityMove.ABSOLUTE_SKEW)))
        .isEqualTo(shocked(90, Scenario.of(1, VolatilityMove.ABSOLUTE_SKEW)));
  }

  @Test
  void skewsStopAtTheirCaps() {
    ExpiryShocks expiry = ExpiryShocks.of(PortfolioSamples.UNBUFFERED, MARKET);
    double far = 10_000;
    assertThat(shocked(far, Scenario.of(1, VolatilityMove.LINEAR_SKEW))).isEqualTo(priced(far, 100, 0.5 * (1 + expiry.linearCap())));
    assertThat(shocked(1, Scenario.of(1, VolatilityMove.LINEAR_SKEW))).isEqualTo(priced(1, 100, 0.5 * (1 - expiry.linearCap())));
    assertThat(shocked(1, Scenario.of(1, VolatilityMove.ABSOLUTE_SKEW))).isEqualTo(priced(1, 100, 0.5 * (1 + expiry.absoluteCap())));
  }

  @Test
  void linearSkewWithASpotMoveIsBoundedByTheAbsoluteCap() {
    PortfolioMarginParameters base = PortfolioSamples.UNBUFFERED;
    PortfolioMarginParameters parameters = new PortfolioMarginParameters(base.model(), base.version(),
        List.of(Scenario.of(1.18, VolatilityMove.LINEAR_SKEW_LOW_CAP)), base.volatility(),
        new SkewRange(9, 0, 0.15, 0, 0.01, 4, 0.6, -0.1), base.discount(), base.basis(), base.loss(), base.contingency(), base.confidence(),
        base.settlementWindowSeconds(), base.buffer(), base.collateral());
    double[] values = new OptionRevaluation(parameters).values(ExpiryShocks.of(parameters, MARKET), 1, Right.PUT, VOLATILITY);
    assertThat(values[ScenarioColumns.scenario(0)]).isEqualTo(priced(1, 100, 0.5 * 0.85));
  }

  @Test
  void lastColumnsAreTheBasisMoves() {
    PortfolioMarginParameters parameters = PortfolioSamples.UNBUFFERED;
    double[] values = new OptionRevaluation(parameters).values(ExpiryShocks.of(parameters, MARKET), 90, Right.PUT, VOLATILITY);
    assertThat(values).hasSize(parameters.scenarios().size() + 3);
    assertThat(values[ScenarioColumns.MARK]).isEqualTo(priced(90, 100, 0.5));
    assertThat(values[ScenarioColumns.basisUp(parameters)]).isEqualTo(priced(90, 104.5, 0.5));
    assertThat(values[ScenarioColumns.basisDown(parameters)]).isEqualTo(priced(90, 95.5, 0.5));
  }
}
