package io.ringfence.service.epoch;

import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.venue.Venue;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * Decides which trades and quotes an epoch counts. Trades are frozen before the checkpoint is sent: each is of an account that the ledger
 * had as pledged, so the checkpoint's block, which comes later, has the account's index.
 */
public final class Freezer {

  private final Jdbi jdbi;
  private final int venue;

  /** A freezer for one venue. */
  public Freezer(Jdbi jdbi, Venue venue) {
    this.jdbi = jdbi;
    this.venue = venue.id();
  }

  /** Gives every trade that no epoch has counted to this one, and returns the newest quotes; both in one transaction. */
  public MarketQuotes freeze(long epoch, Instant now) {
    return jdbi.inTransaction(handle -> {
      handle.createUpdate("UPDATE fill SET epoch = :epoch WHERE venue = :venue AND epoch IS NULL")
          .bind("epoch", epoch).bind("venue", venue).execute();
      return QuoteReader.newest(handle, venue, now);
    });
  }
}
