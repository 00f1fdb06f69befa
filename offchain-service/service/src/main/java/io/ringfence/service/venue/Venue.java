package io.ringfence.service.venue;

import io.ringfence.chain.type.Address;

/**
 * The venue that this service works for, and how.
 *
 * @param id its number, from 1
 * @param house the account that takes over defaulters' positions and earns the fees
 * @param settleEvery every how many epochs a root settles; 0: only when an operator asks
 * @param settleRange most leaves that one transaction settles
 */
public record Venue(int id, Address house, int settleEvery, int settleRange) {
  /** What the chain lets a transaction carry: a block's gas, and calldata. */
  private static final int MOST_LEAVES = 256;

  /** Refuses a range that no transaction could settle. */
  public Venue {
    if (settleRange < 1 || settleRange > MOST_LEAVES) {
      throw new IllegalArgumentException("ringfence.settle-range is 1 to " + MOST_LEAVES + ", not " + settleRange);
    }
  }
}
