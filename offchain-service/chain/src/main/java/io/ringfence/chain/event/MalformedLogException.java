package io.ringfence.chain.event;

import io.ringfence.chain.rpc.RawLog;

/** A log whose first topic is one of our events and whose rest does not decode as that event. */
public final class MalformedLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedLogException(String event, RawLog log, Throwable cause) {
    super("log " + log.logIndex() + " of transaction " + log.txHash() + " in block " + log.blockNumber() + ", emitted by " + log.address()
        + ", is no " + event + ": " + cause.getMessage(), cause);
  }
}
