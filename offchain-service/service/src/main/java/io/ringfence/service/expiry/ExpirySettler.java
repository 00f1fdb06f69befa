package io.ringfence.service.expiry;

import io.ringfence.margin.Expiring;
import io.ringfence.margin.Instrument;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.Alarms;
import io.ringfence.service.venue.Venue;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Books the cash result of expired positions, each holder's once: a fill that closes the position at its payoff. As the holders' open
 * quantities sum to zero in a matched book, so do the results. A trade of before the expiry that comes late is booked when it comes.
 */
@Singleton
public class ExpirySettler {

  private static final String ALARM = "expiry ";

  private final Database database;
  private final Venue venue;
  private final Alarms alarms;

  ExpirySettler(Database database, Venue venue, Alarms alarms) {
    this.database = database;
    this.venue = venue;
    this.alarms = alarms;
  }

  /** An underlying and the moment its contracts expire. */
  private record Expiry(String underlying, Instant at) {
    static Expiry of(Expiring instrument) {
      return new Expiry(instrument.underlying(), instrument.expiresAt());
    }
  }

  /** One holder's open quantity in one instrument, and the last fill that it sums. */
  private record Open(long index, String account, Expiring instrument, BigDecimal quantity, long lastFill) {}

  /**
   * Settles whatever has expired and has a price, and raises one alarm for each expiry that has none.
   *
   * @param now the chain's time
   */
  public void settle(Instant now) {
    Map<String, ExpiryAwaitedException> awaited = database.inTransaction(sql -> {
      Map<Expiry, BigDecimal> prices = prices(sql);
      Map<Expiry, Set<Long>> waiting = new HashMap<>();
      for (Open open : expired(sql, now)) {
        Expiry expiry = Expiry.of(open.instrument());
        if (prices.containsKey(expiry)) {
          book(sql, open, open.instrument().payoff(prices.get(expiry)));
        } else {
          waiting.computeIfAbsent(expiry, key -> new HashSet<>()).add(open.index());
        }
      }
      Map<String, ExpiryAwaitedException> named = new TreeMap<>();
      waiting.forEach((expiry, holders) -> named.put(ALARM + expiry.underlying() + " " + expiry.at(),
          new ExpiryAwaitedException(venue.id(), expiry.underlying(), expiry.at(), holders.size())));
      return named;
    });
    alarms.active().keySet().stream().filter(name -> name.startsWith(ALARM) && !awaited.containsKey(name)).forEach(alarms::clear);
    awaited.forEach(alarms::raise);
  }

  private Map<Expiry, BigDecimal> prices(Sql sql) {
    Map<Expiry, BigDecimal> prices = new HashMap<>();
    for (Row row : sql.rows("SELECT underlying, expiry, price FROM settlement_price WHERE venue = $1", venue.id())) {
      prices.put(new Expiry(row.getString("underlying"), row.getOffsetDateTime("expiry").toInstant()), row.getBigDecimal("price"));
    }
    return prices;
  }

  private List<Open> expired(Sql sql, Instant now) {
    List<Open> expired = new ArrayList<>();
    for (Row row : sql.rows("""
        SELECT idx, account, instrument, sum(quantity) AS quantity, max(seq) AS last FROM fill
        WHERE venue = $1 AND instrument NOT LIKE '%-PERP' GROUP BY idx, account, instrument HAVING sum(quantity) <> 0
        ORDER BY instrument, idx
        """, venue.id())) {
      if (Instrument.parse(row.getString("instrument")) instanceof Expiring expiring && expiring.isExpired(now)) {
        expired.add(new Open(
            row.getLong("idx"), row.getString("account"), expiring, row.getBigDecimal("quantity"), row.getLong("last")));
      }
    }
    return expired;
  }

  /** The id is made of what is summed: the same sum is booked once, by however many at a time. No feed accepts an id like it. */
  private void book(Sql sql, Open open, BigDecimal payoff) {
    String id = "~expiry:" + open.instrument().name() + ":" + open.index() + ":" + open.lastFill();
    sql.update("""
        INSERT INTO fill (venue, client_id, account, idx, instrument, quantity, price, fee, time)
        VALUES ($1, $2, $3, $4, $5, $6::text::numeric, $7::text::numeric, 0, $8) ON CONFLICT (venue, client_id) DO NOTHING
        """, venue.id(), id, open.account(), open.index(), open.instrument().name(), open.quantity().negate().toPlainString(),
        payoff.toPlainString(), OffsetDateTime.ofInstant(open.instrument().expiresAt(), ZoneOffset.UTC));
  }
}
