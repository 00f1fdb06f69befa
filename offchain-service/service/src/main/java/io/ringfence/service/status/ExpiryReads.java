package io.ringfence.service.status;

import io.ringfence.service.status.Views.ExpiryView;
import io.ringfence.service.store.Database;
import io.ringfence.service.venue.Venue;
import jakarta.inject.Singleton;
import java.util.List;

/** What settled expiries. */
@Singleton
class ExpiryReads {

  private final Database database;
  private final Venue venue;

  ExpiryReads(Database database, Venue venue) {
    this.database = database;
    this.venue = venue;
  }

  /** Newest first. */
  List<ExpiryView> given() {
    return database.inTransaction(sql -> sql.rows("""
            SELECT client_id, underlying, expiry, price,
              (SELECT count(*) FROM fill JOIN instrument i ON i.venue = fill.venue AND i.name = fill.instrument
                WHERE fill.venue = given.venue AND fill.kind = 'expiry' AND i.underlying = given.underlying
                  AND i.expires_at = given.expiry) AS booked
            FROM settlement_price given WHERE venue = $1 ORDER BY expiry DESC, underlying LIMIT 500
            """, venue.id()))
        .stream()
        .map(row -> new ExpiryView(row.getString("client_id"), row.getString("underlying"),
            row.getOffsetDateTime("expiry").toInstant().toString(), row.getBigDecimal("price").toPlainString(), row.getLong("booked")))
        .toList();
  }
}
