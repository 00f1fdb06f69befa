package io.ringfence.audit;

/**
 * One balance that both sides know.
 *
 * @param account the ledger's name of it: {@code account:0x..}, {@code pool:1}, {@code fund:1}, {@code tranche:1:2}, {@code settled:0x..},
 *     {@code in-kind:1:0x..}
 * @param asset a token's address, or {@code settled:1} for the counters of venue 1, or {@code in-kind:1} for the value of what its pool
 *     holds in kind
 */
public record Line(String account, String asset) implements Comparable<Line> {

  @Override
  public int compareTo(Line other) {
    int byAccount = account.compareTo(other.account);
    return byAccount != 0 ? byAccount : asset.compareTo(other.asset);
  }
}
