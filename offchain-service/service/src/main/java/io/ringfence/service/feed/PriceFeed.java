package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.store.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes in prices: spot of an underlying, marks of instruments, forwards and rates of an expiry, volatilities of options. All are kept. The
 * newest by time is current; of one time, the one said last in its stream, and across streams or without one the one received last.
 */
@ApplicationScoped
public class PriceFeed implements RowFeed {
  private static final String SPOT = "spot";
  private static final Set<String> FIELDS = Set.of("id", "instrument", "kind", "price", "confidence", "time");
  private static final BigDecimal LARGEST_RATE = BigDecimal.TEN;
  private static final BigDecimal LARGEST_VOLATILITY = new BigDecimal("100");

  private final Listing listing;
  private final ChainClock clock;
  private final RingfenceConfig.Limits limits;

  /** Of what the venue lists. */
  public PriceFeed(Listing listing, ChainClock clock, RingfenceConfig config) {
    this.listing = listing;
    this.clock = clock;
    this.limits = config.limits();
  }

  /** Figures are in lowest terms, so that equal rows are equal. */
  private record Quote(String id, String instrument, String kind, BigDecimal price, BigDecimal confidence, Instant time)
      implements Batch.Row {}

  @Override
  public Ready read(long venue, JsonNode rows) {
    var batch = new Batch<>(rows, this::read);
    batch.latest().map(clock::latestFor).ifPresent(limit -> batch.check(row -> {
      if (row.time().isAfter(limit)) {
        throw new BadRowException("time", "lies in the future: the chain's clock allows up to " + limit);
      }
    }));
    return (sql, place) -> {
      batch.compare(kept(sql, venue, batch.open()));
      Listing.list(sql, venue, batch.open().stream().filter(quote -> !quote.kind().equals(SPOT)).map(Quote::instrument).toList());
      List<String> stored = store(sql, venue, batch.placed(), place);
      batch.accept(stored);
      batch.compare(kept(sql, venue, batch.open()));
      List<String> said = new ArrayList<>(stored);
      place.ifPresent(later -> said.addAll(sayAgain(sql, venue, batch.repeated(), later)));
      makeCurrent(sql, venue, said);
      return batch.result();
    };
  }

  private Quote read(JsonNode node) throws BadRowException {
    var row = new RowReader(node, FIELDS, limits);
    String id = row.id();
    String kind = row.text("kind");
    String instrument = row.text("instrument");
    String name = switch (kind) {
      case SPOT -> listing.underlying(instrument);
      case "mark" -> listing.instrument(instrument).name();
      case "forward", "rate" -> expiry(kind, instrument);
      case "volatility" -> option(instrument);
      default -> throw new BadRowException("kind", "must be spot, mark, forward, rate or volatility");
    };
    BigDecimal price = switch (kind) {
      case "rate" -> row.decimal("price", LARGEST_RATE);
      case "volatility" -> row.positive("price", LARGEST_VOLATILITY);
      default -> row.price("price");
    };
    return new Quote(id, name, kind, price, row.fractionOrOne("confidence"), row.time());
  }

  private String expiry(String kind, String instrument) throws BadRowException {
    if (listing.instrument(instrument) instanceof DatedFuture future) {
      return future.name();
    }
    throw new BadRowException("instrument", "a " + kind + " is named by underlying and expiry, like BTC-20251031");
  }

  private String option(String instrument) throws BadRowException {
    if (listing.instrument(instrument) instanceof EuropeanOption option) {
      return option.name();
    }
    throw new BadRowException("instrument", "a volatility is named by an option, like BTC-20251031-100000-C");
  }

  private static Map<String, Quote> kept(Sql sql, long venue, List<Quote> quotes) {
    Map<String, Quote> kept = new HashMap<>();
    String[] ids = quotes.stream().map(Quote::id).toArray(String[]::new);
    for (Row row : sql.rows("""
        SELECT client_id, instrument, kind, value, confidence, time FROM price_history WHERE venue = $1 AND client_id = ANY ($2)
        """, venue, ids)) {
      kept.put(row.getString("client_id"), new Quote(row.getString("client_id"), row.getString("instrument"), row.getString("kind"),
          Figures.read(row, "value"), Figures.read(row, "confidence"), row.getOffsetDateTime("time").toInstant()));
    }
    return kept;
  }

  /** In the order of ids, so that two batches that share some never wait for each other in a circle. */
  private static List<String> store(Sql sql, long venue, List<Batch.Placed<Quote>> placed, Optional<StreamPlace> place) {
    List<Quote> quotes = placed.stream().map(Batch.Placed::row).toList();
    return sql.rows("""
        INSERT INTO price_history (venue, client_id, instrument, kind, value, confidence, time, stream, sequence, place)
        SELECT $1, id, instrument, kind, value::numeric, confidence::numeric, time, $9::text, $10::bigint, place
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::int[])
          AS q (id, instrument, kind, value, confidence, time, place)
        ORDER BY id ON CONFLICT (venue, client_id) DO NOTHING RETURNING client_id
        """,
        venue,
        quotes.stream().map(Quote::id).toArray(String[]::new),
        quotes.stream().map(Quote::instrument).toArray(String[]::new),
        quotes.stream().map(Quote::kind).toArray(String[]::new),
        quotes.stream().map(quote -> quote.price().toPlainString()).toArray(String[]::new),
        quotes.stream().map(quote -> quote.confidence().toPlainString()).toArray(String[]::new),
        quotes.stream().map(quote -> quote.time().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
        placed.stream().map(Batch.Placed::place).toArray(Integer[]::new),
        place.map(StreamPlace::stream).orElse(null),
        place.map(StreamPlace::sequence).orElse(null))
        .stream().map(row -> row.getString("client_id")).toList();
  }

  /** A row that its stream says twice counts as said the last time, whichever came first. */
  private static List<String> sayAgain(Sql sql, long venue, List<Batch.Placed<Quote>> repeated, StreamPlace later) {
    return sql.rows("""
        UPDATE price_history h SET sequence = $5, place = q.place
        FROM unnest($2::text[], $3::int[]) AS q (id, place)
        WHERE h.venue = $1 AND h.client_id = q.id AND h.stream = $4 AND (h.sequence, h.place) < ($5::bigint, q.place) RETURNING client_id
        """,
        venue,
        repeated.stream().map(placed -> placed.row().id()).toArray(String[]::new),
        repeated.stream().map(Batch.Placed::place).toArray(Integer[]::new),
        later.stream(),
        later.sequence())
        .stream().map(row -> row.getString("client_id")).toList();
  }

  /** An older one that comes late is history only, and so is one of the same time that its stream had replaced already. */
  private static void makeCurrent(Sql sql, long venue, List<String> said) {
    sql.update("""
        INSERT INTO price (venue, instrument, kind, value, confidence, time, stream, sequence, place)
        SELECT DISTINCT ON (instrument, kind) venue, instrument, kind, value, confidence, time, stream, sequence, place
        FROM price_history h WHERE venue = $1 AND client_id = ANY ($2) AND NOT EXISTS (
          SELECT FROM price_history later
          WHERE later.venue = h.venue AND later.instrument = h.instrument AND later.kind = h.kind AND later.time = h.time
            AND later.stream = h.stream AND (later.sequence, later.place) > (h.sequence, h.place))
        ORDER BY instrument, kind, time DESC, place DESC
        ON CONFLICT (venue, instrument, kind) DO UPDATE SET value = excluded.value, confidence = excluded.confidence,
          time = excluded.time, stream = excluded.stream, sequence = excluded.sequence, place = excluded.place, received_at = now()
        WHERE price.time <= excluded.time
        """, venue, said.toArray(String[]::new));
  }
}
