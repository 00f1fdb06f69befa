package io.ringfence.chain.tx;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.util.List;
import java.util.Optional;

/**
 * An intent as the store holds it.
 *
 * @param intent what is to be done; its gas limit is set
 * @param sender who sends it
 * @param nonce the sender's nonce that belongs to it alone
 * @param attempts signed transactions, oldest first, at least one
 * @param state how far it has come
 * @param minedAs hash of the attempt that was mined
 */
public record StoredIntent(
    Intent intent, Address sender, long nonce, List<Attempt> attempts, IntentState state, Optional<Bytes32> minedAs) {
  public StoredIntent {
    attempts = List.copyOf(attempts);
  }

  public Attempt newest() {
    return attempts.getLast();
  }

  /**
   * The same id must mean the same thing.
   *
   * @throws IllegalStateException unless this is kept for the same sender, contract, calldata and value
   */
  public void requireSame(Intent other, Address from) {
    if (!sender.equals(from) || !intent.to().equals(other.to()) || !intent.data().equals(other.data())
        || !intent.value().equals(other.value())) {
      throw new IllegalStateException("intent " + other.id() + " is kept already for another sender, contract, calldata or value");
    }
  }
}
