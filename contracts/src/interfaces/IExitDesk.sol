// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, Exit} from "./Types.sol";

/// @title Doors 4 and 5: release by time, exit and port (which `IReleases` has)
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
    event Ported(address indexed account, uint32 indexed from, uint32 to, int256 net);

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
    error DisputedSum(address account);

    /// @notice Asks for release: the venue has `releaseLimit` to close positions, during which calls and defaults go on. The owner calls.
    function requestRelease(address account) external;

    /// @notice Takes the wish back, before an exit has begun. The owner calls.
    function cancelRelease(address account) external;

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

    function exitOf(address account) external view returns (Exit memory);
    /// @notice What an exit still has to pay, settlement units.
    function exitOwed(address account) external view returns (uint256);
    /// @notice Whether the account may exit now, and why: 0 no, 1 the venue failed, 2 release by time, 3 an unanswered demand.
    function mayExit(address account) external view returns (uint8 why);
}
