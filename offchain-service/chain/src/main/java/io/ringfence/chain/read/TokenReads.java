package io.ringfence.chain.read;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.type.Address;
import java.math.BigInteger;

/** Views of an ERC-20 token. */
public final class TokenReads {
  private final Caller caller;

  TokenReads(Caller caller) {
    this.caller = caller;
  }

  /** Smallest units. */
  public BigInteger balanceOf(Address holder) {
    return caller.integer(Wrappers.ERC20.balanceOf(holder.hex()));
  }

  /** Smallest units. */
  public BigInteger allowance(Address owner, Address spender) {
    return caller.integer(Wrappers.ERC20.allowance(owner.hex(), spender.hex()));
  }

  /** Smallest units. */
  public BigInteger totalSupply() {
    return caller.integer(Wrappers.ERC20.totalSupply());
  }

  public int decimals() {
    return caller.integer(Wrappers.ERC20.decimals()).intValueExact();
  }

  public String symbol() {
    return caller.text(Wrappers.ERC20.symbol());
  }
}
