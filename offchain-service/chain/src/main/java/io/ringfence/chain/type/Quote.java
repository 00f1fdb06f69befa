package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * Price of a lot at one time.
 *
 * @param price settlement units for 1e18 smallest units of the token
 * @param available smallest units that can be bought
 */
public record Quote(BigInteger price, BigInteger available) {}
