package io.ringfence.chain.tx;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.CallRequest;
import io.ringfence.chain.rpc.Fees;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends one address's transactions, each exactly once. A nonce, its intent and the signed bytes are durable before the node hears of them,
 * so that whatever is killed at whatever moment, {@link #resume} finishes it and no intent is done twice. Safe for use by many threads.
 *
 * <p>One process at a time may send for an address.
 */
public final class TransactionManager {
  /** Out-bidding ends at this many times what the chain asks now: then price is not what keeps the transaction from being mined. */
  private static final BigInteger BID_LIMIT = BigInteger.valueOf(20);
  private static final BigInteger PERCENT = BigInteger.valueOf(100);

  private final JsonRpc rpc;
  private final TransactionSigning signing;
  private final IntentStore store;
  private final TransactionSettings settings;
  private final Clock clock;
  private final Refusals refusals;
  /** What the node last had against an attempt: told to whoever waits in vain. */
  private final Map<Bytes32, String> objections = new ConcurrentHashMap<>();
  private final ReentrantLock sending = new ReentrantLock(true);

  public TransactionManager(JsonRpc rpc, long chainId, Signer signer, IntentStore store, TransactionSettings settings) {
    this(rpc, chainId, signer, store, settings, Clock.systemUTC());
  }

  /** With a clock of the caller's for the age of attempts. */
  public TransactionManager(JsonRpc rpc, long chainId, Signer signer, IntentStore store, TransactionSettings settings, Clock clock) {
    this.rpc = rpc;
    this.signing = new TransactionSigning(chainId, signer);
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.refusals = new Refusals(rpc);
  }

  public Address sender() {
    return signing.signer().address();
  }

  /**
   * Keeps and broadcasts an intent. An id that is kept already is not sent again.
   *
   * @throws CallRefusedException if the contract would refuse the call now; nothing is kept, no nonce used
   * @throws RpcException if the node does not answer before anything is kept; what is kept already is broadcast again by
   *     {@link #resume} and {@link #await}
   */
  public StoredIntent submit(Intent intent) {
    return submit(intent, 0);
  }

  /**
   * {@link #submit(Intent)} with room: what is estimated now may need more by the time it is mined, if transactions before it change what
   * it finds to do.
   *
   * @param leastGas the gas limit, if the estimate is lower
   */
  public StoredIntent submit(Intent intent, long leastGas) {
    Optional<StoredIntent> kept = store.find(intent.id());
    if (kept.isPresent()) {
      kept.get().requireSame(intent, sender());
      return kept.get();
    }
    Intent ready = intent.gasLimit().isPresent() ? intent : intent.withGas(Math.max(gas(intent), leastGas));
    Fees fees = rpc.suggestedFees();
    sending.lock();
    try {
      Instant now = clock.instant();
      StoredIntent saved =
          store.save(ready, sender(), rpc.nonce(sender(), BlockTag.LATEST), nonce -> signing.attempt(ready, nonce, fees, now));
      if (saved.state() == IntentState.SIGNED) {
        broadcast(saved, saved.newest());
      }
      return store.find(intent.id()).orElseThrow();
    } finally {
      sending.unlock();
    }
  }

  /** {@link #submit} and {@link #await}, as long as the settings say. */
  public Outcome send(String id, Call call) {
    return send(Intent.of(id, call));
  }

  /** {@link #submit} and {@link #await}, as long as the settings say. */
  public Outcome send(Intent intent) {
    submit(intent);
    return await(intent.id(), settings.await());
  }

  /**
   * Waits until an intent has ended, re-broadcasting and out-bidding its own attempts as needed.
   *
   * @throws AwaitTimeoutException if it has not ended after {@code timeout}; it stays open
   * @throws IllegalArgumentException if no such intent is kept
   */
  public Outcome await(String id, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    StoredIntent intent = required(id);
    while (intent.state().open()) {
      attend(intent.nonce());
      intent = required(id);
      if (!intent.state().open()) {
        break;
      }
      if (System.nanoTime() >= deadline) {
        throw new AwaitTimeoutException(id, intent.nonce(), timeout, Optional.ofNullable(objections.get(intent.newest().txHash())));
      }
      pause();
    }
    return outcome(intent);
  }

  /** One round over everything open: notes what was mined, re-broadcasts what the node lost, replaces what waits too long. */
  public void resume() {
    attend(Long.MAX_VALUE);
  }

  /** Looks after open intents up to a nonce: those behind it cannot be mined before. */
  private void attend(long lastNonce) {
    sending.lock();
    try {
      // The nonce is asked before the receipts: a nonce that was used by then with no receipt of ours was used by somebody else.
      long head = rpc.blockNumber();
      BlockTag settled = BlockTag.at(Math.max(0, head - settings.confirmations()));
      long used = rpc.nonce(sender(), settled);
      List<StoredIntent> open = store.open(sender()).stream().filter(intent -> intent.nonce() <= lastNonce).toList();
      long next = rpc.nonce(sender(), BlockTag.LATEST);
      if (open.isEmpty()) {
        reviveAfter(next);
      } else {
        fillGap(next, open.getFirst().nonce());
      }
      for (StoredIntent intent : open) {
        attend(intent, head, used);
      }
    } finally {
      sending.unlock();
    }
  }

  private void attend(StoredIntent intent, long head, long used) {
    Optional<Receipt> receipt = receipt(intent);
    if (receipt.isPresent()) {
      if (head - receipt.get().blockNumber() >= settings.confirmations()) {
        store.mark(intent.intent().id(), receipt.get().success() ? IntentState.MINED : IntentState.FAILED,
            Optional.of(receipt.get().txHash()));
        intent.attempts().forEach(attempt -> objections.remove(attempt.txHash()));
      }
    } else if (used > intent.nonce()) {
      store.mark(intent.intent().id(), IntentState.REPLACED, Optional.empty());
    } else if (intent.newest().createdAt().plus(settings.replaceAfter()).isAfter(clock.instant())) {
      if (intent.state() == IntentState.SIGNED || !rpc.knows(intent.newest().txHash())) {
        broadcast(intent, intent.newest());
      }
    } else {
      replace(intent);
    }
  }

  /** Out-bids the newest attempt, or repeats it if it bids more than anybody asks. */
  private void replace(StoredIntent intent) {
    Fees asked = rpc.suggestedFees();
    Fees bid = higher(intent.newest().fees(), asked);
    if (bid.maxFeePerGas().compareTo(asked.maxFeePerGas().multiply(BID_LIMIT)) > 0) {
      broadcast(intent, intent.newest());
      return;
    }
    Attempt attempt = signing.attempt(intent.intent(), intent.nonce(), bid, clock.instant());
    store.addAttempt(intent.intent().id(), attempt);
    broadcast(intent, attempt);
  }

  private Fees higher(Fees old, Fees asked) {
    BigInteger priority = bumped(old.maxPriorityFeePerGas()).max(asked.maxPriorityFeePerGas());
    return new Fees(bumped(old.maxFeePerGas()).max(asked.maxFeePerGas()).max(priority), priority);
  }

  private BigInteger bumped(BigInteger fee) {
    return fee.add(fee.multiply(BigInteger.valueOf(settings.bumpPercent())).divide(PERCENT)).add(BigInteger.ONE);
  }

  /**
   * Nonces below the first open one that the chain has not used: a reorganisation dropped what had been mined with them. What is kept for
   * such a nonce is broadcast again; for one that the store does not know, the sender pays itself nothing.
   */
  private void fillGap(long next, long firstOpen) {
    for (long nonce = next; nonce < firstOpen; nonce++) {
      Optional<StoredIntent> dropped = store.at(sender(), nonce);
      if (dropped.isPresent()) {
        revive(dropped.get());
      } else {
        Intent nothing = new Intent("gap-" + nonce, sender(), Data.EMPTY, BigInteger.ZERO, OptionalLong.of(21_000));
        offer(signing.attempt(nothing, nonce, rpc.suggestedFees(), clock.instant()));
      }
    }
  }

  /** Everything was done, and yet the chain has not used nonces that are kept here: a reorganisation dropped the last of what was mined. */
  private void reviveAfter(long next) {
    long nonce = next;
    for (Optional<StoredIntent> dropped = store.at(sender(), nonce); dropped.isPresent(); dropped = store.at(sender(), ++nonce)) {
      revive(dropped.get());
    }
  }

  private void revive(StoredIntent dropped) {
    store.mark(dropped.intent().id(), IntentState.SIGNED, Optional.empty());
    broadcast(dropped, dropped.newest());
  }

  private void broadcast(StoredIntent intent, Attempt attempt) {
    if (offer(attempt)) {
      store.mark(intent.intent().id(), IntentState.BROADCAST, Optional.empty());
    }
  }

  /** Whether the node has the attempt now. If not, the next round looks why: a receipt, a used nonce, or nothing and it is tried again. */
  private boolean offer(Attempt attempt) {
    try {
      rpc.sendRaw(attempt.signed());
      objections.remove(attempt.txHash());
      return true;
    } catch (RpcException.Refused | RpcException.Unreachable uncertain) {
      objections.put(attempt.txHash(), uncertain.getMessage());
      return false;
    }
  }

  private long gas(Intent intent) {
    CallRequest call = new CallRequest(Optional.of(sender()), intent.to(), intent.data(), intent.value());
    try {
      return rpc.estimateGas(call) * 13 / 10;
    } catch (RpcException.Refused refused) {
      throw refusals.named(call, refused);
    }
  }

  private Optional<Receipt> receipt(StoredIntent intent) {
    return intent.attempts().reversed().stream().map(attempt -> rpc.receipt(attempt.txHash())).flatMap(Optional::stream).findFirst();
  }

  private Outcome outcome(StoredIntent intent) {
    Optional<Receipt> receipt = intent.minedAs().flatMap(rpc::receipt);
    return switch (intent.state()) {
      case MINED -> new Outcome(IntentState.MINED, receipt, Optional.empty());
      case FAILED -> new Outcome(IntentState.FAILED, receipt, receipt.flatMap(mined -> refusals.why(intent, mined)));
      case REPLACED -> new Outcome(IntentState.REPLACED, Optional.empty(), Optional.empty());
      case SIGNED, BROADCAST -> throw new IllegalStateException("intent " + intent.intent().id() + " has not ended");
    };
  }

  private StoredIntent required(String id) {
    return store.find(id).orElseThrow(() -> new IllegalArgumentException("no intent " + id + " is kept"));
  }

  private void pause() {
    try {
      Thread.sleep(settings.poll());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcException.Unreachable("await", "interrupted", interrupted);
    }
  }
}
