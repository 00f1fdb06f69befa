package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.margin.DatedFuture;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes in prices: spot of an underlying, marks of instruments, forwards of an expiry. All are kept; the newest by time is current. */
@ApplicationScoped
public class PriceFeed {
  private static final String SPOT = "spot";
  private static final Set<String> FIELDS = Set.of("id", "instrument", "kind", "price", "time");

  private final Database database;
  private final Listing listing;
  private final ChainClock clock;
  private final RingfenceConfig.Limits limits;

  /** Into this database. */
  public PriceFeed(Database database, Listing listing, ChainClock clock, RingfenceConfig config) {
    this.database = database;
    this.listing = listing;
    this.clock = clock;
    this.limits = config.limits();
  }

  /** The price is in lowest terms, so that equal rows are equal. */
  private record Quote(String id, String instrument, String kind, BigDecimal price, Instant time) implements Batch.Row {}

  /** Applies a batch of rows to a venue's prices: the good ones, all or none of them. */
  public BatchResult apply(long venue, JsonNode rows) {
    var batch = new Batch<>(rows, this::read);
    batch.latest().map(clock::latestFor).ifPresent(limit -> batch.check(row -> {
      if (row.time().isAfter(limit)) {
        throw new BadRowException("time", "lies in the future: the chain's clock allows up to " + limit);
      }
    }));
    return database.inTransaction(sql -> {
      batch.compare(kept(sql, venue, batch.open()));
      Listing.list(sql, venue, batch.open().stream().filter(quote -> !quote.kind().equals(SPOT)).map(Quote::instrument).toList());
      List<String> stored = store(sql, venue, batch.open());
      batch.accept(stored);
      makeCurrent(sql, venue, stored);
      batch.compare(kept(sql, venue, batch.open()));
      return batch.result();
    });
  }

  private Quote read(JsonNode node) throws BadRowException {
    var row = new RowReader(node, FIELDS, limits);
    String id = row.id();
    String kind = row.text("kind");
    String instrument = row.text("instrument");
    String name = switch (kind) {
      case SPOT -> listing.underlying(instrument);
      case "mark" -> listing.instrument(instrument).name();
      case "forward" -> forward(instrument);
      default -> throw new BadRowException("kind", "must be spot, mark or forward");
    };
    return new Quote(id, name, kind, row.price("price"), row.time());
  }

  private String forward(String instrument) throws BadRowException {
    if (listing.instrument(instrument) instanceof DatedFuture future) {
      return future.name();
    }
    throw new BadRowException("instrument", "a forward is named by underlying and expiry, like BTC-20251031");
  }

  private static Map<String, Quote> kept(Sql sql, long venue, List<Quote> quotes) {
    Map<String, Quote> kept = new HashMap<>();
    String[] ids = quotes.stream().map(Quote::id).toArray(String[]::new);
    for (Row row : sql.rows("""
        SELECT client_id, instrument, kind, value, time FROM price_history WHERE venue = $1 AND client_id = ANY ($2)
        """, venue, ids)) {
      kept.put(row.getString("client_id"), new Quote(row.getString("client_id"), row.getString("instrument"), row.getString("kind"),
          Figures.read(row, "value"), row.getOffsetDateTime("time").toInstant()));
    }
    return kept;
  }

  /** In the order of ids, so that two batches that share some never wait for each other in a circle. */
  private static List<String> store(Sql sql, long venue, List<Quote> quotes) {
    return sql.rows("""
        INSERT INTO price_history (venue, client_id, instrument, kind, value, time)
        SELECT $1, id, instrument, kind, value::numeric, time
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS q (id, instrument, kind, value, time)
        ORDER BY id ON CONFLICT (venue, client_id) DO NOTHING RETURNING client_id
        """,
        venue,
        quotes.stream().map(Quote::id).toArray(String[]::new),
        quotes.stream().map(Quote::instrument).toArray(String[]::new),
        quotes.stream().map(Quote::kind).toArray(String[]::new),
        quotes.stream().map(quote -> quote.price().toPlainString()).toArray(String[]::new),
        quotes.stream().map(quote -> quote.time().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
        .stream().map(row -> row.getString("client_id")).toList();
  }

  /** Of several prices with one time the one sent last is current; an older one that comes late is history only. */
  private static void makeCurrent(Sql sql, long venue, List<String> stored) {
    sql.update("""
        INSERT INTO price (venue, instrument, kind, value, time)
        SELECT DISTINCT ON (instrument, kind) venue, instrument, kind, value, time FROM price_history
        WHERE venue = $1 AND client_id = ANY ($2) ORDER BY instrument, kind, time DESC, seq DESC
        ON CONFLICT (venue, instrument, kind) DO UPDATE SET value = excluded.value, time = excluded.time, received_at = now()
        WHERE price.time <= excluded.time
        """, venue, stored.toArray(String[]::new));
  }
}
