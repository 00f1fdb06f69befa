package io.ringfence.audit;

import io.ringfence.chain.type.Bytes32;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What the ledger says.
 *
 * @param blockNumber the block it has come to
 * @param blockHash that block's hash
 * @param balances sum of the postings of every line
 * @param unbalanced journal entries whose postings do not sum to zero, with the amount
 */
public record Ledger(long blockNumber, Bytes32 blockHash, Map<Line, BigInteger> balances, List<Unbalanced> unbalanced) {

  public Ledger {
    balances = Map.copyOf(balances);
    unbalanced = List.copyOf(unbalanced);
  }

  /**
   * A journal entry that is not double entry.
   *
   * @param journal its id
   * @param asset the asset that does not sum to zero
   * @param sum what it sums to, smallest units
   */
  public record Unbalanced(long journal, String asset, BigInteger sum) {}
}
