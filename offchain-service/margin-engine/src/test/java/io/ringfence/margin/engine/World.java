package io.ringfence.margin.engine;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.portfolio.CollateralSchedule;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.FuturePosition;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** A seeded random venue: instruments, markets and books, and the margins that the model itself computes of them. */
final class World {

  static final List<String> UNDERLYINGS = List.of("BTC", "ETH", "SOL");
  static final long NOW = 1_800_000_000L;
  private static final List<String> ASSETS = List.of("BTC", "ETH", "USDC", "USDT");
  private static final double[] SPOTS = {95_663.5, 3_120.25, 140.125};

  final SplittableRandom random;
  final PortfolioMarginParameters parameters;
  final Instruments instruments;
  final List<Map<String, Book>> accounts = new ArrayList<>();
  final Map<String, UnderlyingMarket> markets = new HashMap<>();

  /** What one account has in one underlying, as the engine is told. */
  static final class Book {
    final Map<Integer, Double> options = new TreeMap<>();
    /** Quantity and unrealised profit by expiry. */
    final TreeMap<Long, double[]> futures = new TreeMap<>();
    PerpetualPosition perpetual = PerpetualPosition.NONE;
    double cash;
    Map<String, Double> collateral = Map.of();
  }

  World(long seed, PortfolioMarginParameters parameters, int accountCount) {
    this.random = new SplittableRandom(seed);
    this.parameters = parameters;
    this.instruments = Instruments.of(UNDERLYINGS, listed(), futures());
    UNDERLYINGS.forEach(underlying -> markets.put(underlying, market(underlying)));
    for (int i = 0; i < accountCount; i++) {
      accounts.add(account());
    }
  }

  private List<ListedOption> listed() {
    List<ListedOption> options = new ArrayList<>();
    long[] expiries = {NOW - 5, NOW + 900, NOW + 794_852, NOW + 5_184_000, NOW + 26_801_252};
    for (int i = 0; i < UNDERLYINGS.size(); i++) {
      for (long expiry : expiries) {
        for (int strike = 0; strike < 9; strike++) {
          for (Right right : Right.values()) {
            if (random.nextInt(8) > 0) {
              options.add(new ListedOption(UNDERLYINGS.get(i), expiry, SPOTS[i] * (0.6 + 0.1 * strike), right));
            }
          }
        }
      }
    }
    return options;
  }

  /** Of expired options, within the settlement window, of an expiry that options have too, between and after those of options. */
  private List<ListedFuture> futures() {
    List<ListedFuture> futures = new ArrayList<>();
    for (String underlying : UNDERLYINGS) {
      for (long expiry : new long[] {NOW - 5, NOW + 900, NOW + 2_000_000, NOW + 5_184_000, NOW + 40_000_000}) {
        if (random.nextInt(8) > 0) {
          futures.add(new ListedFuture(underlying, expiry));
        }
      }
    }
    return futures;
  }

  UnderlyingMarket market(String underlying) {
    double spot = SPOTS[UNDERLYINGS.indexOf(underlying)] * random.nextDouble(0.7, 1.4);
    boolean sure = random.nextBoolean();
    List<ExpiryMarket> expiries = new ArrayList<>();
    LongStream.concat(
        instruments.optionsOf(underlying).stream().mapToLong(ListedOption::expiry),
        instruments.futuresOf(underlying).stream().mapToLong(ListedFuture::expiry)).distinct().forEach(expiry ->
        expiries.add(new ExpiryMarket(expiry - NOW, spot * random.nextDouble(0.98, 1.03), confidence(sure), random.nextDouble(-0.02, 0.2),
            confidence(sure), confidence(sure))));
    double[] volatilities = instruments.optionsOf(underlying).stream().mapToDouble(option -> random.nextDouble(0.2, 1.5)).toArray();
    Map<String, AssetQuote> assets = new HashMap<>();
    for (String asset : ASSETS) {
      assets.put(asset, new AssetQuote(asset.startsWith("US") ? random.nextDouble(0.9, 1.05) : spot, confidence(sure)));
    }
    PortfolioMarket market = new PortfolioMarket(
        spot, confidence(sure), spot * random.nextDouble(0.99, 1.01), confidence(sure), random.nextDouble(0.95, 1.02), expiries);
    return new UnderlyingMarket(underlying, NOW, market, volatilities, assets);
  }

  private double confidence(boolean sure) {
    return sure ? 1.0 : random.nextDouble(0.3, 1.0);
  }

  private Map<String, Book> account() {
    Map<String, Book> account = new HashMap<>();
    for (String underlying : UNDERLYINGS) {
      Book book = new Book();
      if (random.nextInt(6) > 0) {
        int count = random.nextInt(0, 14);
        List<ListedOption> options = instruments.optionsOf(underlying);
        for (int i = 0; i < count; i++) {
          book.options.put(instruments.id(options.get(random.nextInt(options.size()))), quantity());
        }
        instruments.futuresOf(underlying).forEach(future -> {
          if (random.nextInt(4) == 0) {
            book.futures.put(future.expiry(), future());
          }
        });
        book.cash = random.nextDouble(-1e5, 3e5);
        book.perpetual = random.nextBoolean()
            ? PerpetualPosition.NONE
            : new PerpetualPosition(random.nextDouble(-5, 5), random.nextDouble(-900, 900), random.nextDouble(-9, 9));
        book.collateral = collateral(underlying);
      }
      account.put(underlying, book);
    }
    return account;
  }

  /** Quantity and unrealised profit of a future; some have no units any more. */
  double[] future() {
    return new double[] {random.nextInt(8) == 0 ? 0.0 : quantity(), random.nextDouble(-900, 900)};
  }

  double quantity() {
    if (random.nextInt(200) == 0) {
      return random.nextDouble(-1e18, 1e18);
    }
    return random.nextInt(4) == 0 ? random.nextInt(1, 4) * (random.nextBoolean() ? 1.0 : -1.0) : random.nextDouble(-20, 20);
  }

  /** Some of it above caps and concentration steps. */
  Map<String, Double> collateral(String underlying) {
    Map<String, Double> amounts = new HashMap<>();
    for (String asset : ASSETS) {
      boolean here = parameters.collateral().scanOf(asset, underlying, UNDERLYINGS::contains).equals(underlying);
      if (random.nextInt(3) == 0 && here) {
        amounts.put(asset, random.nextInt(4) == 0 ? random.nextDouble(0, 1e8) : random.nextDouble(0, 50));
      }
    }
    return amounts;
  }

  MarginEngine engine(ArithmeticPath path, int threads) {
    MarginEngine engine = new MarginEngine(new EngineSetup(parameters, instruments, accounts.size(), path, threads, 0));
    for (int account = 0; account < accounts.size(); account++) {
      load(engine, account);
    }
    return engine;
  }

  void load(MarginEngine engine, int account) {
    List<Integer> ids = new ArrayList<>();
    List<Double> quantities = new ArrayList<>();
    accounts.get(account).values().forEach(book -> book.options.forEach((id, quantity) -> {
      ids.add(id);
      quantities.add(quantity);
    }));
    engine.setOptions(account, ids.stream().mapToInt(Integer::intValue).toArray(),
        quantities.stream().mapToDouble(Double::doubleValue).toArray());
    accounts.get(account).forEach((underlying, book) -> {
      engine.setPerpetual(account, underlying, book.perpetual);
      engine.setCash(account, underlying, book.cash);
      // Farthest first: the engine must order them.
      book.futures.descendingMap().forEach((expiry, future) -> engine.setFuture(account, underlying, expiry, future[0], future[1]));
      engine.setCollateral(account, underlying, book.collateral);
    });
  }

  /** IM and MM by the model itself, summed over the underlyings by name. */
  double[] reference(int account) {
    double[] sums = new double[2];
    for (int i = 0; i < UNDERLYINGS.size(); i++) {
      UnderlyingMarket market = markets.get(UNDERLYINGS.get(i));
      PortfolioMarginResult result =
          new PortfolioMargin(parameters).compute(portfolio(accounts.get(account).get(UNDERLYINGS.get(i)), market), market.market());
      sums[0] = i == 0 ? result.initial() : sums[0] + result.initial();
      sums[1] = i == 0 ? result.maintenance() : sums[1] + result.maintenance();
    }
    return sums;
  }

  private Portfolio portfolio(Book book, UnderlyingMarket market) {
    List<OptionPosition> options = new ArrayList<>();
    List<ListedOption> listed = instruments.optionsOf(market.underlying());
    book.options.forEach((id, quantity) -> {
      ListedOption option = instruments.option(id);
      options.add(new OptionPosition(
          option.expiry() - NOW, option.strike(), option.right(), market.volatilities()[listed.indexOf(option)], quantity));
    });
    List<FuturePosition> futures = new ArrayList<>();
    book.futures.forEach((expiry, future) -> futures.add(new FuturePosition(expiry - NOW, future[0], future[1])));
    List<CollateralSchedule.Balance> balances = new ArrayList<>();
    book.collateral.forEach((asset, amount) -> {
      AssetQuote quote = market.assets().get(asset);
      balances.add(new CollateralSchedule.Balance(asset, amount, quote.price(), quote.confidence()));
    });
    return new Portfolio(
        book.cash, book.perpetual, futures, options,
        parameters.collateral().apply(balances, market.market().stablePrice(), market.underlying()));
  }
}
