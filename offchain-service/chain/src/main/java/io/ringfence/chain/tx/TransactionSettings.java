package io.ringfence.chain.tx;

import java.time.Duration;

/**
 * How a manager behaves.
 *
 * @param replaceAfter wall-clock time after which an attempt that is not mined is out-bid
 * @param poll how often a waiting call looks for a receipt
 * @param await how long {@link TransactionManager#send} waits
 * @param confirmations blocks on top of a receipt's block before it counts as final
 */
public record TransactionSettings(Duration replaceAfter, Duration poll, Duration await, int confirmations) {
  /** Out-bids after 15 s, looks every 100 ms, waits 60 s, trusts the newest block: a local chain. */
  public static final TransactionSettings LOCAL =
      new TransactionSettings(Duration.ofSeconds(15), Duration.ofMillis(100), Duration.ofSeconds(60), 0);
}
