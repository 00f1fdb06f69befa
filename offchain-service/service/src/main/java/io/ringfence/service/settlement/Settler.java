package io.ringfence.service.settlement;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Data;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.RangeProof;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.LedgerView;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.epoch.Wire;
import io.ringfence.service.store.Database;
import io.ringfence.service.transaction.Sender;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settles under the newest settling root whose dispute window has passed, contiguous ranges of leaves with one proof each: the ranges of
 * those who owe first, so that the pool can pay; then those of whoever has not been paid yet. The chain moves only what is still due, so
 * a range sent twice moves nothing twice; dues below the venue's threshold are carried forward.
 */
public final class Settler {

  /** What a range costs at most, by the number of its leaves: a credit that the pool can pay only once it is mined costs most. */
  private static final long GAS = 800_000;
  private static final long GAS_OF_A_LEAF = 60_000;

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final EpochStore store;
  private final Sender sender;
  private final EventDecoder decoder = new EventDecoder();

  /** A settler that sends through {@code sender}. */
  public Settler(Database database, ChainAccess chain, Venue venue, EpochStore store, Sender sender) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
    this.store = store;
    this.sender = sender;
  }

  /** A leaf and what is due under it, settlement units, positive to the account. */
  private record Due(Leaf leaf, BigInteger amount) {
    boolean owed() {
      return amount.signum() < 0;
    }

    boolean stillOwing(Map<Address, BigInteger> moved) {
      return !owed() && moved.getOrDefault(Wire.address(leaf.account()), BigInteger.ZERO).compareTo(amount) < 0;
    }
  }

  /** Indices of a range's first and last leaf. */
  record Range(int first, int last) {
    int leaves() {
      return last - first + 1;
    }
  }

  /** Sends what is due; nothing if no settling root is ripe or all of it is done. */
  public void settle() {
    VenueFacts facts = VenueFacts.read(chain, venue.id());
    Optional<Long> ripe = ripe(facts.parameters().disputeWindow());
    if (ripe.isEmpty()) {
      return;
    }
    Root root = store.root(ripe.get()).orElseThrow();
    List<Due> dues = dues(root, facts.parameters().settleThreshold());
    Map<Address, BigInteger> moved = send(root, "in", dues.stream().filter(Due::owed).toList());
    send(root, "out", dues.stream().filter(due -> due.stillOwing(moved)).toList());
    finish(root.header().epoch());
  }

  /**
   * The newest settling root past its dispute window that is newer than every one settled. The window runs on the venue's clock, which
   * stands still in a pause: by the chain's time it is never over sooner, so that only sifts.
   */
  private Optional<Long> ripe(long disputeWindow) {
    long clock = chain.contracts().registry().clock(venue.id());
    return unsettled(chain.head().timestamp() - disputeWindow).stream()
        .filter(epoch -> chain.contracts().log().posted(venue.id(), epoch).postedAt() + disputeWindow < clock)
        .findFirst();
  }

  /** Settling roots posted before a time and newer than every one settled, the newest first. */
  private List<Long> unsettled(long postedBefore) {
    return database.inTransaction(sql -> sql.rows("""
        SELECT posted_epoch.epoch FROM posted_epoch JOIN epoch USING (venue, epoch)
        WHERE venue = $1 AND posted_epoch.settles AND posted_epoch.time < $2 AND epoch.state = 'posted'
          AND NOT EXISTS (SELECT 1 FROM settlement_run run WHERE run.venue = $1 AND run.epoch >= posted_epoch.epoch)
        ORDER BY posted_epoch.epoch DESC
        """, venue.id(), postedBefore).stream().map(row -> row.getLong("epoch")).toList());
  }

  private void finish(long epoch) {
    database.useTransaction(sql ->
        sql.update("INSERT INTO settlement_run (venue, epoch) VALUES ($1, $2) ON CONFLICT DO NOTHING", venue.id(), epoch));
  }

  /** By index. */
  private List<Due> dues(Root root, BigInteger threshold) {
    return database.inTransaction(sql -> {
      LedgerView ledger = LedgerView.newest(sql, venue.id());
      Set<Long> settleable = new HashSet<>();
      sql.rows("SELECT idx FROM account WHERE venue = $1 AND status IN ('ACTIVE', 'CALLED')", venue.id())
          .forEach(row -> settleable.add(row.getLong("idx")));
      List<Due> dues = new ArrayList<>();
      for (Leaf leaf : root.leaves()) {
        BigInteger amount = leaf.net().subtract(ledger.settled(Wire.address(leaf.account())));
        boolean worth = amount.signum() != 0 && amount.abs().compareTo(threshold) >= 0;
        if (worth && settleable.contains(leaf.index())) {
          dues.add(new Due(leaf, amount));
        }
      }
      dues.sort(Comparator.comparing(due -> due.leaf().index()));
      return dues;
    });
  }

  /** Sends the ranges that hold {@code dues}; what it moved for whom, settlement units. */
  private Map<Address, BigInteger> send(Root root, String direction, List<Due> dues) {
    List<Range> ranges = ranges(dues.stream().map(due -> (int) due.leaf().index()).toList(), venue.settleRange());
    Map<String, Call> calls = new LinkedHashMap<>();
    for (Range range : ranges) {
      RangeProof proof = root.range(range.first(), range.last());
      calls.put(
          "settle:" + venue.id() + ":" + root.id() + ":" + direction + ":" + range.first() + "-" + range.last(),
          chain.calls().settle(
              Wire.header(root.header()), range.first(), Data.of(proof.packedLeaves()), Data.of(proof.packedSiblings())));
    }
    int longest = ranges.stream().mapToInt(Range::leaves).max().orElse(0);
    Map<Address, BigInteger> moved = new HashMap<>();
    sender.sendAll(calls, GAS + GAS_OF_A_LEAF * longest).values().stream()
        .flatMap(outcome -> outcome.receipt().stream())
        .flatMap(receipt -> receipt.logs().stream())
        .flatMap(log -> decoder.decode(log).stream())
        .forEach(event -> {
          if (event instanceof ChainEvent.SettledChanged change) {
            moved.merge(change.account(), change.delta(), BigInteger::add);
          }
        });
    return moved;
  }

  /** Ranges of at most {@code most} indices, each from one of {@code indices} to one of them, that hold all of them. Ascending. */
  static List<Range> ranges(List<Integer> indices, int most) {
    List<Range> ranges = new ArrayList<>();
    for (int index : indices) {
      Range open = ranges.isEmpty() ? null : ranges.getLast();
      if (open != null && index - open.first() < most) {
        ranges.set(ranges.size() - 1, new Range(open.first(), index));
      } else {
        ranges.add(new Range(index, index));
      }
    }
    return ranges;
  }
}
