package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.FuturePosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dated futures in the engine: what is listed, set, quoted and refused. The bits are compared over random books elsewhere. */
class EngineFuturesTest {

  private static final long NOW = 1_800_000_000L;
  private static final long NEAR = NOW + 900;
  private static final long MIDDLE = NOW + 86_400;
  private static final long FAR = NOW + 864_000;
  private static final Instruments INSTRUMENTS = Instruments.of(List.of("BTC", "ETH"),
      List.of(new ListedOption("BTC", MIDDLE, 90_000, Right.CALL)),
      List.of(new ListedFuture("BTC", FAR), new ListedFuture("BTC", NEAR), new ListedFuture("ETH", FAR)));

  private static ExpiryMarket expiry(long at) {
    return new ExpiryMarket(at - NOW, 100_000 + (at - NOW) * 0.001, 1, 0.05, 1, 1);
  }

  private static UnderlyingMarket market(long... expiries) {
    List<ExpiryMarket> quoted = Arrays.stream(expiries).mapToObj(EngineFuturesTest::expiry).toList();
    return new UnderlyingMarket(
        "BTC", NOW, new PortfolioMarket(100_000, 1, 100_000, 1, 1, quoted), new double[] {0.5}, Map.of());
  }

  private static MarginEngine engine(ArithmeticPath path) {
    return new MarginEngine(new EngineSetup(PortfolioGrids.standard(), INSTRUMENTS, 4, path, 2, 0));
  }

  private static void requireModel(MarginEngine engine, int account, Portfolio portfolio) {
    PortfolioMarginResult expected =
        new PortfolioMargin(PortfolioGrids.standard()).compute(portfolio, market(NEAR, MIDDLE, FAR).market());
    SameBits.requireSame("IM", engine.initial(account), expected.initial());
    SameBits.requireSame("MM", engine.maintenance(account), expected.maintenance());
  }

  private static Portfolio holding(FuturePosition... futures) {
    return new Portfolio(0, PerpetualPosition.NONE, List.of(futures), List.of(), List.of());
  }

  @Test
  void listsAreInCanonicalOrder() {
    assertThat(INSTRUMENTS.futuresOf("BTC")).containsExactly(new ListedFuture("BTC", NEAR), new ListedFuture("BTC", FAR));
    assertThat(INSTRUMENTS.count()).isEqualTo(1);
    assertThat(INSTRUMENTS.optionsOf("ETH")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void setsReplacesAndRemoves(ArithmeticPath path) {
    try (MarginEngine engine = engine(path)) {
      engine.setFuture(1, "BTC", FAR, -2, 30);
      engine.setFuture(1, "BTC", NEAR, 1, 2);
      engine.tick(market(NEAR, MIDDLE, FAR));
      requireModel(engine, 1, holding(new FuturePosition(864_000, -2, 30), new FuturePosition(900, 1, 2)));
      engine.setFuture(1, "BTC", FAR, 3, -7);
      assertThat(engine.refresh().breached()).containsExactly(1);
      requireModel(engine, 1, holding(new FuturePosition(864_000, 3, -7), new FuturePosition(900, 1, 2)));
      engine.setFuture(1, "BTC", FAR, 0, 0);
      engine.refresh();
      requireModel(engine, 1, holding(new FuturePosition(900, 1, 2)));
      engine.setFuture(1, "BTC", NEAR, -0.0, -0.0);
      engine.refresh();
      SameBits.requireSame("IM", engine.initial(1), 0.0);
      SameBits.requireSame("MM", engine.maintenance(1), 0.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExpiryWithoutAQuoteMarksItsHolderOnly(ArithmeticPath path) {
    try (MarginEngine engine = engine(path)) {
      engine.setFuture(1, "BTC", FAR, -2, 30);
      engine.setFuture(2, "BTC", NEAR, 1, 2);
      engine.setFuture(3, "BTC", FAR, 0, 5);
      TickResult result = engine.tick(market(NEAR, MIDDLE));
      assertThat(result.unmargined()).containsExactly(1);
      assertThat(engine.status(1)).isEqualTo(AccountStatus.UNQUOTED);
      assertThat(engine.initial(1)).isNaN();
      assertThat(engine.maintenance(1)).isNaN();
      requireModel(engine, 2, holding(new FuturePosition(900, 1, 2)));
      SameBits.requireSame("IM of a profit without units", engine.initial(3), 5);
      assertThat(engine.tick(market(NEAR, MIDDLE, FAR)).unmargined()).as("a quote mends it").isEmpty();
    }
  }

  @Test
  void beforeTheFirstMarketAHolderIsUnquoted() {
    try (MarginEngine engine = engine(ArithmeticPath.VECTOR)) {
      engine.setFuture(0, "ETH", FAR, 1, 0);
      assertThat(engine.tick(market(NEAR, MIDDLE, FAR)).unmargined()).containsExactly(0);
      engine.setFuture(0, "ETH", FAR, 0, 0);
      assertThat(engine.refresh().unmargined()).isEmpty();
    }
  }

  @Test
  void whatIsWrongIsRefusedAndChangesNothing() {
    try (MarginEngine engine = engine(ArithmeticPath.VECTOR)) {
      engine.setFuture(0, "BTC", FAR, -2, 30);
      engine.tick(market(NEAR, MIDDLE, FAR));
      double before = engine.initial(0);
      for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1e31}) {
        refused("quantity of the future on BTC at " + FAR, () -> engine.setFuture(0, "BTC", FAR, wrong, 0));
        refused("unrealised profit of the future on BTC at " + FAR, () -> engine.setFuture(0, "BTC", FAR, 0, wrong));
      }
      for (long expiry : new long[] {MIDDLE, FAR + 1, 0, Long.MAX_VALUE, Long.MIN_VALUE}) {
        refused("the future on BTC at " + expiry + " is not listed", () -> engine.setFuture(0, "BTC", expiry, 1, 0));
      }
      refused("the future on ETH at " + NEAR + " is not listed", () -> engine.setFuture(0, "ETH", NEAR, 1, 0));
      refused("underlying \"DOGE\"", () -> engine.setFuture(0, "DOGE", FAR, 1, 0));
      refused("account 4", () -> engine.setFuture(4, "BTC", FAR, 1, 0));
      refused("account -1", () -> engine.setFuture(-1, "BTC", FAR, 1, 0));
      engine.refresh();
      engine.tick(market(NEAR, MIDDLE, FAR));
      SameBits.requireSame("IM", engine.initial(0), before);
    }
    ListedFuture listed = new ListedFuture("BTC", 1);
    refused("listed twice", () -> Instruments.of(List.of("BTC"), List.of(), List.of(listed, listed)));
    refused("not among", () -> Instruments.of(List.of("ETH"), List.of(), List.of(listed)));
    refused("is empty", () -> new ListedFuture("", 1));
  }

  private static void refused(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidFigureException.class).hasMessageContaining(message);
  }

  @ParameterizedTest
  @EnumSource
  void quantitiesOfAnySizeAreTheModels(ArithmeticPath path) {
    try (MarginEngine engine = engine(path)) {
      engine.setFuture(0, "BTC", FAR, -1e18, 1e18);
      engine.setFuture(1, "BTC", FAR, 1e30, -1e30);
      engine.setFuture(1, "BTC", NEAR, -1e30, 1e30);
      engine.tick(market(NEAR, MIDDLE, FAR));
      requireModel(engine, 0, holding(new FuturePosition(864_000, -1e18, 1e18)));
      requireModel(engine, 1, holding(new FuturePosition(864_000, 1e30, -1e30), new FuturePosition(900, -1e30, 1e30)));
    }
  }
}
