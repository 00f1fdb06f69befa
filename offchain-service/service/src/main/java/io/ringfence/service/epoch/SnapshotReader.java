package io.ringfence.service.epoch;

import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Checkpoint;
import io.ringfence.margin.Book;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Reads everything that determines an epoch's tree: trades and balances from the database, base and collateral prices from the chain. */
public final class SnapshotReader {

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;

  /** A reader for one venue. */
  public SnapshotReader(Database database, ChainAccess chain, Venue venue) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
  }

  /** Whether the ledger has the block, as the chain has it. */
  public boolean ledgerHas(long number, Bytes32 hash) {
    return database.inTransaction(sql -> sql.row("""
        SELECT 1 FROM chain_block, chain_cursor
        WHERE chain_block.number = $1 AND chain_block.hash = $2 AND canonical AND chain_cursor.block_number >= $1
        """, number, hash.hex())).isPresent();
  }

  /**
   * The snapshot of an epoch at a block that the ledger has.
   *
   * @param market the quotes frozen for it
   */
  public EpochSnapshot read(VenueFacts facts, long epoch, EpochSnapshot.Block block, MarketQuotes market) {
    var then = chain.contracts().at(BlockTag.at(new Bytes32(block.hash())));
    Checkpoint checkpoint = chain.contracts().pool().checkpointAt(venue.id(), block.number());
    BigInteger shortfalls = chain.contracts().pool().book(venue.id()).shortfalls();
    CollateralTerms collateral = new CollateralTerms(facts.assets(), then.valuer().prices(venue.id()));
    return database.inTransaction(sql -> {
      sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      BigInteger cut = Exact.whole(
          sql.one("SELECT coalesce(sum(amount), 0) AS amount FROM owing_cut WHERE venue = $1 AND epoch < $2", venue.id(), epoch), "amount");
      return new EpochSnapshot(
          venue.id(),
          epoch,
          block,
          Math.toIntExact(checkpoint.nextIndex()),
          checkpoint.gross().subtract(shortfalls),
          shortfalls.subtract(cut).max(BigInteger.ZERO),
          collateral,
          market,
          standings(sql, facts, epoch, block.number()));
    });
  }

  private List<Standing> standings(Sql sql, VenueFacts facts, long epoch, long block) {
    Map<Long, AccountBook> books = BookReader.upTo(sql, venue.id(), epoch, venue.house());
    LedgerView ledger = LedgerView.at(sql, venue.id(), block);
    Map<Long, BigInteger> cuts = CutReader.before(sql, venue.id(), epoch);
    return sql
        .rows("""
            SELECT idx, account FROM pledge
            WHERE venue = $1 AND from_block <= $2 AND (to_block IS NULL OR to_block > $2) ORDER BY idx
            """, venue.id(), block)
        .stream()
        .map(row -> {
          Address account = new Address(row.getString("account"));
          long index = row.getLong("idx");
          return new Standing(
              account,
              index,
              ledger.settled(account),
              ledger.free(account, facts.assets()),
              cuts.getOrDefault(index, BigInteger.ZERO),
              books.containsKey(index) ? books.get(index).book() : Book.EMPTY);
        })
        .toList();
  }
}
