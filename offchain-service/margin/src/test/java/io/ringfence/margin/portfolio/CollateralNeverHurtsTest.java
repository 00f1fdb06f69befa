package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.portfolio.CollateralSchedule.Balance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** More collateral never lowers a margin of the published parameters, whatever it is and however much. */
class CollateralNeverHurtsTest {

  private static final int PORTFOLIOS = 400;
  private static final Map<String, Double> PRICES = Map.of("BTC", 95_663.5, "ETH", 3_120.25, "USDC", 1.0, "USDT", 0.999, "VEN", 2.5);
  /** The published parameters of a venue that has a token of its own. */
  private static final PortfolioMarginParameters PARAMETERS = PortfolioGrids.standard()
      .withCollateral(new CollateralSchedule("VEN", PortfolioGrids.standard().collateral().rules()));

  private final PortfolioMargin margin = new PortfolioMargin(PARAMETERS);

  private static Balance balance(String asset, double amount, double confidence) {
    return new Balance(asset, amount, PRICES.get(asset), confidence);
  }

  private PortfolioMarginResult compute(Portfolio positions, PortfolioMarket market, List<Balance> balances) {
    return margin.compute(new Portfolio(positions.cash(), positions.perpetual(), positions.futures(), positions.options(),
        margin.parameters().collateral().apply(balances, market.stablePrice())), market);
  }

  private PortfolioMarginResult compute(List<Balance> balances) {
    return compute(new Portfolio(0, new PerpetualPosition(-1, 0, 0), List.of(), List.of()), PortfolioSamples.MARKET, balances);
  }

  @Test
  void whatIsAboveACapChangesNothing() {
    double at = compute(List.of(balance("USDT", 10e6 / 0.999, 1))).initial();
    assertThat(compute(List.of(balance("USDT", 60e6, 1))).initial()).isCloseTo(at, offset(1e-6));
    double coins = compute(List.of(balance("BTC", 50e6 / 95_663.5, 1))).initial();
    assertThat(compute(List.of(balance("BTC", 5_000, 1))).initial()).isCloseTo(coins, offset(1e-6));
  }

  @Test
  void theVenuesOwnTokenChangesNothing() {
    double without = compute(List.of()).initial();
    assertThat(compute(List.of(balance("VEN", 1e6, 0.1))).initial()).isCloseTo(without, offset(1e-6));
    assertThat(compute(List.of(balance("VEN", 1e6, 0.1))).maintenance()).isCloseTo(compute(List.of()).maintenance(), offset(1e-6));
  }

  @Test
  void anyAmountOfAnyAssetAddedToAnyPortfolio() {
    SplittableRandom random = new SplittableRandom(61);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio positions = PortfolioSamples.withFutures(random);
      PortfolioMarket market = PortfolioSamples.market(random.nextDouble(), random.nextDouble(0.8, 1.1));
      Map<String, Double> amounts = new TreeMap<>();
      PRICES.keySet().stream().sorted().forEach(asset -> amounts.put(asset, random.nextBoolean() ? 0.0 : amount(random, asset)));
      String more = List.of("BTC", "ETH", "USDC", "USDT", "VEN").get(random.nextInt(5));
      double confidence = confidence(random);
      List<Balance> before = new ArrayList<>();
      amounts.forEach((asset, amount) -> before.add(balance(asset, amount, confidence)));
      amounts.merge(more, amount(random, more), Double::sum);
      List<Balance> after = new ArrayList<>();
      amounts.forEach((asset, amount) -> after.add(balance(asset, amount, confidence)));
      requireNoLess(compute(positions, market, before), compute(positions, market, after), more + " added to " + before);
    }
  }

  private static double confidence(SplittableRandom random) {
    return random.nextDouble(0.55, 1.0);
  }

  /** From a thousandth of the value of the positions to several times every cap. */
  private static double amount(SplittableRandom random, String asset) {
    return Math.pow(10, random.nextDouble(3, 9.5)) / PRICES.get(asset);
  }

  private static void requireNoLess(PortfolioMarginResult before, PortfolioMarginResult after, String what) {
    double rounding = 1e-13 * after.markToMarket();
    assertThat(after.initial()).as("IM, %s", what).isGreaterThanOrEqualTo(before.initial() - Math.abs(rounding));
    assertThat(after.maintenance()).as("MM, %s", what).isGreaterThanOrEqualTo(before.maintenance() - Math.abs(rounding));
  }
}
