package io.ringfence.service.feed;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The frames of one connection that wait for their answers: taken one after the other, on threads that may wait, and never more than so
 * many or so large. A sender who does not wait for answers is cut off before its frames fill the memory. Safe for use by many threads.
 */
final class FeedLine {
  static final int POLICY_VIOLATION = 1008;
  static final int TOO_LARGE = 1009;

  private static final int FAILED = 1011;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LARGEST = 16L * 1024 * 1024;
  private static final Logger LOG = Logger.getLogger(FeedLine.class);

  private final WebSocketConnection connection;
  private final FeedFrames.Sender sender;
  private final int limit;
  private final Deque<Work> waiting = new ArrayDeque<>();
  private long size;
  private boolean busy;
  private boolean closed;

  private record Work(int size, Consumer<FeedLine> task) {}

  /** Of at most {@code limit} frames. */
  FeedLine(WebSocketConnection connection, FeedFrames.Sender sender, int limit) {
    this.connection = connection;
    this.sender = sender;
    this.limit = limit;
  }

  FeedFrames.Sender sender() {
    return sender;
  }

  /** Has {@code task} done after all that came before, which takes a frame of that size; returns at once. */
  void add(int frame, Consumer<FeedLine> task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting.size() < limit && size + frame <= LARGEST) {
        waiting.add(new Work(frame, task));
        size += frame;
        if (!busy) {
          busy = true;
          Infrastructure.getDefaultWorkerPool().execute(this::next);
        }
        return;
      }
    }
    close(TRY_AGAIN_LATER, "more than " + limit + " frames, or 16 MB of them, wait: wait for answers before you send more");
  }

  /** Sends an answer; returns when it is on its way, or when there is nobody left to have it. Fails if nobody reads it for long. */
  void send(String answer) {
    if (connection.isOpen()) {
      connection.sendText(answer).await().atMost(PATIENCE);
    }
  }

  /** Ends the connection; what waits is dropped. Returns at once. */
  void close(int code, String reason) {
    synchronized (this) {
      closed = true;
      size = 0;
      waiting.clear();
    }
    connection.close(new CloseReason(code, reason)).subscribe()
        .with(_ -> { }, e -> LOG.debugf(e, "could not close a feed's connection"));
  }

  private void next() {
    Work work;
    synchronized (this) {
      work = waiting.poll();
      if (work == null) {
        busy = false;
        return;
      }
      size -= work.size();
    }
    try {
      work.task().accept(this);
    } catch (RuntimeException e) {
      LOG.warnf(e, "a feed's connection ends: an answer could not be made or sent");
      close(FAILED, "an answer could not be made or sent");
    }
    Infrastructure.getDefaultWorkerPool().execute(this::next);
  }
}
