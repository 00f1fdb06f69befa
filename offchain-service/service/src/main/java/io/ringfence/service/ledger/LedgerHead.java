package io.ringfence.service.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** How far the ledger has come. Its block's time is the clock of everything the chain has a say in. Safe for use by many threads. */
@ApplicationScoped
public class LedgerHead {
  private Head head = new Head(-1, Instant.EPOCH);

  /**
   * The last block that the ledger holds.
   *
   * @param block its height; negative before the first
   * @param time its time
   */
  public record Head(long block, Instant time) {}

  /** Where the ledger is now. */
  public synchronized Head now() {
    return head;
  }

  /** Tells everyone who waits that the ledger has moved, be it back. */
  public synchronized void moveTo(long block, Instant time) {
    head = new Head(block, time);
    notifyAll();
  }

  /**
   * Waits until the ledger holds {@code block}.
   *
   * @return false if it does not within {@code limit}
   */
  public synchronized boolean await(long block, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (head.block() < block) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
