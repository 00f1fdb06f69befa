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

/// @notice What the log keeps of a posted header.
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
    LOSS_FIXED
}

/// @notice Why an account's `settled` counter changed.
enum SettledCause {
    SETTLEMENT,
    DEFAULTER,
    TIER,
    SHORTFALL
}

/// @notice Why a default takes something out of the defaulter's account (never any other account).
enum SeizeCause {
    SALE,
    REWARD,
    PENALTY
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
/// @param settled what settlement has moved to the account since its pledge (negative: taken from it), settlement units
/// @param lastEpoch newest epoch that settled it
/// @param consentNonce consents used under this pledge
/// @param pendingWithdrawals open withdrawal requests
struct AccountRecord {
    uint32 venue;
    uint32 index;
    AccountStatus status;
    uint8 pendingWithdrawals;
    int104 settled;
    uint48 lastEpoch;
    uint24 consentNonce;
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

/// @notice A withdrawal that waits for a root.
struct WithdrawalRequest {
    address account;
    uint64 requestBlock;
    address token;
    uint32 venue;
    uint32 index;
    address to;
    uint128 amount;
}

/// @notice A venue's money and index counters.
/// @param pool settlement units held by the venue's settlement pool, as counted (donations do not count)
/// @param gross pool + sum of settled over pledged accounts + all shortfalls ever recorded; base = gross - shortfalls
/// @param nextIndex the next leaf index
/// @param shortfalls all shortfalls ever recorded, settlement units
/// @param lastShortfallBlock block of the newest one
/// @param lastCheckpointBlock block of the newest checkpoint
struct VenueBook {
    uint112 pool;
    int112 gross;
    uint32 nextIndex;
    uint112 shortfalls;
    uint64 lastShortfallBlock;
    uint64 lastCheckpointBlock;
}

/// @notice A venue's book as it stood at the end of a block.
struct Checkpoint {
    int112 gross;
    uint32 nextIndex;
    uint40 time;
}

/// @notice An asset that a venue accepts. The first of a venue's assets is its settlement asset.
/// @param decimals read from the token at registration
/// @param haircutBps cut from its value, of 10,000
/// @param feed AggregatorV3 price in the same currency as the settlement asset's feed
/// @param maxAge seconds after which the feed's answer is stale
struct AssetConfig {
    address token;
    uint8 decimals;
    uint16 haircutBps;
    address feed;
    uint8 feedDecimals;
    uint32 maxAge;
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

/// @notice Addresses of one deployment, known before any of it exists (CREATE addresses of one deployer).
struct Deployment {
    address vault;
    address venueRegistry;
    address attestationLog;
    address collateralValuer;
    address settlement;
    address defaultManager;
    address liquidationAuction;
    address defaultFundFactory;
}
