package io.ringfence.service.epoch;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.Book;
import java.math.BigInteger;
import java.util.List;

/**
 * One pledged account at a snapshot.
 *
 * @param account the account
 * @param index its leaf index
 * @param settled what settlement has moved to it since its pledge, signed, settlement units
 * @param balances smallest units of each accepted asset, pending withdrawals taken off, never below zero
 * @param cut what earlier roots have cut from its result after shortfalls, settlement units, zero or more
 * @param book its trades up to the epoch
 */
public record Standing(Address account, long index, BigInteger settled, List<BigInteger> balances, BigInteger cut, Book book) {

  /** Copies the balances. */
  public Standing {
    balances = List.copyOf(balances);
  }
}
