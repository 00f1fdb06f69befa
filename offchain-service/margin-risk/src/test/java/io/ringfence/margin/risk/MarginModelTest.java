package io.ringfence.margin.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.margin.portfolio.PortfolioGrids;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Both models over accounts of several underlyings, against figures worked by hand. */
class MarginModelTest {

  private static final MarginModel STANDARD =
      new StandardModel(StandardMarginParameters.standard(), PortfolioGrids.standard().collateral());

  @Test
  void perpetualUnderPortfolioMarginAsksForTheScanTheContingencyAndTheBuffer() {
    InitialMargin margin = of(RiskSamples.PORTFOLIO, RiskSamples.account("a", 50_000, new Holding.Perpetual("BTC", 1)));
    // 18% and 4% contingency, times 1.25.
    assertThat(margin.requirement()).isCloseTo((18_000 + 4_000) * 1.25, offset(1e-6));
    assertThat(margin.margin()).isCloseTo(50_000 - (18_000 + 4_000) * 1.25, offset(1e-6));
    assertThat(of(RiskSamples.PORTFOLIO.withoutBuffer(), RiskSamples.account("a", 0, new Holding.Perpetual("BTC", 1))).requirement())
        .isCloseTo(18_000 + 4_000, offset(1e-6));
  }

  @Test
  void underlyingsAreAddedUpWithoutNetting() {
    double both = of(RiskSamples.PORTFOLIO,
        RiskSamples.account("a", 0, new Holding.Perpetual("BTC", 1), new Holding.Perpetual("ETH", -25))).requirement();
    double bitcoin = of(RiskSamples.PORTFOLIO, RiskSamples.account("a", 0, new Holding.Perpetual("BTC", 1))).requirement();
    double ether = of(RiskSamples.PORTFOLIO, RiskSamples.account("a", 0, new Holding.Perpetual("ETH", -25))).requirement();
    assertThat(both).isCloseTo(bitcoin + ether, offset(1e-6));
  }

  @Test
  void collateralInAnUnderlyingIsScannedWithItAndOtherCollateralIsNot() {
    Account hedged = new Account("a", 0, new TreeMap<>(Map.of("BTC", 1.0, "USDC", 500.0)), List.of(new Holding.Perpetual("BTC", -1)));
    InitialMargin margin = of(RiskSamples.PORTFOLIO, hedged);
    assertThat(margin.margin() + margin.requirement()).isCloseTo(100_500, offset(1e-6));
    // Of the coin 90% count and hedge; the contingency of the perpetual is 4%, the haircuts are 10%.
    assertThat(margin.requirement()).isCloseTo((4_000 + 0.1 * 18_000) * 1.25 + 10_000, offset(1e-6));
  }

  @Test
  void etherAgainstAShortBitcoinPerpetualIsWorthNoMoreThanDollars() {
    List<Holding> shortBitcoin = List.of(new Holding.Perpetual("BTC", -1));
    double inEther = of(RiskSamples.PORTFOLIO, new Account("a", 0, new TreeMap<>(Map.of("ETH", 30.0)), shortBitcoin)).margin();
    double inDollars = of(RiskSamples.PORTFOLIO, new Account("a", 0, new TreeMap<>(Map.of("USDC", 120_000.0)), shortBitcoin)).margin();
    // A scan of its own: of 88% of 120,000, what 18% down leaves with the buffer.
    assertThat(inEther).isCloseTo(0.88 * 120_000 * (1 - 0.18 * 1.25) - 22_000 * 1.25, offset(1e-6)).isLessThan(inDollars);
  }

  @Test
  void whatFollowsAnUnderlyingWithoutAPriceStandsByItself() {
    MarketState onlyBitcoin = new MarketState(RiskSamples.NOON, new TreeMap<>(Map.of("BTC", new MarketState.Spot(100_000, 0.5))),
        new TreeMap<>(Map.of("ETH", 4_000.0)), VolatilitySurface.FLAT, 0.0);
    Account account = new Account("a", 0, new TreeMap<>(Map.of("ETH", 30.0)), List.of());
    assertThat(RiskSamples.PORTFOLIO.initial(OpenPositions.of(account, onlyBitcoin), onlyBitcoin).margin())
        .isCloseTo(0.88 * 120_000, offset(1e-6));
  }

  @Test
  void standardMarginCountsHaircutsAndCreditsNoLongOption() {
    Account account = new Account("a", 1_000, new TreeMap<>(Map.of("BTC", 1.0)), List.of(
        new Holding.Perpetual("BTC", 2), new Holding.Rolling("BTC", Right.CALL, 1, 30, 1)));
    InitialMargin margin = of(STANDARD, account);
    // 10% of 200,000 times 1.25; collateral less 10%.
    assertThat(margin.margin()).isCloseTo(1_000 + 90_000 - 25_000, offset(1e-6));
    OpenPositions open = OpenPositions.of(account, RiskSamples.MARKET);
    double mark = Valuation.mark(open.options().firstKey(), RiskSamples.MARKET);
    assertThat(mark).isBetween(5_000.0, 7_000.0);
    assertThat(margin.requirement()).isCloseTo(10_000 + 25_000 + mark, offset(1e-6));
    assertThat(of(STANDARD.withoutBuffer(), account).requirement()).isCloseTo(10_000 + 20_000 + mark, offset(1e-6));
  }

  @Test
  void valueIsTheScansMarkToMarket() {
    for (MarginModel model : List.of(RiskSamples.PORTFOLIO, STANDARD)) {
      Account account = new Account("a", 777, new TreeMap<>(Map.of("ETH", 3.0)), List.of(
          new Holding.Perpetual("BTC", 1),
          new Holding.Listed(RiskSamples.option("ETH-20260327-4200-P"), -2),
          new Holding.Rolling("BTC", Right.PUT, 0.9, 20, 4)));
      InitialMargin margin = of(model, account);
      double value = Valuation.of(OpenPositions.of(account, RiskSamples.MARKET), RiskSamples.MARKET);
      assertThat(margin.margin() + margin.requirement()).isCloseTo(value, offset(1e-6));
    }
  }

  @Test
  void whatIsNotQuotedIsNamed() {
    assertThatThrownBy(() -> of(RiskSamples.PORTFOLIO, RiskSamples.account("a", 0, new Holding.Perpetual("SOL", 1))))
        .hasMessageStartingWith("spot of SOL is absent");
  }

  private static InitialMargin of(MarginModel model, Account account) {
    return model.initial(OpenPositions.of(account, RiskSamples.MARKET), RiskSamples.MARKET);
  }
}
