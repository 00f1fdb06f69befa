package io.ringfence.chain.type;

import java.math.BigInteger;
import java.util.List;

/**
 * Part of the list of live lots.
 *
 * @param lots as they stand
 * @param total how many the whole list has
 */
public record LotPage(List<Lot> lots, long total) {
  public LotPage {
    lots = List.copyOf(lots);
  }

  /** Their ids. */
  public List<BigInteger> ids() {
    return lots.stream().map(Lot::id).toList();
  }
}
