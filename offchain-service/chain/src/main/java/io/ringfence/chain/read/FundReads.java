package io.ringfence.chain.read;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.type.Address;
import java.math.BigInteger;

/** Views of a default fund, settlement units. */
public final class FundReads {
  private final Caller caller;

  FundReads(Caller caller) {
    this.caller = caller;
  }

  public long venue() {
    return caller.number(Wrappers.FUND.venue());
  }

  public BigInteger venueTranche() {
    return caller.integer(Wrappers.FUND.venueTranche());
  }

  /** Penalties that are not released yet included. */
  public BigInteger memberTranche() {
    return caller.integer(Wrappers.FUND.memberTranche());
  }

  /** The open series: where members deposit. */
  public Address series() {
    return caller.address(Wrappers.FUND.series());
  }

  /** What the shares of a series are worth together: for a closed one its residue. */
  public BigInteger assetsOf(Address series) {
    return caller.integer(Wrappers.FUND.assetsOf(series.hex()));
  }

  /** How many series have been opened. */
  public long seriesCount() {
    return caller.number(Wrappers.FUND.seriesCount());
  }
}
