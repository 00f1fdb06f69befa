package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * What an owner and a venue agree on when an account is pledged.
 *
 * @param account the account
 * @param venue the venue
 * @param policyVersion the venue's policy version that the owner signs
 * @param debitCap settlement units
 * @param nonce the account's number of pledges so far
 * @param deadline chain seconds
 */
public record PledgeTerms(Address account, long venue, long policyVersion, BigInteger debitCap, long nonce, long deadline) {}
