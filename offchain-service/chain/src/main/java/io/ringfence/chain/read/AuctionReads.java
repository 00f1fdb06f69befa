package io.ringfence.chain.read;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Lot;
import io.ringfence.chain.type.Quote;
import java.math.BigInteger;
import java.util.List;

/** Views of the auction. */
public final class AuctionReads {
  private final Caller caller;

  AuctionReads(Caller caller) {
    this.caller = caller;
  }

  public List<BigInteger> liveLots() {
    throw new UnsupportedOperationException();
  }

  public Lot lotOf(BigInteger lot) {
    throw new UnsupportedOperationException();
  }

  /** At {@code time}, chain seconds, within the lot's run: to the unit what a take executes. */
  public Quote quote(BigInteger lot, long time) {
    throw new UnsupportedOperationException();
  }

  /** 0 if there is none. */
  public BigInteger lotFor(Address account, Address token) {
    throw new UnsupportedOperationException();
  }
}
