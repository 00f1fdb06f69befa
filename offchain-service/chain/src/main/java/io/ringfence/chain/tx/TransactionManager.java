package io.ringfence.chain.tx;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import java.time.Duration;

/**
 * Sends one address's transactions, each exactly once. A nonce, its intent and the signed bytes are durable before the node hears of them,
 * so that whatever is killed at whatever moment, {@link #resume} finishes it and no intent is done twice. Safe for use by many threads.
 */
public final class TransactionManager {
  public TransactionManager(JsonRpc rpc, long chainId, Signer signer, IntentStore store, TransactionSettings settings) {
    throw new UnsupportedOperationException();
  }

  public Address sender() {
    throw new UnsupportedOperationException();
  }

  /**
   * Keeps and broadcasts an intent. An id that is kept already is not sent again.
   *
   * @throws io.ringfence.chain.read.CallRefusedException if the contract would refuse the call now; nothing is kept, no nonce used
   */
  public StoredIntent submit(Intent intent) {
    throw new UnsupportedOperationException();
  }

  /** {@link #submit} and {@link #await}. */
  public Outcome send(String id, Call call) {
    throw new UnsupportedOperationException();
  }

  /**
   * Waits until an intent has ended, re-broadcasting and out-bidding its own attempts as needed.
   *
   * @throws AwaitTimeoutException if it has not ended after {@code timeout}; it stays open
   */
  public Outcome await(String id, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  /** One round over everything open: notes what was mined, re-broadcasts what the node lost, replaces what waits too long. */
  public void resume() {
    throw new UnsupportedOperationException();
  }
}
