package io.ringfence.keeper;

import java.math.BigInteger;

/**
 * What the keeper's owner lets it risk, settlement units.
 *
 * @param minProfit least profit expected of a take, after gas
 * @param maxLoss the keeper stops when it has lost more than this in all
 * @param maxInventory most collateral it holds, at live prices, counting what it took and has not been told is sold
 */
public record Limits(BigInteger minProfit, BigInteger maxLoss, BigInteger maxInventory) {

  public Limits {
    requireNotNegative("--min-profit", minProfit);
    requireNotNegative("--max-loss", maxLoss);
    requireNotNegative("--max-inventory", maxInventory);
  }

  private static void requireNotNegative(String option, BigInteger value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException(option + " is negative (" + value + "); give zero or more settlement units");
    }
  }
}
