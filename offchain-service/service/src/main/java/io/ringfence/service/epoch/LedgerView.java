package io.ringfence.service.epoch;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

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
  public static LedgerView at(Handle handle, int venue, long block) {
    return new LedgerView(settled(handle, venue, block), balances(handle, block), pending(handle, block));
  }

  /** The ledger at its newest block. */
  public static LedgerView newest(Handle handle, int venue) {
    return at(handle, venue, handle.createQuery("SELECT coalesce(max(block_number), 0) FROM chain_cursor").mapTo(Long.class).one());
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

  private static Map<String, BigInteger> settled(Handle handle, int venue, long block) {
    return amounts(handle.createQuery("""
        SELECT substr(ledger_account, 9) AS key, sum(amount) AS amount
        FROM posting JOIN journal ON journal.id = posting.journal_id
        WHERE asset = 'settled:' || :venue AND ledger_account LIKE 'settled:0x%' AND block_number <= :block GROUP BY ledger_account
        """).bind("venue", Integer.toString(venue)).bind("block", block));
  }

  private static Map<String, BigInteger> balances(Handle handle, long block) {
    return amounts(handle.createQuery("""
        SELECT substr(ledger_account, 9) || asset AS key, sum(amount) AS amount
        FROM posting JOIN journal ON journal.id = posting.journal_id
        WHERE ledger_account LIKE 'account:0x%' AND block_number <= :block GROUP BY ledger_account, asset
        """).bind("block", block));
  }

  private static Map<String, BigInteger> pending(Handle handle, long block) {
    return amounts(handle.createQuery("""
        SELECT account || token AS key, sum(amount) AS amount FROM withdrawal_request
        WHERE requested_block <= :block AND (ended_block IS NULL OR ended_block > :block) GROUP BY account, token
        """).bind("block", block));
  }

  private static Map<String, BigInteger> amounts(Query query) {
    Map<String, BigInteger> amounts = new HashMap<>();
    query.map((row, context) -> Map.entry(row.getString("key"), row.getBigDecimal("amount").toBigIntegerExact()))
        .forEach(entry -> amounts.put(entry.getKey(), entry.getValue()));
    return amounts;
  }
}
