package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.portfolio.CollateralSchedule.Balance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** More collateral never lowers a margin of the published parameters, whatever it is and however much. */
class CollateralNeverHurtsTest {

  private static final int PORTFOLIOS = 400;
  private static final Map<String, Double> PRICES = Map.of("BTC", 95_663.5, "ETH", 3_120.25, "USDC", 1.0, "USDT", 0.999, "VEN", 2.5);
  /** The published parameters of a venue that has a token of its own. */
  private static final PortfolioMarginParameters PARAMETERS = PortfolioGrids.standard()
      .withCollateral(PortfolioGrids.standard().collateral().withVenueToken("VEN"));

  private PortfolioMargin margin = new PortfolioMargin(PARAMETERS);

  private static Balance balance(String asset, double amount, double confidence) {
    return new Balance(asset, amount, PRICES.get(asset), confidence);
  }

  private PortfolioMarginResult compute(Portfolio positions, PortfolioMarket market, List<Balance> balances) {
    return margin.compute(new Portfolio(positions.cash(), positions.perpetual(), positions.futures(), positions.options(),
        margin.parameters().collateral().apply(balances, market.stablePrice(), "BTC")), market);
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
  void theVenuesOwnTokenChangesNothingToTheBit() {
    assertThat(compute(List.of(balance("VEN", 1e24, 0.1))).initial()).isEqualTo(compute(List.of()).initial());
    assertThat(compute(List.of(balance("VEN", 1e24, 0.1))).maintenance()).isEqualTo(compute(List.of()).maintenance());
  }

  @Test
  void anyAmountOfAnyAssetAddedToAnyPortfolio() {
    SplittableRandom random = new SplittableRandom(61);
    for (int i = 0; i < PORTFOLIOS; i++) {
      addToAPortfolio(random);
    }
  }

  /** Haircuts up to all of the value, any steps, low caps, and assets that move with the underlying or not. */
  @Test
  void whateverTheRulesAre() {
    SplittableRandom random = new SplittableRandom(62);
    for (int i = 0; i < PORTFOLIOS; i++) {
      SortedMap<String, CollateralRule> rules = new TreeMap<>();
      PRICES.keySet().stream().filter(asset -> !asset.equals("VEN")).sorted().forEach(asset -> rules.put(asset, rule(random)));
      margin = new PortfolioMargin(PARAMETERS.withCollateral(new CollateralSchedule("VEN", true, rules)));
      addToAPortfolio(random);
    }
  }

  private static CollateralRule rule(SplittableRandom random) {
    double maintenance = random.nextInt(8) == 0 ? 1.0 : random.nextDouble();
    double initial = random.nextDouble(0, 1) * (1 - maintenance);
    double most = 1 - maintenance - initial;
    List<ConcentrationStep> steps = new ArrayList<>();
    for (int step = 0; step < random.nextInt(4); step++) {
      steps.add(new ConcentrationStep((step + random.nextDouble(0.1, 1)) * 1e6, random.nextDouble(0, 1) * most));
    }
    return new CollateralRule(maintenance, initial, random.nextBoolean() ? "BTC" : "", random.nextDouble(0, 2e7), steps);
  }

  private void addToAPortfolio(SplittableRandom random) {
    Portfolio positions = PortfolioSamples.withFutures(random);
    PortfolioMarket market = PortfolioSamples.market(random.nextDouble(), random.nextDouble(0.8, 1.1));
    Map<String, Double> amounts = new TreeMap<>();
    PRICES.keySet().stream().sorted().forEach(asset -> amounts.put(asset, random.nextBoolean() ? 0.0 : amount(random, asset)));
    Map<String, Double> confidences = new TreeMap<>();
    PRICES.keySet().stream().sorted().forEach(asset -> confidences.put(asset, confidence(random)));
    String more = List.of("BTC", "ETH", "USDC", "USDT", "VEN").get(random.nextInt(5));
    List<Balance> before = balances(amounts, confidences);
    amounts.merge(more, amount(random, more), Double::sum);
    requireNoLess(compute(positions, market, before), compute(positions, market, balances(amounts, confidences)), more + " to " + before);
  }

  private static List<Balance> balances(Map<String, Double> amounts, Map<String, Double> confidences) {
    return amounts.entrySet().stream()
        .map(entry -> balance(entry.getKey(), entry.getValue(), confidences.get(entry.getKey()))).toList();
  }

  private static double confidence(SplittableRandom random) {
    return random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble(0, 0.6);
  }

  @Test
  void lessConfidenceInAPriceNeverRaisesAMargin() {
    SplittableRandom random = new SplittableRandom(63);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio positions = PortfolioSamples.withFutures(random);
      String asset = List.of("BTC", "ETH", "USDT").get(random.nextInt(3));
      double amount = amount(random, asset);
      double sure = random.nextDouble();
      double lessSure = sure * random.nextDouble();
      requireNoLess(compute(positions, PortfolioSamples.MARKET, List.of(balance(asset, amount, lessSure))),
          compute(positions, PortfolioSamples.MARKET, List.of(balance(asset, amount, sure))), asset + " at " + lessSure + ", " + sure);
    }
  }

  @Test
  void anAssetOfNoConfidenceCountsNothingAndHedgesNothingInTheInitialMargin() {
    PortfolioMarginResult without = compute(List.of());
    PortfolioMarginResult with = compute(List.of(balance("BTC", 1, 0)));
    assertThat(with.initial()).isEqualTo(without.initial());
    assertThat(with.worst()).isEqualTo(without.worst());
    assertThat(with.contingencies().initial() - without.contingencies().initial()
        + with.contingencies().maintenance() - without.contingencies().maintenance()).isCloseTo(95_663.5, offset(1e-9));
    // The maintenance margin knows no confidence: 95% count, and hedge 95% of the short perpetual.
    assertThat(with.maintenanceWorst().profit()).isCloseTo(0.18 * (0.95 * 95_663.5 - 95_700.25), offset(1e-9));
    assertThat(with.worst().profit()).isCloseTo(-0.18 * 95_700.25, offset(1e-9));
  }

  @Test
  void thePublishedFormulasLetALowConfidenceTakeMoreThanTheValueAndMoveAllOfIt() {
    margin = new PortfolioMargin(PortfolioSamples.UNBUFFERED.withCollateral(
        new CollateralSchedule("VEN", false, PARAMETERS.collateral().rules())));
    PortfolioMarginResult with = compute(List.of(balance("BTC", 1, 0)));
    assertThat(with.initial() - compute(List.of()).initial()).isCloseTo(-0.1 * 95_663.5 + 0.18 * 95_663.5, offset(1e-9));
    assertThat(with.worst()).isEqualTo(with.maintenanceWorst());
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
