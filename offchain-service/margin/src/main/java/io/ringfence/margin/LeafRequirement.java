package io.ringfence.margin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An initial or maintenance requirement as a leaf carries it, in settlement base units.
 *
 * <p>A leaf's requirement is {@code max(0, ceil(V0 + due - M))}, with V0 the account's collateral at the root's prices, {@code due} what
 * settlement still moves, and M the portfolio margin value. Standard margin defines {@code M = V0 + due - requirement}: premiums already
 * paid or received are in {@code due}, a short option's requirement includes its mark, a long option earns no credit beyond the premium
 * that it cost. V0 and {@code due} cancel, and the leaf carries the requirement itself, rounded up.
 *
 * @param units zero or more
 */
public record LeafRequirement(BigInteger units) {

  /** Refuses what a leaf cannot hold with a {@link LeafOverflowException}. */
  public LeafRequirement {
    if (units.signum() < 0) {
      throw new InvalidFigureException("leaf requirement", "is negative (" + units + "); give zero or more");
    }
    BaseUnits.requireLeafSize("a requirement", units);
  }

  /**
   * Rounds a requirement up to the base unit; a negative one is zero.
   *
   * @param requirement whole units of the settlement asset
   * @param settlementDecimals decimals of the settlement asset, 0 to 30
   * @throws LeafOverflowException if it needs more than 96 bits
   */
  public static LeafRequirement of(BigDecimal requirement, int settlementDecimals) {
    return new LeafRequirement(BaseUnits.of(requirement.max(BigDecimal.ZERO), settlementDecimals, RoundingMode.CEILING));
  }
}
