package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.Position;
import io.ringfence.reserves.Keccak;
import io.ringfence.service.epoch.CutReader;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.Venue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Closes a defaulter's positions in the venue's book: the house takes each over at its mark. Trades and their sum are stored in one
 * transaction under ids made of the pledge, so it happens once; no feed accepts an id that begins like them.
 */
final class BookCloser {

  /** The last of the id of the one fill that ends a book as the chain fixed it. */
  static final String AS_FIXED = "as-fixed";

  /** What a fill that only moves cash names in the instrument's place. */
  private static final String ADJUSTMENT = "adjustment";

  private final Database database;
  private final Venue venue;

  BookCloser(Database database, Venue venue) {
    this.database = database;
    this.venue = venue;
  }

  /**
   * The close-out of a pledge; made now if it was not before.
   *
   * @param now the chain's time
   * @throws IllegalStateException if the house is not pledged, or is itself the defaulter, and so cannot take over
   * @throws io.ringfence.margin.MissingMarkException if a position has no mark
   */
  CloseOut close(Address account, long index, int settlementDecimals, Instant now) {
    return database.inTransaction(sql -> {
      sql.row("SELECT 1 FROM account WHERE address = $1 FOR UPDATE", account.hex());
      Optional<CloseOut> before = CloseOut.find(sql, venue.id(), index);
      if (before.isPresent()) {
        return before.get();
      }
      MarketSnapshot market = QuoteReader.newest(sql, venue.id(), now).snapshot();
      String fills = takeOver(sql, account, index, market, now);
      BigInteger net = closedNet(sql, index, market, settlementDecimals);
      CloseOut closed = new CloseOut(
          venue.id(), index, account, net, Keccak.of(fills.getBytes(StandardCharsets.UTF_8)), fills);
      store(sql, closed);
      return closed;
    });
  }

  /**
   * Ends the book of a pledge whose loss the chain has fixed without a report: the house takes over what is open, and an adjustment
   * between the two makes the account's result the chain's. Nobody is left with one side of a trade, and the books still sum to what the
   * chain holds. An option without a mark goes over for nothing: no result has counted it.
   *
   * @param finalNet the net result that the chain has fixed, settlement units
   * @throws IllegalStateException as {@link #close}
   */
  void closeAsFixed(Address account, long index, BigInteger finalNet, int settlementDecimals, Instant now) {
    database.useTransaction(sql -> {
      sql.row("SELECT 1 FROM account WHERE address = $1 FOR UPDATE", account.hex());
      MarketSnapshot market = QuoteReader.newest(sql, venue.id(), now).snapshot();
      AccountBook open = BookReader.now(sql, venue.id(), venue.house()).get(index);
      if (open != null && !open.book().positions().isEmpty()) {
        long house = houseIndex(sql, index);
        for (Position position : open.book().positions()) {
          String name = position.instrument().name();
          BigDecimal price = market.mark(position.instrument()).map(MarketSnapshot.Quote::price).orElse(BigDecimal.ZERO);
          insert(sql, id(index, name), account, index, name, position.quantity().negate(), price, BigDecimal.ZERO, now);
          insert(sql, id(index, name) + ":house", venue.house(), house, name, position.quantity(), price, BigDecimal.ZERO, now);
        }
      }
      AccountBook closed = BookReader.now(sql, venue.id(), venue.house()).get(index);
      BigDecimal cash = closed == null ? BigDecimal.ZERO : closed.book().cash();
      BigDecimal wanted = new BigDecimal(finalNet.add(CutReader.ofAccount(sql, venue.id(), index)), settlementDecimals);
      // A fee is the house's income: what the account is credited here, the house pays.
      insert(sql, id(index, AS_FIXED), account, index, ADJUSTMENT, BigDecimal.ZERO, BigDecimal.ZERO, cash.subtract(wanted), now);
    });
  }

  private static String id(long index, String what) {
    return "~closeout:" + index + ":" + what;
  }

  private String takeOver(Sql sql, Address account, long index, MarketSnapshot market, Instant now) {
    Map<Long, AccountBook> books = BookReader.now(sql, venue.id(), venue.house());
    StringBuilder json = new StringBuilder("{\"account\":\"").append(account.hex()).append("\",\"fills\":[");
    String separator = "";
    if (books.containsKey(index) && !books.get(index).book().positions().isEmpty()) {
      long house = houseIndex(sql, index);
      for (Position position : books.get(index).book().positions()) {
        BigDecimal mark = market.requireMark(position.instrument());
        String name = position.instrument().name();
        String id = id(index, name);
        insert(sql, id, account, index, name, position.quantity().negate(), mark, BigDecimal.ZERO, now);
        insert(sql, id + ":house", venue.house(), house, name, position.quantity(), mark, BigDecimal.ZERO, now);
        json.append(separator)
            .append("{\"id\":\"").append(id)
            .append("\",\"instrument\":\"").append(name)
            .append("\",\"price\":\"").append(mark.stripTrailingZeros().toPlainString())
            .append("\",\"quantity\":\"").append(position.quantity().negate().stripTrailingZeros().toPlainString())
            .append("\"}");
        separator = ",";
      }
    }
    return json.append("],\"index\":\"").append(index)
        .append("\",\"time\":\"").append(now.getEpochSecond())
        .append("\",\"venue\":\"").append(venue.id()).append("\"}").toString();
  }

  private BigInteger closedNet(Sql sql, long index, MarketSnapshot market, int settlementDecimals) {
    AccountBook book = BookReader.now(sql, venue.id(), venue.house()).get(index);
    BigInteger net = book == null ? BigInteger.ZERO : book.book().net(market, settlementDecimals).units();
    return net.subtract(CutReader.ofAccount(sql, venue.id(), index));
  }

  private long houseIndex(Sql sql, long defaulter) {
    long house = sql
        .row("SELECT idx FROM account WHERE address = $1 AND venue = $2 AND status = 'ACTIVE'", venue.house().hex(), venue.id())
        .map(row -> row.getLong("idx"))
        .orElseThrow(() -> new IllegalStateException("the house account " + venue.house()
            + " is not active under the venue, so it cannot take over a defaulter's positions; pledge it"));
    if (house == defaulter) {
      throw new IllegalStateException("the house itself is in default: nobody is there to take over its positions");
    }
    return house;
  }

  private void insert(
      Sql sql,
      String id,
      Address account,
      long index,
      String instrument,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal fee,
      Instant now) {
    sql.update("""
        INSERT INTO fill (venue, client_id, account, idx, instrument, quantity, price, fee, time)
        VALUES ($1, $2, $3, $4, $5, $6::text::numeric, $7::text::numeric, $8::text::numeric, $9)
        """,
        venue.id(),
        id,
        account.hex(),
        index,
        instrument,
        quantity.toPlainString(),
        price.toPlainString(),
        fee.toPlainString(),
        now.atOffset(ZoneOffset.UTC));
  }

  private static void store(Sql sql, CloseOut closed) {
    sql.update("""
        INSERT INTO close_out (venue, idx, account, final_net, evidence, fills) VALUES ($1, $2, $3, $4::text::numeric, $5, $6)
        """, closed.venue(), closed.index(), closed.account().hex(), closed.finalNet().toString(), closed.evidence().hex(), closed.fills());
  }
}
