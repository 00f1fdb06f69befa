// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, Demand, Dispute, EpochHeader, Leaf} from "./Types.sol";

/// @title Disputes and demands: what an owner can do against a wrong root, and against a withheld one
/// @notice A dispute takes from the venue nothing that it could already have collected, and lets it collect nothing more until the owner
/// or the higher quorum signs. Whoever was right, each dispute ends in bounded time and leaves one figure: roots snapshotted up to its end
/// collect no further than that. Bonds and fees that go back wait for `ICloseOut.collectReward`.
interface IDisputeDesk {
    /// @param epoch the settling epoch; 0: a close-out report
    event Disputed(address indexed account, uint32 indexed venue, uint64 epoch, int256 capNet, uint256 bond);
    event DisputeCapChanged(address indexed account, int256 capNet);
    /// @param outcome who was right, as far as it was found
    event DisputeEnded(address indexed account, DisputeOutcome outcome, uint256 bond);
    event Demanded(address indexed account, uint32 indexed venue, address payer, uint256 fee, uint256 answerBy);
    /// @param siblings the path, so that whoever asked has the whole proof from the chain
    event DemandAnswered(address indexed account, uint32 indexed venue, uint64 epoch, Leaf leaf, bytes siblings);
    /// @param distinct accounts of the venue whose demands went unanswered, each counted once
    event DemandUnanswered(address indexed account, uint32 indexed venue, uint256 distinct);

    enum DisputeOutcome {
        OWNER_ACCEPTED,
        CONFIRMED,
        LAPSED
    }

    error AlreadyDisputed(address account);
    error NotDisputed(address account);
    error AnotherDispute(uint40 disputedAt, uint40 given);
    error WindowOver(uint256 until);
    error NothingDisputable(address account);
    error NotUndisputed(uint64 epoch);
    error CapNotLower(int256 capNet, int256 given);
    error ConfirmTimeNotOver(uint256 until);
    error ConfirmTimeOver(uint256 until);
    error DemandOpen(address account);
    error NoDemand(address account);
    error TooManyDemands(uint32 venue, uint256 most);
    error AnswerTimeNotOver(uint256 until);
    error LengthMismatch(uint256 leaves, uint256 paths);

    /// @notice Disputes a settling root's debit inside its window, with a bond: what can be collected is held at what is settled, across
    /// roots, until the owner accepts or the higher quorum confirms; unconfirmed after `confirmLimit` it lapses for the owner, and no root
    /// snapshotted up to then collects it. It stays in the requirement. While ACTIVE or CALLED; one at a time. A root snapshotted before
    /// the end of an earlier dispute is held by that one, and cannot be disputed again. The owner calls; the caller pays the bond.
    function disputeRoot(AccountProof calldata proof) external;

    /// @notice Disputes a close-out report that the higher quorum has not signed, inside its window, likewise: once, while CLOSING_OUT. A
    /// dispute of a root that is still open gives way to it: it ends for the owner, and its cap stays. The owner calls.
    function disputeReport(address account) external;

    /// @notice Lowers an open dispute's cap to the N of an older settling root that could have collected it before the dispute: its own
    /// window had passed undisputed (before the default, for a report), and no later root has settled the account. Of roots snapshotted
    /// up to the end of an earlier dispute N counts as far as that one left it. Anyone may call.
    function lowerCap(AccountProof calldata proof) external;

    /// @notice The owner takes its dispute back: the disputed sum can be collected, the bond returns. The owner calls.
    /// @param disputedAt which dispute, so that a signature given for one ends no later one
    function acceptDebit(address account, uint40 disputedAt) external;

    /// @notice The higher quorum confirms a debit within `confirmLimit`: roots snapshotted up to now collect down to `net` and no
    /// further, and a disputed report counts down to `net`, whatever the daily cap. The bond goes to the venue's tranche. Whoever finds
    /// that nothing more was owed than the cap says lets the dispute lapse.
    /// @param net N that is confirmed, below the cap
    /// @param attestorSignatures of DebitConfirmation(address account,uint32 venue,uint32 index,uint40 disputedAt,int256 net)
    function confirmDebit(address account, int256 net, bytes calldata attestorSignatures) external;

    /// @notice Ends a dispute that nobody confirmed in time, for the owner; the bond returns. Anyone may call.
    function lapseDispute(address account) external;

    /// @notice Prepays for an account's proof to be published on-chain, under a root snapshotted at or after this block. One open demand
    /// for a pledge, `maxDemands` for a venue that has not failed. Anyone may.
    function demand(address account) external;

    /// @notice Answers demands in time with leaves of one posted root; the answerer earns the fees. A leaf for which no demand waits, or
    /// whose demand is newer than the root or too old, is passed over, so that nobody spoils a batch; one that is false reverts. The fee
    /// is paid for the publication: whoever sends it.
    function answer(EpochHeader calldata header, Leaf[] calldata leaves, bytes[] calldata siblings) external;

    /// @notice Finds a demand unanswered: the fee returns, the account may exit without waiting, and the venue comes nearer to failing,
    /// once for each account. No pause holds it up; after the chain's sequencer was down the venue has its whole time again. A demand
    /// whose pledge ends first ends with it, and its fee returns. Anyone may call.
    function findUnanswered(address account) external;

    /// @notice The newest dispute of the account's pledge.
    function disputeOf(address account) external view returns (Dispute memory);
    /// @notice The newest demand under the account's pledge.
    function demandOf(address account) external view returns (Demand memory);
}
