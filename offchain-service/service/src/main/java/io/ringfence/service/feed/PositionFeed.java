package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.margin.Expiring;
import io.ringfence.service.config.RingfenceConfig;
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

/** Takes in changes of position, each at a price. Only pledged accounts in good standing or called may trade. */
@ApplicationScoped
public class PositionFeed implements RowFeed {
  private static final Set<String> FIELDS = Set.of("id", "account", "instrument", "quantity", "price", "fee", "time");

  private final Listing listing;
  private final ChainClock clock;
  private final RingfenceConfig.Limits limits;

  /** Of what the venue lists. */
  public PositionFeed(Listing listing, ChainClock clock, RingfenceConfig config) {
    this.listing = listing;
    this.clock = clock;
    this.limits = config.limits();
  }

  /** Figures are in lowest terms, so that equal rows are equal. */
  private record Change(String id, Address account, String instrument, BigDecimal quantity, BigDecimal price, BigDecimal fee, Instant time)
      implements Batch.Row {}

  private record Standing(Long venue, Long index, AccountStatus status) {}

  @Override
  public Ready read(long venue, JsonNode rows) {
    var batch = new Batch<>(rows, this::read);
    batch.latest().map(clock::latestFor).ifPresent(limit -> batch.check(row -> {
      if (row.time().isAfter(limit)) {
        throw new BadRowException("time", "lies in the future: the chain's clock allows up to " + limit);
      }
    }));
    return (sql, _) -> {
      batch.compare(kept(sql, venue, batch.open()));
      Map<Address, Standing> standings = standings(sql, batch.open());
      batch.check(row -> requireTradable(venue, standings.get(row.account())));
      Listing.list(sql, venue, batch.open().stream().map(Change::instrument).toList());
      batch.accept(store(sql, venue, batch.open(), standings));
      batch.compare(kept(sql, venue, batch.open()));
      return batch.result();
    };
  }

  private Change read(JsonNode node) throws BadRowException {
    var row = new RowReader(node, FIELDS, limits);
    String id = row.id();
    Address account = account(row.text("account"));
    var instrument = listing.instrument(row.text("instrument"));
    BigDecimal quantity = row.decimal("quantity", limits.quantity());
    if (quantity.signum() == 0) {
      throw new BadRowException("quantity", "must not be zero");
    }
    var change = new Change(id, account, instrument.name(), quantity, row.price("price"), row.decimalOrZero("fee", limits.fee()),
        row.time());
    if (instrument instanceof Expiring expiring && expiring.isExpired(change.time())) {
      throw new BadRowException("instrument", "has expired at " + expiring.expiresAt());
    }
    return change;
  }

  private static Address account(String text) throws BadRowException {
    try {
      return new Address(text);
    } catch (IllegalArgumentException e) {
      throw new BadRowException("account", "must be an address: 0x and 40 hex digits");
    }
  }

  private static void requireTradable(long venue, Standing standing) throws BadRowException {
    if (standing == null) {
      throw new BadRowException("account", "no such account has been opened");
    }
    if (standing.venue() == null) {
      throw new BadRowException("account", "is not pledged to a venue");
    }
    if (standing.venue() != venue) {
      throw new BadRowException("account", "is pledged to another venue");
    }
    boolean tradable = switch (standing.status()) {
      case ACTIVE, CALLED -> true;
      case UNPLEDGED, CLOSING_OUT, LOSS_FIXED, EXITING -> false;
    };
    if (!tradable) {
      String why = standing.status() == AccountStatus.EXITING ? "is leaving the venue" : "is in default (" + standing.status() + ")";
      throw new BadRowException("account", why + ": its book is closed");
    }
  }

  /** Locked until the fills are stored: a default that is closing a book waits for them, and none slips into a book that is closed. */
  private static Map<Address, Standing> standings(Sql sql, List<Change> changes) {
    Map<Address, Standing> standings = new HashMap<>();
    String[] addresses = changes.stream().map(change -> change.account().hex()).distinct().toArray(String[]::new);
    String locking = "SELECT address, venue, idx, status FROM account WHERE address = ANY ($1) ORDER BY address FOR SHARE";
    for (Row row : sql.rows(locking, (Object) addresses)) {
      standings.put(new Address(row.getString("address")),
          new Standing(row.getLong("venue"), row.getLong("idx"), AccountStatus.valueOf(row.getString("status"))));
    }
    return standings;
  }

  private static Map<String, Change> kept(Sql sql, long venue, List<Change> changes) {
    Map<String, Change> kept = new HashMap<>();
    String[] ids = changes.stream().map(Change::id).toArray(String[]::new);
    for (Row row : sql.rows("""
        SELECT client_id, account, instrument, quantity, price, fee, time FROM fill WHERE venue = $1 AND client_id = ANY ($2)
        """, venue, ids)) {
      kept.put(row.getString("client_id"), new Change(row.getString("client_id"), new Address(row.getString("account")),
          row.getString("instrument"), Figures.read(row, "quantity"), Figures.read(row, "price"), Figures.read(row, "fee"),
          row.getOffsetDateTime("time").toInstant()));
    }
    return kept;
  }

  /** In the order of ids, so that two batches that share some never wait for each other in a circle. */
  private static List<String> store(Sql sql, long venue, List<Change> changes, Map<Address, Standing> standings) {
    return sql.rows("""
        INSERT INTO fill (venue, client_id, account, idx, instrument, quantity, price, fee, time)
        SELECT $1, id, account, idx, instrument, quantity::numeric, price::numeric, fee::numeric, time
        FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[])
          AS f (id, account, idx, instrument, quantity, price, fee, time)
        ORDER BY id ON CONFLICT (venue, client_id) DO NOTHING RETURNING client_id
        """,
        venue,
        changes.stream().map(Change::id).toArray(String[]::new),
        changes.stream().map(change -> change.account().hex()).toArray(String[]::new),
        changes.stream().map(change -> standings.get(change.account()).index()).toArray(Long[]::new),
        changes.stream().map(Change::instrument).toArray(String[]::new),
        changes.stream().map(change -> change.quantity().toPlainString()).toArray(String[]::new),
        changes.stream().map(change -> change.price().toPlainString()).toArray(String[]::new),
        changes.stream().map(change -> change.fee().toPlainString()).toArray(String[]::new),
        changes.stream().map(change -> change.time().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
        .stream().map(row -> row.getString("client_id")).toList();
  }
}
