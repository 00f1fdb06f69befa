package io.ringfence.demo.system;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for something that other processes bring about, and notices when one of those is gone. */
public final class Waiting {

  private static final Duration POLL = Duration.ofMillis(50);

  private final Runnable alive;

  /** @param alive throws when a process that everybody depends on is gone */
  public Waiting(Runnable alive) {
    this.alive = alive;
  }

  /**
   * Asks again and again until there is an answer.
   *
   * @param what for the sentence that says what did not happen
   */
  public <T> T until(String what, Duration limit, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      alive.run();
      if (System.nanoTime() > end) {
        throw new DemoException("waited " + limit.toSeconds() + " s in vain for " + what);
      }
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.interrupted()) {
        throw new DemoException("interrupted while waiting for " + what);
      }
    }
  }

  /** Waits until something is true. */
  public void untilTrue(String what, Duration limit, Supplier<Boolean> question) {
    until(what, limit, () -> question.get() ? Optional.of(true) : Optional.empty());
  }
}
