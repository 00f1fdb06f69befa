package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.Contingencies.Charge;
import io.ringfence.margin.portfolio.Contingencies.Doubt;
import io.ringfence.margin.portfolio.PortfolioMarginResult.ExpiryValue;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What dated futures are worth, lose and are charged, in figures worked by hand. */
class PortfolioFuturesTest {

  private static final long DAY = 86_400;
  private static final long YEAR = 365 * DAY;

  /** One expiry within its settlement window, two before it, one past. */
  private static final PortfolioMarket MARKET = new PortfolioMarket(100, 1, 100, 1, 1, List.of(
      new ExpiryMarket(-60, 90, 1, 0, 1, 1),
      new ExpiryMarket(450, 104, 1, 0, 1, 1),
      new ExpiryMarket(DAY, 101, 1, 0.1, 1, 1),
      new ExpiryMarket(YEAR, 120, 1, 0.3, 1, 1)));

  private static Portfolio holding(FuturePosition... futures) {
    return new Portfolio(0, PerpetualPosition.NONE, List.of(futures), List.of(), List.of());
  }

  private static FuturePosition future(long seconds, double quantity) {
    return new FuturePosition(seconds, quantity, 0);
  }

  private static PortfolioMarginResult compute(Portfolio portfolio) {
    return PortfolioSamples.unbuffered().compute(portfolio, MARKET);
  }

  private static double profit(Scenario scenario, Portfolio portfolio) {
    PortfolioMargin margin = new PortfolioMargin(PortfolioSamples.UNBUFFERED.withScenarios(List.of(scenario)));
    return margin.compute(portfolio, MARKET).outcomes().getFirst().profit();
  }

  @Test
  void losesTheMoveOfItsForwardAndPaysThePerpetualsRates() {
    Portfolio portfolio = new Portfolio(1000, PerpetualPosition.NONE, List.of(new FuturePosition(YEAR, -2, 30)), List.of(), List.of());
    PortfolioMarginResult result = compute(portfolio);
    assertThat(result.markToMarket()).isEqualTo(1030);
    assertThat(result.worst().name()).isEqualTo("spot x 1.18, volatility UP");
    double loss = 2 * 120 * 0.18;
    assertThat(result.worst().profit()).isCloseTo(-loss, offset(1e-12));
    double notional = 2 * 120;
    assertThat(result.contingencies().futures()).isEqualTo(new Charge(0.03 * notional, 0.01 * notional));
    assertThat(result.maintenance()).isCloseTo(1030 - 0.8 * loss - 0.03 * notional, offset(1e-10));
    assertThat(result.initial()).isCloseTo(1030 - loss - 0.04 * notional, offset(1e-10));
  }

  @Test
  void isWorthItsUnsettledProfitByExpiry() {
    PortfolioMarginResult result = compute(holding(new FuturePosition(YEAR, 1, -7), new FuturePosition(DAY, 3, 2.5)));
    assertThat(result.value().futures()).containsExactly(new ExpiryValue(DAY, 2.5), new ExpiryValue(YEAR, -7));
    assertThat(result.value().expiries()).isEmpty();
    assertThat(result.markToMarket()).isEqualTo(-4.5);
  }

  @Test
  void everyScenarioMovesItAndDampingScalesIt() {
    for (VolatilityMove move : VolatilityMove.values()) {
      assertThat(profit(new Scenario(0.5, move, 0.25), holding(future(YEAR, 4)))).as("%s", move).isEqualTo(0.25 * 4 * 120 * -0.5);
    }
  }

  @Test
  void insideTheSettlementWindowOnlyTheOpenPartOfTheForwardMoves() {
    // 450 of 1800 seconds: a quarter.
    assertThat(profit(Scenario.of(1.5, VolatilityMove.NONE), holding(future(450, -2)))).isEqualTo(-2 * 26 * 0.5);
    PortfolioMarginResult result = compute(holding(future(450, -2)));
    assertThat(result.contingencies().futures().maintenance()).isCloseTo(0.03 * 2 * 104, offset(1e-12));
  }

  @Test
  void onceExpiredNothingMovesIt() {
    PortfolioMarginResult result = compute(holding(new FuturePosition(-60, -2, 11)));
    assertThat(result.markToMarket()).isEqualTo(11);
    assertThat(result.outcomes()).allMatch(outcome -> outcome.profit() == 0.0);
    assertThat(result.basis().profit()).isZero();
    assertThat(result.maintenance()).isCloseTo(11 - 0.03 * 2 * 90, offset(1e-12));
  }

  @Test
  void basisContingencyIsTheForwardsMoveTimesTheFactorOfItsExpiry() {
    double longYear = compute(holding(future(YEAR, 2))).basis().profit();
    assertThat(longYear).isCloseTo(-2 * 120 * 0.045 * 2.5, offset(1e-10));
    assertThat(compute(holding(future(YEAR, -2))).basis().profit()).isCloseTo(longYear, offset(1e-10));
    // Expiries are not set off against each other: each may move its own way.
    double day = compute(holding(future(DAY, -2))).basis().profit();
    assertThat(compute(holding(future(DAY, -2), future(YEAR, 2))).basis().profit()).isCloseTo(day + longYear, offset(1e-10));
    assertThat(compute(holding(future(450, 2))).basis().profit())
        .isCloseTo(-2 * 26 * 0.045 * (0.5 + 2 * 450.0 / YEAR), offset(1e-12));
  }

  @Test
  void perpetualAgainstAFutureLeavesTheBasis() {
    // Of the same notional, so that the scenarios cancel: 1.2 x 100 = 1 x 120.
    Portfolio hedged = new Portfolio(0, new PerpetualPosition(1.2, 0, 0), List.of(future(YEAR, -1)), List.of(), List.of());
    PortfolioMarginResult result = compute(hedged);
    assertThat(result.outcomes()).allSatisfy(outcome -> assertThat(outcome.profit()).isCloseTo(0, offset(1e-12)));
    assertThat(result.worst()).isInstanceOf(WorstCase.BasisContingency.class);
    assertThat(result.worst().profit()).isCloseTo(-120 * 0.045 * 2.5, offset(1e-10));
    // Of the same size, what is left is the basis times the move.
    Portfolio sized = new Portfolio(0, new PerpetualPosition(1, 0, 0), List.of(future(YEAR, -1)), List.of(), List.of());
    assertThat(profit(Scenario.of(1.18, VolatilityMove.UP), sized)).isCloseTo(-20 * 0.18, offset(1e-12));
    assertThat(compute(hedged).contingencies().maintenance()).isCloseTo(0.03 * 120 + 0.03 * 120, offset(1e-12));
  }

  @Test
  void offsetsTheOptionsOfItsExpiryInTheBasisAsWell() {
    // Without a rate the call less the put is the forward less the strike.
    PortfolioMarket market = new PortfolioMarket(100, 1, 0, 1, 1, List.of(new ExpiryMarket(YEAR, 120, 1, 0, 1, 1)));
    List<OptionPosition> synthetic = List.of(
        new OptionPosition(YEAR, 110, Right.CALL, 0.6, 5), new OptionPosition(YEAR, 110, Right.PUT, 0.6, -5));
    Portfolio hedged = new Portfolio(0, PerpetualPosition.NONE, List.of(future(YEAR, -5)), synthetic, List.of());
    Portfolio naked = new Portfolio(0, PerpetualPosition.NONE, synthetic, List.of());
    assertThat(PortfolioSamples.unbuffered().compute(naked, market).basis().profit()).isCloseTo(-5 * 120 * 0.045 * 2.5, offset(1e-9));
    assertThat(PortfolioSamples.unbuffered().compute(hedged, market).basis().profit()).isCloseTo(0, offset(1e-9));
  }

  @Test
  void lowConfidenceInItsForwardCostsInitialMargin() {
    PortfolioMarket doubtful = new PortfolioMarket(100, 0.5, 100, 0.3, 1,
        List.of(new ExpiryMarket(DAY, 101, 0.4, 0, 0.1, 0.1), new ExpiryMarket(YEAR, 120, 1, 0, 1, 1)));
    Portfolio portfolio = new Portfolio(0, new PerpetualPosition(1, 0, 0), List.of(future(DAY, -3), future(YEAR, 2)),
        List.of(new OptionPosition(DAY, 100, Right.CALL, 0.5, 1)), List.of());
    // Of the spot's and its own forward's: neither the rate, nor volatilities, nor the perpetual bear on a future.
    assertThat(PortfolioSamples.unbuffered().compute(portfolio, doubtful).contingencies().confidence()).containsExactly(
        new Doubt("perpetual", 0.3, 100, 70),
        new Doubt("future in 86400 s", 0.4, 303, 0.6 * 303),
        new Doubt("future in 31536000 s", 0.5, 240, 120),
        new Doubt("expiry in 86400 s", 0.1, 100, 90));
  }

  @Test
  void lotsOfOneFutureAreOnePosition() {
    Portfolio portfolio = holding(new FuturePosition(YEAR, 3, 1), new FuturePosition(DAY, 1, 2), new FuturePosition(YEAR, -1, 4),
        new FuturePosition(450, 1, 5), new FuturePosition(450, -1, -5), new FuturePosition(-60, 2, 6), new FuturePosition(-60, -2, 0));
    assertThat(portfolio.futures()).containsExactly(
        new FuturePosition(-60, 0, 6), new FuturePosition(DAY, 1, 2), new FuturePosition(YEAR, 2, 5));
  }

  @Test
  void lotsAreAddedInTheOrderOfTheirQuantities() {
    // Doubles of this size are 2 apart, so where the 3 is added shows.
    Portfolio portfolio = holding(future(DAY, 1e16), future(DAY, -1e16), future(DAY, 3));
    assertThat(portfolio.futures()).containsExactly(future(DAY, -1e16 + 3 + 1e16)).isNotEqualTo(List.of(future(DAY, 1e16 - 1e16 + 3)));
  }

  @Test
  void aProfitWithoutUnitsNeedsNoQuote() {
    PortfolioMarginResult result = compute(new Portfolio(1, PerpetualPosition.NONE, List.of(new FuturePosition(7, 0, 4)), List.of(),
        List.of()));
    assertThat(result.initial()).isEqualTo(5);
    assertThat(result.maintenance()).isEqualTo(5);
    assertThat(result.contingencies().futures()).isEqualTo(new Charge(0, 0));
  }

  @Test
  void withoutFuturesTheConvenientFormIsTheWhole() {
    assertThat(new Portfolio(3, PerpetualPosition.NONE, List.of(), List.of()))
        .isEqualTo(new Portfolio(3, PerpetualPosition.NONE, List.of(future(DAY, 0)), List.of(), List.of()));
  }

  @Test
  void bitsAreFixed() {
    Portfolio portfolio = new Portfolio(1000.1, new PerpetualPosition(0.7, 3.3, -0.1),
        List.of(new FuturePosition(YEAR, -2.3, 30.7), new FuturePosition(450, 1.9, -0.3), new FuturePosition(DAY, 0.1, 0.2)),
        List.of(new OptionPosition(DAY, 103, Right.CALL, 0.55, -1.7)), List.of());
    PortfolioMarginResult result = compute(portfolio);
    assertThat(Double.toHexString(result.initial())).isEqualTo("0x1.de794871db386p9");
    assertThat(Double.toHexString(result.maintenance())).isEqualTo("0x1.e6bbee5c833bp9");
  }

  @Test
  void whatCannotBeComputedIsNamed() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e31}) {
      refused("quantity of the future in 86400 s", () -> future(DAY, wrong));
      refused("unrealised profit of the future in 86400 s", () -> new FuturePosition(DAY, 1, wrong));
    }
    refused("quantity of the future in 86400 s", () -> holding(future(DAY, 1e30), future(DAY, 1e30)));
    refused("futures is absent", () -> new Portfolio(0, PerpetualPosition.NONE, null, List.of(), List.of()));
    refused("expiry in 7 s is held but not quoted", () -> compute(holding(future(7, 1))));
    refused("expiry in " + Long.MAX_VALUE + " s is held but not quoted", () -> compute(holding(future(Long.MAX_VALUE, 1))));
    refused("expiry in " + Long.MIN_VALUE + " s is held but not quoted", () -> compute(holding(future(Long.MIN_VALUE, 1))));
  }

  private static void refused(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidFigureException.class).hasMessageContaining(message);
  }

  @Test
  void quantitiesOfAnySizeGiveAFiniteResult() {
    double one = compute(holding(future(YEAR, -1))).initial();
    assertThat(compute(holding(future(YEAR, -1e18))).initial() / 1e18).isCloseTo(one, offset(1e-9));
    assertThat(compute(holding(future(YEAR, 1e30), future(DAY, -1e30))).initial()).isFinite();
  }
}
