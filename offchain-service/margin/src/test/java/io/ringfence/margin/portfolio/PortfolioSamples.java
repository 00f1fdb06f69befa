package io.ringfence.margin.portfolio;

import io.ringfence.margin.EuropeanOption.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded random portfolios on one market, and the parameters that the tests vary. */
final class PortfolioSamples {

  static final long[] EXPIRIES = {900, 43_200, 794_852, 5_184_000, 26_801_252};
  static final PortfolioMarginParameters UNBUFFERED =
      PortfolioGrids.standard().withBuffer(ProcyclicalityBuffer.drawnDown("test of the formulas alone"));
  static final PortfolioMarket MARKET = market(1.0, 1.0);

  private PortfolioSamples() {}

  static PortfolioMarket market(double confidence, double stablePrice) {
    List<ExpiryMarket> expiries = new ArrayList<>();
    for (long seconds : EXPIRIES) {
      expiries.add(new ExpiryMarket(seconds, 95_663.5 * (1 + seconds * 1e-9), confidence, 0.05 + seconds * 1e-9, 1.0, 0.9));
    }
    return new PortfolioMarket(95_663.5, 1.0, 95_700.25, 0.9, stablePrice, expiries);
  }

  static List<OptionPosition> options(SplittableRandom random) {
    List<OptionPosition> options = new ArrayList<>();
    int count = random.nextInt(1, 12);
    for (int i = 0; i < count; i++) {
      options.add(option(random, random.nextDouble(-20, 20)));
    }
    return options;
  }

  static OptionPosition option(SplittableRandom random, double quantity) {
    double strike = 60_000 + 5_000.0 * random.nextInt(16);
    long expiry = EXPIRIES[random.nextInt(EXPIRIES.length)];
    return new OptionPosition(expiry, strike, Right.values()[random.nextInt(2)], 0.4 + strike * 1e-6, quantity);
  }

  static List<CollateralHolding> collateral(SplittableRandom random) {
    List<CollateralHolding> holdings = new ArrayList<>();
    for (int i = 0; i < random.nextInt(0, 4); i++) {
      boolean cancelling = random.nextBoolean();
      holdings.add(new CollateralHolding(cancelling ? "BTC" : "DAI", random.nextDouble(0, 9), cancelling ? 95_663.5 : 1.0,
          random.nextDouble(0.5, 1), random.nextDouble(0, 0.3), random.nextDouble(0, 0.1), cancelling));
    }
    return holdings;
  }

  static Portfolio portfolio(SplittableRandom random) {
    return new Portfolio(
        random.nextDouble(-1e5, 1e5),
        random.nextInt(3) == 0 ? PerpetualPosition.NONE : new PerpetualPosition(random.nextDouble(-5, 5), random.nextDouble(-9, 9), 0.5),
        options(random),
        collateral(random));
  }

  /** A portfolio with up to three futures, some of them of expiries that options have too. */
  static Portfolio withFutures(SplittableRandom random) {
    List<FuturePosition> futures = new ArrayList<>();
    for (int i = 0; i < random.nextInt(1, 4); i++) {
      futures.add(new FuturePosition(
          EXPIRIES[random.nextInt(EXPIRIES.length)], random.nextDouble(-20, 20), random.nextDouble(-500, 500)));
    }
    return with(portfolio(random), futures);
  }

  /** The portfolio with other futures. */
  static Portfolio with(Portfolio portfolio, List<FuturePosition> futures) {
    return new Portfolio(portfolio.cash(), portfolio.perpetual(), futures, portfolio.options(), portfolio.collateral());
  }

  static PortfolioMargin unbuffered() {
    return new PortfolioMargin(UNBUFFERED);
  }
}
