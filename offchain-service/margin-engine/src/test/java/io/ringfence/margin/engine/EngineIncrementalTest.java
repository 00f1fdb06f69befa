package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** After any sequence of changes the engine is where a new one with the same books and markets is. */
class EngineIncrementalTest {

  private static final int ACCOUNTS = 120;

  private static void tickAll(MarginEngine engine, World world) {
    engine.tick(World.UNDERLYINGS.stream().map(world.markets::get).toList());
  }

  private static UnderlyingMarket withFirstExpiry(UnderlyingMarket market, UnaryOperator<ExpiryMarket> change) {
    PortfolioMarket old = market.market();
    List<ExpiryMarket> expiries = new ArrayList<>(old.expiries());
    expiries.set(0, change.apply(expiries.get(0)));
    return new UnderlyingMarket(market.underlying(), market.asOf(), new PortfolioMarket(old.spot(), old.spotConfidence(),
        old.perpetualPrice(), old.perpetualConfidence(), old.stablePrice(), expiries), market.volatilities(), market.assets());
  }

  private static ExpiryMarket forwardUp(ExpiryMarket old) {
    return new ExpiryMarket(old.secondsToExpiry(), old.forward() * 1.01, old.forwardConfidence(), old.rate(), old.rateConfidence(),
        old.volatilityConfidence());
  }

  private static ExpiryMarket lessSure(ExpiryMarket old) {
    return new ExpiryMarket(old.secondsToExpiry(), old.forward(), 0.2, old.rate(), old.rateConfidence(), old.volatilityConfidence());
  }

  private static UnderlyingMarket withVolatility(UnderlyingMarket market, int row, double volatility) {
    double[] volatilities = market.volatilities().clone();
    volatilities[row] = volatility;
    return new UnderlyingMarket(market.underlying(), market.asOf(), market.market(), volatilities, market.assets());
  }

  @Test
  void onlyWhatAChangeReachesIsComputedAnew() {
    World world = new World(31, PortfolioGrids.standard(), ACCOUNTS);
    try (MarginEngine engine = world.engine(ArithmeticPath.VECTOR, 2)) {
      tickAll(engine, world);
      UnderlyingMarket market = world.markets.get("BTC");
      assertThat(engine.tick(market).recomputedRows()).isZero();
      List<ListedOption> options = world.instruments.optionsOf("BTC");
      long first = options.stream().filter(option -> option.expiry() == options.get(0).expiry()).count();
      require(engine, world, withFirstExpiry(market, EngineIncrementalTest::forwardUp), (int) first);
      require(engine, world, withFirstExpiry(world.markets.get("BTC"), EngineIncrementalTest::lessSure), 0);
      require(engine, world, withVolatility(world.markets.get("BTC"), 11, 0.77), 1);
      require(engine, world, world.market("BTC"), options.size());
    }
  }

  private static void require(MarginEngine engine, World world, UnderlyingMarket market, int rows) {
    world.markets.put("BTC", market);
    assertThat(engine.tick(market).recomputedRows()).isEqualTo(rows);
    SameBits.asTheModel(engine, world);
  }

  @Test
  void anySequenceOfChangesEqualsAFreshEngine() {
    for (long seed = 41; seed < 44; seed++) {
      World world = new World(seed, PortfolioGrids.standard(), ACCOUNTS);
      try (MarginEngine engine = world.engine(ArithmeticPath.VECTOR, 2)) {
        tickAll(engine, world);
        for (int step = 0; step < 60; step++) {
          if (world.random.nextInt(4) == 0) {
            String underlying = World.UNDERLYINGS.get(world.random.nextInt(3));
            world.markets.put(underlying, world.market(underlying));
            engine.tick(world.markets.get(underlying));
          } else {
            change(engine, world);
            engine.refresh();
          }
        }
        SameBits.asTheModel(engine, world);
        try (MarginEngine fresh = world.engine(ArithmeticPath.SCALAR, 1)) {
          tickAll(fresh, world);
          SameBits.asEachOther(engine, fresh, ACCOUNTS);
        }
      }
    }
  }

  /** Changes one thing of one account, in the world and in the engine. */
  private static void change(MarginEngine engine, World world) {
    int account = world.random.nextInt(ACCOUNTS);
    String underlying = World.UNDERLYINGS.get(world.random.nextInt(3));
    World.Book book = world.accounts.get(account).get(underlying);
    switch (world.random.nextInt(5)) {
      case 0 -> {
        book.cash = world.random.nextDouble(-1e5, 1e5);
        engine.setCash(account, underlying, book.cash);
      }
      case 1 -> {
        book.perpetual = new PerpetualPosition(world.random.nextDouble(-5, 5), 3.5, -1.25);
        engine.setPerpetual(account, underlying, book.perpetual);
      }
      case 2 -> {
        book.collateral = world.collateral(underlying);
        engine.setCollateral(account, underlying, book.collateral);
      }
      case 3 -> setFuture(engine, world, account, underlying, book);
      default -> trade(engine, world, account, underlying, book);
    }
  }

  private static void setFuture(MarginEngine engine, World world, int account, String underlying, World.Book book) {
    List<ListedFuture> futures = world.instruments.futuresOf(underlying);
    long expiry = futures.get(world.random.nextInt(futures.size())).expiry();
    // Every third closes what is held.
    double[] future = world.random.nextInt(3) == 0 ? new double[2] : world.future();
    engine.setFuture(account, underlying, expiry, future[0], future[1]);
    book.futures.put(expiry, future);
  }

  private static void trade(MarginEngine engine, World world, int account, String underlying, World.Book book) {
    List<ListedOption> options = world.instruments.optionsOf(underlying);
    int id = world.instruments.id(options.get(world.random.nextInt(options.size())));
    double held = book.options.getOrDefault(id, 0.0);
    // Every third trade closes what is held, if anything is.
    double traded = held != 0.0 && world.random.nextInt(3) == 0 ? -held : world.quantity();
    engine.trade(account, id, traded);
    if (held + traded == 0.0) {
      book.options.remove(id);
    } else {
      book.options.put(id, held + traded);
    }
  }

  @Test
  void aTickAlsoComputesTheBooksThatHaveChanged() {
    World world = new World(51, PortfolioGrids.standard(), ACCOUNTS);
    try (MarginEngine engine = world.engine(ArithmeticPath.VECTOR, 2)) {
      tickAll(engine, world);
      world.accounts.get(5).get("SOL").cash = -1e12;
      engine.setCash(5, "SOL", -1e12);
      world.markets.put("BTC", world.market("BTC"));
      assertThat(engine.tick(world.markets.get("BTC")).breached()).contains(5);
      SameBits.asTheModel(engine, world);
    }
  }

  @Test
  void refreshListsTheChangedAccountsAlone() {
    World world = new World(52, PortfolioGrids.standard(), ACCOUNTS);
    try (MarginEngine engine = world.engine(ArithmeticPath.VECTOR, 2)) {
      tickAll(engine, world);
      assertThat(engine.refresh().breached()).isEmpty();
      engine.setCash(9, "BTC", -1e25);
      engine.setCash(7, "BTC", -1e25);
      engine.setCash(8, "BTC", 1e25);
      assertThat(engine.refresh().breached()).containsExactly(7, 9);
    }
  }

  @Test
  void manyGrowingBooksStayWhole() {
    PackedLists lists = new PackedLists("numbers", 50, 0);
    for (int length = 1; length < 200; length++) {
      for (int account = 0; account < 50; account += 1 + length % 3) {
        int[] keys = new int[length];
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
          keys[i] = account * 1000 + i;
          values[i] = length;
        }
        lists.replace(account, keys, values, length);
      }
    }
    for (int account = 0; account < 50; account++) {
      for (int i = 0; i < lists.length(account); i++) {
        assertThat(lists.keys()[lists.start(account) + i]).isEqualTo(account * 1000 + i);
        assertThat(lists.values()[lists.start(account) + i]).isEqualTo(lists.length(account));
      }
    }
    // Places that were left behind are used again: less than three times what is held.
    assertThat(lists.bytes()).isLessThan(12L * 50 + 3 * 12L * 50 * 200);
  }
}
