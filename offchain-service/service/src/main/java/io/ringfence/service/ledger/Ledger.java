package io.ringfence.service.ledger;

import io.ringfence.chain.type.Address;
import io.ringfence.service.store.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;

/** Reads balances: sums of postings, now or as of a block. Safe for use by many threads. */
@ApplicationScoped
public class Ledger {
  /** As of the newest block the ledger holds. */
  public static final long NEWEST = Long.MAX_VALUE;

  private final Database database;

  /** In this database. */
  public Ledger(Database database) {
    this.database = database;
  }

  /**
   * A balance.
   *
   * @param ledgerAccount whose
   * @param asset of what
   * @param amount signed, smallest units
   */
  public record Balance(String ledgerAccount, String asset, BigInteger amount) {}

  /** The sum of postings of one ledger account and asset in blocks up to {@code block}, inclusive. */
  public BigInteger balance(String ledgerAccount, String asset, long block) {
    return database.inTransaction(sql -> sql
        .row("""
            SELECT coalesce(sum(p.amount), 0) AS amount FROM posting p JOIN journal j ON j.id = p.journal_id
            WHERE p.ledger_account = $1 AND p.asset = $2 AND j.block_number <= $3
            """, ledgerAccount, asset, block)
        .map(row -> row.getBigDecimal("amount").toBigIntegerExact())
        .orElse(BigInteger.ZERO));
  }

  /** Every balance that is not zero, as of {@code block}, inclusive, by ledger account and asset. */
  public List<Balance> balances(long block) {
    return database.inTransaction(sql -> sql
        .rows("""
            SELECT p.ledger_account, p.asset, sum(p.amount) AS amount FROM posting p JOIN journal j ON j.id = p.journal_id
            WHERE j.block_number <= $1 GROUP BY 1, 2 HAVING sum(p.amount) <> 0 ORDER BY 1, 2
            """, block)
        .stream().map(Ledger::balance).toList());
  }

  /** The sums of all postings of these ledger accounts, by asset, zero ones too. */
  public List<Balance> everMoved(Collection<String> ledgerAccounts) {
    return database.inTransaction(sql -> sql
        .rows("SELECT ledger_account, asset, sum(amount) AS amount FROM posting WHERE ledger_account = ANY ($1) GROUP BY 1, 2",
            (Object) ledgerAccounts.toArray(String[]::new))
        .stream().map(Ledger::balance).toList());
  }

  /** Tokens that an account holds. */
  public BigInteger held(Address account, Address token, long block) {
    return balance(LedgerAccounts.account(account), token.hex(), block);
  }

  /** An account's settled counter under its venue, settlement units. */
  public BigInteger settled(Address account, long venue, long block) {
    return balance(LedgerAccounts.settled(account), LedgerAccounts.settledAsset(venue), block);
  }

  private static Balance balance(Row row) {
    return new Balance(row.getString("ledger_account"), row.getString("asset"), row.getBigDecimal("amount").toBigIntegerExact());
  }
}
