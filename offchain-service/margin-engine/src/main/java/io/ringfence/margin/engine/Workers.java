package io.ringfence.margin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that share work by blocks. The blocks are fixed by the caller; which thread takes which is not, and must not matter: so a thread
 * that the machine delays holds up one block and not its half of the work.
 */
final class Workers implements AutoCloseable {

  private final int count;
  private final ExecutorService others;

  /** The work of one block; the worker's number is its own for the time. */
  @FunctionalInterface
  interface BlockTask {
    void run(int worker, int block);
  }

  /** With one, everything runs in the caller's thread. */
  Workers(int count) {
    this.count = count;
    this.others = count == 1 ? null : Executors.newFixedThreadPool(count - 1, Thread.ofPlatform().daemon().name("margin-", 1).factory());
  }

  int count() {
    return count;
  }

  /** Runs every block once and returns when all have ended. */
  void run(int blocks, BlockTask task) {
    AtomicInteger next = new AtomicInteger();
    int helpers = Math.min(count, blocks) - 1;
    List<Future<?>> running = new ArrayList<>();
    for (int i = 1; i <= helpers; i++) {
      int worker = i;
      running.add(others.submit(() -> take(worker, blocks, next, task)));
    }
    try {
      take(0, blocks, next, task);
    } finally {
      // A failure here must not return while another thread still writes.
      next.set(blocks);
      running.forEach(Workers::await);
    }
  }

  private static void take(int worker, int blocks, AtomicInteger next, BlockTask task) {
    for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
      task.run(worker, block);
    }
  }

  private static void await(Future<?> running) {
    boolean interrupted = false;
    while (true) {
      try {
        running.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a block of accounts failed", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdown();
    }
  }
}
