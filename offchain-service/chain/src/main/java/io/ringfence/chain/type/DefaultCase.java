package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * One account's call or default. Times are on the venue's clock.
 *
 * @param time while called: when it can become a default; afterwards: when it did
 * @param initialMargin in the root that proved the call
 * @param mark while called: block of the call; closing out: what the root that proved the default said is owed; afterwards: what a newer
 *     root said beyond the loss that was fixed without a report; settlement units
 * @param openLots lots that still have something to sell
 * @param toSell bit per accepted asset that was there when the loss was fixed and has had no lot since
 * @param declarer earns the reward
 * @param owed by the newest proof given, settlement units
 * @param finalNet from the report or the fallback, signed
 * @param reportedAt when the close-out report came; 0 before
 * @param loss fixed loss; meaningless before the status is LOSS_FIXED
 * @param confirmed whether the report carried the higher quorum
 */
public record DefaultCase(
    long time,
    BigInteger initialMargin,
    BigInteger mark,
    int openLots,
    int toSell,
    Address declarer,
    BigInteger owed,
    BigInteger finalNet,
    long reportedAt,
    BigInteger loss,
    boolean confirmed) {}
