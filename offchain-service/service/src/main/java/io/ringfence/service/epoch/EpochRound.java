package io.ringfence.service.epoch;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.tx.Outcome;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.VenueState;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.EpochParameters;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.RootPrices;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.transaction.Sender;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings one epoch onto the chain: the candidate that a former round left, or a new one. Whatever step a crash interrupts, the next round
 * ends in the same place: the chain says which epoch is the newest, and a candidate's transaction has an id made of its struct hash.
 */
public final class EpochRound {

  private static final Logger LOG = Logger.getLogger(EpochRound.class);

  private final ChainAccess chain;
  private final Venue venue;
  private final EpochStore store;
  private final Freezer freezer;
  private final SnapshotReader reader;
  private final TreeBuilder builder;
  private final MarginModel model;
  private final Quorum quorum;
  private final Sender sender;
  private final LedgerWait ledger;

  /** A round over these stages. */
  public EpochRound(
      ChainAccess chain,
      Venue venue,
      EpochStore store,
      Freezer freezer,
      SnapshotReader reader,
      TreeBuilder builder,
      MarginModel model,
      Quorum quorum,
      Sender sender,
      LedgerWait ledger) {
    this.chain = chain;
    this.venue = venue;
    this.store = store;
    this.freezer = freezer;
    this.reader = reader;
    this.builder = builder;
    this.model = model;
    this.quorum = quorum;
    this.sender = sender;
    this.ledger = ledger;
  }

  /**
   * Posts one epoch. A venue without accounts has nothing to prove, but for want of a root it is suspended one day, and takes no first
   * account then: so one is posted.
   *
   * @return the epoch that is now the newest; 0 if the venue has no account yet and needs no root
   */
  public long post() {
    long newest = chain.contracts().log().newest(venue.id());
    catchUp(newest);
    Optional<EpochStore.Stored> left = store.find(newest + 1);
    if (left.isPresent()) {
      return send(left.get()) ? newest + 1 : newest;
    }
    if (chain.contracts().pool().book(venue.id()).nextIndex() == 0 && chain.contracts().registry().state(venue.id()) == VenueState.LIVE) {
      return newest;
    }
    prepare(newest + 1);
    return send(store.find(newest + 1).orElseThrow()) ? newest + 1 : newest;
  }

  /** Notes what the chain took while nobody looked. A candidate in whose place the chain has another root is dropped. */
  private void catchUp(long newest) {
    for (long epoch = store.newestPosted() + 1; epoch <= newest; epoch++) {
      Optional<EpochStore.Stored> own = store.find(epoch);
      if (own.isPresent() && isOnChain(own.get().header())) {
        store.markPosted(epoch);
      } else if (own.isPresent()) {
        store.drop(epoch);
      }
    }
  }

  private boolean isOnChain(EpochHeader header) {
    return chain.contracts().log().posted(venue.id(), header.epoch()).structHash().equals(Wire.bytes32(header.structHash()));
  }

  /** Builds, signs and stores the candidate for {@code epoch}. */
  void prepare(long epoch) {
    BlockRef head = chain.head();
    MarketQuotes frozen = freezer.freeze(epoch, Instant.ofEpochSecond(head.timestamp()));
    EpochSnapshot.Block block = checkpoint(epoch, head.number());
    MarketQuotes market = new MarketQuotes(Instant.ofEpochSecond(block.time()), frozen.quotes());
    VenueFacts facts = VenueFacts.read(chain, venue.id());
    EpochSnapshot snapshot = reader.read(facts, epoch, block, market);
    EpochTree tree = builder.build(snapshot);
    EpochParameters parameters = HeaderMaker.parameters(facts, model.hash(), tree.uncovered());
    RootPrices prices = new RootPrices(snapshot.collateral().prices(), market.hash());
    EpochHeader header = HeaderMaker.make(snapshot, tree, previous(epoch), parameters, prices, settles(epoch));
    store.save(new Candidate(header, parameters, prices, market, quorum.sign(header, market, facts.attestors())), tree);
  }

  /** Sends a stored candidate and waits. False: it can never be posted and is dropped, so that the next round makes another. */
  private boolean send(EpochStore.Stored candidate) {
    EpochHeader header = candidate.header();
    try {
      Outcome outcome = sender.send(intentId(header), call(candidate));
      if (outcome.success()) {
        // What a reorganisation drops is sent again, as it was, when the sender resumes: its id and its nonce are still its own.
        Receipt receipt = outcome.receipt().orElseThrow(() -> new IllegalStateException(
            "epoch " + header.epoch() + " was reorganised away after it was posted; the next round posts it again or builds it anew"));
        store.markPosted(header.epoch(), receipt.txHash().hex(), receipt.blockNumber());
        ledger.until(receipt.blockNumber(), receipt.blockHash());
        return true;
      }
      LOG.warnf("epoch %d was refused on the chain (%s); it is built again", header.epoch(), outcome.revert());
    } catch (CallRefusedException e) {
      LOG.warnf("epoch %d would be refused (%s); it is built again", header.epoch(), e.revert());
    }
    store.drop(header.epoch());
    return false;
  }

  static String intentId(EpochHeader header) {
    return "post:" + header.venue() + ":" + header.epoch() + ":" + header.structHash().hex();
  }

  Call call(EpochStore.Stored candidate) {
    return chain.calls().post(
        Wire.header(candidate.header()),
        Wire.prices(candidate.prices()),
        Data.of(candidate.signatures().venue().toBytes()),
        Quorum.packed(candidate.signatures().attestors()));
  }

  private EpochSnapshot.Block checkpoint(long epoch, long head) {
    Outcome outcome = sender.send("checkpoint:" + venue.id() + ":" + epoch + ":" + head, chain.calls().checkpoint(venue.id()));
    Receipt receipt = outcome.receipt().filter(Receipt::success)
        .orElseThrow(() -> new IllegalStateException("the checkpoint was not taken: " + outcome.revert()));
    ledger.until(receipt.blockNumber(), receipt.blockHash());
    BlockRef block = chain.rpc().block(BlockTag.at(receipt.blockHash()))
        .orElseThrow(() -> new IllegalStateException("the checkpoint's block " + receipt.blockNumber() + " is gone"));
    return new EpochSnapshot.Block(block.number(), block.hash().hex(), block.timestamp());
  }

  private Hash previous(long epoch) {
    return epoch == 1 ? Hash.ZERO : store.find(epoch - 1)
        .map(stored -> stored.header().structHash())
        .orElseThrow(() -> new IllegalStateException("epoch " + (epoch - 1) + " is on the chain but not in this database"));
  }

  private boolean settles(long epoch) {
    return store.settlingRequested() || venue.settleEvery() > 0 && epoch % venue.settleEvery() == 0;
  }
}
