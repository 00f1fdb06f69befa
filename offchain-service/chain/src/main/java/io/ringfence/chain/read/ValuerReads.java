package io.ringfence.chain.read;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Values;
import java.math.BigInteger;
import java.util.List;

/** Views of the collateral valuer; prices are settlement units for 1e18 of an asset's smallest units. */
public final class ValuerReads {
  private final Caller caller;

  ValuerReads(Caller caller) {
    this.caller = caller;
  }

  /** Live price of every accepted asset in the venue's order. */
  public List<BigInteger> prices(long venue) {
    throw new UnsupportedOperationException();
  }

  /** Live price of one accepted asset. */
  public BigInteger price(long venue, Address token) {
    throw new UnsupportedOperationException();
  }

  public Values values(long venue, Address account, List<BigInteger> rootPrices) {
    throw new UnsupportedOperationException();
  }

  /** At the given prices, settlement units, rounded down asset by asset. */
  public BigInteger value(long venue, Address account, List<BigInteger> prices) {
    throw new UnsupportedOperationException();
  }
}
