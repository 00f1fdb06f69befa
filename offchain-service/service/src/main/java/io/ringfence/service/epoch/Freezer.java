package io.ringfence.service.epoch;

import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.store.Database;
import io.ringfence.service.venue.Venue;
import java.time.Instant;

/**
 * Decides which trades and quotes an epoch counts. Trades are frozen before the checkpoint is sent: each is of an account that the ledger
 * had as pledged, so the checkpoint's block, which comes later, has the account's index.
 */
public final class Freezer {

  private final Database database;
  private final int venue;

  /** A freezer for one venue. */
  public Freezer(Database database, Venue venue) {
    this.database = database;
    this.venue = venue.id();
  }

  /** Gives every trade that no epoch has counted to this one, and returns the newest quotes; both in one transaction. */
  public MarketQuotes freeze(long epoch, Instant now) {
    return database.inTransaction(sql -> {
      sql.update("UPDATE fill SET epoch = $2 WHERE venue = $1 AND epoch IS NULL", venue, epoch);
      return QuoteReader.newest(sql, venue, now);
    });
  }
}
