package io.ringfence.chain.tx;

import java.time.Duration;
import java.util.Optional;

/** An intent that has not ended in the time somebody was willing to wait. It stays open and may still be mined. */
public final class AwaitTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AwaitTimeoutException(String id, long nonce, Duration waited, Optional<String> nodeSaid) {
    super("intent " + id + " (nonce " + nonce + ") is not mined after " + waited.toSeconds() + " s; it stays open"
        + nodeSaid.map(said -> "; the node last said: " + said).orElse(""));
  }
}
