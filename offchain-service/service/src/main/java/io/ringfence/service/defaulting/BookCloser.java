package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.Position;
import io.ringfence.reserves.Keccak;
import io.ringfence.service.epoch.CutReader;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.MarginCalculator;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.venue.Venue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Closes a defaulter's positions in the venue's book: the house takes each over at its mark. Trades and their sum are stored in one
 * transaction under ids made of the pledge, so it happens once; no feed accepts an id that begins like them.
 */
final class BookCloser {

  private final Jdbi jdbi;
  private final Venue venue;
  private final MarginCalculator calculator;

  BookCloser(Jdbi jdbi, Venue venue, MarginCalculator calculator) {
    this.jdbi = jdbi;
    this.venue = venue;
    this.calculator = calculator;
  }

  /**
   * The close-out of a pledge; made now if it was not before.
   *
   * @param now the chain's time
   * @throws IllegalStateException if the house is not pledged, or is itself the defaulter, and so cannot take over
   * @throws io.ringfence.margin.MissingMarkException if a position has no mark
   */
  CloseOut close(Address account, long index, int settlementDecimals, Instant now) {
    return jdbi.inTransaction(handle -> {
      handle.execute("SELECT 1 FROM account WHERE address = ? FOR UPDATE", account.hex());
      Optional<CloseOut> before = CloseOut.find(handle, venue.id(), index);
      if (before.isPresent()) {
        return before.get();
      }
      MarketSnapshot market = QuoteReader.newest(handle, venue.id(), now).snapshot();
      String fills = takeOver(handle, account, index, market, now);
      BigInteger net = closedNet(handle, index, market, settlementDecimals);
      CloseOut closed = new CloseOut(
          venue.id(), index, account, net, Keccak.of(fills.getBytes(StandardCharsets.UTF_8)), fills);
      store(handle, closed);
      return closed;
    });
  }

  private String takeOver(Handle handle, Address account, long index, MarketSnapshot market, Instant now) {
    Map<Long, AccountBook> books = BookReader.now(handle, venue.id(), venue.house());
    StringBuilder json = new StringBuilder("{\"account\":\"").append(account.hex()).append("\",\"fills\":[");
    String separator = "";
    if (books.containsKey(index) && !books.get(index).book().positions().isEmpty()) {
      long house = houseIndex(handle, index);
      for (Position position : books.get(index).book().positions()) {
        BigDecimal mark = market.requireMark(position.instrument());
        String name = position.instrument().name();
        String id = "~closeout:" + index + ":" + name;
        insert(handle, id, account, index, name, position.quantity().negate(), mark, now);
        insert(handle, id + ":house", venue.house(), house, name, position.quantity(), mark, now);
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

  private BigInteger closedNet(Handle handle, long index, MarketSnapshot market, int settlementDecimals) {
    AccountBook book = BookReader.now(handle, venue.id(), venue.house()).get(index);
    BigInteger net = book == null ? BigInteger.ZERO : calculator.compute(book.book(), market, settlementDecimals).net();
    return net.subtract(CutReader.ofAccount(handle, venue.id(), index));
  }

  private long houseIndex(Handle handle, long defaulter) {
    long house = handle.createQuery("SELECT idx FROM account WHERE address = :house AND venue = :venue AND status = 'ACTIVE'")
        .bind("house", venue.house().hex()).bind("venue", venue.id()).mapTo(Long.class).findOne()
        .orElseThrow(() -> new IllegalStateException("the house account " + venue.house()
            + " is not active under the venue, so it cannot take over a defaulter's positions; pledge it"));
    if (house == defaulter) {
      throw new IllegalStateException("the house itself is in default: nobody is there to take over its positions");
    }
    return house;
  }

  private void insert(
      Handle handle, String id, Address account, long index, String instrument, BigDecimal quantity, BigDecimal price, Instant now) {
    handle.createUpdate("""
            INSERT INTO fill (venue, client_id, account, idx, instrument, quantity, price, fee, time)
            VALUES (:venue, :id, :account, :index, :instrument, :quantity, :price, 0, :time)
            """)
        .bind("venue", venue.id())
        .bind("id", id)
        .bind("account", account.hex())
        .bind("index", index)
        .bind("instrument", instrument)
        .bind("quantity", quantity)
        .bind("price", price)
        .bind("time", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .execute();
  }

  private static void store(Handle handle, CloseOut closed) {
    handle.createUpdate("""
            INSERT INTO close_out (venue, idx, account, final_net, evidence, fills)
            VALUES (:venue, :index, :account, :net, :evidence, :fills)
            """)
        .bind("venue", closed.venue())
        .bind("index", closed.index())
        .bind("account", closed.account().hex())
        .bind("net", new BigDecimal(closed.finalNet()))
        .bind("evidence", closed.evidence().hex())
        .bind("fills", closed.fills())
        .execute();
  }
}
