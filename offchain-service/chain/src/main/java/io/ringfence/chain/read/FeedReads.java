package io.ringfence.chain.read;

import io.ringfence.chain.abi.Wrappers;
import java.math.BigInteger;

/** Views of an AggregatorV3 price feed. */
public final class FeedReads {
  private final Caller caller;

  FeedReads(Caller caller) {
    this.caller = caller;
  }

  public int decimals() {
    return caller.integer(Wrappers.FEED.decimals()).intValueExact();
  }

  public String description() {
    return caller.text(Wrappers.FEED.description());
  }

  public Answer latest() {
    var answers = caller.answers(Wrappers.FEED.latestRoundData(), 5);
    return new Answer((BigInteger) answers.get(1).getValue(), ((BigInteger) answers.get(3).getValue()).longValueExact());
  }

  /** A price with the feed's decimals and when it was set, chain seconds. */
  public record Answer(BigInteger price, long updatedAt) {}
}
