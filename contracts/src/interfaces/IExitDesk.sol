// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, Exit, PledgeTerms} from "./Types.sol";

/// @title Doors 4 and 5: release by time, exit and port
/// @notice How an owner gets out whatever everybody else does. No step needs the oracle, and no pause holds one up.
/// @dev An account may exit once its venue has failed, its owner's release has run its time, or a demand for its proof went unanswered.
interface IExitDesk {
    event ReleaseRequested(address indexed account, uint32 indexed venue, uint256 freezesAt);
    event ReleaseCancelled(address indexed account, uint32 indexed venue);
    /// @param net what the exit states as N, settlement units
    /// @param epoch of the leaf that says so; 0: none was given, and N is taken to be what was settled; 2^32 - 1: a close-out had fixed it
    event ExitStated(address indexed account, uint32 indexed venue, uint64 epoch, int256 net, uint256 challengeUntil);
    /// @param paid by this call, settlement units; 0: an asset was tried in kind and gave nothing
    /// @param left still owed
    event ExitPaid(address indexed account, uint32 indexed venue, uint256 paid, uint256 left, address payer);
    /// @param shortfall what neither the account nor a tier paid, settlement units
    event Exited(address indexed account, uint32 indexed venue, int256 net, uint256 shortfall);
    event Ported(address indexed account, uint32 indexed from, uint32 indexed to, int256 net);
    event OwingRegistered(uint32 indexed venue, address indexed account, uint256 owing);
    event Distributed(uint32 indexed venue, address indexed account, uint256 amount);

    error NotEntitled(address account);
    error ReleasePending(address account);
    error NoRelease(address account);
    error NotNewer(uint64 stated, uint64 given);
    error AfterFreeze(uint256 freezeAt, uint256 snapshotTime);
    error NotExiting(address account);
    error AlreadyExiting(address account);
    error ChallengeOpen(uint256 until);
    error ChallengeOver(uint256 until);
    error StillOwed(address account, uint256 owed);
    error NothingOwed(address account);
    error TooEarlyInKind(uint256 from);
    error NotConclusive(uint64 epoch);
    error PositionsOpen(uint256 initialMargin);
    error ClaimWindow(uint256 until);
    error NothingToDistribute(uint32 venue);
    error DisputedSum(address account);
    error NotFailed(uint32 venue);

    /// @notice Asks for release: the venue has `releaseLimit` to close positions, during which calls and defaults go on. The owner calls.
    function requestRelease(address account) external;

    /// @notice Takes the wish back, before an exit has begun. The owner calls.
    function cancelRelease(address account) external;

    /// @notice Releases an account at once with the venue's consent: the newest fresh root shows no requirement, and what it owes is paid
    /// from its settlement asset. Nothing may be open: no call, no auction, no dispute. The owner calls, or anyone once release was asked.
    /// @param venueSignature over `ReleaseConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint40 deadline)`
    function releaseWithConsent(AccountProof calldata proof, uint40 deadline, bytes calldata venueSignature) external;

    /// @notice Begins the exit of an account that may, without a proof: N is stated as what has been settled, or, if a close-out had fixed
    /// the account's loss, as that. The owner calls; anyone, for a fixed loss, or once a failed venue's claim window is over: a stranger
    /// could otherwise state, for a winner who is asleep, that nothing is owing.
    function startExit(address account) external;

    /// @notice Begins it with the account's leaf of any posted root from before the freeze. A leaf of the last such root is conclusive and
    /// needs no challenge; any other one can be replaced for `exitChallenge`. Anyone may call with a conclusive leaf, the owner with any.
    function startExitWithProof(AccountProof calldata proof) external;

    /// @notice Replaces the stated N by a newer root's, either way, until the challenge ends. In its second half, and to end it at once,
    /// the leaf must be conclusive; no replacement lengthens it. Anyone may call.
    function challengeExit(AccountProof calldata proof) external;

    /// @notice Pays what an exit owes from the account's settlement asset, as far as it reaches (and the daily cap, unless the owner
    /// calls). Anyone may call, after the challenge.
    function payExit(address account) external returns (uint256 left);

    /// @notice Pays it from the caller's own pocket.
    function payExitFor(address account, uint256 amount) external;

    /// @notice Pays it in kind at the prices of a root, once the settlement asset has not paid for `IN_KIND_AFTER`. The prices are those
    /// of the exit's own root, or, without one, of the venue's newest; of the proof only these and the account's address are read. An asset
    /// that refuses, is worth nothing or is all paid is out of the exit's way from then on; so is the settlement asset, if it is named
    /// here and refuses. What arrives in the pool is what counts. Anyone may call, within the daily cap; the owner beyond it.
    function payExitInKind(AccountProof calldata proof, address token) external;

    /// @notice Ends an exit that owes nothing any more, or has nothing left to pay with: the account is its owner's. What the venue owes
    /// becomes a claim on the pool, in a failed venue a registered one within `claimWindow`. What the account could not pay is the venue's
    /// own tranche's, then a shortfall; in a failed venue a shortfall. Waits for an open dispute to end. Anyone may call.
    function finishExit(address account) external;

    /// @notice Moves an account to another venue: pays the `owed` of its conclusive leaf and pledges it there. No other token moves.
    /// Nothing may be open: no default, no auction, no dispute.
    /// @param proof conclusive for an account that may exit; with the old venue's consent, of the newest fresh root
    /// @param oldVenueSignature the old venue's consent while it is live, over `PortConsent(address account,uint32 venue,uint32 index,uint64
    /// epoch,uint32 newVenue,uint40 deadline)` with the terms' deadline; empty for an account that may exit
    function port(
        AccountProof calldata proof,
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata newVenueSignature,
        bytes calldata oldVenueSignature
    ) external returns (uint32 index);

    /// @notice In a failed venue: registers what an account released earlier still claims, within `claimWindow`. Anyone may call.
    function registerClaim(uint32 venue, address account) external;

    /// @notice In a failed venue, once, after `claimWindow`: draws into the pool what the registered claims lack, from its own tranche, then
    /// from the members' at most half of what that held when the venue failed. Until then so much of it cannot be redeemed. Anyone may call.
    function collectTranches(uint32 venue) external returns (uint256 amount);

    /// @notice In a failed venue, after `claimWindow`: pays a registered account its share of what has come in so far, pro rata, again
    /// whenever money arrives. Anyone may call.
    function distribute(uint32 venue, address account) external returns (uint256 amount);

    function exitOf(address account) external view returns (Exit memory);
    /// @notice What an exit still has to pay, settlement units.
    function exitOwed(address account) external view returns (uint256);
    /// @notice Whether the account may exit now, and why: 0 no, 1 the venue failed, 2 release by time, 3 an unanswered demand.
    function mayExit(address account) external view returns (uint8 why);
}
