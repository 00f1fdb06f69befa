package io.ringfence.service.margin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.margin.Perpetual;
import io.ringfence.service.margin.MarketQuotes.Kind;
import io.ringfence.service.margin.MarketQuotes.Quote;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketQuotesTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_760_130_900);

  private static final MarketQuotes MARKET = new MarketQuotes(NOW, List.of(
      new Quote(Kind.SPOT, "BTC", new BigDecimal("117000.00"), NOW),
      new Quote(Kind.MARK, "BTC-PERP", new BigDecimal("1.169E+5"), NOW.minusMillis(4_500)),
      new Quote(Kind.FORWARD, "BTC-20251031", new BigDecimal("117250.50"), NOW)));

  @Test
  void canonicalFormIsTheDocumentedOne() throws IOException {
    String document = Files.readString(root().resolve("docs/wire.md"));
    int start = document.indexOf("```json market\n") + "```json market\n".length();
    assertThat(MARKET.canonicalJson()).isEqualTo(document.substring(start, document.indexOf("\n```", start)));
  }

  @Test
  void snapshotHasWhatWasQuoted() {
    var snapshot = MARKET.snapshot();
    assertThat(snapshot.requireMark(new Perpetual("BTC"))).isEqualByComparingTo("116900");
    assertThat(snapshot.forward("BTC", java.time.LocalDate.of(2025, 10, 31)).orElseThrow().price()).isEqualByComparingTo("117250.5");
  }

  @Test
  void quoteFromAClockAheadMovesTheMoment() {
    var ahead = new MarketQuotes(NOW, List.of(new Quote(Kind.SPOT, "BTC", BigDecimal.ONE, NOW.plusSeconds(3))));
    assertThat(ahead.asOf()).isEqualTo(NOW.plusSeconds(3));
    assertThat(ahead.snapshot().spot("BTC")).isPresent();
  }

  @Test
  void confidenceAndVolatilityAreCommittedTo() {
    var market = new MarketQuotes(NOW, List.of(
        new Quote(Kind.VOLATILITY, "BTC-20251031-120000-C", new BigDecimal("0.50"), new BigDecimal("0.90"), NOW),
        new Quote(Kind.RATE, "BTC-20251031", new BigDecimal("-0.0100"), NOW)));
    assertThat(market.canonicalJson()).isEqualTo("{\"asOf\":\"1760130900\",\"quotes\":["
        + "{\"instrument\":\"BTC-20251031\",\"kind\":\"rate\",\"price\":\"-0.01\",\"time\":\"1760130900\"},"
        + "{\"confidence\":\"0.9\",\"instrument\":\"BTC-20251031-120000-C\",\"kind\":\"volatility\",\"price\":\"0.5\","
        + "\"time\":\"1760130900\"}]}");
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/wire.md"))) {
      here = here.getParent();
    }
    return here;
  }
}
