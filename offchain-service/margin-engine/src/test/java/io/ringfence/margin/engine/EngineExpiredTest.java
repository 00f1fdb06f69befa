package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Options that expire between two ticks count on at their payoff, as in the model, until they are settled. */
class EngineExpiredTest {

  private static final long EXPIRY = 1_800_000_000L;
  private static final Instruments INSTRUMENTS = Instruments.of(List.of("BTC"), List.of(
      new ListedOption("BTC", EXPIRY, 90_000, Right.CALL), new ListedOption("BTC", EXPIRY, 90_000, Right.PUT)));

  private static UnderlyingMarket market(long secondsToExpiry, double volatility, List<ExpiryMarket> expiries) {
    return new UnderlyingMarket("BTC", EXPIRY - secondsToExpiry, new PortfolioMarket(100_000, 1, 0, 1, 1, expiries),
        new double[] {volatility, volatility}, Map.of());
  }

  private static ExpiryMarket expiry(long secondsToExpiry) {
    return new ExpiryMarket(secondsToExpiry, 97_000, 1, 0.05, 1, 1);
  }

  private static void requireModel(MarginEngine engine, long secondsToExpiry, double volatility) {
    PortfolioMarginResult expected = new PortfolioMargin(PortfolioGrids.standard()).compute(
        new Portfolio(0, PerpetualPosition.NONE, List.of(
            new OptionPosition(secondsToExpiry, 90_000, Right.CALL, volatility, -2),
            new OptionPosition(secondsToExpiry, 90_000, Right.PUT, volatility, 3)), List.of()),
        market(secondsToExpiry, volatility, List.of(expiry(secondsToExpiry))).market());
    SameBits.requireSame("IM", engine.initial(0), expected.initial());
    SameBits.requireSame("MM", engine.maintenance(0), expected.maintenance());
  }

  @ParameterizedTest
  @EnumSource
  void optionsPassIntoTheirPayoff(ArithmeticPath path) {
    try (MarginEngine engine = new MarginEngine(new EngineSetup(PortfolioGrids.standard(), INSTRUMENTS, 2, path, 1, 0))) {
      engine.setOptions(0, new int[] {0, 1}, new double[] {-2, 3});
      for (long seconds : new long[] {86_400, 1_800, 1, 0, -1, -86_400}) {
        double volatility = seconds > 0 ? 0.6 : 0.0;
        assertThat(engine.tick(market(seconds, volatility, List.of(expiry(seconds)))).unmargined()).isEmpty();
        requireModel(engine, seconds, volatility);
      }
      // Two calls of 90,000 at 97,000 are owed; unpaired shorts are none of three puts at the strike.
      assertThat(engine.maintenance(0)).isEqualTo(-14_000.0);
      assertThat(engine.tick(market(-1, 0.6, List.of(expiry(-1)))).breached()).containsExactly(0);
      requireModel(engine, -1, 0.6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutASettlementPriceTheHolderHasNoMargin(ArithmeticPath path) {
    try (MarginEngine engine = new MarginEngine(new EngineSetup(PortfolioGrids.standard(), INSTRUMENTS, 2, path, 1, 0))) {
      engine.setOptions(0, new int[] {0}, new double[] {1});
      assertThat(engine.tick(market(-1, 0.0, List.of())).unmargined()).containsExactly(0);
      assertThat(engine.status(0)).isEqualTo(AccountStatus.UNQUOTED);
      engine.setOptions(0, new int[0], new double[0]);
      assertThat(engine.refresh().unmargined()).isEmpty();
    }
  }
}
