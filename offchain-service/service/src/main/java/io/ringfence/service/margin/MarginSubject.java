package io.ringfence.service.margin;

import io.ringfence.margin.Book;
import java.math.BigInteger;
import java.util.List;

/**
 * What one account's requirement is computed from.
 *
 * @param book its trades
 * @param free smallest units of each accepted asset, pending withdrawals taken off, in the venue's order
 * @param due what it is still to be paid by settlement (negative: to pay), settlement units: its net result less what has been settled
 */
public record MarginSubject(Book book, List<BigInteger> free, BigInteger due) {

  /** Copies the balances. */
  public MarginSubject {
    free = List.copyOf(free);
  }
}
