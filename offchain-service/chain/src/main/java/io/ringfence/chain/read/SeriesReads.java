package io.ringfence.chain.read;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.type.Address;
import java.math.BigInteger;

/** Views of one series of a fund's member shares. */
public final class SeriesReads {
  private final Caller caller;

  SeriesReads(Caller caller) {
    this.caller = caller;
  }

  /** Shares that are not under notice. */
  public BigInteger sharesOf(Address member) {
    return caller.integer(Wrappers.SERIES.balanceOf(member.hex()));
  }

  /** Settlement units, rounded down. */
  public BigInteger convertToAssets(BigInteger shares) {
    return caller.integer(Wrappers.SERIES.convertToAssets(shares));
  }
}
