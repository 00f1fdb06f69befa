package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * A venue's figures: seconds, basis points of 10,000, settlement units.
 *
 * @param heartbeat seconds for which a root is fresh
 * @param cureWindow seconds to cure a call below initial margin
 * @param callTtl seconds after the deadline at which a call lapses
 * @param closeOutDeadline seconds after a default at which the loss can be fixed without a report
 * @param disputeWindow seconds before a report or a settling root takes effect
 * @param auctionDuration seconds from start price to floor
 * @param fundNotice seconds between notice and redemption of the members' tranche
 * @param startBps auction start, of the oracle price
 * @param floorBps auction floor, of the oracle price
 * @param maxResets runs after the first
 * @param rewardBps declarer's reward, at most this share of the loss
 * @param penaltyBps penalty, share of the loss
 * @param memberCapBps members' tranche pays at most this share of the account's initial margin
 * @param pegFloorBps lowest settlement-asset price counted
 * @param declareReward flat reward, settlement units
 * @param minLot a remainder worth less is taken whole, settlement units
 */
public record VenueParameters(
    long heartbeat,
    long cureWindow,
    long callTtl,
    long closeOutDeadline,
    long disputeWindow,
    long auctionDuration,
    long fundNotice,
    int startBps,
    int floorBps,
    int maxResets,
    int rewardBps,
    int penaltyBps,
    long memberCapBps,
    int pegFloorBps,
    BigInteger declareReward,
    BigInteger minLot) {}
