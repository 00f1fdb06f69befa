package io.ringfence.keeper;

import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.tx.Intent;
import io.ringfence.chain.tx.IntentState;
import io.ringfence.chain.tx.Outcome;
import io.ringfence.chain.tx.TransactionManager;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes what pays, block by block. */
final class Keeper {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Scout scout;
  private final Appraisal appraisal;
  private final ProfitBook book;
  private final Calls calls;
  private final Optional<TransactionManager> sender;
  private final Journal journal;
  private final EventDecoder decoder = new EventDecoder();

  /** @param sender empty: a dry run, which only says what it would take */
  Keeper(Scout scout, Limits limits, ProfitBook book, Calls calls, Optional<TransactionManager> sender, Journal journal) {
    this.scout = scout;
    this.appraisal = new Appraisal(limits);
    this.book = book;
    this.calls = calls;
    this.sender = sender;
    this.journal = journal;
  }

  /** Looks at every lot at this block and takes those that pay. Returns when every take has been mined. */
  void work(BlockRef block) {
    List<Scout.Found> lots = scout.find(block);
    if (lots.isEmpty()) {
      return;
    }
    BigInteger cash = sender.map(manager -> scout.cash(manager.sender(), block)).orElse(Prices.WAD.multiply(Prices.WAD));
    BigInteger inventory = book.received();
    List<Pending> pending = new ArrayList<>();
    for (Scout.Found found : lots) {
      Offer offer = found.offer();
      switch (appraisal.of(offer, inventory, cash)) {
        case Decision.Pass pass ->
            journal.write("pass", "lot", offer.lot(), "price", offer.price(), "livePrice", offer.livePrice(), "reason", pass.reason());
        case Decision.Take take -> {
          cash = cash.subtract(Prices.cost(take.amount(), offer.price()));
          inventory = inventory.add(Prices.worth(take.amount(), offer.livePrice()));
          journal.write(sender.isPresent() ? "bid" : "would-take", "lot", offer.lot(), "amount", take.amount(), "maxPrice", take.maxPrice(),
              "expectedProfit", take.expectedProfit());
          sender.ifPresent(manager -> pending.add(bid(manager, block, offer, take)));
        }
      }
    }
    pending.forEach(bid -> finish(bid, block));
  }

  /** The gas limit is given, so that the bid is sent even when a rival is about to make it fail: the chain decides who was first. */
  private Pending bid(TransactionManager manager, BlockRef block, Offer offer, Decision.Take take) {
    String id = "take-" + offer.lot() + "-" + block.number();
    manager.submit(
        Intent.of(id, calls.take(offer.lot(), take.amount(), take.maxPrice(), manager.sender(), Data.EMPTY)).withGas(Scout.TAKE_GAS));
    return new Pending(id, offer);
  }

  private void finish(Pending bid, BlockRef block) {
    Outcome outcome = sender.orElseThrow().await(bid.id(), PATIENCE);
    BigInteger gas = outcome.receipt().map(receipt -> scout.inSettlementUnits(fee(receipt), block)).orElse(BigInteger.ZERO);
    if (outcome.state() == IntentState.MINED) {
      Receipt receipt = outcome.receipt().orElseThrow();
      ChainEvent.LotTaken taken = taken(receipt);
      book.took(Prices.worth(taken.amount(), bid.offer().livePrice()), taken.payment(), gas);
      journal.write("taken", "lot", taken.lot(), "amount", taken.amount(), "payment", taken.payment(), "gas", gas, "profit", book.profit(),
          "tx", receipt.txHash());
    } else {
      book.lostRace(gas);
      journal.write("lost", "lot", bid.offer().lot(), "reason", outcome.revert().map(Object::toString).orElse("replaced"), "gas", gas,
          "profit", book.profit(), "tx", outcome.receipt().map(receipt -> receipt.txHash().hex()).orElse(""));
    }
  }

  private ChainEvent.LotTaken taken(Receipt receipt) {
    return receipt.logs().stream()
        .flatMap(log -> decoder.decode(log).stream())
        .filter(ChainEvent.LotTaken.class::isInstance)
        .map(ChainEvent.LotTaken.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("transaction " + receipt.txHash() + " succeeded and took nothing"));
  }

  private static BigInteger fee(Receipt receipt) {
    return receipt.effectiveGasPrice().multiply(BigInteger.valueOf(receipt.gasUsed()));
  }

  private record Pending(String id, Offer offer) {}
}
