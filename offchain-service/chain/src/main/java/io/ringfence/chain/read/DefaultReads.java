package io.ringfence.chain.read;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.DefaultCase;
import java.math.BigInteger;

/** Views of the default manager. */
public final class DefaultReads {
  private final Caller caller;

  DefaultReads(Caller caller) {
    this.caller = caller;
  }

  public DefaultCase caseOf(Address account) {
    throw new UnsupportedOperationException();
  }

  /** What auctions must still bring in, settlement units. */
  public BigInteger need(Address account) {
    throw new UnsupportedOperationException();
  }

  public long openDefaults(long venue) {
    throw new UnsupportedOperationException();
  }
}
