package io.ringfence.service.margin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.margin.Instrument;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.service.margin.MarketQuotes.Kind;
import io.ringfence.service.margin.MarketQuotes.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StalenessTest {

  private static final Instant NOW = Instant.parse("2025-10-10T12:00:00Z");
  private static final Duration AGE = Duration.ofMinutes(10);
  private static final Instrument CALL = Instrument.parse("BTC-20251031-60000-C");

  private final Staleness standard = new Staleness(new StandardModel(StandardMarginParameters.standard()), AGE);
  private final Staleness portfolio = new Staleness(new PortfolioModel(PortfolioGrids.standard(), Map.of()), AGE);

  private static MarketQuotes quoted(Quote... quotes) {
    return new MarketQuotes(NOW, List.of(quotes));
  }

  private static Quote quote(Kind kind, String instrument, Duration age) {
    return new Quote(kind, instrument, BigDecimal.ONE, NOW.minus(age));
  }

  @Test
  void quoteIsGoodToItsLastMoment() {
    var instruments = List.of(Instrument.parse("BTC-PERP"));
    assertThat(standard.of(instruments, quoted(quote(Kind.MARK, "BTC-PERP", AGE)))).isEmpty();
    Duration older = AGE.plusMillis(1);
    assertThat(standard.of(instruments, quoted(quote(Kind.MARK, "BTC-PERP", older))))
        .containsExactly(new StaleQuote("BTC-PERP", "mark", NOW.minus(older)));
  }

  @Test
  void whatIsMissingIsStale() {
    assertThat(standard.of(List.of(CALL), quoted(quote(Kind.MARK, CALL.name(), Duration.ZERO))))
        .containsExactly(new StaleQuote("BTC", "spot", null));
    assertThat(portfolio.of(List.of(CALL), quoted(quote(Kind.SPOT, "BTC", Duration.ZERO))))
        .containsExactly(new StaleQuote(CALL.name(), "volatility", null));
  }

  @Test
  void forwardNeedNotBeQuotedButIfItWasMustBeFresh() {
    Quote spot = quote(Kind.SPOT, "BTC", Duration.ZERO);
    Quote volatility = quote(Kind.VOLATILITY, CALL.name(), Duration.ZERO);
    assertThat(portfolio.of(List.of(CALL), quoted(spot, volatility))).isEmpty();
    Quote forward = quote(Kind.FORWARD, "BTC-20251031", Duration.ofHours(1));
    assertThat(portfolio.of(List.of(CALL), quoted(spot, volatility, forward)))
        .containsExactly(new StaleQuote("BTC-20251031", "forward", forward.time()));
  }

  @Test
  void expiredPositionIsStaleUntilItIsSettled() {
    Instrument expired = Instrument.parse("BTC-20251010-60000-C");
    assertThat(portfolio.of(List.of(expired), quoted(quote(Kind.SPOT, "BTC", Duration.ZERO),
        quote(Kind.VOLATILITY, expired.name(), Duration.ZERO)))).containsExactly(new StaleQuote(expired.name(), "settlement", null));
  }

  @Test
  void nothingHeldIsNeverStale() {
    assertThat(standard.of(List.of(), quoted())).isEmpty();
  }
}
