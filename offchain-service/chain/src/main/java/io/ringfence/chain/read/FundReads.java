package io.ringfence.chain.read;

import io.ringfence.chain.type.Address;
import java.math.BigInteger;

/** Views of a default fund, settlement units. */
public final class FundReads {
  private final Caller caller;

  FundReads(Caller caller) {
    this.caller = caller;
  }

  public long venue() {
    throw new UnsupportedOperationException();
  }

  public BigInteger venueTranche() {
    throw new UnsupportedOperationException();
  }

  public BigInteger memberTranche() {
    throw new UnsupportedOperationException();
  }

  /** Shares of the members' tranche. */
  public BigInteger sharesOf(Address member) {
    throw new UnsupportedOperationException();
  }

  /** Rounded down. */
  public BigInteger convertToAssets(BigInteger shares) {
    throw new UnsupportedOperationException();
  }
}
