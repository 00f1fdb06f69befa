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

  public BigInteger memberTranche() {
    return caller.integer(Wrappers.FUND.memberTranche());
  }

  /** Shares of the members' tranche. */
  public BigInteger sharesOf(Address member) {
    return caller.integer(Wrappers.ERC20.balanceOf(member.hex()));
  }

  /** Rounded down. */
  public BigInteger convertToAssets(BigInteger shares) {
    return caller.integer(Wrappers.ERC4626.convertToAssets(shares));
  }
}
