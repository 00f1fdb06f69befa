package io.ringfence.margin;

import static io.ringfence.margin.Samples.NOW;
import static io.ringfence.margin.Samples.OCTOBER;
import static io.ringfence.margin.Samples.call;
import static io.ringfence.margin.Samples.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarketSnapshotTest {

  private final Instant earlier = NOW.minusSeconds(5);

  @Test
  void quotesKeepTheirTimes() {
    MarketSnapshot market = MarketSnapshot.at(NOW).spot("ETH", dec("1500.10"), earlier).mark(call(1500), dec("0"), NOW).build();
    assertThat(market.asOf()).isEqualTo(NOW);
    assertThat(market.spot("ETH")).contains(new MarketSnapshot.Quote(dec("1500.1"), earlier));
    assertThat(market.mark(call(1500))).contains(new MarketSnapshot.Quote(BigDecimal.ZERO, NOW));
    assertThat(market.mark(call(1400))).isEmpty();
  }

  @Test
  void forwardFallsBackToSpot() {
    MarketSnapshot market = MarketSnapshot.at(NOW)
        .spot("ETH", dec("1500"), earlier).forward("ETH", OCTOBER, dec("1510"), NOW).build();
    assertThat(market.forward("ETH", OCTOBER).orElseThrow().price()).isEqualByComparingTo("1510");
    assertThat(market.forward("ETH", Samples.NOVEMBER).orElseThrow().price()).isEqualByComparingTo("1500");
    assertThat(market.forward("BTC", OCTOBER)).isEmpty();
  }

  @Test
  void badQuotesAreRefusedByName() {
    MarketSnapshot.Builder market = MarketSnapshot.at(NOW).spot("ETH", dec("1500"), NOW);
    assertThatThrownBy(() -> market.spot("ETH", dec("1501"), NOW)).isInstanceOf(InvalidFigureException.class).hasMessageContaining("twice");
    assertThatThrownBy(() -> market.spot("BTC", dec("0"), NOW))
        .isInstanceOf(InvalidFigureException.class).hasMessageContaining("spot of BTC");
    assertThatThrownBy(() -> market.spot("BTC", null, NOW)).isInstanceOf(InvalidFigureException.class).hasMessageContaining("absent");
    assertThatThrownBy(() -> market.spot("btc", dec("1"), NOW)).isInstanceOf(InstrumentNameException.class);
    assertThatThrownBy(() -> market.mark(new Perpetual("ETH"), dec("0"), NOW)).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> market.mark(call(1500), dec("-1"), NOW)).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> market.forward("ETH", OCTOBER, dec("-1"), NOW)).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> market.mark(call(1500), dec("1"), NOW.plusNanos(1)))
        .isInstanceOf(InvalidFigureException.class).hasMessageContaining("time of the price of ETH-20251031-1500-C");
    assertThatThrownBy(() -> market.mark(call(1500), dec("1"), null)).isInstanceOf(InvalidFigureException.class);
  }

  /** An expiry without a settlement price counts on as it last did; another one that has expired still cannot be margined. */
  @Test
  void unsettledExpiryIsMarginedAsItLastWas() {
    Instant after = new DatedFuture("ETH", OCTOBER).expiresAt();
    DatedFuture future = new DatedFuture("ETH", OCTOBER);
    Book book = Book.EMPTY
        .apply(new Fill(call(1500), dec("-2"), dec("40"), BigDecimal.ZERO))
        .apply(new Fill(future, dec("1"), dec("1490"), BigDecimal.ZERO));
    StandardMargin model = new StandardMargin(StandardMarginParameters.standard());
    MarketSnapshot last = quoted(MarketSnapshot.at(after.minusSeconds(1)), after.minusSeconds(1)).build();
    MarketSnapshot unsettled = quoted(MarketSnapshot.at(after), after.minusSeconds(1)).unsettled(call(1500)).build();
    assertThat(book.netValue(unsettled)).isEqualByComparingTo(book.netValue(last));
    assertThat(model.compute(book.positions(), unsettled).leafInitial(6)).isEqualTo(model.compute(book.positions(), last).leafInitial(6));

    MarketSnapshot expired = quoted(MarketSnapshot.at(after), after.minusSeconds(1)).build();
    assertThatThrownBy(() -> book.netValue(expired)).isInstanceOf(ExpiredInstrumentException.class);
    MarketSnapshot other =
        quoted(MarketSnapshot.at(after), after.minusSeconds(1)).unsettled(new DatedFuture("BTC", OCTOBER)).build();
    assertThatThrownBy(() -> model.compute(book.positions(), other)).isInstanceOf(ExpiredInstrumentException.class);
  }

  private static MarketSnapshot.Builder quoted(MarketSnapshot.Builder market, Instant time) {
    return market.spot("ETH", dec("1500"), time).mark(call(1500), dec("41"), time)
        .mark(new DatedFuture("ETH", OCTOBER), dec("1510"), time);
  }
}
