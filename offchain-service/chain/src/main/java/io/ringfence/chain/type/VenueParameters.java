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
 * @param suspendAfter seconds without a root after which the venue is suspended
 * @param releaseLimit seconds that a venue has to close positions after a release was asked for
 * @param policyDelay seconds before a later policy binds an account that has not agreed to it
 * @param exitChallenge seconds in which a newer leaf replaces the one that an exit states
 * @param confirmLimit seconds in which the higher quorum can confirm what an owner disputes
 * @param claimWindow seconds in which winners of a failed venue register what they are owed
 * @param demandWindow seconds to answer a demand for an account's proof
 * @param feedLimit seconds without a usable price after which a run restarts from the last floor
 * @param maxDemands most demands open at a time
 * @param failingDemands distinct accounts whose demands went unanswered that make a venue failed
 * @param settleThreshold dues below it carry forward, settlement units
 * @param disputeBond what a dispute costs if the higher quorum confirms the sum, settlement units
 * @param demandFee what a demand prepays for its answer, settlement units
 * @param minDebitCap least debit cap, settlement units
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
    BigInteger minLot,
    long suspendAfter,
    long releaseLimit,
    long policyDelay,
    long exitChallenge,
    long confirmLimit,
    long claimWindow,
    long demandWindow,
    long feedLimit,
    int maxDemands,
    int failingDemands,
    BigInteger settleThreshold,
    BigInteger disputeBond,
    BigInteger demandFee,
    BigInteger minDebitCap) {}
