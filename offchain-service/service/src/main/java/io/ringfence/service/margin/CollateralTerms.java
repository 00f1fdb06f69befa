package io.ringfence.service.margin;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import java.math.BigInteger;
import java.util.List;

/**
 * The venue's accepted assets and what they are worth at one moment, in the venue's order; the first is the settlement asset.
 *
 * @param assets as the registry has them
 * @param prices settlement units for 1e18 of each asset's smallest units
 */
public record CollateralTerms(List<AssetConfig> assets, List<BigInteger> prices) {

  private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(18);
  private static final BigInteger FULL = BigInteger.valueOf(10_000);

  /** Copies the lists, which must be equally long. */
  public CollateralTerms {
    assets = List.copyOf(assets);
    prices = List.copyOf(prices);
    if (assets.size() != prices.size()) {
      throw new IllegalArgumentException(assets.size() + " assets have " + prices.size() + " prices; each needs one");
    }
  }

  /** The same assets at other prices. */
  public CollateralTerms at(List<BigInteger> otherPrices) {
    return new CollateralTerms(assets, otherPrices);
  }

  /** The assets' contracts. */
  public List<Address> tokens() {
    return assets.stream().map(AssetConfig::token).toList();
  }

  /** Decimals of the settlement asset. */
  public int settlementDecimals() {
    return assets.getFirst().decimals();
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
    BigInteger afterHaircut = FULL.subtract(BigInteger.valueOf(assets.get(asset).haircutBps()));
    return amount.multiply(prices.get(asset)).multiply(afterHaircut).divide(PRICE_UNIT.multiply(FULL));
  }
}
