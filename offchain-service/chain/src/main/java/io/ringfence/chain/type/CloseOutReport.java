package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * What a defaulter's book came to.
 *
 * @param venue the venue
 * @param account the defaulter
 * @param index its leaf index
 * @param finalNet cumulative net result after every position is closed, settlement units, signed
 * @param evidence commitment to the close-out's fills
 */
public record CloseOutReport(long venue, Address account, long index, BigInteger finalNet, Bytes32 evidence) {}
