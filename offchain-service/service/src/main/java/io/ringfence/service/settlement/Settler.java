package io.ringfence.service.settlement;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.reserves.Leaf;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settles under the newest settling root whose dispute window has passed: debits first, so that the pool can pay the credits. The chain
 * moves only what is still due, so a batch sent twice moves nothing twice; dues below the venue's threshold are carried forward.
 */
public final class Settler {

  private static final int BATCH = 32;

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final EpochStore store;
  private final Sender sender;

  /** A settler that sends through {@code sender}. */
  public Settler(Database database, ChainAccess chain, Venue venue, EpochStore store, Sender sender) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
    this.store = store;
    this.sender = sender;
  }

  /** A leaf and what is due under it, settlement units, positive to the account. */
  private record Due(Leaf leaf, BigInteger amount) {}

  /** Sends what is due; nothing if no settling root is ripe or all of it is done. */
  public void settle() {
    VenueFacts facts = VenueFacts.read(chain, venue.id());
    Optional<Long> ripe = ripe(chain.head().timestamp(), facts.parameters().disputeWindow());
    if (ripe.isEmpty()) {
      return;
    }
    Root root = store.root(ripe.get()).orElseThrow();
    List<Due> dues = dues(root);
    sender.sendAll(batches(root, "in", dues.stream().filter(due -> due.amount().signum() < 0).toList()));
    sender.sendAll(batches(root, "out", dues.stream().filter(due -> due.amount().signum() > 0).toList()));
    finish(root.header().epoch());
  }

  /** The newest settling root past its dispute window, by when the chain took it, that is newer than every one settled. */
  private Optional<Long> ripe(long now, long disputeWindow) {
    return database.inTransaction(sql -> sql.row("""
        SELECT posted_epoch.epoch FROM posted_epoch JOIN epoch USING (venue, epoch)
        WHERE venue = $1 AND posted_epoch.settles AND posted_epoch.time + $2 < $3 AND epoch.state = 'posted'
          AND NOT EXISTS (SELECT 1 FROM settlement_run run WHERE run.venue = $1 AND run.epoch >= posted_epoch.epoch)
        ORDER BY posted_epoch.epoch DESC LIMIT 1
        """, venue.id(), disputeWindow, now).map(row -> row.getLong("epoch")));
  }

  private void finish(long epoch) {
    database.useTransaction(sql ->
        sql.update("INSERT INTO settlement_run (venue, epoch) VALUES ($1, $2) ON CONFLICT DO NOTHING", venue.id(), epoch));
  }

  private List<Due> dues(Root root) {
    return database.inTransaction(sql -> {
      LedgerView ledger = LedgerView.newest(sql, venue.id());
      Set<Long> settleable = new HashSet<>();
      sql.rows("SELECT idx FROM account WHERE venue = $1 AND status IN ('ACTIVE', 'CALLED')", venue.id())
          .forEach(row -> settleable.add(row.getLong("idx")));
      List<Due> dues = new ArrayList<>();
      for (Leaf leaf : root.leaves()) {
        BigInteger amount = leaf.net().subtract(ledger.settled(Wire.address(leaf.account())));
        boolean worth = amount.signum() != 0 && amount.abs().compareTo(venue.settlementThreshold()) >= 0;
        if (worth && settleable.contains(leaf.index())) {
          dues.add(new Due(leaf, amount));
        }
      }
      return dues;
    });
  }

  private Map<String, Call> batches(Root root, String direction, List<Due> dues) {
    Map<String, Call> calls = new LinkedHashMap<>();
    EpochHeader header = Wire.header(root.header());
    for (int from = 0; from < dues.size(); from += BATCH) {
      List<AccountProof> proofs =
          dues.subList(from, Math.min(dues.size(), from + BATCH)).stream().map(due -> root.proof(due.leaf())).toList();
      calls.put(
          "settle:" + venue.id() + ":" + root.id() + ":" + direction + ":" + dues.get(from).leaf().index(),
          chain.calls().settle(
              header, proofs.stream().map(AccountProof::leaf).toList(), proofs.stream().map(AccountProof::siblings).toList()));
    }
    return calls;
  }
}
