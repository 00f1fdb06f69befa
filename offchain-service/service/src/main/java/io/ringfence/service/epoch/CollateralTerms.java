package io.ringfence.service.epoch;

import io.ringfence.chain.type.Address;
import java.math.BigInteger;
import java.util.List;

/**
 * The venue's accepted assets and what they are worth at one moment, in the venue's order; the first is the settlement asset.
 *
 * @param tokens their contracts
 * @param haircutsBps cut from each asset's value, of 10,000
 * @param prices settlement units for 1e18 of the asset's smallest units
 */
public record CollateralTerms(List<Address> tokens, List<Integer> haircutsBps, List<BigInteger> prices) {

  private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(18);
  private static final BigInteger FULL = BigInteger.valueOf(10_000);

  /** Copies the lists, which must be equally long. */
  public CollateralTerms {
    tokens = List.copyOf(tokens);
    haircutsBps = List.copyOf(haircutsBps);
    prices = List.copyOf(prices);
    if (tokens.size() != haircutsBps.size() || tokens.size() != prices.size()) {
      throw new IllegalArgumentException(
          tokens.size() + " assets have " + haircutsBps.size() + " haircuts and " + prices.size() + " prices; each needs one of both");
    }
  }

  /** The same assets at other prices. */
  public CollateralTerms at(List<BigInteger> otherPrices) {
    return new CollateralTerms(tokens, haircutsBps, otherPrices);
  }

  /**
   * V: value after haircuts in settlement units, rounded down asset by asset as the chain does.
   *
   * @param balances smallest units of each asset, in the same order, pending withdrawals already taken off
   */
  public BigInteger value(List<BigInteger> balances) {
    BigInteger total = BigInteger.ZERO;
    for (int asset = 0; asset < prices.size(); asset++) {
      total = total.add(value(asset, balances.get(asset)));
    }
    return total;
  }

  /** Value after the haircut of {@code amount} smallest units of one asset, settlement units, rounded down. */
  public BigInteger value(int asset, BigInteger amount) {
    BigInteger afterHaircut = FULL.subtract(BigInteger.valueOf(haircutsBps.get(asset)));
    return amount.multiply(prices.get(asset)).multiply(afterHaircut).divide(PRICE_UNIT.multiply(FULL));
  }
}
