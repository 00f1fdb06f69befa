package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * An account's record in the vault.
 *
 * @param venue 0 while unpledged
 * @param index its leaf index in the venue's trees
 * @param status where it stands
 * @param pendingWithdrawals open withdrawal requests
 * @param settled what settlement has moved to the account since its pledge, settlement units, signed
 * @param lastEpoch newest epoch that settled it
 * @param consentNonce consents used under this pledge
 */
public record AccountRecord(
    long venue,
    long index,
    AccountStatus status,
    int pendingWithdrawals,
    BigInteger settled,
    long lastEpoch,
    long consentNonce) {}
