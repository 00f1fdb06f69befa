package io.ringfence.service.epoch;

import io.ringfence.reserves.Address;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.Salt;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.Venue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Epochs in the database: posted ones, and at most one candidate for the next. A candidate is stored with all its leaves in one
 * transaction before its header is sent, so that no root is on the chain whose leaves are not here.
 */
public final class EpochStore {

  /** Leaves in one statement: a message to the server has its limits, a tree has none. */
  private static final int LEAVES = 5_000;

  private final Database database;
  private final int venue;
  private volatile Optional<Root> newestLoaded = Optional.empty();

  /** The venue's epochs in this database. */
  public EpochStore(Database database, Venue venue) {
    this.database = database;
    this.venue = venue.id();
  }

  /** A stored epoch, as much of it as posting needs. */
  public record Stored(EpochHeader header, RootPrices prices, ProofFile.Signatures signatures, boolean posted) {}

  /** The epoch of that number, candidate or posted. */
  public Optional<Stored> find(long epoch) {
    return database.inTransaction(sql -> find(sql, epoch));
  }

  /** The newest epoch that is known to be posted; 0 if none is. */
  public long newestPosted() {
    return database.inTransaction(sql -> sql
        .one("SELECT coalesce(max(epoch), 0) AS epoch FROM epoch WHERE venue = $1 AND state = 'posted'", venue).getLong("epoch"));
  }

  /** Stores a signed candidate with its leaves and cuts; takes up the settling requests that wait. */
  public void save(Candidate candidate, EpochTree tree) {
    long epoch = candidate.header().epoch();
    database.useTransaction(sql -> {
      insertEpoch(sql, candidate);
      for (int from = 0; from < tree.lines().size(); from += LEAVES) {
        insertLeaves(sql, epoch, tree.lines().subList(from, Math.min(tree.lines().size(), from + LEAVES)));
      }
      insertCuts(sql, epoch, tree.lines().stream().filter(line -> line.cut().signum() > 0).toList());
      if (candidate.header().settles()) {
        sql.update("UPDATE settling_request SET epoch = $2 WHERE venue = $1 AND epoch IS NULL", venue, epoch);
      }
    });
  }

  /** Notes that the chain has the epoch. */
  public void markPosted(long epoch) {
    database.useTransaction(sql -> sql.update("UPDATE epoch SET state = 'posted' WHERE venue = $1 AND epoch = $2", venue, epoch));
  }

  /** Notes the transaction that posted the epoch. */
  public void markPosted(long epoch, String transaction, long block) {
    database.useTransaction(sql -> sql.update(
        "UPDATE epoch SET state = 'posted', posted_tx = $3, posted_block = $4 WHERE venue = $1 AND epoch = $2",
        venue, epoch, transaction, block));
  }

  /** Forgets a candidate that can no longer be posted; what it took up waits again. */
  public void drop(long epoch) {
    newestLoaded = Optional.empty();
    database.useTransaction(sql -> {
      for (String table : List.of("epoch_leaf", "owing_cut", "settlement_run", "epoch")) {
        sql.update("DELETE FROM " + table + " WHERE venue = $1 AND epoch >= $2", venue, epoch);
      }
      sql.update("UPDATE settling_request SET epoch = NULL WHERE venue = $1 AND epoch >= $2", venue, epoch);
    });
  }

  /** Whether an operator waits for a settling root. */
  public boolean settlingRequested() {
    return database.inTransaction(sql -> sql
        .row("SELECT 1 FROM settling_request WHERE venue = $1 AND epoch IS NULL LIMIT 1", venue)).isPresent();
  }

  /** An epoch with all its leaves, if it is stored. */
  public Optional<Root> root(long epoch) {
    Optional<Root> loaded = loaded(epoch);
    if (loaded.isPresent()) {
      return loaded;
    }
    Optional<Root> root = database.inTransaction(sql -> find(sql, epoch)
        .map(stored -> new Root(stored.header(), stored.prices(), stored.signatures(), leaves(sql, epoch))));
    Optional<Root> newest = newestLoaded;
    if (root.isPresent() && (newest.isEmpty() || newest.get().header().epoch() < epoch)) {
      newestLoaded = root;
    }
    return root;
  }

  /** The newest posted epoch with its leaves. */
  public Optional<Root> newestRoot() {
    long epoch = newestPosted();
    return epoch == 0 ? Optional.empty() : root(epoch);
  }

  private Optional<Root> loaded(long epoch) {
    return newestLoaded.filter(root -> root.header().epoch() == epoch);
  }

  private Optional<Stored> find(Sql sql, long epoch) {
    return sql
        .row("""
            SELECT header::text AS header, prices::text AS prices, signatures::text AS signatures, state
            FROM epoch WHERE venue = $1 AND epoch = $2
            """, venue, epoch)
        .map(row -> new Stored(
            EpochJson.readHeader(row.getString("header")),
            EpochJson.readPrices(row.getString("prices")),
            EpochJson.readSignatures(row.getString("signatures")),
            row.getString("state").equals("posted")));
  }

  private void insertEpoch(Sql sql, Candidate candidate) {
    EpochHeader header = candidate.header();
    sql.update("""
        INSERT INTO epoch (venue, epoch, snapshot_block, header, struct_hash, prices, market, params, signatures, settles, state)
        VALUES ($1, $2, $3, $4::text::jsonb, $5, $6::text::jsonb, $7::text::jsonb, $8::text::jsonb, $9::text::jsonb, $10, 'signed')
        """,
        venue,
        header.epoch(),
        header.snapshotBlock(),
        EpochJson.header(header).toString(),
        header.structHash().hex(),
        EpochJson.prices(candidate.prices()).toString(),
        candidate.market().canonicalJson(),
        EpochJson.parameters(candidate.parameters()).toString(),
        EpochJson.signatures(candidate.signatures()).toString(),
        header.settles());
  }

  private void insertLeaves(Sql sql, long epoch, List<EpochTree.Line> lines) {
    sql.update("""
        INSERT INTO epoch_leaf (venue, epoch, idx, account, credit, debit, im, mm, positions, positions_salt, positions_hash, salt)
        SELECT $1, $2, idx, account, credit::numeric, debit::numeric, im::numeric, mm::numeric, positions::jsonb, positions_salt,
          positions_hash, salt
        FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
          $12::text[]) AS l (idx, account, credit, debit, im, mm, positions, positions_salt, positions_hash, salt)
        """,
        venue,
        epoch,
        lines.stream().map(line -> (long) line.leaf().index()).toArray(Long[]::new),
        texts(lines, line -> line.leaf().account().hex()),
        texts(lines, line -> line.leaf().credit().toString()),
        texts(lines, line -> line.leaf().debit().toString()),
        texts(lines, line -> line.leaf().initialMargin().toString()),
        texts(lines, line -> line.leaf().maintenanceMargin().toString()),
        texts(lines, line -> EpochJson.positions(line.positions()).toString()),
        texts(lines, line -> line.positionsSalt().hex()),
        texts(lines, line -> line.leaf().positionsHash().hex()),
        texts(lines, line -> line.leaf().salt().hex()));
  }

  private void insertCuts(Sql sql, long epoch, List<EpochTree.Line> lines) {
    sql.update("""
        INSERT INTO owing_cut (venue, epoch, idx, amount)
        SELECT $1, $2, idx, amount::numeric FROM unnest($3::bigint[], $4::text[]) AS c (idx, amount)
        """,
        venue,
        epoch,
        lines.stream().map(line -> (long) line.leaf().index()).toArray(Long[]::new),
        texts(lines, line -> line.cut().toString()));
  }

  private static String[] texts(List<EpochTree.Line> lines, Function<EpochTree.Line, String> column) {
    return lines.stream().map(column).toArray(String[]::new);
  }

  private List<Leaf> leaves(Sql sql, long epoch) {
    return sql
        .rows("""
            SELECT idx, account, credit, debit, im, mm, positions_hash, salt FROM epoch_leaf WHERE venue = $1 AND epoch = $2 ORDER BY idx
            """, venue, epoch)
        .stream()
        .map(row -> new Leaf(
            row.getLong("idx"),
            Address.fromHex(row.getString("account")),
            Exact.whole(row, "credit"),
            Exact.whole(row, "debit"),
            Exact.whole(row, "im"),
            Exact.whole(row, "mm"),
            Hash.fromHex(row.getString("positions_hash")),
            Salt.fromHex(row.getString("salt"))))
        .toList();
  }
}
