package io.ringfence.service.ledger;

import java.math.BigInteger;

/**
 * One side of an entry.
 *
 * @param ledgerAccount see {@link LedgerAccounts}
 * @param asset a token's address, or a venue's settled counters
 * @param amount signed, smallest units, not zero
 */
public record Posting(String ledgerAccount, String asset, BigInteger amount) {
  public Posting {
    if (amount.signum() == 0) {
      throw new IllegalArgumentException("a posting of nothing to " + ledgerAccount);
    }
  }
}
