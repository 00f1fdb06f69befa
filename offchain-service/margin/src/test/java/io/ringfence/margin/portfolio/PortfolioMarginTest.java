package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PortfolioMarginTest {

  private static final OptionPosition SHORT_CALL = new OptionPosition(794_852, 100_000, Right.CALL, 0.453803924321583, -1);

  /** The market of the published worked example. */
  private static PortfolioMarket exampleMarket() {
    return new PortfolioMarket(95_663.50604855, 1, 0, 1, 1, List.of(new ExpiryMarket(794_852, 95_776.67392708939, 1, 0.15, 1, 1)));
  }

  private static Portfolio holding(OptionPosition... options) {
    return new Portfolio(0, PerpetualPosition.NONE, List.of(options), List.of());
  }

  /** The default grid without far tails, which the worked example does not count. */
  private static PortfolioMarginParameters exampleParameters() {
    return PortfolioSamples.UNBUFFERED.withScenarios(
        PortfolioSamples.UNBUFFERED.scenarios().stream().filter(scenario -> scenario.damping() == 1).toList());
  }

  @Test
  void publishedWorkedExample() {
    PortfolioMarginResult result = new PortfolioMargin(exampleParameters()).compute(holding(SHORT_CALL), exampleMarket());
    assertThat(result.initial()).isCloseTo(-14604.048120144837, offset(1e-9 * 14604));
    assertThat(result.maintenance()).isCloseTo(-11824.858703959073, offset(1e-9 * 11824));
    assertThat(result.markToMarket()).isCloseTo(-1186.4186, offset(5e-5));
    assertThat(result.worst().profit()).isCloseTo(-12939.3120, offset(5e-5));
    assertThat(result.worst().name()).isEqualTo("spot x 1.18, volatility UP");
  }

  @Test
  void bitsOfTheWorkedExampleAreFixed() {
    PortfolioMarginResult result = new PortfolioMargin(exampleParameters()).compute(holding(SHORT_CALL), exampleMarket());
    assertThat(Double.toHexString(result.initial())).isEqualTo("-0x1.c860628cd082dp13");
    assertThat(Double.toHexString(result.maintenance())).isEqualTo("-0x1.7186dea02e695p13");
  }

  @Test
  void nothingIsWorthNothing() {
    PortfolioMarginResult result = PortfolioSamples.unbuffered().compute(Portfolio.EMPTY, PortfolioSamples.MARKET);
    assertThat(result.initial()).isEqualTo(0.0);
    assertThat(result.maintenance()).isEqualTo(0.0);
    assertThat(result.worst()).isEqualTo(new WorstCase.BasisContingency(0.0));
    assertThat(result.outcomes()).hasSameSizeAs(PortfolioSamples.UNBUFFERED.scenarios()).allMatch(outcome -> outcome.profit() == 0);
  }

  @Test
  void negativeZeroIsZero() {
    assertThat(new PerpetualPosition(-0.0, -0.0, -0.0)).isEqualTo(PerpetualPosition.NONE);
    assertThat(new Portfolio(-0.0, PerpetualPosition.NONE, List.of(), List.of())).isEqualTo(Portfolio.EMPTY);
  }

  @Test
  void perpetualLosesTheMoveAndPaysItsRates() {
    Portfolio portfolio = new Portfolio(1000, new PerpetualPosition(-2, 30, -4), List.of(), List.of());
    PortfolioMarginResult result = PortfolioSamples.unbuffered().compute(portfolio, PortfolioSamples.MARKET);
    assertThat(result.markToMarket()).isEqualTo(1026);
    double loss = 2 * 95_700.25 * 0.18;
    assertThat(result.worst().profit()).isCloseTo(-loss, offset(1e-9));
    double notional = 2 * 95_663.5;
    assertThat(result.maintenance()).isCloseTo(1026 - 0.8 * loss - 0.03 * notional, offset(1e-9));
    assertThat(result.initial()).isCloseTo(1026 - loss - 0.04 * notional, offset(1e-9));
  }

  @Test
  void settlementAssetOffItsPegRaisesTheInitialFactorOnly() {
    Portfolio portfolio = new Portfolio(0, new PerpetualPosition(1, 0, 0), List.of(), List.of());
    PortfolioMarginResult pegged = PortfolioSamples.unbuffered().compute(portfolio, PortfolioSamples.market(1, 1));
    PortfolioMarginResult off = PortfolioSamples.unbuffered().compute(portfolio, PortfolioSamples.market(1, 0.89));
    assertThat(off.initialFactor()).isCloseTo(1.4, offset(1e-12));
    assertThat(off.maintenance()).isEqualTo(pegged.maintenance());
    assertThat(off.initial() - pegged.initial()).isCloseTo(0.4 * pegged.worst().profit(), offset(1e-9));
  }

  @Test
  void lowConfidenceCostsInitialMarginByTheLeastOfWhatBearsOnIt() {
    PortfolioMarket doubtful = PortfolioSamples.market(0.4, 1);
    Portfolio portfolio = new Portfolio(0, PerpetualPosition.NONE, List.of(new OptionPosition(43_200, 90_000, Right.PUT, 0.5, 3)),
        List.of(new CollateralHolding("DAI", 100, 1, 0.3, 0.1, 0, false), new CollateralHolding("USDC", 50, 1, 0.99, 0, 0, false)));
    PortfolioMarginResult result = PortfolioSamples.unbuffered().compute(portfolio, doubtful);
    assertThat(result.contingencies().confidence()).containsExactly(
        new Contingencies.Doubt("expiry in 43200 s", 0.4, 3 * 95_663.5, 0.6 * (3 * 95_663.5)),
        new Contingencies.Doubt("collateral DAI", 0.3, 100, 0.7 * 100));
  }

  @Test
  void confidenceInThePerpetualBearsOnOptionsOnlyWhileItIsHeld() {
    PortfolioMarket market = new PortfolioMarket(100, 0.5, 101, 0.2, 1, List.of(new ExpiryMarket(86_400, 100, 1, 0, 1, 1)));
    OptionPosition option = new OptionPosition(86_400, 100, Right.CALL, 0.5, 1);
    List<CollateralHolding> dai = List.of(new CollateralHolding("DAI", 10, 1, 1, 0, 0, false));
    Portfolio without = new Portfolio(0, PerpetualPosition.NONE, List.of(option), dai);
    Portfolio with = new Portfolio(0, new PerpetualPosition(-2, 0, 0), List.of(option), dai);
    Contingencies.Doubt collateral = new Contingencies.Doubt("collateral DAI", 0.5, 10, 5);
    assertThat(PortfolioSamples.unbuffered().compute(without, market).contingencies().confidence())
        .containsExactly(new Contingencies.Doubt("expiry in 86400 s", 0.5, 100, 50), collateral);
    assertThat(PortfolioSamples.unbuffered().compute(with, market).contingencies().confidence()).containsExactly(
        new Contingencies.Doubt("perpetual", 0.2, 200, 160), new Contingencies.Doubt("expiry in 86400 s", 0.2, 100, 80), collateral);
  }

  @Test
  void shortCallIsPairedWithALongPutAtItsStrikeOnly() {
    PortfolioMarket market = PortfolioSamples.MARKET;
    OptionPosition call = new OptionPosition(43_200, 100_000, Right.CALL, 0.5, -5);
    OptionPosition put = new OptionPosition(43_200, 100_000, Right.PUT, 0.5, 3);
    OptionPosition elsewhere = new OptionPosition(43_200, 95_000, Right.PUT, 0.5, 3);
    assertThat(PortfolioSamples.unbuffered().compute(holding(call), market).contingencies().nakedShorts()).isEqualTo(5);
    assertThat(PortfolioSamples.unbuffered().compute(holding(call, put), market).contingencies().nakedShorts()).isEqualTo(2);
    assertThat(PortfolioSamples.unbuffered().compute(holding(call, elsewhere), market).contingencies().nakedShorts()).isEqualTo(5);
  }

  @Test
  void bufferTakesAQuarterOfWhatPositionsMayLoseAndNothingElse() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 50; i++) {
      Portfolio portfolio = PortfolioSamples.portfolio(random);
      PortfolioMarginResult plain = PortfolioSamples.unbuffered().compute(portfolio, PortfolioSamples.market(0.5, 1));
      PortfolioMarginResult buffered = new PortfolioMargin(PortfolioGrids.standard()).compute(portfolio, PortfolioSamples.market(0.5, 1));
      Contingencies charges = plain.contingencies();
      double doubts = charges.confidence().stream().filter(doubt -> !doubt.subject().startsWith("collateral"))
          .mapToDouble(Contingencies.Doubt::initial).sum();
      double risk = -plain.worst().profit() + charges.perpetual().maintenance() + charges.perpetual().initial()
          + charges.options().maintenance() + charges.options().initial() + doubts;
      assertThat(buffered.risk()).isCloseTo(risk, offset(1e-12 * risk)).isNotNegative();
      assertThat(buffered.bufferAmount()).isEqualTo(0.25 * buffered.risk());
      assertThat(buffered.initial()).isEqualTo(plain.initial() - 0.25 * buffered.risk());
      assertThat(buffered.maintenance()).isEqualTo(plain.maintenance());
      assertThat(plain.bufferAmount()).isZero();
    }
  }

  @Test
  void longRunVolatilityHoldsScenariosUpWhenMarksAreCalm() {
    OptionPosition calm = new OptionPosition(5_184_000, 100_000, Right.CALL, 0.25, -1);
    PortfolioMarginParameters floored =
        PortfolioSamples.UNBUFFERED.withBuffer(new ProcyclicalityBuffer(1, 0.7, ""));
    double without = PortfolioSamples.unbuffered().compute(holding(calm), PortfolioSamples.MARKET).initial();
    double with = new PortfolioMargin(floored).compute(holding(calm), PortfolioSamples.MARKET).initial();
    assertThat(with).isLessThan(without);
    OptionPosition wild = new OptionPosition(5_184_000, 100_000, Right.CALL, 0.9, -1);
    assertThat(new PortfolioMargin(floored).compute(holding(wild), PortfolioSamples.MARKET).initial())
        .isEqualTo(PortfolioSamples.unbuffered().compute(holding(wild), PortfolioSamples.MARKET).initial());
  }

  @Test
  void expiredOptionIsItsPayoffAndNoScenarioMovesIt() {
    PortfolioMarket market = new PortfolioMarket(100, 1, 0, 1, 1, List.of(new ExpiryMarket(-60, 110, 1, 0.05, 1, 1)));
    Portfolio portfolio = holding(new OptionPosition(-60, 100, Right.CALL, 0, -2));
    PortfolioMarginResult result = PortfolioSamples.unbuffered().compute(portfolio, market);
    assertThat(result.markToMarket()).isEqualTo(-20);
    // Owed in full: the discount of a negative value is at most 1 / D = 1.
    assertThat(result.worst().profit()).isZero();
  }

  @Test
  void insideTheSettlementWindowOnlyAPartOfTheForwardMoves() {
    ExpiryShocks outside = ExpiryShocks.of(PortfolioSamples.UNBUFFERED, new ExpiryMarket(1800, 100, 1, 0, 1, 1));
    ExpiryShocks inside = ExpiryShocks.of(PortfolioSamples.UNBUFFERED, new ExpiryMarket(450, 100, 1, 0, 1, 1));
    assertThat(outside.forwardAt(1.2)).isEqualTo(120);
    assertThat(inside.forwardAt(1.2)).isEqualTo(105);
    assertThat(inside.forwardAt(1)).isEqualTo(100);
  }

  @Test
  void leafRoundsTheRequirementUp() {
    PortfolioMarginResult result = new PortfolioMargin(exampleParameters()).compute(holding(SHORT_CALL), exampleMarket());
    assertThat(result.leafInitial(new BigDecimal("1000"), 6).units()).isEqualTo(new BigInteger("15604048121"));
    assertThat(result.leafMaintenance(new BigDecimal("-20000"), 6).units()).isZero();
  }

  @Test
  void whatCannotBeComputedIsNamed() {
    PortfolioMargin margin = PortfolioSamples.unbuffered();
    assertThatThrownBy(() -> margin.compute(holding(new OptionPosition(7, 1, Right.CALL, 1, 1)), PortfolioSamples.MARKET))
        .isInstanceOf(InvalidFigureException.class).hasMessageContaining("expiry in 7 s is held but not quoted");
    assertThatThrownBy(() -> margin.compute(new Portfolio(0, new PerpetualPosition(1, 0, 0), List.of(), List.of()), exampleMarket()))
        .hasMessageContaining("price of the perpetual is zero");
    assertThatThrownBy(() -> ExpiryShocks.of(PortfolioSamples.UNBUFFERED, new ExpiryMarket(3_000_000_000L, 1, 1, 1e9, 1, 1)))
        .hasMessageContaining("too large to compute");
  }

  @Test
  void quantitiesOfAnySizeGiveAFiniteResult() {
    OptionPosition huge = new OptionPosition(794_852, 100_000, Right.CALL, 0.45, -1e18);
    PortfolioMarginResult one = new PortfolioMargin(exampleParameters()).compute(
        holding(new OptionPosition(794_852, 100_000, Right.CALL, 0.45, -1)), exampleMarket());
    PortfolioMarginResult many = new PortfolioMargin(exampleParameters()).compute(holding(huge), exampleMarket());
    assertThat(many.initial() / 1e18).isCloseTo(one.initial(), offset(1e-9));
  }
}
