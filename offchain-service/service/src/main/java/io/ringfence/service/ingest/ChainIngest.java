package io.ringfence.service.ingest;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.follow.Cursor;
import io.ringfence.chain.follow.LogFilter;
import io.ringfence.chain.follow.LogFollower;
import io.ringfence.chain.follow.Step;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.ledger.Bookkeeping;
import io.ringfence.service.ledger.Holders;
import io.ringfence.service.ledger.LedgerHead;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Takes one step along the chain at a time: what the follower found goes into SQL in one transaction, cursor included, so a service killed
 * at any moment goes on where it was. Used by one thread at a time.
 */
@ApplicationScoped
public class ChainIngest {
  private static final Logger LOG = Logger.getLogger(ChainIngest.class);

  private final Database database;
  private final LedgerHead head;
  private final Deployment deployment;
  private final LogFollower follower;
  private final EventDecoder decoder = new EventDecoder();
  private final Set<Address> emitters = new HashSet<>();
  private final Set<Address> tokens = new HashSet<>();
  private Holders holders;

  /** Along the chain of {@code deployment}. */
  public ChainIngest(Database database, LedgerHead head, JsonRpc rpc, Deployment deployment, RingfenceConfig config) {
    this.database = database;
    this.head = head;
    this.deployment = deployment;
    this.follower = new LogFollower(rpc, () -> new LogFilter(emitters, tokens, Set.of()), this::hashAt, config.confirmations());
    emitters.add(deployment.vault());
    deployment.venues().forEach(venue -> emitters.add(venue.fund()));
    deployment.tokens().forEach(token -> tokens.add(token.address()));
  }

  /**
   * Takes one step.
   *
   * @return false if the chain has nothing new
   * @throws io.ringfence.chain.rpc.RpcException if the node does not answer; nothing is stored then
   */
  public synchronized boolean step() {
    if (holders == null) {
      load();
    }
    try {
      return switch (follower.next(cursor())) {
        case Step.UpToDate _ -> false;
        case Step.Blocks blocks -> {
          keep(blocks);
          yield true;
        }
        case Step.Reorg reorg -> {
          undo(reorg.commonAncestor());
          yield true;
        }
      };
    } catch (RuntimeException e) {
      holders = null;
      throw e;
    }
  }

  private void keep(Step.Blocks step) {
    List<ChainEvent> events = step.logs().stream().map(decoder::decode).flatMap(Optional::stream).toList();
    if (widenFilter(events)) {
      return;
    }
    List<Address> opened = follow(events);
    Map<Bytes32, Long> times = step.blocks().stream().collect(Collectors.toMap(block -> block.hash(), block -> block.timestamp()));
    List<RawLog> before = receivedBefore(opened, step.blocks().getFirst().number() - 1);
    database.inTransaction(sql -> {
      var journal = new JournalWriter(sql);
      journal.keep(step.blocks());
      var entries = new ArrayList<Entry>();
      before.forEach(log -> decoder.decode(log).ifPresent(event -> entries.add(entry(event, timeOf(sql, event)))));
      events.stream().filter(this::concernsUs).forEach(event -> entries.add(entry(event, times.get(event.position().blockHash()))));
      var projections = new Projections(sql);
      journal.write(entries).forEach(projections::apply);
      moveCursor(sql, step.after());
      return null;
    });
    head.moveTo(step.after().blockNumber(), Instant.ofEpochSecond(step.blocks().getLast().timestamp()));
  }

  private void undo(Cursor ancestor) {
    long time = database.inTransaction(sql -> {
      var journal = new JournalWriter(sql);
      int undone = journal.undoAfter(ancestor.blockNumber());
      new Projections(sql).rebuild(journal.inEffect());
      moveCursor(sql, ancestor);
      LOG.warnf("the chain was reorganised after block %d: %d entries undone", ancestor.blockNumber(), undone);
      return sql.row("SELECT time FROM chain_block WHERE hash = $1", ancestor.blockHash().hex()).map(row -> row.getLong("time")).orElse(0L);
    });
    holders = null;
    head.moveTo(ancestor.blockNumber(), Instant.ofEpochSecond(time));
  }

  private Entry entry(ChainEvent event, long time) {
    return new Entry(
        event, time, EventSubject.account(event, holders), EventSubject.venue(event, holders), Bookkeeping.postings(event, holders));
  }

  private boolean concernsUs(ChainEvent event) {
    return !(event instanceof ChainEvent.Transfer transfer)
        || tokens.contains(transfer.position().address()) && (holders.follows(transfer.from()) || holders.follows(transfer.to()));
  }

  /** A venue or series that these events create brings emitters and tokens that were not asked for: asks for the same blocks again. */
  private boolean widenFilter(List<ChainEvent> events) {
    boolean wider = false;
    for (ChainEvent event : events) {
      if (event instanceof ChainEvent.VenueRegistered registered) {
        wider |= emitters.add(registered.fund());
      }
      if (event instanceof ChainEvent.SeriesOpened opened) {
        wider |= emitters.add(opened.series());
      }
      if (event instanceof ChainEvent.VenuePolicy policy) {
        for (var asset : policy.assets()) {
          wider |= tokens.add(asset.token());
        }
      }
    }
    return wider;
  }

  /** Follows accounts and venues that these events create. */
  private List<Address> follow(List<ChainEvent> events) {
    var opened = new ArrayList<Address>();
    for (ChainEvent event : events) {
      if (event instanceof ChainEvent.AccountOpened account) {
        holders.addAccount(account.account());
        opened.add(account.account());
      }
      if (event instanceof ChainEvent.VenueRegistered venue) {
        holders.addVenue(venue.venue(), venue.settlementAsset(), venue.pool(), venue.fund());
      }
      if (event instanceof ChainEvent.SeriesOpened series) {
        holders.addSeries(series.series(), series.position().address());
      }
    }
    return opened;
  }

  /** An account's address can be paid before the account exists: nobody followed those transfers when they passed. */
  private List<RawLog> receivedBefore(List<Address> opened, long lastBlock) {
    var received = new ArrayList<RawLog>();
    if (lastBlock >= deployment.block()) {
      for (Address account : opened) {
        for (Address token : tokens) {
          received.addAll(follower.transfersTo(account, token, deployment.block(), lastBlock));
        }
      }
    }
    return received;
  }

  private long timeOf(Sql sql, ChainEvent event) {
    String hash = event.position().blockHash().hex();
    return sql.row("SELECT time FROM chain_block WHERE hash = $1 AND canonical", hash)
        .orElseThrow(() -> new IllegalStateException("block " + hash + " was reorganised away while its transfers were read: once more"))
        .getLong("time");
  }

  private Optional<Bytes32> hashAt(long number) {
    return database.inTransaction(sql -> sql
        .row("SELECT hash FROM chain_block WHERE number = $1 AND canonical", number)
        .map(row -> new Bytes32(row.getString("hash"))));
  }

  private Cursor cursor() {
    return database.inTransaction(sql -> sql
        .row("SELECT block_number, block_hash FROM chain_cursor")
        .map(row -> new Cursor(row.getLong("block_number"), new Bytes32(row.getString("block_hash"))))
        .orElseGet(() -> follower.before(deployment.block())));
  }

  private void moveCursor(Sql sql, Cursor cursor) {
    sql.update("""
        INSERT INTO chain_cursor (chain_id, vault, block_number, block_hash) VALUES ($1, $2, $3, $4)
        ON CONFLICT (one) DO UPDATE SET block_number = excluded.block_number, block_hash = excluded.block_hash
        """, deployment.chainId(), deployment.vault().hex(), cursor.blockNumber(), cursor.blockHash().hex());
  }

  /** Learns again what the database knows, at the start and whenever a step did not go through. */
  private void load() {
    database.inTransaction(sql -> {
      requireSameDeployment(sql);
      var known = new Holders();
      sql.rows("SELECT address FROM account").forEach(row -> known.addAccount(new Address(row.getString("address"))));
      sql.rows("SELECT id, settlement_asset, pool, fund FROM venue").forEach(row -> known.addVenue(row.getLong("id"),
          new Address(row.getString("settlement_asset")), new Address(row.getString("pool")), new Address(row.getString("fund"))));
      sql.rows("SELECT DISTINCT token FROM venue_asset").forEach(row -> tokens.add(new Address(row.getString("token"))));
      sql.rows("SELECT fund, series FROM fund_series")
          .forEach(row -> known.addSeries(new Address(row.getString("series")), new Address(row.getString("fund"))));
      emitters.addAll(known.funds());
      emitters.addAll(known.series());
      sql.row("SELECT number, time FROM chain_block JOIN chain_cursor ON block_hash = hash")
          .ifPresent(row -> head.moveTo(row.getLong("number"), Instant.ofEpochSecond(row.getLong("time"))));
      holders = known;
      return null;
    });
  }

  private void requireSameDeployment(Sql sql) {
    String vault = deployment.vault().hex();
    sql.row("SELECT chain_id, vault FROM chain_cursor").ifPresent(row -> {
      if (row.getLong("chain_id") != deployment.chainId() || !row.getString("vault").equals(vault)) {
        throw new IllegalStateException("the database holds the ledger of vault " + row.getString("vault") + " on chain "
            + row.getLong("chain_id") + ", not of " + vault + " on chain " + deployment.chainId()
                + ": give this deployment a data directory of its own");
      }
    });
  }
}
