package io.ringfence.service.epoch;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * After a shortfall the winners' outstanding owing is cut pro rata, so that credits never exceed what stands behind them.
 */
final class OwingCut {

  private OwingCut() {}

  /**
   * What to take off each account's net result: in proportion to its owing, what remains rounded down, never below what is settled.
   *
   * @param nets cumulative results, settlement units, signed
   * @param settled what settlement has moved to each account, in the same order
   * @param excess how far the sum of {@code nets} exceeds what stands behind it; positive
   * @return one amount per account, zero or more, together at least {@code excess}
   * @throws UnmatchedBookException if all owing together is less than the excess
   */
  static List<BigInteger> of(List<BigInteger> nets, List<BigInteger> settled, BigInteger excess) {
    List<BigInteger> owing = new ArrayList<>(nets.size());
    BigInteger whole = BigInteger.ZERO;
    for (int i = 0; i < nets.size(); i++) {
      BigInteger one = nets.get(i).subtract(settled.get(i)).max(BigInteger.ZERO);
      owing.add(one);
      whole = whole.add(one);
    }
    BigInteger kept = whole.subtract(excess);
    if (kept.signum() < 0) {
      throw new UnmatchedBookException(kept.negate());
    }
    List<BigInteger> cuts = new ArrayList<>(owing.size());
    for (BigInteger one : owing) {
      cuts.add(one.signum() == 0 ? BigInteger.ZERO : one.subtract(one.multiply(kept).divide(whole)));
    }
    return cuts;
  }
}
