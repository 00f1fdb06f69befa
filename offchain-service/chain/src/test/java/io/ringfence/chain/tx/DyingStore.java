package io.ringfence.chain.tx;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** A store whose process dies at the Nth write: before it takes effect, or after. Nothing works from then on. */
final class DyingStore implements IntentStore {
  /** The process is dead. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final IntentStore store;
  private final boolean afterEffect;
  private int writesLeft;
  private boolean dead;

  DyingStore(IntentStore store, int diesAtWrite, boolean afterEffect) {
    this.store = store;
    this.writesLeft = diesAtWrite;
    this.afterEffect = afterEffect;
  }

  boolean dead() {
    return dead;
  }

  private void live() {
    if (dead) {
      throw new Death();
    }
  }

  private void write(Runnable effect) {
    live();
    if (--writesLeft > 0) {
      effect.run();
      return;
    }
    if (afterEffect) {
      effect.run();
    }
    dead = true;
    throw new Death();
  }

  @Override
  public StoredIntent save(Intent intent, Address sender, long lowestNonce, LongFunction<Attempt> signing) {
    write(() -> store.save(intent, sender, lowestNonce, signing));
    return store.find(intent.id()).orElseThrow();
  }

  @Override
  public void addAttempt(String id, Attempt attempt) {
    write(() -> store.addAttempt(id, attempt));
  }

  @Override
  public void mark(String id, IntentState state, Optional<Bytes32> minedAs) {
    write(() -> store.mark(id, state, minedAs));
  }

  @Override
  public Optional<StoredIntent> find(String id) {
    live();
    return store.find(id);
  }

  @Override
  public List<StoredIntent> open(Address sender) {
    live();
    return store.open(sender);
  }

  @Override
  public Optional<StoredIntent> at(Address sender, long nonce) {
    live();
    return store.at(sender, nonce);
  }
}
