// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The facts that a venue and its attestors sign about one epoch. Field order is part of the wire format.
/// @param venue the venue's number, from 1
/// @param epoch from 1, each one more than the last
/// @param snapshotBlock the block whose checkpoint the tree was built from
/// @param snapshotHash that block's hash
/// @param previous struct hash of the header before; zero for epoch 1
/// @param accounts leaves in the tree: every index below it has been issued at the snapshot
/// @param root hash of the tree's root node; zero when there are no accounts
/// @param totalCredit sum of all credits, settlement units
/// @param totalDebit sum of all debits, settlement units
/// @param paramsHash commitment to policy, attestors, settlement asset, pool, fund, model and `uncovered`
/// @param pricesHash commitment to the prices the tree was computed with
/// @param settles whether settlement may run against this root
struct EpochHeader {
    uint32 venue;
    uint64 epoch;
    uint64 snapshotBlock;
    bytes32 snapshotHash;
    bytes32 previous;
    uint32 accounts;
    bytes32 root;
    uint128 totalCredit;
    uint128 totalDebit;
    bytes32 paramsHash;
    bytes32 pricesHash;
    bool settles;
}

/// @notice One account's line in an epoch's tree. Amounts are settlement-asset units; credit and debit are never both set.
struct Leaf {
    uint32 index;
    address account;
    uint96 credit;
    uint96 debit;
    uint96 initialMargin;
    uint96 maintenanceMargin;
    bytes32 positionsHash;
    bytes16 salt;
}

/// @notice The preimage of a header's `pricesHash`.
/// @param collateral price of each accepted asset in the venue's order: settlement units for 1e18 of the asset's smallest units
/// @param market commitment to the market data behind requirement and result
struct RootPrices {
    uint128[] collateral;
    bytes32 market;
}

/// @notice Everything that a claim about one account under one root needs: header, prices, leaf and path.
/// @param siblings bottom-up, 64 bytes each: hash 32 | credit 16 | debit 16
struct AccountProof {
    EpochHeader header;
    RootPrices prices;
    Leaf leaf;
    bytes siblings;
}

/// @notice What the log keeps of a posted header, beside its struct hash: one storage slot.
/// @param postedAt when it was posted, on the venue's clock (see `ICollateralVault.clock`); 0: never
/// @param snapshotTime time of the snapshot's block
/// @param snapshotBlock the snapshot's block
struct EpochFacts {
    uint40 postedAt;
    uint40 snapshotTime;
    uint64 snapshotBlock;
}

/// @notice Where an account stands under its venue.
enum AccountStatus {
    UNPLEDGED,
    ACTIVE,
    CALLED,
    CLOSING_OUT,
    LOSS_FIXED,
    EXITING
}

/// @notice Where a venue stands. SUSPENDED is a fact of time, not a stored state: no root for `suspendAfter`.
enum VenueState {
    LIVE,
    SUSPENDED,
    FAILED
}

/// @notice Why an account's `settled` counter changed.
enum SettledCause {
    SETTLEMENT,
    DEFAULTER,
    TIER,
    SHORTFALL,
    EXIT,
    IN_KIND
}

/// @notice Which door a withdrawal left by.
enum WithdrawalDoor {
    FREE,
    CONSENT,
    REQUEST
}

/// @notice An account's record in the vault: one storage slot.
/// @param venue 0 while unpledged
/// @param index its leaf index in the venue's trees; never reused
/// @param flags see `Flags`; the address book's survives a pledge, all others end with it
/// @param pendingMask bit i: a withdrawal of the venue's accepted asset i waits for a root
/// @param settled what settlement has moved to the account since its pledge (negative: taken from it), settlement units
/// @param lastEpoch newest epoch that settled it
/// @param consentNonce consents used under this pledge
/// @param policyVersion the version of the venue's policy that binds this pledge
struct AccountRecord {
    uint32 venue;
    uint32 index;
    AccountStatus status;
    uint8 flags;
    uint8 pendingMask;
    int104 settled;
    uint32 lastEpoch;
    uint16 consentNonce;
    uint16 policyVersion;
}

/// @notice Bits of `AccountRecord.flags`.
library Flags {
    /// @dev The owner keeps an address book: withdrawals go only to its entries and to the owner.
    uint8 internal constant BOOK = 1;
    /// @dev The pledge has a daily debit cap.
    uint8 internal constant CAPPED = 2;
    /// @dev The owner has asked for release.
    uint8 internal constant RELEASING = 4;
    /// @dev A dispute caps what can be collected: one that is open, under every root; one that has ended, under those from before its end.
    uint8 internal constant DISPUTED = 8;
    /// @dev Collateral is being auctioned for what the account owes, without penalty.
    uint8 internal constant OWED_AUCTION = 16;
    /// @dev A demand for the account's proof waits for its answer.
    uint8 internal constant DEMANDED = 64;
}

/// @notice The part of a pledge that outlives its record's slot: one storage slot an account.
/// @param debitCap most that doors 2 to 5 may take in a day (UTC) without the owner's signature or the higher quorum, settlement units
/// @param debitUsed taken on `debitDay`
/// @param debitDay days since 1970
/// @param pledges how often the account has been pledged
struct DebitAllowance {
    uint96 debitCap;
    uint96 debitUsed;
    uint32 debitDay;
    uint32 pledges;
}

/// @notice What an owner and a venue agree on when an account is pledged.
/// @param nonce the account's number of pledges so far
struct PledgeTerms {
    address account;
    uint32 venue;
    uint32 policyVersion;
    uint96 debitCap;
    uint32 nonce;
    uint40 deadline;
}

/// @notice A withdrawal that waits for a root. One for each pledge and asset; kept by pledge, so it dies with it.
/// @param to who is paid
/// @param requestBlock a root must be snapshotted after it
/// @param amount smallest units; counts as gone from the account's value
struct WithdrawalRequest {
    address to;
    uint64 requestBlock;
    uint128 amount;
}

/// @notice A venue's money and index counters: two storage slots, the second of which only a shortfall, a claim and a root have to do with.
/// @param pool settlement units held by the venue's settlement pool, as counted (donations do not count)
/// @param gross pool + value held in kind + sum of settled over pledged accounts + all shortfalls ever recorded; base = gross - shortfalls
/// @param nextIndex the next leaf index
/// @param lastCheckpointBlock block of the newest checkpoint, its lower 32 bits
/// @param shortfalls all shortfalls ever recorded, settlement units
/// @param lastShortfallBlock block of the newest one
struct VenueBook {
    uint96 pool;
    int96 gross;
    uint32 nextIndex;
    uint32 lastCheckpointBlock;
    uint112 shortfalls;
    uint64 lastShortfallBlock;
}

/// @notice Collateral that a venue's pool holds in kind for its claimants.
/// @param amount smallest units
/// @param value what it counts for in the pool, settlement units
struct InKind {
    uint128 amount;
    uint128 value;
}

/// @notice A venue's book as it stood at the end of a block.
struct Checkpoint {
    int112 gross;
    uint32 nextIndex;
    uint40 time;
}

/// @notice An asset that a venue accepts. The first of a venue's assets is its settlement asset. Later policies keep every place.
/// @param decimals read from the token at registration
/// @param haircutBps cut from its value, of 10,000
/// @param feed AggregatorV3 price in the same currency as the settlement asset's feed
/// @param feedDecimals read from the feed
/// @param maxAge seconds after which the feed's answer is stale
/// @param minPrice lowest answer believed, 18 decimals
/// @param maxPrice highest answer believed, 18 decimals; 0: no bound
/// @param secondFeed second source; zero: none. Used when the first has no price; when both have one they must agree
/// @param secondDecimals read from it
/// @param secondMaxAge as `maxAge`
/// @param deviationBps how far the second may be from the first, of 10,000
struct AssetConfig {
    address token;
    uint8 decimals;
    uint16 haircutBps;
    address feed;
    uint8 feedDecimals;
    uint32 maxAge;
    uint128 minPrice;
    uint128 maxPrice;
    address secondFeed;
    uint8 secondDecimals;
    uint32 secondMaxAge;
    uint16 deviationBps;
}

/// @notice A venue's figures. Every one is bounded in bytecode when it is set.
/// @param heartbeat seconds for which a root is fresh
/// @param cureWindow seconds to cure a call below initial margin (below maintenance: `minCure`)
/// @param callTtl seconds after the deadline at which a call lapses
/// @param closeOutDeadline seconds after a default at which the loss can be fixed without a report
/// @param disputeWindow seconds before a report or a settling root takes effect
/// @param auctionDuration seconds from start price to floor
/// @param fundNotice seconds between notice and redemption of the members' tranche
/// @param startBps auction start, of the oracle price
/// @param floorBps auction floor, of the oracle price
/// @param maxResets runs after the first
/// @param rewardBps declarer's reward, at most this share of the loss
/// @param penaltyBps penalty, share of the loss, from surplus only
/// @param memberCapBps members' tranche pays at most this share of the account's initial margin
/// @param pegFloorBps lowest settlement-asset price counted
/// @param declareReward flat reward, settlement units
/// @param minLot a remainder worth less is taken whole, settlement units
/// @param suspendAfter seconds without a root after which the venue is suspended
/// @param releaseLimit seconds that a venue has to close positions after a release was asked for
/// @param policyDelay seconds before a later policy binds an account that has not agreed to it
/// @param exitChallenge seconds in which a newer leaf replaces the one that an exit states
/// @param confirmLimit seconds in which the higher quorum can confirm what an owner disputes
/// @param claimWindow seconds in which winners of a failed venue register what they are owed
/// @param demandWindow seconds to answer a demand for an account's proof
/// @param feedLimit seconds without a usable price after which a run restarts from the last floor
/// @param maxDemands most demands open at a time
/// @param failingDemands distinct accounts whose demands went unanswered that make a venue failed
/// @param settleThreshold dues below it carry forward, settlement units
/// @param disputeBond what a dispute costs if the higher quorum confirms the sum, settlement units
/// @param demandFee what a demand prepays for its answer, settlement units
/// @param minDebitCap least debit cap, settlement units
struct VenueParameters {
    uint32 heartbeat;
    uint32 cureWindow;
    uint32 callTtl;
    uint32 closeOutDeadline;
    uint32 disputeWindow;
    uint32 auctionDuration;
    uint32 fundNotice;
    uint16 startBps;
    uint16 floorBps;
    uint8 maxResets;
    uint16 rewardBps;
    uint16 penaltyBps;
    uint32 memberCapBps;
    uint16 pegFloorBps;
    uint96 declareReward;
    uint96 minLot;
    uint32 suspendAfter;
    uint32 releaseLimit;
    uint32 policyDelay;
    uint32 exitChallenge;
    uint32 confirmLimit;
    uint32 claimWindow;
    uint32 demandWindow;
    uint32 feedLimit;
    uint16 maxDemands;
    uint16 failingDemands;
    uint64 settleThreshold;
    uint96 disputeBond;
    uint96 demandFee;
    uint96 minDebitCap;
}

/// @notice A close-out report: what the defaulter's book came to, signed by the venue and its attestors.
/// @param finalNet the account's cumulative net result after every position is closed, settlement units
/// @param evidence commitment to the close-out's fills
struct CloseOutReport {
    uint32 venue;
    address account;
    uint32 index;
    int256 finalNet;
    bytes32 evidence;
}

/// @notice A venue as the registry keeps it: four storage slots, each read by what needs all of it.
/// @param policy code of its newest policy
/// @param policyVersion that policy's version, from 1
/// @param pausedUntil end of the newest pause; 0: never paused
/// @param pausedBefore seconds of all pauses before the newest
/// @param quorum code of its keys: venue, guardian, attestors
/// @param failPokedAt when somebody found it suspended; 0: nobody has since its newest root
/// @param heartbeat of its newest policy, seconds
/// @param newest epoch of its newest root
/// @param snapshotTime that root's; before the first root, when the venue was registered
/// @param snapshotBlock that root's
/// @param failed for good
/// @param openDefaults defaults declared and not resolved
/// @param openMemberCaps what members may have to pay for them at most, settlement units
/// @param failedAt when it failed
/// @param openDemands demands that wait for an answer
/// @param unanswered distinct accounts whose demands went unanswered
struct Venue {
    address policy;
    uint16 policyVersion;
    uint40 pausedUntil;
    uint40 pausedBefore;
    address quorum;
    uint40 failPokedAt;
    uint32 heartbeat;
    uint32 newest;
    uint40 snapshotTime;
    uint48 snapshotBlock;
    bool failed;
    uint16 openDefaults;
    uint112 openMemberCaps;
    uint40 failedAt;
    uint32 openDemands;
    uint16 unanswered;
}

/// @notice One version of a venue's policy.
/// @param code see `PolicyCode`
/// @param bindsAt from when on anybody may bind accounts to it that have not agreed, chain time
struct PolicyVersion {
    address code;
    uint40 bindsAt;
}

/// @notice One account's call or default, kept by pledge: three storage slots, of which a call uses one. Times are on the venue's clock.
/// @param time CALLED: when the call can become a default; afterwards: when it did
/// @param initialMargin requirement in the root that proved the newest call; caps what members pay. It stays when a call ends, so that the next
/// one need not pay for a new slot
/// @param mark CALLED: block of the call; CLOSING_OUT: what the root that proved the default said is owed, settlement units; LOSS_FIXED:
/// what a newer root said beyond the loss that was fixed without a report
/// @param openLots lots that still have something to sell
/// @param toSell bit per accepted asset that was there when the loss was fixed and has had no lot since
/// @param declarer earns the reward
/// @param owed what the newest proof given says the account owes, settlement units
/// @param finalNet from the report or the fallback; before a default: N that the auction of an owed sum collects down to
/// @param reportedAt when the close-out report came; 0 before
/// @param loss fixed loss; meaningless before LOSS_FIXED
/// @param confirmed the report carried the higher quorum, so neither the daily cap nor a dispute limits it
struct DefaultCase {
    uint40 time;
    uint96 initialMargin;
    uint96 mark;
    uint8 openLots;
    uint8 toSell;
    address declarer;
    uint96 owed;
    int104 finalNet;
    uint40 reportedAt;
    uint96 loss;
    bool confirmed;
}

/// @notice One lot, as it is kept: two storage slots. Its id is (venue 32 | index 32 | place of the asset 8) bits.
/// @param account whose collateral it is
/// @param startTime of this run, on the venue's clock
/// @param resets runs after the first
/// @param position place among the live lots, from 1; 0: no such lot
/// @param amount what is left, smallest units of the token
/// @param price the oracle's when the run began, settlement units for 1e18 smallest units; start and floor are shares of it
struct Lot {
    address account;
    uint40 startTime;
    uint8 resets;
    uint32 position;
    uint128 amount;
    uint128 price;
}

/// @notice An account's release or exit, kept by pledge: one storage slot. Times are chain time: no pause holds an exit up.
/// @param requestedAt when the owner asked for release; 0: did not
/// @param freezeAt roots snapshotted later do not change N any more: what the venue has until, from the request on
/// @param challengeUntil before it a newer leaf replaces the stated one, after it the exit goes on; 0: no exit has started
/// @param epoch of the leaf that states `net`; 0: none was given; the greatest: a close-out had fixed it
/// @param net what the exit states as N
struct Exit {
    uint40 requestedAt;
    uint40 freezeAt;
    uint40 challengeUntil;
    uint32 epoch;
    int104 net;
}

/// @notice The newest dispute of a pledge, kept by pledge: three storage slots.
/// @param capNet least N (most negative) down to which settlement and close-out may collect: while it is open the last undisputed one,
/// once it has ended what was left undisputed, accepted or confirmed
/// @param disputedAt on the venue's clock, and later than every dispute of the pledge before: signatures name a dispute by it
/// @param endedBlock block in which it ended: roots snapshotted up to it collect no further than `capNet`; 0: it is open
/// @param epoch the settling epoch that is disputed; 0: a close-out report
/// @param payer who gets the bond back
/// @param bond settlement units; 0 once it went back or to the venue's tranche
/// @param net N that is disputed
/// @param heldNet what the dispute before left: roots snapshotted up to `heldBlock` show no debit beyond it
/// @param heldBlock block in which that one ended; 0: there was none
struct Dispute {
    int104 capNet;
    uint40 disputedAt;
    uint48 endedBlock;
    uint32 epoch;
    address payer;
    uint96 bond;
    int104 net;
    int104 heldNet;
    uint48 heldBlock;
}

/// @notice A prepaid demand that an account's proof be published, kept by pledge. `Flags.DEMANDED` says whether one is open.
/// @param payer who paid
/// @param madeAt chain time
/// @param blockNumber a root must be snapshotted at or after it
/// @param fee settlement units
/// @param answerBy last moment for an answer, chain time
/// @param unanswered a demand under this pledge was not answered in time: the account may exit
struct Demand {
    address payer;
    uint40 madeAt;
    uint48 blockNumber;
    uint96 fee;
    uint40 answerBy;
    bool unanswered;
}

/// @notice What every part of one deployment has in its bytecode.
/// @param vault the one address: it holds all state, runs the other parts by delegatecall and is what accounts are clones of (predicted before
/// it exists)
/// @param sequencerFeed uptime feed of the chain's sequencer (AggregatorV3 shape, 0 up, 1 down); zero on a chain without one
/// @param funds makes default funds
struct Deployment {
    address vault;
    address sequencerFeed;
    address funds;
}

/// @notice The parts that the vault runs by delegatecall, fixed in its bytecode.
struct Modules {
    address venueRegistry;
    address attestationLog;
    address collateralValuer;
    address defaultManager;
    address liquidationAuction;
    address settlementPool;
    address exitDesk;
    address disputeDesk;
    address closeOut;
    address ownerDesk;
    address venueStates;
}
