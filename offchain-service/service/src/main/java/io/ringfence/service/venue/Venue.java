package io.ringfence.service.venue;

import io.ringfence.chain.type.Address;
import java.math.BigInteger;

/**
 * The venue that this service works for, and how.
 *
 * @param id its number, from 1
 * @param house the account that takes over defaulters' positions and earns the fees
 * @param settleEvery every how many epochs a root settles; 0: only when an operator asks
 * @param settlementThreshold dues below it are carried forward, settlement units
 */
public record Venue(int id, Address house, int settleEvery, BigInteger settlementThreshold) {}
