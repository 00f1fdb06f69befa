package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong gives a named error, or an account that is marked; never a wrong number. */
class EngineBadInputTest {

  private static final long NOW = 1_800_000_000L;
  private static final List<ListedOption> LISTED = List.of(
      new ListedOption("BTC", NOW + 86_400, 90_000, Right.CALL),
      new ListedOption("BTC", NOW + 86_400, 90_000, Right.PUT),
      new ListedOption("BTC", NOW + 864_000, 110_000, Right.CALL));
  private static final Instruments INSTRUMENTS = Instruments.of(List.of("BTC", "ETH"), LISTED);

  private static ExpiryMarket expiry(long seconds) {
    return new ExpiryMarket(seconds, 100_000, 1, 0.05, 1, 1);
  }

  private static UnderlyingMarket market(double perpetual, List<ExpiryMarket> expiries, double... volatilities) {
    return new UnderlyingMarket("BTC", NOW, new PortfolioMarket(100_000, 1, perpetual, 1, 1, expiries), volatilities,
        Map.of("USDC", new AssetQuote(1, 1)));
  }

  private static UnderlyingMarket good() {
    return market(100_000, List.of(expiry(86_400), expiry(864_000)), 0.5, 0.5, 0.6);
  }

  private static MarginEngine engine(PortfolioMarginParameters parameters, ArithmeticPath path) {
    return new MarginEngine(new EngineSetup(parameters, INSTRUMENTS, 4, path, 2, 0));
  }

  private static MarginEngine engine() {
    return engine(PortfolioGrids.standard(), ArithmeticPath.VECTOR);
  }

  private static void requireMarked(MarginEngine engine, TickResult result, int account, AccountStatus status) {
    assertThat(engine.status(account)).isEqualTo(status);
    assertThat(engine.initial(account)).isNaN();
    assertThat(engine.maintenance(account)).isNaN();
    assertThat(result.unmargined()).containsExactly(account);
    assertThat(result.breached()).doesNotContain(account);
  }

  @ParameterizedTest
  @EnumSource
  void positionWithoutAQuoteMarksItsHolderOnly(ArithmeticPath path) {
    List<UnderlyingMarket> without = List.of(
        market(100_000, List.of(expiry(864_000)), 0.5, 0.5, 0.6),
        market(100_000, List.of(expiry(86_400), expiry(864_000)), 0.5, Double.NaN, 0.6),
        market(100_000, List.of(expiry(86_400), expiry(864_000)), 0.5, 0.0, 0.6));
    for (UnderlyingMarket market : without) {
      try (MarginEngine engine = engine(PortfolioGrids.standard(), path)) {
        engine.setOptions(1, new int[] {1, 2}, new double[] {1, -1});
        engine.setOptions(2, new int[] {2}, new double[] {1});
        requireMarked(engine, engine.tick(market), 1, AccountStatus.UNQUOTED);
        assertThat(engine.status(2)).isEqualTo(AccountStatus.MARGINED);
        assertThat(engine.tick(good()).unmargined()).as("a quote mends it").isEmpty();
      }
    }
  }

  @Test
  void whatElseIsNotQuotedMarksAsWell() {
    try (MarginEngine engine = engine()) {
      engine.setPerpetual(0, "BTC", new PerpetualPosition(1, 0, 0));
      requireMarked(engine, engine.tick(market(0, List.of(), Double.NaN, Double.NaN, Double.NaN)), 0, AccountStatus.UNQUOTED);
      engine.setPerpetual(0, "BTC", PerpetualPosition.NONE);
      engine.setCollateral(0, "BTC", Map.of("USDT", 5.0));
      requireMarked(engine, engine.refresh(), 0, AccountStatus.UNQUOTED);
      engine.setCollateral(0, "BTC", Map.of());
      engine.setCash(0, "ETH", 5);
      requireMarked(engine, engine.refresh(), 0, AccountStatus.UNQUOTED);
      engine.setCash(0, "ETH", 0);
      assertThat(engine.refresh().unmargined()).isEmpty();
    }
  }

  @Test
  void anEmptyBookIsWorthItsCash() {
    try (MarginEngine engine = engine()) {
      engine.setCash(3, "BTC", 12.5);
      assertThat(engine.tick(good()).breached()).isEmpty();
      SameBits.requireSame("IM", engine.initial(0), 0.0);
      SameBits.requireSame("IM", engine.initial(3), 12.5);
      engine.setOptions(3, new int[0], new double[0]);
      engine.refresh();
      SameBits.requireSame("MM", engine.maintenance(3), 12.5);
    }
  }

  @Test
  void unknownNamesAndNumbersAreRefusedAndChangeNothing() {
    try (MarginEngine engine = engine()) {
      engine.setOptions(0, new int[] {0}, new double[] {-1});
      engine.tick(good());
      double before = engine.initial(0);
      for (int id : new int[] {-1, 3, Integer.MAX_VALUE}) {
        refused("instrument " + id, () -> engine.trade(0, id, 1));
        refused("instrument " + id, () -> engine.setOptions(0, new int[] {1, id}, new double[] {1, 1}));
      }
      for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e31}) {
        refused("quantity", () -> engine.trade(0, 1, wrong));
        refused("quantity", () -> engine.setOptions(0, new int[] {1}, new double[] {wrong}));
        refused("cash", () -> engine.setCash(0, "BTC", wrong));
        refused("collateral", () -> engine.setCollateral(0, "BTC", Map.of("USDC", wrong)));
      }
      refused("quantity", () -> engine.setOptions(0, new int[] {1, 1}, new double[] {1e30, 1e30}));
      refused("collateral", () -> engine.setCollateral(0, "BTC", Map.of("DOGE", 1.0)));
      refused("collateral ETH follows ETH, not BTC", () -> engine.setCollateral(0, "BTC", Map.of("USDC", 1.0, "ETH", 1.0)));
      refused("underlying", () -> engine.setCash(0, "DOGE", 1));
      refused("account 4", () -> engine.setCash(4, "BTC", 1));
      refused("volatilities", () -> engine.tick(market(1, List.of(), 0.5)));
      refused("volatility", () -> engine.tick(market(1, List.of(), 0.5, 0.5, -0.5)));
      engine.refresh();
      engine.tick(good());
      SameBits.requireSame("IM", engine.initial(0), before);
    }
    refused("option", () -> INSTRUMENTS.id(new ListedOption("BTC", NOW, 1, Right.CALL)));
  }

  private static void refused(String figure, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidFigureException.class).hasMessageContaining(figure);
  }

  @Test
  void aRefusedMarketAmongSeveralMovesNone() {
    try (MarginEngine engine = engine()) {
      engine.setOptions(0, new int[] {0}, new double[] {-1});
      engine.tick(good());
      double before = engine.initial(0);
      UnderlyingMarket moved = market(100_000, List.of(expiry(86_400), expiry(864_000)), 0.9, 0.9, 0.9);
      UnderlyingMarket wrong = new UnderlyingMarket("ETH", NOW, good().market(), new double[] {1}, Map.of());
      refused("volatilities of ETH", () -> engine.tick(List.of(moved, wrong)));
      engine.setCash(0, "BTC", 0);
      engine.refresh();
      SameBits.requireSame("IM", engine.initial(0), before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultsThatAreNotFiniteMarkTheAccount(ArithmeticPath path) {
    ExpiryMarket far = new ExpiryMarket(864_000, 1e30, 1, 0, 1, 1);
    try (MarginEngine engine = engine(PortfolioGrids.standard(), path)) {
      engine.setOptions(0, new int[] {2}, new double[] {1e30});
      UnderlyingMarket market = new UnderlyingMarket("BTC", NOW, new PortfolioMarket(1e30, 1, 1, 1, 1e-250, List.of(far)),
          new double[] {Double.NaN, Double.NaN, 0.5}, Map.of("USDC", new AssetQuote(1e30, 1)));
      engine.setCollateral(2, "BTC", Map.of("USDC", 1e29));
      TickResult result = engine.tick(market);
      assertThat(engine.status(0)).isEqualTo(AccountStatus.MARGINED);
      requireMarked(engine, result, 2, AccountStatus.NOT_FINITE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMillionLotsInOneAccountAreOneBook(ArithmeticPath path) {
    SplittableRandom random = new SplittableRandom(61);
    int[] ids = IntStream.range(0, 1_000_000).map(i -> random.nextInt(3)).toArray();
    double[] quantities = IntStream.range(0, 1_000_000).mapToDouble(i -> random.nextDouble(-1, 1)).toArray();
    List<OptionPosition> positions = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      ListedOption option = LISTED.get(ids[i]);
      positions.add(new OptionPosition(
          option.expiry() - NOW, option.strike(), option.right(), good().volatilities()[ids[i]], quantities[i]));
    }
    PortfolioMarginResult expected = new PortfolioMargin(PortfolioGrids.standard())
        .compute(new Portfolio(0, PerpetualPosition.NONE, positions, List.of()), good().market());
    try (MarginEngine engine = engine(PortfolioGrids.standard(), path)) {
      engine.setOptions(0, ids, quantities);
      engine.tick(good());
      SameBits.requireSame("IM", engine.initial(0), expected.initial());
      SameBits.requireSame("MM", engine.maintenance(0), expected.maintenance());
    }
  }

  @Test
  void instrumentsThatContradictThemselvesAreRefused() {
    refused("listed twice", () -> Instruments.of(List.of("BTC"), List.of(LISTED.get(0), LISTED.get(0))));
    refused("not among", () -> Instruments.of(List.of("ETH"), LISTED));
    refused("strike", () -> new ListedOption("BTC", NOW, Double.NaN, Right.CALL));
    assertThat(Arrays.asList(INSTRUMENTS.option(0), INSTRUMENTS.option(2))).containsExactly(LISTED.get(0), LISTED.get(2));
  }
}
