package io.ringfence.margin.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rolling option is at a moment, and what an account has open. */
class HoldingTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T08:00:00Z, 7, BTC-20260112-110000-C",
    "2026-01-05T08:00:01Z, 7, BTC-20260113-110000-C",
    "2026-01-05T00:00:00Z, 1, BTC-20260106-110000-C",
    "2026-12-31T23:59:59Z, 1, BTC-20270102-110000-C",
  })
  void rollingOptionExpiresAtTheFirstExpiryOnceItsDaysAreOver(Instant time, int days, String name) {
    assertThat(new Holding.Rolling("BTC", Right.CALL, 1.1, days, 1).at(time, 100_000).name()).isEqualTo(name);
  }

  @Test
  void strikeOfARollingOptionHasEightDecimals() {
    assertThat(new Holding.Rolling("BTC", Right.PUT, 0.9, 7, 1).at(RiskSamples.NOON, 3.3333333333).name())
        .isEqualTo("BTC-20260113-3-P");
    assertThat(new Holding.Rolling("BTC", Right.PUT, 1, 7, 1).at(RiskSamples.NOON, 1.0 / 3).strike()).hasToString("0.33333333");
  }

  @Test
  void positionsInOneInstrumentAreAddedUpAndTheExpiredLeftOut() {
    OpenPositions open = OpenPositions.of(
        RiskSamples.account("a", 1,
            new Holding.Perpetual("BTC", 2),
            new Holding.Perpetual("BTC", -0.5),
            new Holding.Listed(RiskSamples.option("BTC-20260105-90000-C"), 7),
            new Holding.Listed(RiskSamples.option("BTC-20260106-90000-C"), 7),
            new Holding.Listed(RiskSamples.option("BTC-20260106-90000-C"), -3)),
        RiskSamples.MARKET);
    assertThat(open.perpetuals()).containsOnlyKeys("BTC");
    assertThat(open.perpetuals().get("BTC")).isEqualTo(new OpenPositions.OpenPerpetual(1.5, 100_000));
    assertThat(open.options()).containsOnlyKeys(RiskSamples.option("BTC-20260106-90000-C")).containsValue(4.0);
  }

  @Test
  void figuresOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Holding.Perpetual("BTC", Double.NaN))
        .isInstanceOf(InvalidFigureException.class).hasMessageStartingWith("quantity of BTC-PERP is NaN");
    assertThatThrownBy(() -> new Holding.Rolling("BTC", Right.CALL, 0, 7, 1)).hasMessageStartingWith("moneyness is 0.0");
    assertThatThrownBy(() -> new Holding.Rolling("BTC", Right.CALL, 1, 0, 1)).hasMessageStartingWith("days is 0; give whole days");
    assertThatThrownBy(() -> RiskSamples.account("", 1)).hasMessageStartingWith("name of an account is not");
    assertThatThrownBy(() -> RiskSamples.account("a", 1e31)).hasMessageStartingWith("cash of a is 1.0E31");
  }
}
