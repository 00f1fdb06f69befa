package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.EuropeanOption.Right;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scenario adds up, and with which sign. */
class PortfolioScanTest {

  private static final OptionPosition NEAR = new OptionPosition(794_852, 80_000, Right.PUT, 0.6, 3);
  private static final OptionPosition FAR = new OptionPosition(5_184_000, 130_000, Right.CALL, 0.5, -2);

  private static double profit(Scenario scenario, Portfolio portfolio) {
    PortfolioMargin margin = new PortfolioMargin(PortfolioSamples.UNBUFFERED.withScenarios(List.of(scenario)));
    return margin.compute(portfolio, PortfolioSamples.MARKET).outcomes().getFirst().profit();
  }

  private static Portfolio holding(OptionPosition... options) {
    return new Portfolio(0, PerpetualPosition.NONE, List.of(options), List.of());
  }

  @Test
  void skewCountsEveryExpiryAsALoss() {
    Scenario skew = Scenario.of(1, VolatilityMove.ABSOLUTE_SKEW);
    double near = profit(skew, holding(NEAR));
    double far = profit(skew, holding(FAR));
    assertThat(near).isNegative();
    assertThat(far).isNegative();
    assertThat(profit(skew, holding(NEAR, FAR))).isCloseTo(near + far, offset(1e-9));
  }

  @Test
  void otherScenariosSetExpiriesOffAgainstEachOther() {
    Scenario up = Scenario.of(1.3, VolatilityMove.NONE);
    assertThat(profit(up, holding(NEAR, FAR))).isCloseTo(profit(up, holding(NEAR)) + profit(up, holding(FAR)), offset(1e-9));
    assertThat(profit(Scenario.of(0.7, VolatilityMove.NONE), holding(NEAR))).isPositive();
  }

  @Test
  void dampingScalesEverything() {
    Portfolio portfolio = new Portfolio(0, new PerpetualPosition(1, 0, 0), List.of(NEAR, FAR),
        List.of(new CollateralHolding("BTC", 2, 95_000, 1, 0.1, 0, true)));
    double full = profit(new Scenario(1.5, VolatilityMove.UP, 1), portfolio);
    assertThat(profit(new Scenario(1.5, VolatilityMove.UP, 0.25), portfolio)).isEqualTo(0.25 * full);
    assertThat(profit(new Scenario(1.5, VolatilityMove.UP, 0), portfolio)).isEqualTo(0.0);
  }

  @Test
  void onlyRiskCancellingCollateralMoves() {
    Scenario up = Scenario.of(1.5, VolatilityMove.NONE);
    CollateralHolding coins = new CollateralHolding("BTC", 2, 95_000, 1, 0.1, 0, true);
    CollateralHolding dollars = new CollateralHolding("DAI", 2, 95_000, 1, 0.1, 0, false);
    // By what counts of it.
    assertThat(profit(up, new Portfolio(0, PerpetualPosition.NONE, List.of(), List.of(coins, dollars)))).isEqualTo(0.9 * 95_000);
  }

  @Test
  void basisContingencyTakesEachExpirysWorseMove() {
    PortfolioMargin margin = PortfolioSamples.unbuffered();
    double near = margin.compute(holding(NEAR), PortfolioSamples.MARKET).basis().profit();
    double far = margin.compute(holding(FAR), PortfolioSamples.MARKET).basis().profit();
    assertThat(near).isNegative();
    assertThat(far).isNegative();
    assertThat(margin.compute(holding(NEAR, FAR), PortfolioSamples.MARKET).basis().profit()).isCloseTo(near + far, offset(1e-9));
  }

  @Test
  void aGainEitherWayIsNoBasisContingency() {
    // A straddle at the forward gains whichever way the forward moves.
    double forward = PortfolioSamples.MARKET.expiries().get(1).forward();
    Portfolio straddle = holding(
        new OptionPosition(43_200, forward, Right.CALL, 0.3, 1), new OptionPosition(43_200, forward, Right.PUT, 0.3, 1));
    assertThat(PortfolioSamples.unbuffered().compute(straddle, PortfolioSamples.MARKET).basis().profit()).isZero();
  }
}
