package io.ringfence.chain.event;

import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Bytes32;
import java.util.Optional;
import java.util.Set;

/** Turns logs into events. Safe for use by many threads. */
public final class EventDecoder {
  /**
   * The event that {@code log} is.
   *
   * @return empty for anonymous logs and events that Ringfence does not know
   * @throws MalformedLogException if the first topic is known and the rest does not fit it
   */
  public Optional<ChainEvent> decode(RawLog log) {
    throw new UnsupportedOperationException();
  }

  /** First topics of all events of Ringfence's own contracts, ERC-20 transfers not among them. */
  public Set<Bytes32> topics() {
    throw new UnsupportedOperationException();
  }

  /** First topic of an ERC-20 transfer. */
  public static Bytes32 transferTopic() {
    return new Bytes32("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
  }
}
