package io.ringfence.chain.tx;

import java.time.Duration;

/**
 * How a manager behaves.
 *
 * @param replaceAfter wall-clock time after which an attempt that is not mined is out-bid
 * @param bumpPercent how much more an attempt bids than the one it replaces, percent; nodes take no replacement for less than 10
 * @param poll how often a waiting call looks for a receipt
 * @param await how long {@link TransactionManager#send} waits
 * @param confirmations blocks on top of a receipt's block before it counts as final
 */
public record TransactionSettings(Duration replaceAfter, int bumpPercent, Duration poll, Duration await, int confirmations) {
  /** Out-bids by 13% after 15 s, looks every 100 ms, waits 60 s, trusts the newest block: a local chain. */
  public static final TransactionSettings LOCAL =
      new TransactionSettings(Duration.ofSeconds(15), 13, Duration.ofMillis(100), Duration.ofSeconds(60), 0);

  private static final int LEAST_BUMP = 10;
  private static final int MOST_BUMP = 1_000;

  /** Refuses what cannot work with an {@link IllegalArgumentException} that names the figure. */
  public TransactionSettings {
    requirePositive("replaceAfter", replaceAfter);
    requirePositive("poll", poll);
    requirePositive("await", await);
    if (bumpPercent < LEAST_BUMP || bumpPercent > MOST_BUMP) {
      throw new IllegalArgumentException("bumpPercent is " + bumpPercent + "; give " + LEAST_BUMP + " to " + MOST_BUMP
          + ": nodes refuse a replacement that bids less than " + LEAST_BUMP + "% more");
    }
    if (confirmations < 0) {
      throw new IllegalArgumentException("confirmations is " + confirmations + "; give 0 or more blocks");
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " is " + duration + "; give a time above zero");
    }
  }
}
