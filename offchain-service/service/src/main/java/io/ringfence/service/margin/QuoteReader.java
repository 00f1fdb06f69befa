package io.ringfence.service.margin;

import io.ringfence.service.store.Sql;
import java.time.Instant;

/** Reads the newest quotes of a venue. */
public final class QuoteReader {

  private QuoteReader() {}

  /** The newest quote of each instrument and kind. */
  public static MarketQuotes newest(Sql sql, int venue, Instant asOf) {
    return new MarketQuotes(
        asOf,
        sql.rows("SELECT kind, instrument, value, confidence, time FROM price WHERE venue = $1", venue).stream()
            .map(row -> new MarketQuotes.Quote(
                MarketQuotes.Kind.of(row.getString("kind")),
                row.getString("instrument"),
                row.getBigDecimal("value"),
                row.getBigDecimal("confidence"),
                row.getOffsetDateTime("time").toInstant()))
            .toList());
  }
}
