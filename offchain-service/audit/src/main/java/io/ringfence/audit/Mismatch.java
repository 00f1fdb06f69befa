package io.ringfence.audit;

import java.math.BigInteger;

/**
 * A balance on which ledger and chain disagree.
 *
 * @param line which
 * @param ledger sum of the postings, smallest units
 * @param chain what the contracts say, smallest units
 */
public record Mismatch(Line line, BigInteger ledger, BigInteger chain) {

  /** Ledger less chain. */
  public BigInteger difference() {
    return ledger.subtract(chain);
  }
}
