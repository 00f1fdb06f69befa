package io.ringfence.service.epoch;

import java.math.BigInteger;

/** Credits exceed debits and everything behind them: a trade has been recorded on one side only. No root can be posted. */
public class UnmatchedBookException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient BigInteger amount;

  /** A book whose credits are {@code amount} settlement units too high. */
  public UnmatchedBookException(BigInteger amount) {
    super("the venue's book is not matched: credits exceed debits and the pool behind them by " + amount
        + " settlement units; record the missing side of the trades");
    this.amount = amount;
  }

  /** By how much, settlement units. */
  public BigInteger amount() {
    return amount;
  }
}
