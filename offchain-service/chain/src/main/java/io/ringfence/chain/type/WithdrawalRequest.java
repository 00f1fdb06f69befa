package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * A withdrawal that waits for a root.
 *
 * @param account zero if there is no such request
 * @param requestBlock block of the request
 * @param token what is withdrawn
 * @param venue the venue of the pledge
 * @param index the leaf index of the pledge
 * @param to destination
 * @param amount smallest units of the token
 */
public record WithdrawalRequest(
    Address account,
    long requestBlock,
    Address token,
    long venue,
    long index,
    Address to,
    BigInteger amount) {}
