package io.ringfence.margin.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.Holding;
import io.ringfence.margin.risk.RiskSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A planted fall is found where it is, gaps are counted and never filled, options settle inside the horizon. */
class BacktestTest {

  private static final Account LONG = RiskSamples.account("long", 0, new Holding.Perpetual("BTC", 1));
  private static final Account SHORT = RiskSamples.account("short", 0, new Holding.Perpetual("BTC", -1));

  @Test
  void plantedExceedanceIsFoundAtItsExactSteps() {
    // 22% are required without the buffer and 27.5% with it: a fall of 25% lies between, one of a third above both.
    double[] prices = still(60, 100_000);
    Arrays.fill(prices, 20, 40, 75_000);
    Arrays.fill(prices, 40, 60, 50_000);
    WindowResult result = run(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.HOUR, LONG, SHORT), prices);
    assertThat(times(Coverage.of(result.steps(), Buffering.WITHOUT, 0.99))).containsExactly(hour(19), hour(39));
    assertThat(times(Coverage.of(result.steps(), Buffering.WITH, 0.99))).containsExactly(hour(39));
    AccountStep worst = Coverage.of(result.steps(), Buffering.WITH, 0.99).worst().orElseThrow();
    assertThat(worst.account()).isEqualTo("long");
    assertThat(worst.loss()).isCloseTo(25_000, offset(1e-9));
    assertThat(worst.with()).isCloseTo(75_000 * 0.275, offset(1e-6));
  }

  @Test
  void lossIsLookedForOneHorizonAhead() {
    double[] prices = still(60, 100_000);
    Arrays.fill(prices, 40, 60, 60_000);
    WindowResult result = run(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.DAY, LONG), prices);
    assertThat(times(Coverage.of(result.steps(), Buffering.WITH, 0.99))).startsWith(hour(16)).endsWith(hour(35)).hasSize(20);
    assertThat(result.steps()).hasSize(36);
    assertThat(result.steps().getLast().time()).isEqualTo(hour(35));
  }

  @Test
  void noExceedanceIfPricesDoNotMove() {
    Account options = RiskSamples.account("options", 0,
        new Holding.Rolling("BTC", Right.CALL, 1.05, 7, -3), new Holding.Rolling("BTC", Right.PUT, 0.95, 30, 2));
    WindowResult result = run(
        BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.DAY, LONG, SHORT, options), still(60, 100_000));
    for (Buffering buffering : Buffering.values()) {
      assertThat(Coverage.of(result.steps(), buffering, 0.99).exceedances()).isEmpty();
    }
    assertThat(result.of("long")).allSatisfy(step -> assertThat(step.loss()).isZero());
  }

  @Test
  void overAGapNoLossIsComputed() {
    double[] prices = still(10, 100_000);
    prices[4] = Double.NaN;
    prices[5] = 50_000;
    WindowResult result = run(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.HOUR, LONG), prices);
    assertThat(result.unmeasured()).extracting(WindowResult.Unmeasured::time).containsExactly(hour(3), hour(4));
    assertThat(result.unmeasured()).extracting(WindowResult.Unmeasured::missing)
        .containsOnly("the price of BTC at 2026-01-05T04:00:00Z");
    assertThat(result.steps()).hasSize(7);
    assertThat(Coverage.of(result.steps(), Buffering.WITH, 0.99).exceedances()).isEmpty();
  }

  @Test
  void gapConcernsOnlyAccountsThatHoldTheUnderlying() {
    double[] ether = still(10, 4_000);
    ether[4] = Double.NaN;
    Account both = RiskSamples.account("both", 0, new Holding.Perpetual("BTC", 1), new Holding.Perpetual("ETH", 1));
    Account none = new Account("pledged", 0, new TreeMap<>(Map.of("SOL", 1.0)), List.of());
    WindowResult result = new Backtest(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.HOUR, LONG, both, none))
        .run(BacktestSamples.window(BacktestSamples.hourly("BTC", still(10, 100_000)), BacktestSamples.hourly("ETH", ether)));
    assertThat(result.of("long")).hasSize(9);
    assertThat(result.of("both")).hasSize(7);
    assertThat(result.leftOut()).containsExactly("pledged");
    assertThat(Procyclicality.bookPath(result, Buffering.WITH)).hasSize(7);
  }

  @Test
  void optionThatExpiresInsideTheHorizonSettlesAtThePriceOfItsExpiry() {
    double[] prices = still(30, 100_000);
    prices[8] = 130_000;
    Account writer =
        RiskSamples.account("writer", 0, new Holding.Listed(RiskSamples.option("BTC-20260105-100000-C"), -1));
    BacktestSettings settings = BacktestSamples.settings(BacktestSamples.HOUR, Duration.ofHours(12), writer);
    AccountStep first = run(settings, prices).steps().getFirst();
    double mark = first.loss() - 30_000;
    assertThat(-mark).isBetween(200.0, 1_000.0);
    // Once it has expired, nothing is held and nothing lost.
    assertThat(run(settings, prices).steps().get(8).loss()).isZero();
    assertThat(run(settings, prices).steps().get(8).with()).isZero();
    prices[8] = Double.NaN;
    WindowResult result = run(settings, prices);
    assertThat(result.unmeasured().getFirst().missing()).contains("option's expiry");
    assertThat(result.steps().getFirst().time()).isEqualTo(hour(9));
  }

  @Test
  void bufferAbsorbsARise() {
    // The requirement of a long perpetual follows the price: 10% up is inside the quarter, 60% is not.
    double[] prices = still(9, 100_000);
    Arrays.fill(prices, 3, 6, 110_000);
    Arrays.fill(prices, 6, 9, 160_000);
    List<AccountStep> steps = run(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.HOUR, LONG), prices).steps();
    assertThat(steps.get(0).absorbing()).isEqualTo(steps.get(0).with());
    assertThat(steps.get(4).absorbing()).isEqualTo(steps.get(0).with());
    assertThat(steps.get(7).absorbing()).isEqualTo(steps.get(7).without());
  }

  @Test
  void orderOfAccountsDoesNotMatterToTheBit() {
    double[] prices = still(30, 100_000);
    prices[11] = 93_000;
    assertThat(run(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.HOUR, LONG, SHORT), prices).steps())
        .isEqualTo(run(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.HOUR, SHORT, LONG), prices).steps());
  }

  @Test
  void whatIsContradictoryIsRefused() {
    assertThatThrownBy(() -> BacktestSamples.settings(Duration.ZERO, BacktestSamples.DAY, LONG)).hasMessageStartingWith("stride is PT0S");
    assertThatThrownBy(() -> BacktestSamples.settings(BacktestSamples.DAY, Duration.ofMillis(1), LONG))
        .hasMessageStartingWith("horizon is");
    BacktestSettings settings = BacktestSamples.settings(BacktestSamples.DAY, BacktestSamples.DAY, LONG);
    assertThatThrownBy(() -> new Backtest(settings).run(BacktestSamples.window(BacktestSamples.hourly("SOL", 1, 2))))
        .hasMessageStartingWith("volatility level of SOL is absent");
    assertThat(settings.disjoint()).isTrue();
    assertThat(BacktestSamples.settings(BacktestSamples.HOUR, BacktestSamples.DAY, LONG).disjoint()).isFalse();
  }

  private static WindowResult run(BacktestSettings settings, double[] prices) {
    return new Backtest(settings).run(BacktestSamples.window(BacktestSamples.hourly("BTC", prices)));
  }

  private static double[] still(int hours, double price) {
    double[] prices = new double[hours];
    Arrays.fill(prices, price);
    return prices;
  }

  private static List<Instant> times(Coverage coverage) {
    return coverage.exceedances().stream().map(AccountStep::time).toList();
  }

  private static Instant hour(int hours) {
    return BacktestSamples.START.plus(BacktestSamples.HOUR.multipliedBy(hours));
  }
}
