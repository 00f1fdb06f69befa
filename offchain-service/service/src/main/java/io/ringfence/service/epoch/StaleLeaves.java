package io.ringfence.service.epoch;

import io.ringfence.margin.Instrument;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.margin.StaleQuote;
import io.ringfence.service.margin.Staleness;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.Venue;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells which leaves of a root rest on quotes that were old when it was made, or on streams of positions that still miss updates. */
@Singleton
public final class StaleLeaves {

  private final Venue venue;
  private final Staleness staleness;

  StaleLeaves(Venue venue, Staleness staleness) {
    this.venue = venue;
    this.staleness = staleness;
  }

  /** Why leaves of an epoch are stale, by their index; those that are not are left out. */
  public Map<Long, List<StaleQuote>> of(Sql sql, long epoch) {
    Map<Long, List<StaleQuote>> stale = new HashMap<>();
    List<StaleQuote> gaps = Staleness.gaps(sql, venue.id());
    sql.row("SELECT market::text AS market FROM epoch WHERE venue = $1 AND epoch = $2 AND market IS NOT NULL", venue.id(), epoch)
        .map(row -> EpochJson.readMarket(row.getString("market")))
        .ifPresent(market -> sql.rows("""
            SELECT idx, ARRAY(SELECT open ->> 'instrument' FROM jsonb_array_elements(positions) open) AS instruments
            FROM epoch_leaf WHERE venue = $1 AND epoch = $2
            """, venue.id(), epoch)
            .forEach(row -> put(stale, row.getLong("idx"), row.getArrayOfStrings("instruments"), market, gaps)));
    return stale;
  }

  private void put(
      Map<Long, List<StaleQuote>> stale, long index, String[] instruments, MarketQuotes market, List<StaleQuote> gaps) {
    List<StaleQuote> why = new ArrayList<>(gaps);
    why.addAll(staleness.of(Stream.of(instruments).map(Instrument::parse).toList(), market));
    if (!why.isEmpty()) {
      stale.put(index, why);
    }
  }
}
