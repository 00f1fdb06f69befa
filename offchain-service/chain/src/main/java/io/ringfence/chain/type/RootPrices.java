package io.ringfence.chain.type;

import java.math.BigInteger;
import java.util.List;

/**
 * The preimage of a header's {@code pricesHash}.
 *
 * @param collateral price of each accepted asset in the venue's order: settlement units for 1e18 of the asset's smallest units
 * @param market commitment to the market data behind requirement and result
 */
public record RootPrices(List<BigInteger> collateral, Bytes32 market) {
  public RootPrices {
    collateral = List.copyOf(collateral);
  }
}
