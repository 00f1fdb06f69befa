package io.ringfence.service.epoch;

import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Checkpoint;
import io.ringfence.margin.Book;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads everything that determines an epoch's tree: trades and balances from the database, base and collateral prices from the chain. */
public final class SnapshotReader {

  private final Jdbi jdbi;
  private final ChainAccess chain;
  private final Venue venue;

  /** A reader for one venue. */
  public SnapshotReader(Jdbi jdbi, ChainAccess chain, Venue venue) {
    this.jdbi = jdbi;
    this.chain = chain;
    this.venue = venue;
  }

  /** Whether the ledger has the block, as the chain has it. */
  public boolean ledgerHas(long number, Bytes32 hash) {
    return jdbi.withHandle(handle -> handle
        .createQuery("""
            SELECT count(*) FROM chain_block, chain_cursor
            WHERE chain_block.number = :number AND chain_block.hash = :hash AND canonical AND chain_cursor.block_number >= :number
            """)
        .bind("number", number).bind("hash", hash.hex()).mapTo(Long.class).one()) > 0;
  }

  /**
   * The snapshot of an epoch at a block that the ledger has.
   *
   * @param market the quotes frozen for it
   */
  public EpochSnapshot read(VenueFacts facts, long epoch, EpochSnapshot.Block block, MarketQuotes market) {
    var then = chain.contracts().at(BlockTag.at(new Bytes32(block.hash())));
    Checkpoint checkpoint = chain.contracts().vault().checkpointAt(venue.id(), block.number());
    BigInteger shortfalls = chain.contracts().vault().book(venue.id()).shortfalls();
    CollateralTerms collateral = new CollateralTerms(
        facts.assets().stream().map(AssetConfig::token).toList(),
        facts.assets().stream().map(AssetConfig::haircutBps).toList(),
        then.valuer().prices(venue.id()));
    return jdbi.inTransaction(handle -> {
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      BigInteger cut = sum(handle, "SELECT coalesce(sum(amount), 0) FROM owing_cut WHERE venue = :venue AND epoch < :number", epoch);
      return new EpochSnapshot(
          venue.id(),
          epoch,
          block,
          Math.toIntExact(checkpoint.nextIndex()),
          checkpoint.gross().subtract(shortfalls),
          shortfalls.subtract(cut).max(BigInteger.ZERO),
          facts.settlementAsset().decimals(),
          collateral,
          market,
          standings(handle, facts, epoch, block.number()));
    });
  }

  private List<Standing> standings(Handle handle, VenueFacts facts, long epoch, long block) {
    Map<Long, AccountBook> books = BookReader.upTo(handle, venue.id(), epoch, venue.house());
    LedgerView ledger = LedgerView.at(handle, venue.id(), block);
    Map<Long, BigInteger> cuts = cuts(handle, epoch);
    return handle
        .createQuery("""
            SELECT idx, account FROM pledge
            WHERE venue = :venue AND from_block <= :block AND (to_block IS NULL OR to_block > :block) ORDER BY idx
            """)
        .bind("venue", venue.id())
        .bind("block", block)
        .map((row, context) -> {
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
        .list();
  }

  private Map<Long, BigInteger> cuts(Handle handle, long epoch) {
    Map<Long, BigInteger> cuts = new HashMap<>();
    handle.createQuery("SELECT idx, sum(amount) AS amount FROM owing_cut WHERE venue = :venue AND epoch < :epoch GROUP BY idx")
        .bind("venue", venue.id()).bind("epoch", epoch)
        .map((row, context) -> Map.entry(row.getLong("idx"), row.getBigDecimal("amount").toBigIntegerExact()))
        .forEach(entry -> cuts.put(entry.getKey(), entry.getValue()));
    return cuts;
  }

  private BigInteger sum(Handle handle, String query, long number) {
    return handle.createQuery(query).bind("venue", venue.id()).bind("number", number).mapTo(BigDecimal.class).one().toBigIntegerExact();
  }
}
