package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * One account's line in an epoch's tree; amounts in settlement units, credit and debit never both set.
 *
 * @param index leaf index
 * @param account the account; zero in an empty leaf
 * @param credit N when positive
 * @param debit -N when negative
 * @param initialMargin requirement
 * @param maintenanceMargin requirement
 * @param positionsHash commitment to the positions
 * @param salt hides the leaf
 */
public record Leaf(
    long index,
    Address account,
    BigInteger credit,
    BigInteger debit,
    BigInteger initialMargin,
    BigInteger maintenanceMargin,
    Bytes32 positionsHash,
    Bytes16 salt) {}
