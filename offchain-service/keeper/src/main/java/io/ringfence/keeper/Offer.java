package io.ringfence.keeper;

import java.math.BigInteger;

/**
 * What a lot offers in one block.
 *
 * @param lot the lot's number
 * @param price what the auction asks
 * @param available smallest units that can be bought now
 * @param livePrice what the venue's price feed says the same is worth
 * @param gasCost what the take costs whether it succeeds or not
 */
record Offer(BigInteger lot, BigInteger price, BigInteger available, BigInteger livePrice, BigInteger gasCost) {}
