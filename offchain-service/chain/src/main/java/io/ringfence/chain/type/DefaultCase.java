package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * One account's call or default.
 *
 * @param callBlock block of the call
 * @param deadline when it can become a default, chain seconds
 * @param defaultedAt when it did; 0 before
 * @param reportedAt when the close-out report came; 0 before
 * @param openLots lots that still have something to sell
 * @param toSell bit per accepted asset that was there when the loss was fixed and has had no lot since
 * @param owed by the newest proof given, settlement units
 * @param owedAtDefault what the root that proved the default said, settlement units
 * @param initialMargin in the root that proved the call
 * @param loss fixed loss; meaningless before the status is LOSS_FIXED
 * @param declarer earns the reward
 * @param finalNet from the report or the fallback, signed
 */
public record DefaultCase(
    long callBlock,
    long deadline,
    long defaultedAt,
    long reportedAt,
    int openLots,
    int toSell,
    BigInteger owed,
    BigInteger owedAtDefault,
    BigInteger initialMargin,
    BigInteger loss,
    Address declarer,
    BigInteger finalNet) {}
