package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.EuropeanOption.Right;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Properties of portfolios with dated futures, over seeded random ones. */
class PortfolioFuturesPropertiesTest {

  private static final int PORTFOLIOS = 150;

  private final PortfolioMargin margin = new PortfolioMargin(PortfolioGrids.standard());

  /** One expiry with a random forward and rate; every third within the settlement window, some expired. */
  private static ExpiryMarket expiry(SplittableRandom random) {
    long seconds = random.nextInt(3) == 0 ? random.nextLong(-100, 1800) : random.nextLong(1800, 40_000_000);
    return new ExpiryMarket(seconds, random.nextDouble(50, 200), 1, random.nextDouble(-0.05, 0.3), 1, 1);
  }

  /** The profit of a call less a put at one strike, from their values before any discount of shocked values. */
  private static double synthetic(OptionRevaluation revaluation, ExpiryShocks shocks, double strike, double volatility, int column) {
    double[] call = revaluation.values(shocks, strike, Right.CALL, volatility);
    double[] put = revaluation.values(shocks, strike, Right.PUT, volatility);
    return call[column] - put[column] - (call[ScenarioColumns.MARK] - put[ScenarioColumns.MARK]);
  }

  @Test
  void callLessPutIsTheDiscountedFutureInEveryScenarioWithoutSkew() {
    SplittableRandom random = new SplittableRandom(31);
    PortfolioMarginParameters parameters = PortfolioSamples.UNBUFFERED;
    OptionRevaluation revaluation = new OptionRevaluation(parameters);
    for (int i = 0; i < PORTFOLIOS; i++) {
      ExpiryMarket expiry = expiry(random);
      ExpiryShocks shocks = ExpiryShocks.of(parameters, expiry);
      double strike = expiry.forward() * random.nextDouble(0.6, 1.5);
      double volatility = random.nextDouble(0.1, 1.5);
      PortfolioMarket market = new PortfolioMarket(100, 1, 0, 1, 1, List.of(expiry));
      Portfolio future = new Portfolio(
          0, PerpetualPosition.NONE, List.of(new FuturePosition(expiry.secondsToExpiry(), 1, 0)), List.of(), List.of());
      PortfolioMarginResult result = new PortfolioMargin(parameters).compute(future, market);
      for (int scenario = 0; scenario < parameters.scenarios().size(); scenario++) {
        WorstCase.ScenarioOutcome outcome = result.outcomes().get(scenario);
        if (!outcome.scenario().volatility().isSkew()) {
          double options = synthetic(revaluation, shocks, strike, volatility, ScenarioColumns.scenario(scenario));
          assertThat(outcome.scenario().damping() * options).as("%s at %s", expiry, outcome.scenario())
              .isCloseTo(shocks.discount() * outcome.profit(), offset(1e-11));
        }
      }
      double up = synthetic(revaluation, shocks, strike, volatility, ScenarioColumns.basisUp(parameters));
      double down = synthetic(revaluation, shocks, strike, volatility, ScenarioColumns.basisDown(parameters));
      assertThat(Math.min(up, down) * shocks.basisFactor()).isCloseTo(shocks.discount() * result.basis().profit(), offset(1e-11));
    }
  }

  @Test
  void aHedgedSyntheticLosesNothingWhereShockedValuesAreNotDiscounted() {
    SplittableRandom random = new SplittableRandom(32);
    PortfolioMarginParameters base = PortfolioSamples.UNBUFFERED;
    PortfolioMarginParameters plain = new PortfolioMarginParameters(
        base.model(), base.version(), base.scenarios(), base.volatility(), base.skew(),
        new ShockedDiscount(1, 0, 0, 1, 0, 0), base.basis(), base.loss(), base.contingency(), base.confidence(),
        base.settlementWindowSeconds(), base.buffer(), base.collateral());
    for (int i = 0; i < PORTFOLIOS; i++) {
      ExpiryMarket expiry = expiry(random);
      long seconds = expiry.secondsToExpiry();
      double quantity = random.nextDouble(-10, 10);
      double strike = expiry.forward() * random.nextDouble(0.6, 1.5);
      Portfolio hedged = new Portfolio(0, PerpetualPosition.NONE,
          List.of(new FuturePosition(seconds, -quantity * ExpiryShocks.of(plain, expiry).discount(), 0)),
          List.of(new OptionPosition(seconds, strike, Right.CALL, 0.7, quantity),
              new OptionPosition(seconds, strike, Right.PUT, 0.7, -quantity)),
          List.of());
      PortfolioMarginResult result =
          new PortfolioMargin(plain).compute(hedged, new PortfolioMarket(100, 1, 0, 1, 1, List.of(expiry)));
      assertThat(result.outcomes()).filteredOn(outcome -> !outcome.scenario().volatility().isSkew())
          .allSatisfy(outcome -> assertThat(outcome.profit()).as("%s", outcome).isCloseTo(0, offset(1e-10)));
      assertThat(result.basis().profit()).isCloseTo(0, offset(1e-10));
    }
  }

  @Test
  void orderOfFuturesDoesNotMatterToTheBit() {
    SplittableRandom random = new SplittableRandom(33);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.withFutures(random);
      List<FuturePosition> futures = new ArrayList<>(portfolio.futures());
      futures.add(new FuturePosition(900, 0.1, 0.3));
      futures.add(new FuturePosition(900, 0.7, -0.1));
      futures.add(new FuturePosition(900, -1e9, 1e9));
      Portfolio given = PortfolioSamples.with(portfolio, futures);
      Collections.shuffle(futures, new Random(i));
      assertThat(margin.compute(PortfolioSamples.with(portfolio, futures), PortfolioSamples.MARKET))
          .isEqualTo(margin.compute(given, PortfolioSamples.MARKET));
    }
  }

  @Test
  void closingTheFuturesLeavesTheRestToTheBit() {
    SplittableRandom random = new SplittableRandom(34);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.withFutures(random);
      List<FuturePosition> closed = new ArrayList<>(portfolio.futures());
      portfolio.futures().forEach(future ->
          closed.add(new FuturePosition(future.secondsToExpiry(), -future.quantity(), -future.unrealised())));
      assertThat(margin.compute(PortfolioSamples.with(portfolio, closed), PortfolioSamples.MARKET))
          .isEqualTo(margin.compute(PortfolioSamples.with(portfolio, List.of()), PortfolioSamples.MARKET));
      Portfolio alone = new Portfolio(0, PerpetualPosition.NONE, closed, List.of(), List.of());
      assertThat(margin.compute(alone, PortfolioSamples.MARKET).initial()).isEqualTo(0.0);
      assertThat(margin.compute(alone, PortfolioSamples.MARKET).maintenance()).isEqualTo(0.0);
    }
  }

  @Test
  void everyPositionTwiceIsTwiceTheMarginToTheBit() {
    SplittableRandom random = new SplittableRandom(35);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.withFutures(random);
      PerpetualPosition perpetual = portfolio.perpetual();
      Portfolio once = new Portfolio(portfolio.cash(), perpetual, portfolio.futures(), portfolio.options(), List.of());
      Portfolio twice = new Portfolio(2 * portfolio.cash(),
          new PerpetualPosition(2 * perpetual.quantity(), 2 * perpetual.unrealised(), 2 * perpetual.funding()),
          Collections.nCopies(2, portfolio.futures()).stream().flatMap(List::stream).toList(),
          Collections.nCopies(2, portfolio.options()).stream().flatMap(List::stream).toList(),
          List.of());
      PortfolioMarginResult ofOnce = margin.compute(once, PortfolioSamples.MARKET);
      PortfolioMarginResult ofTwice = margin.compute(twice, PortfolioSamples.MARKET);
      assertThat(ofTwice.initial()).isEqualTo(2 * ofOnce.initial());
      assertThat(ofTwice.maintenance()).isEqualTo(2 * ofOnce.maintenance());
      assertThat(ofTwice.worst().name()).isEqualTo(ofOnce.worst().name());
    }
  }

  @Test
  void addingCollateralNeverHurts() {
    SplittableRandom random = new SplittableRandom(36);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.withFutures(random);
      List<CollateralHolding> added = new ArrayList<>(portfolio.collateral());
      added.add(new CollateralHolding("MORE", random.nextDouble(0, 10), 95_663.5, 0.9, random.nextDouble(0, 0.5),
          random.nextDouble(0, 0.1), random.nextBoolean()));
      Portfolio richer =
          new Portfolio(portfolio.cash(), portfolio.perpetual(), portfolio.futures(), portfolio.options(), added);
      PortfolioMarginResult before = margin.compute(portfolio, PortfolioSamples.MARKET);
      PortfolioMarginResult after = margin.compute(richer, PortfolioSamples.MARKET);
      assertThat(after.initial()).isGreaterThanOrEqualTo(before.initial());
      assertThat(after.maintenance()).isGreaterThanOrEqualTo(before.maintenance());
    }
  }

  @Test
  void scenariosAddThePartsUp() {
    SplittableRandom random = new SplittableRandom(37);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.withFutures(random);
      Portfolio futures = new Portfolio(0, PerpetualPosition.NONE, portfolio.futures(), List.of(), List.of());
      PortfolioMarginResult all = margin.compute(portfolio, PortfolioSamples.MARKET);
      PortfolioMarginResult ofFutures = margin.compute(futures, PortfolioSamples.MARKET);
      PortfolioMarginResult ofRest = margin.compute(PortfolioSamples.with(portfolio, List.of()), PortfolioSamples.MARKET);
      for (int scenario = 0; scenario < all.outcomes().size(); scenario++) {
        double parts = ofFutures.outcomes().get(scenario).profit() + ofRest.outcomes().get(scenario).profit();
        assertThat(all.outcomes().get(scenario).profit()).isCloseTo(parts, offset(1e-6));
      }
      // Options and future of one expiry may offset each other, never the other way round.
      assertThat(all.basis().profit()).isGreaterThanOrEqualTo(ofFutures.basis().profit() + ofRest.basis().profit() - 1e-6);
    }
  }
}
