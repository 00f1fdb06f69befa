package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * A venue's consent to one withdrawal.
 *
 * @param account the account
 * @param venue the venue
 * @param index the account's current leaf index
 * @param token what is withdrawn
 * @param amount smallest units of the token
 * @param to destination
 * @param nonce the record's consent nonce
 * @param deadline chain seconds, at most one heartbeat away
 */
public record Consent(Address account, long venue, long index, Address token, BigInteger amount, Address to, long nonce, long deadline) {}
