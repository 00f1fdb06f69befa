package io.ringfence.chain.read;

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
    throw new UnsupportedOperationException();
  }

  /** Smallest units. */
  public BigInteger allowance(Address owner, Address spender) {
    throw new UnsupportedOperationException();
  }

  /** Smallest units. */
  public BigInteger totalSupply() {
    throw new UnsupportedOperationException();
  }

  public int decimals() {
    throw new UnsupportedOperationException();
  }

  public String symbol() {
    throw new UnsupportedOperationException();
  }
}
