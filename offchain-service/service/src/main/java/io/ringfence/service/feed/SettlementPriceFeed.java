package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.margin.Expiring;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Takes in the price that settles an expiry. It moves every holder's result, so it is given once and never changed. */
@ApplicationScoped
public class SettlementPriceFeed {

  /** What a request says. */
  public static final Set<String> FIELDS = Set.of("id", "underlying", "expiry", "price");

  private final Database database;
  private final Listing listing;
  private final ChainClock clock;
  private final RingfenceConfig.Limits limits;

  /** Into this database. */
  public SettlementPriceFeed(Database database, Listing listing, ChainClock clock, RingfenceConfig config) {
    this.database = database;
    this.listing = listing;
    this.clock = clock;
    this.limits = config.limits();
  }

  /**
   * A settlement price.
   *
   * @param id made by the venue: a retry gets the same answer
   * @param underlying whose price
   * @param expiry the moment that its contracts expired
   * @param price settlement asset per unit of the underlying, in lowest terms
   */
  public record SettlementPrice(String id, String underlying, Instant expiry, BigDecimal price) {}

  /**
   * Keeps a price.
   *
   * @return what is kept: of an expiry that was given the same price before, under the id it was given with
   * @throws ProblemException 400 naming the field that is wrong; 409 if the expiry has another price, or the id was used for another expiry
   */
  public SettlementPrice give(long venue, JsonNode body) {
    SettlementPrice wanted = read(body);
    Instant now = clock.latestFor(wanted.expiry());
    if (wanted.expiry().isAfter(now)) {
      throw ProblemException.field("expiry", "lies in the future: the chain's clock allows up to " + now);
    }
    return database.inTransaction(sql -> keep(sql, venue, wanted));
  }

  private SettlementPrice read(JsonNode body) {
    try {
      var row = new RowReader(body, FIELDS, limits);
      String id = row.id();
      String underlying = row.text("underlying");
      if (!listing.has(underlying)) {
        throw new BadRowException("underlying", "is not listed");
      }
      Instant expiry = row.instant("expiry");
      LocalTime time = expiry.atOffset(ZoneOffset.UTC).toLocalTime();
      if (!time.equals(Expiring.EXPIRY_TIME)) {
        throw new BadRowException("expiry", "contracts expire at " + Expiring.EXPIRY_TIME + " UTC of their date, not at " + time);
      }
      return new SettlementPrice(id, underlying, expiry, row.price("price"));
    } catch (BadRowException e) {
      throw ProblemException.field(e.field(), e.getMessage());
    }
  }

  private static SettlementPrice keep(Sql sql, long venue, SettlementPrice wanted) {
    sql.update("""
        INSERT INTO settlement_price (venue, underlying, expiry, price, client_id) VALUES ($1, $2, $3, $4::text::numeric, $5)
        ON CONFLICT DO NOTHING
        """, venue, wanted.underlying(), wanted.expiry().atOffset(ZoneOffset.UTC), wanted.price().toPlainString(), wanted.id());
    Optional<SettlementPrice> underId =
        sql.row("SELECT * FROM settlement_price WHERE venue = $1 AND client_id = $2", venue, wanted.id()).map(SettlementPriceFeed::kept);
    if (underId.isPresent() && !underId.get().equals(wanted)) {
      throw conflict("id", wanted.id() + " was used before with different content: give a new price a new id");
    }
    SettlementPrice kept = sql.row("SELECT * FROM settlement_price WHERE venue = $1 AND underlying = $2 AND expiry = $3",
        venue, wanted.underlying(), wanted.expiry().atOffset(ZoneOffset.UTC)).map(SettlementPriceFeed::kept).orElseThrow();
    if (kept.price().compareTo(wanted.price()) != 0) {
      throw conflict("price", wanted.underlying() + " of " + wanted.expiry() + " was settled at " + kept.price().toPlainString()
          + " (id " + kept.id() + "), which stands");
    }
    return kept;
  }

  private static SettlementPrice kept(Row row) {
    return new SettlementPrice(row.getString("client_id"), row.getString("underlying"), row.getOffsetDateTime("expiry").toInstant(),
        Figures.read(row, "price"));
  }

  private static ProblemException conflict(String field, String detail) {
    return new ProblemException(Problem.of(ProblemKind.CONFLICT, field + ": " + detail).with("field", field));
  }
}
