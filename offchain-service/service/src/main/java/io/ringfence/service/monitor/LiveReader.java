package io.ringfence.service.monitor;

import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.margin.Book;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.service.epoch.CutReader;
import io.ringfence.service.epoch.LedgerView;
import io.ringfence.service.ledger.LedgerHead;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.margin.MarginMarket;
import io.ringfence.service.margin.MarginSubject;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.margin.StaleQuote;
import io.ringfence.service.margin.Staleness;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads accounts and prices as they are now: trades and quotes as the feeds have brought them, balances as the ledger has them. */
@Singleton
class LiveReader {

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final LedgerHead head;
  private final Staleness staleness;

  LiveReader(Database database, ChainAccess chain, Venue venue, LedgerHead head, Staleness staleness) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
    this.head = head;
    this.staleness = staleness;
  }

  /** Everything of one moment; the venue must be registered. */
  LiveVenue read() {
    VenueFacts facts = VenueFacts.read(chain, venue.id());
    CollateralTerms collateral = new CollateralTerms(facts.assets(), chain.contracts().valuer().prices(venue.id()));
    LedgerHead.Head now = head.now();
    return database.inTransaction(sql -> {
      sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      MarketQuotes quotes = QuoteReader.newest(sql, venue.id(), now.time());
      return new LiveVenue(now.block(), new MarginMarket(quotes, collateral), accounts(sql, facts.assets(), quotes));
    });
  }

  /** Why the margin of a book at these quotes would be stale. */
  List<StaleQuote> stale(Book book, MarketQuotes quotes) {
    return staleness.of(book, quotes);
  }

  private List<LiveAccount> accounts(Sql sql, List<AssetConfig> assets, MarketQuotes quotes) {
    Map<Long, AccountBook> books = BookReader.now(sql, venue.id(), venue.house());
    MarketSnapshot market = quotes.snapshot(books.values().stream().map(AccountBook::book).toList());
    Map<Long, BigInteger> cuts = CutReader.ofAll(sql, venue.id());
    LedgerView ledger = LedgerView.newest(sql, venue.id());
    List<StaleQuote> gaps = Staleness.gaps(sql, venue.id());
    return sql.rows("SELECT idx, address, status FROM account WHERE venue = $1 AND status <> 'UNPLEDGED' ORDER BY idx", venue.id()).stream()
        .map(row -> account(row, books, market, quotes, cuts, ledger, assets, gaps))
        .toList();
  }

  private LiveAccount account(
      Row row,
      Map<Long, AccountBook> books,
      MarketSnapshot market,
      MarketQuotes quotes,
      Map<Long, BigInteger> cuts,
      LedgerView ledger,
      List<AssetConfig> assets,
      List<StaleQuote> gaps) {
    Address account = new Address(row.getString("address"));
    long index = row.getLong("idx");
    Book book = books.containsKey(index) ? books.get(index).book() : Book.EMPTY;
    BigInteger settled = ledger.settled(account);
    List<StaleQuote> stale = new ArrayList<>(gaps);
    stale.addAll(staleness.of(book, quotes));
    BigInteger net = book.net(market, assets.getFirst().decimals()).units().subtract(cuts.getOrDefault(index, BigInteger.ZERO));
    return new LiveAccount(
        account,
        index,
        AccountStatus.valueOf(row.getString("status")),
        net,
        settled,
        new MarginSubject(book, ledger.free(account, assets), net.subtract(settled)),
        stale);
  }
}
