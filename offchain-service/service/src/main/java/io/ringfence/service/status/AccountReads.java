package io.ringfence.service.status;

import io.ringfence.service.domain.SegregatedAccount;
import io.ringfence.service.epoch.StaleLeaves;
import io.ringfence.service.ledger.Ledger;
import io.ringfence.service.ledger.LedgerAccounts;
import io.ringfence.service.margin.StaleQuote;
import io.ringfence.service.status.Views.AccountView;
import io.ringfence.service.status.Views.PublicAccount;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Entities;
import io.ringfence.service.store.Exact;
import io.ringfence.service.venue.Venue;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Accounts for the read endpoints: each with what it holds, as sums of postings, and its line in the newest root. */
@Singleton
class AccountReads {

  private static final String EVER_PLEDGED = """
      from SegregatedAccount a
      where (a.venue = :venue or exists (select 1 from Pledge p where p.venue = :venue and p.account = a.address))
      """;

  private final Entities entities;
  private final Database database;
  private final Ledger ledger;
  private final Venue venue;
  private final StaleLeaves staleLeaves;

  AccountReads(Entities entities, Database database, Ledger ledger, Venue venue, StaleLeaves staleLeaves) {
    this.entities = entities;
    this.database = database;
    this.ledger = ledger;
    this.venue = venue;
    this.staleLeaves = staleLeaves;
  }

  /** Every account that was ever pledged to the venue. */
  List<AccountView> all() {
    return views(entities.list(
        SegregatedAccount.class, EVER_PLEDGED + "order by a.index nulls last, a.address", Map.of("venue", (long) venue.id())));
  }

  /** One that was ever pledged to the venue. */
  Optional<AccountView> one(String address) {
    return views(entities.list(
        SegregatedAccount.class, EVER_PLEDGED + "and a.address = :address", Map.of("venue", (long) venue.id(), "address", address)))
        .stream().findFirst();
  }

  /** Those that are pledged now, and of them only what the chain shows anybody. */
  List<PublicAccount> shown() {
    List<SegregatedAccount> accounts = entities.list(
        SegregatedAccount.class, "from SegregatedAccount a where a.venue = :venue order by a.index", Map.of("venue", (long) venue.id()));
    Holdings holdings = holdings(accounts);
    return accounts.stream()
        .map(account -> new PublicAccount(
            account.address().hex(), account.index(), account.status(), holdings.settled(account), holdings.balances(account)))
        .toList();
  }

  private List<AccountView> views(List<SegregatedAccount> accounts) {
    Holdings holdings = holdings(accounts);
    Map<Long, Line> lines = lines(accounts);
    return accounts.stream().map(account -> view(account, lines.getOrDefault(indexHere(account), Line.NONE), holdings)).toList();
  }

  private static AccountView view(SegregatedAccount account, Line line, Holdings holdings) {
    return new AccountView(
        account.address().hex(),
        account.owner(),
        Views.text(account.number()),
        account.index(),
        account.status(),
        account.pledgedBlock(),
        line.epoch(),
        Views.text(line.credit()),
        Views.text(line.debit()),
        line.epoch() == null ? null : line.credit().subtract(line.debit()).toString(),
        Views.text(line.initialMargin()),
        Views.text(line.maintenanceMargin()),
        line.positions(),
        line.stale(),
        holdings.settled(account),
        holdings.balances(account));
  }

  /** A leaf of the newest root. */
  private record Line(
      Long epoch,
      BigInteger credit,
      BigInteger debit,
      BigInteger initialMargin,
      BigInteger maintenanceMargin,
      String positions,
      List<StaleQuote> stale) {

    static final Line NONE = new Line(null, null, null, null, null, null, null);

    static Line of(Row row, Map<Long, List<StaleQuote>> stale) {
      return new Line(row.getLong("epoch"), Exact.whole(row, "credit"), Exact.whole(row, "debit"), Exact.whole(row, "im"),
          Exact.whole(row, "mm"), row.getString("positions"), stale.get(row.getLong("idx")));
    }
  }

  private Map<Long, Line> lines(List<SegregatedAccount> accounts) {
    Long[] indices = accounts.stream().map(this::indexHere).filter(Objects::nonNull).toArray(Long[]::new);
    Map<Long, Line> lines = new HashMap<>();
    database.useTransaction(sql -> {
      long newest = sql.one("SELECT coalesce(max(epoch), 0) AS epoch FROM epoch WHERE venue = $1 AND state = 'posted'", venue.id())
          .getLong("epoch");
      Map<Long, List<StaleQuote>> stale = staleLeaves.of(sql, newest);
      sql.rows("""
          SELECT idx, epoch, credit, debit, im, mm, positions::text AS positions
          FROM epoch_leaf WHERE venue = $1 AND epoch = $2 AND idx = ANY ($3)
          """, venue.id(), newest, indices).forEach(row -> lines.put(row.getLong("idx"), Line.of(row, stale)));
    });
    return lines;
  }

  /** Its leaf index under this venue; null if it is not pledged here now. */
  private Long indexHere(SegregatedAccount account) {
    return account.venue() != null && account.venue() == venue.id() ? account.index() : null;
  }

  private Holdings holdings(List<SegregatedAccount> accounts) {
    List<String> wanted = new ArrayList<>();
    for (SegregatedAccount account : accounts) {
      wanted.add(LedgerAccounts.account(account.address()));
      wanted.add(LedgerAccounts.settled(account.address()));
    }
    Map<String, Map<String, String>> byAccount = new HashMap<>();
    for (Ledger.Balance balance : ledger.everMoved(wanted)) {
      byAccount.computeIfAbsent(balance.ledgerAccount(), name -> new TreeMap<>()).put(balance.asset(), balance.amount().toString());
    }
    return new Holdings(byAccount, LedgerAccounts.settledAsset(venue.id()));
  }

  /** Sums of postings by ledger account and asset. */
  private record Holdings(Map<String, Map<String, String>> byAccount, String settledAsset) {

    /** By token; null if none ever came in. */
    Map<String, String> balances(SegregatedAccount account) {
      return byAccount.get(LedgerAccounts.account(account.address()));
    }

    String settled(SegregatedAccount account) {
      return byAccount.getOrDefault(LedgerAccounts.settled(account.address()), Map.of()).getOrDefault(settledAsset, "0");
    }
  }
}
