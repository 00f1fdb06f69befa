package io.ringfence.chain.read;

import java.math.BigInteger;

/** Views of an AggregatorV3 price feed. */
public final class FeedReads {
  private final Caller caller;

  FeedReads(Caller caller) {
    this.caller = caller;
  }

  public int decimals() {
    throw new UnsupportedOperationException();
  }

  public String description() {
    throw new UnsupportedOperationException();
  }

  public Answer latest() {
    throw new UnsupportedOperationException();
  }

  /** A price with the feed's decimals and when it was set, chain seconds. */
  public record Answer(BigInteger price, long updatedAt) {}
}
