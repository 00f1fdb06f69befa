package io.ringfence.demo.run;

import io.ringfence.chain.rpc.LocalNode;
import java.time.Duration;
import java.time.Instant;

/** Drives the chain's time through the recorded day, faster than life. */
final class Clock {

  /** A chain that is this far ahead of the replay was left alone for a while; what is less is the steps' own duration. */
  private static final long TOLERATED_SECONDS = 100;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Stage stage;
  private final LocalNode node;

  Clock(Stage stage) {
    this.stage = stage;
    this.node = new LocalNode(stage.rpc());
  }

  /**
   * Brings the chain to the recorded time, or later by as much as the run has fallen behind: while nobody drives it, a chain's clock
   * follows the wall's.
   *
   * @return chain seconds
   */
  long moveTo(Instant recorded) {
    long head = stage.head().timestamp();
    long target = recorded.getEpochSecond() + stage.state().get().shiftSeconds();
    if (head > target + TOLERATED_SECONDS) {
      stage.state().shift(stage.state().get().shiftSeconds() + head - target);
      return head;
    }
    if (head < target) {
      node.nextBlockTimestamp(target);
      stage.waiting().untilTrue("the chain's clock", LIMIT, () -> stage.head().timestamp() >= target);
    }
    return Math.max(head, target);
  }

  /** How far the chain's clock is ahead of the recorded one, seconds. */
  long shift() {
    return stage.state().get().shiftSeconds();
  }
}
