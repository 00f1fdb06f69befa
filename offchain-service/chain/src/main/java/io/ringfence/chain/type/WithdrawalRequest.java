package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * A withdrawal that waits for a root; an account has at most one of each token.
 *
 * @param to destination; zero if there is no such request
 * @param requestBlock block of the request
 * @param amount smallest units of the token
 */
public record WithdrawalRequest(Address to, long requestBlock, BigInteger amount) {}
