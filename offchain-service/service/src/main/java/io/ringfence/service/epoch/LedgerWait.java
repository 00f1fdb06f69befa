package io.ringfence.service.epoch;

import io.ringfence.chain.type.Bytes32;
import java.time.Duration;

/** Waits until the ledger has a block. */
public final class LedgerWait {

  private final SnapshotReader reader;
  private final Duration poll;
  private final Duration patience;

  /** Looks every {@code poll}, for at most {@code patience}. */
  public LedgerWait(SnapshotReader reader, Duration poll, Duration patience) {
    this.reader = reader;
    this.poll = poll;
    this.patience = patience;
  }

  /**
   * Returns when the ledger has the block.
   *
   * @throws IllegalStateException if it has not within the patience: the follower is behind, or the block was reorganised away
   */
  public void until(long number, Bytes32 hash) {
    long end = System.nanoTime() + patience.toNanos();
    while (!reader.ledgerHas(number, hash)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the ledger has not reached block " + number + " (" + hash + ") within " + patience);
      }
      try {
        Thread.sleep(poll);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for block " + number, e);
      }
    }
  }
}
