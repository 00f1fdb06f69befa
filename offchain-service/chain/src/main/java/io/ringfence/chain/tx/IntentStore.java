package io.ringfence.chain.tx;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Where intents survive. Each method is durable when it returns, and atomic: after a crash all of it happened or none. Safe for use by many
 * threads, and by many processes if the implementation says so.
 */
public interface IntentStore {
  /**
   * Keeps a new intent: chooses the sender's next nonce, {@code max(lowestNonce, highest nonce kept for sender + 1)}, has
   * {@code signing} sign for it, and keeps all of it in one step, state SIGNED. If the id is kept already, returns what is kept and signs
   * nothing.
   *
   * @param intent with its gas limit set
   * @param lowestNonce the sender's nonce on the chain
   * @param signing makes the first attempt for a nonce; it does no I/O
   * @throws IllegalStateException if the id is kept for another sender, contract or calldata
   */
  StoredIntent save(Intent intent, Address sender, long lowestNonce, LongFunction<Attempt> signing);

  /** Keeps a replacement for an open intent before it is broadcast. */
  void addAttempt(String id, Attempt attempt);

  /**
   * Changes the state.
   *
   * @param minedAs the attempt that was mined, if state is MINED or FAILED
   */
  void mark(String id, IntentState state, Optional<Bytes32> minedAs);

  Optional<StoredIntent> find(String id);

  /** Intents of {@code sender} whose state is open, by nonce. */
  List<StoredIntent> open(Address sender);

  /**
   * What is kept for a nonce, whatever its state: asked when a reorganisation has dropped it. A store that cannot tell has such a nonce
   * filled by an empty transaction, and the dropped intent stays as it was marked.
   */
  default Optional<StoredIntent> at(Address sender, long nonce) {
    return Optional.empty();
  }
}
