package io.ringfence.bench;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.engine.ArithmeticPath;
import io.ringfence.margin.engine.AssetQuote;
import io.ringfence.margin.engine.EngineSetup;
import io.ringfence.margin.engine.Instruments;
import io.ringfence.margin.engine.ListedOption;
import io.ringfence.margin.engine.MarginEngine;
import io.ringfence.margin.engine.UnderlyingMarket;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A venue of random accounts, the same for a seed. An account's book is made again from its number, so that what the engine was loaded with
 * can be given to the model as well without keeping a million books twice.
 *
 * @param underlyings symbols, ascending
 * @param instruments all options
 * @param accounts how many
 * @param positions options that each holds, all different
 */
record Venue(List<String> underlyings, Instruments instruments, int accounts, int positions) {

  static final long NOW = 1_800_000_000L;
  private static final double[] SPOTS = {95_663.5, 3_120.25};
  private static final long[] DAYS = {1, 2, 3, 7, 14, 21, 28, 56, 84, 175, 266, 357};

  /** A book as it is given to the engine. */
  record Account(int[] ids, double[] quantities, double[] cash, double[] perpetual) {}

  /**
   * A venue with options at twelve expiries.
   *
   * @param strikes at each expiry; twice as many options
   */
  static Venue of(int underlyingCount, int strikes, int accounts, int positions) {
    List<String> underlyings = List.of("BTC", "ETH").subList(0, underlyingCount);
    List<ListedOption> listed = new ArrayList<>();
    for (int i = 0; i < underlyingCount; i++) {
      for (long days : DAYS) {
        for (int strike = 0; strike < strikes; strike++) {
          for (Right right : Right.values()) {
            listed.add(new ListedOption(underlyings.get(i), NOW + days * 86_400, SPOTS[i] * (0.55 + 0.9 * strike / strikes), right));
          }
        }
      }
    }
    return new Venue(underlyings, Instruments.of(underlyings, listed), accounts, positions);
  }

  Account account(int number) {
    SplittableRandom random = new SplittableRandom(0x5eedL * 1_000_003 + number);
    int[] ids = random.ints(0, instruments.count()).distinct().limit(positions).toArray();
    double[] quantities = random.doubles(positions, -10, 10).toArray();
    double[] cash = random.doubles(underlyings.size(), -20_000, 400_000).toArray();
    double[] perpetual = random.doubles(underlyings.size(), -2, 2).map(quantity -> Math.abs(quantity) < 1 ? 0.0 : quantity).toArray();
    return new Account(ids, quantities, cash, perpetual);
  }

  /** An engine with every account's book. */
  MarginEngine load(PortfolioMarginParameters parameters, ArithmeticPath path, int threads) {
    // Slightly more than the average underlying holds: random books do not divide evenly.
    int expected = (int) (1.0 * accounts * positions / underlyings.size() * (underlyings.size() == 1 ? 1.0 : 1.002));
    MarginEngine engine = new MarginEngine(new EngineSetup(parameters, instruments, accounts, path, threads, expected));
    for (int number = 0; number < accounts; number++) {
      Account account = account(number);
      engine.setOptions(number, account.ids(), account.quantities());
      for (int i = 0; i < underlyings.size(); i++) {
        engine.setCash(number, underlyings.get(i), account.cash()[i]);
        engine.setPerpetual(number, underlyings.get(i), new PerpetualPosition(account.perpetual()[i], 0, 0));
      }
    }
    return engine;
  }

  /** Prices of an underlying; each seed moves every price, so that every row of the table is computed anew. */
  UnderlyingMarket market(String underlying, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double spot = SPOTS[underlyings.indexOf(underlying)] * random.nextDouble(0.97, 1.03);
    List<ExpiryMarket> expiries = new ArrayList<>();
    for (long days : DAYS) {
      expiries.add(new ExpiryMarket(days * 86_400, spot * (1 + days * 1e-4), 1, 0.05, 1, 1));
    }
    double[] volatilities = random.doubles(instruments.optionsOf(underlying).size(), 0.4, 0.9).toArray();
    return new UnderlyingMarket(underlying, NOW, new PortfolioMarket(spot, 1, spot, 1, 1, expiries), volatilities,
        Map.of("USDC", new AssetQuote(1, 1)));
  }

  List<UnderlyingMarket> markets(long seed) {
    return underlyings.stream().map(underlying -> market(underlying, seed)).toList();
  }

  /**
   * Compares sampled accounts with the model to the bit.
   *
   * @throws IllegalStateException at the first difference
   */
  void verify(MarginEngine engine, PortfolioMarginParameters parameters, List<UnderlyingMarket> markets, int samples) {
    PortfolioMargin model = new PortfolioMargin(parameters);
    for (int i = 0; i < samples; i++) {
      int number = (int) ((long) i * accounts / samples);
      double initial = 0.0;
      double maintenance = 0.0;
      for (UnderlyingMarket market : markets) {
        PortfolioMarginResult result = model.compute(portfolio(account(number), market), market.market());
        initial = initial + result.initial();
        maintenance = maintenance + result.maintenance();
      }
      if (Double.doubleToLongBits(initial) != Double.doubleToLongBits(engine.initial(number))
          || Double.doubleToLongBits(maintenance) != Double.doubleToLongBits(engine.maintenance(number))) {
        throw new IllegalStateException("account " + number + ": the engine has " + engine.initial(number) + " and "
            + engine.maintenance(number) + ", the model " + initial + " and " + maintenance);
      }
    }
  }

  private Portfolio portfolio(Account account, UnderlyingMarket market) {
    int index = underlyings.indexOf(market.underlying());
    List<ListedOption> listed = instruments.optionsOf(market.underlying());
    int first = instruments.id(listed.get(0));
    List<OptionPosition> options = new ArrayList<>();
    for (int i = 0; i < positions; i++) {
      ListedOption option = instruments.option(account.ids()[i]);
      if (option.underlying().equals(market.underlying())) {
        options.add(new OptionPosition(option.expiry() - NOW, option.strike(), option.right(),
            market.volatilities()[account.ids()[i] - first], account.quantities()[i]));
      }
    }
    return new Portfolio(account.cash()[index], new PerpetualPosition(account.perpetual()[index], 0, 0), options, List.of());
  }
}
