package io.ringfence.service.epoch;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.service.ledger.LedgerAccounts;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger's balances as they stood at the end of one block, each a sum of postings. */
public final class LedgerView {

  private final Map<String, BigInteger> settled;
  private final Map<String, BigInteger> balances;
  private final Map<String, BigInteger> pending;

  private LedgerView(Map<String, BigInteger> settled, Map<String, BigInteger> balances, Map<String, BigInteger> pending) {
    this.settled = settled;
    this.balances = balances;
    this.pending = pending;
  }

  /** The ledger at the end of {@code block}. */
  public static LedgerView at(Sql sql, int venue, long block) {
    return new LedgerView(settled(sql, venue, block), balances(sql, block), pending(sql, block));
  }

  /** The ledger at its newest block. */
  public static LedgerView newest(Sql sql, int venue) {
    return at(sql, venue, sql.one("SELECT coalesce(max(block_number), 0) AS block FROM chain_cursor").getLong("block"));
  }

  /** What settlement has moved to the account since its pledge, signed, settlement units. */
  public BigInteger settled(Address account) {
    return settled.getOrDefault(account.hex(), BigInteger.ZERO);
  }

  /** What the account holds, smallest units. */
  public BigInteger balance(Address account, Address token) {
    return balances.getOrDefault(account.hex() + token.hex(), BigInteger.ZERO);
  }

  /** What waits to be withdrawn, smallest units. */
  public BigInteger pending(Address account, Address token) {
    return pending.getOrDefault(account.hex() + token.hex(), BigInteger.ZERO);
  }

  /** What the account holds of each asset less what waits to be withdrawn, never below zero. */
  public List<BigInteger> free(Address account, List<AssetConfig> assets) {
    return assets.stream()
        .map(asset -> balance(account, asset.token()).subtract(pending(account, asset.token())).max(BigInteger.ZERO))
        .toList();
  }

  private static Map<String, BigInteger> settled(Sql sql, int venue, long block) {
    return amounts(sql.rows("""
        SELECT substr(ledger_account, 9) AS key, sum(amount) AS amount
        FROM posting JOIN journal ON journal.id = posting.journal_id
        WHERE asset = $1 AND ledger_account LIKE 'settled:0x%' AND block_number <= $2 GROUP BY ledger_account
        """, LedgerAccounts.settledAsset(venue), block));
  }

  private static Map<String, BigInteger> balances(Sql sql, long block) {
    return amounts(sql.rows("""
        SELECT substr(ledger_account, 9) || asset AS key, sum(amount) AS amount
        FROM posting JOIN journal ON journal.id = posting.journal_id
        WHERE ledger_account LIKE 'account:0x%' AND block_number <= $1 GROUP BY ledger_account, asset
        """, block));
  }

  private static Map<String, BigInteger> pending(Sql sql, long block) {
    return amounts(sql.rows("""
        SELECT account || token AS key, sum(amount) AS amount FROM withdrawal_request
        WHERE requested_block <= $1 AND (ended_block IS NULL OR ended_block > $1) GROUP BY account, token
        """, block));
  }

  private static Map<String, BigInteger> amounts(List<Row> rows) {
    Map<String, BigInteger> amounts = new HashMap<>();
    rows.forEach(row -> amounts.put(row.getString("key"), Exact.whole(row, "amount")));
    return amounts;
  }
}
