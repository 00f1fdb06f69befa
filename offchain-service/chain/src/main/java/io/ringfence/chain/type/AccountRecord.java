package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * An account's record in the vault.
 *
 * @param venue 0 while unpledged
 * @param index its leaf index in the venue's trees
 * @param status where it stands
 * @param flags bits: 1 address book, 2 debit cap, 4 release asked for, 8 disputed, 16 collateral on sale for what it owes
 * @param pendingMask bit i: a withdrawal of the venue's accepted asset i waits for a root
 * @param settled what settlement has moved to the account since its pledge, settlement units, signed
 * @param lastEpoch newest epoch that settled it
 * @param consentNonce consents used under this pledge
 * @param policyVersion the version of the venue's policy that binds this pledge
 */
public record AccountRecord(
    long venue,
    long index,
    AccountStatus status,
    int flags,
    int pendingMask,
    BigInteger settled,
    long lastEpoch,
    long consentNonce,
    long policyVersion) {
  private static final int OWED_AUCTION = 16;

  /** Whether collateral is being auctioned, without penalty, for what the account owes. */
  public boolean onSale() {
    return (flags & OWED_AUCTION) != 0;
  }
}
