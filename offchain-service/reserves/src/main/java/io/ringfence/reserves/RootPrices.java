package io.ringfence.reserves;

import java.math.BigInteger;
import java.util.List;

/**
 * The prices at which an epoch's figures were computed; a header commits to them by {@link #hash()}.
 *
 * @param collateral one price per accepted asset, in the order of the venue's list, u128 each: settlement-asset units for 1e18 of the
 *     asset's smallest units
 * @param market commitment to the market data behind requirements and results: keccak256 of its canonical JSON
 */
public record RootPrices(List<BigInteger> collateral, Hash market) {
  /** Copies the list. Throws {@link WireFormatException} naming a price that is missing or out of range. */
  public RootPrices {
    collateral = Required.allPresent(collateral, "collateral");
    for (int i = 0; i < collateral.size(); i++) {
      Unsigned.require(collateral.get(i), 128, "collateral[" + i + "]");
    }
    Required.present(market, "market");
  }

  /** A header's {@code pricesHash}: keccak256(abi.encode(uint128[] collateral, bytes32 market)). */
  public Hash hash() {
    return new AbiEncoder().unsignedArray(collateral, 128, "collateral").hash(market).keccak();
  }
}
