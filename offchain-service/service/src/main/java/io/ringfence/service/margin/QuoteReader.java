package io.ringfence.service.margin;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;

/** Reads the newest quotes of a venue. */
public final class QuoteReader {

  private QuoteReader() {}

  /** The newest quote of each instrument and kind. */
  public static MarketQuotes newest(Handle handle, int venue, Instant asOf) {
    return new MarketQuotes(
        asOf,
        handle.createQuery("SELECT kind, instrument, value, time FROM price WHERE venue = :venue")
            .bind("venue", venue)
            .map((row, context) -> new MarketQuotes.Quote(
                MarketQuotes.Kind.of(row.getString("kind")),
                row.getString("instrument"),
                row.getBigDecimal("value"),
                row.getObject("time", OffsetDateTime.class).toInstant()))
            .list());
  }
}
