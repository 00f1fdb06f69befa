package io.ringfence.service.epoch;

import io.ringfence.reserves.Address;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.Salt;
import io.ringfence.service.venue.Venue;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Epochs in the database: posted ones, and at most one candidate for the next. A candidate is stored with all its leaves in one
 * transaction before its header is sent, so that no root is on the chain whose leaves are not here.
 */
public final class EpochStore {

  private final Jdbi jdbi;
  private final int venue;
  private volatile Optional<Root> newestLoaded = Optional.empty();

  /** The venue's epochs in {@code jdbi}'s database. */
  public EpochStore(Jdbi jdbi, Venue venue) {
    this.jdbi = jdbi;
    this.venue = venue.id();
  }

  /** A stored epoch, as much of it as posting needs. */
  public record Stored(EpochHeader header, RootPrices prices, ProofFile.Signatures signatures, boolean posted) {}

  /** The epoch of that number, candidate or posted. */
  public Optional<Stored> find(long epoch) {
    return jdbi.withHandle(handle -> handle
        .createQuery("SELECT header, prices, signatures, state FROM epoch WHERE venue = :venue AND epoch = :epoch")
        .bind("venue", venue).bind("epoch", epoch)
        .map((row, context) -> stored(row)).findOne());
  }

  /** The newest epoch that is known to be posted; 0 if none is. */
  public long newestPosted() {
    return jdbi.withHandle(handle -> handle
        .createQuery("SELECT coalesce(max(epoch), 0) FROM epoch WHERE venue = :venue AND state = 'posted'")
        .bind("venue", venue).mapTo(Long.class).one());
  }

  /** Stores a signed candidate with its leaves and cuts; takes up the settling requests that wait. */
  public void save(Candidate candidate, EpochTree tree) {
    jdbi.useTransaction(handle -> {
      insertEpoch(handle, candidate);
      insertLeaves(handle, candidate.header().epoch(), tree);
      insertCuts(handle, candidate.header().epoch(), tree);
      if (candidate.header().settles()) {
        handle.createUpdate("UPDATE settling_request SET epoch = :epoch WHERE venue = :venue AND epoch IS NULL")
            .bind("epoch", candidate.header().epoch()).bind("venue", venue).execute();
      }
    });
  }

  /** Notes that the chain has the epoch. */
  public void markPosted(long epoch) {
    jdbi.useHandle(handle -> handle.createUpdate("UPDATE epoch SET state = 'posted' WHERE venue = :venue AND epoch = :epoch")
        .bind("venue", venue).bind("epoch", epoch).execute());
  }

  /** Notes the transaction that posted the epoch. */
  public void markPosted(long epoch, String transaction, long block) {
    jdbi.useHandle(handle -> handle
        .createUpdate("UPDATE epoch SET state = 'posted', posted_tx = :tx, posted_block = :block WHERE venue = :venue AND epoch = :epoch")
        .bind("venue", venue).bind("epoch", epoch).bind("tx", transaction).bind("block", block).execute());
  }

  /** Forgets a candidate that can no longer be posted; what it took up waits again. */
  public void drop(long epoch) {
    newestLoaded = Optional.empty();
    jdbi.useTransaction(handle -> {
      for (String table : List.of("epoch_leaf", "owing_cut", "epoch")) {
        handle.createUpdate("DELETE FROM " + table + " WHERE venue = :venue AND epoch >= :epoch")
            .bind("venue", venue).bind("epoch", epoch).execute();
      }
      handle.createUpdate("UPDATE settling_request SET epoch = NULL WHERE venue = :venue AND epoch >= :epoch")
          .bind("venue", venue).bind("epoch", epoch).execute();
    });
  }

  /** Whether an operator waits for a settling root. */
  public boolean settlingRequested() {
    return jdbi.withHandle(handle -> handle
        .createQuery("SELECT count(*) FROM settling_request WHERE venue = :venue AND epoch IS NULL")
        .bind("venue", venue).mapTo(Long.class).one()) > 0;
  }

  /** An epoch with all its leaves, if it is stored. */
  public Optional<Root> root(long epoch) {
    Optional<Root> loaded = newestLoaded;
    if (loaded.isPresent() && loaded.get().header().epoch() == epoch) {
      return loaded;
    }
    Optional<Root> root = jdbi.withHandle(handle -> find(epoch).map(stored ->
        new Root(stored.header(), stored.prices(), stored.signatures(), leaves(handle, epoch))));
    if (root.isPresent() && (loaded.isEmpty() || loaded.get().header().epoch() < epoch)) {
      newestLoaded = root;
    }
    return root;
  }

  /** The newest posted epoch with its leaves. */
  public Optional<Root> newestRoot() {
    long epoch = newestPosted();
    return epoch == 0 ? Optional.empty() : root(epoch);
  }

  private void insertEpoch(Handle handle, Candidate candidate) {
    EpochHeader header = candidate.header();
    handle.createUpdate("""
            INSERT INTO epoch (venue, epoch, snapshot_block, header, struct_hash, prices, market, params, signatures, settles, state)
            VALUES (:venue, :epoch, :block, :header::jsonb, :hash, :prices::jsonb, :market::jsonb, :params::jsonb, :signatures::jsonb,
              :settles, 'signed')
            """)
        .bind("venue", venue)
        .bind("epoch", header.epoch())
        .bind("block", header.snapshotBlock())
        .bind("header", EpochJson.header(header).toString())
        .bind("hash", header.structHash().hex())
        .bind("prices", EpochJson.prices(candidate.prices()).toString())
        .bind("market", candidate.market().canonicalJson())
        .bind("params", EpochJson.parameters(candidate.parameters()).toString())
        .bind("signatures", EpochJson.signatures(candidate.signatures()).toString())
        .bind("settles", header.settles())
        .execute();
  }

  private void insertLeaves(Handle handle, long epoch, EpochTree tree) {
    PreparedBatch batch = handle.prepareBatch("""
        INSERT INTO epoch_leaf (venue, epoch, idx, account, credit, debit, im, mm, positions, positions_salt, positions_hash, salt)
        VALUES (:venue, :epoch, :idx, :account, :credit, :debit, :im, :mm, :positions::jsonb, :positionsSalt, :positionsHash, :salt)
        """);
    for (EpochTree.Line line : tree.lines()) {
      Leaf leaf = line.leaf();
      batch.bind("venue", venue)
          .bind("epoch", epoch)
          .bind("idx", leaf.index())
          .bind("account", leaf.account().hex())
          .bind("credit", new BigDecimal(leaf.credit()))
          .bind("debit", new BigDecimal(leaf.debit()))
          .bind("im", new BigDecimal(leaf.initialMargin()))
          .bind("mm", new BigDecimal(leaf.maintenanceMargin()))
          .bind("positions", EpochJson.positions(line.positions()).toString())
          .bind("positionsSalt", line.positionsSalt().hex())
          .bind("positionsHash", leaf.positionsHash().hex())
          .bind("salt", leaf.salt().hex())
          .add();
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private void insertCuts(Handle handle, long epoch, EpochTree tree) {
    for (EpochTree.Line line : tree.lines()) {
      if (line.cut().signum() > 0) {
        handle.createUpdate("INSERT INTO owing_cut (venue, epoch, idx, amount) VALUES (:venue, :epoch, :idx, :amount)")
            .bind("venue", venue)
            .bind("epoch", epoch)
            .bind("idx", line.leaf().index())
            .bind("amount", new BigDecimal(line.cut()))
            .execute();
      }
    }
  }

  private List<Leaf> leaves(Handle handle, long epoch) {
    return handle.createQuery("SELECT * FROM epoch_leaf WHERE venue = :venue AND epoch = :epoch ORDER BY idx")
        .bind("venue", venue)
        .bind("epoch", epoch)
        .map((row, context) -> new Leaf(
            row.getLong("idx"),
            Address.fromHex(row.getString("account")),
            row.getBigDecimal("credit").toBigIntegerExact(),
            row.getBigDecimal("debit").toBigIntegerExact(),
            row.getBigDecimal("im").toBigIntegerExact(),
            row.getBigDecimal("mm").toBigIntegerExact(),
            Hash.fromHex(row.getString("positions_hash")),
            Salt.fromHex(row.getString("salt"))))
        .list();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        EpochJson.readHeader(row.getString("header")),
        EpochJson.readPrices(row.getString("prices")),
        EpochJson.readSignatures(row.getString("signatures")),
        row.getString("state").equals("posted"));
  }
}
