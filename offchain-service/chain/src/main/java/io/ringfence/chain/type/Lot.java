package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * One auction lot: of its account's pledge, the place of one accepted asset.
 *
 * @param id (venue 32 | index 32 | place of the asset 8) bits
 * @param account whose collateral it is
 * @param startTime of this run, on the venue's clock
 * @param resets runs after the first
 * @param amount what is left, smallest units of the token
 * @param price the oracle's when the run began, settlement units for 1e18 smallest units; start and floor are shares of it
 */
public record Lot(BigInteger id, Address account, long startTime, int resets, BigInteger amount, BigInteger price) {
  private static final int PLACE_BITS = 8;
  private static final int INDEX_BITS = 32;

  /** The venue whose account it is. */
  public long venue() {
    return id.shiftRight(PLACE_BITS + INDEX_BITS).longValueExact();
  }

  /** The account's leaf index. */
  public long index() {
    return id.shiftRight(PLACE_BITS).longValue() & 0xffffffffL;
  }

  /** Place of what is sold among the venue's accepted assets. */
  public int place() {
    return id.intValue() & 0xff;
  }
}
