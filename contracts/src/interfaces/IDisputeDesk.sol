// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, Demand, Dispute, EpochHeader, Leaf} from "./Types.sol";

/// @title Disputes and demands: what an owner can do against a wrong root, and against a withheld one
interface IDisputeDesk {
    event Disputed(address indexed account, uint32 indexed venue, uint64 epoch, int256 capNet, uint256 bond);
    event DisputeCapChanged(address indexed account, int256 capNet);
    /// @param outcome who was right, as far as it was found
    event DisputeEnded(address indexed account, DisputeOutcome outcome, uint256 bond);
    event Demanded(address indexed account, uint32 indexed venue, address payer, uint256 fee, uint256 answerBy);
    /// @param siblings the path, so that whoever asked has the whole proof from the chain
    event DemandAnswered(address indexed account, uint32 indexed venue, uint64 epoch, Leaf leaf, bytes siblings);
    event DemandUnanswered(address indexed account, uint32 indexed venue, uint256 distinct);

    enum DisputeOutcome {
        OWNER_ACCEPTED,
        CONFIRMED,
        LAPSED
    }

    error AlreadyDisputed(address account);
    error NotDisputed(address account);
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
    error RootOlderThanDemand(uint256 demandBlock, uint256 snapshotBlock);

    /// @notice Disputes a settling root's debit inside its window, with a bond: what can be collected is held at what is settled, across
    /// roots, until the owner accepts or the higher quorum confirms; unconfirmed after `confirmLimit` it lapses for the owner, and no root
    /// snapshotted up to then collects it. It stays in the requirement. The owner calls; the caller pays the bond.
    function disputeRoot(AccountProof calldata proof) external;

    /// @notice Disputes a close-out report inside its window, likewise. The owner calls.
    function disputeReport(address account) external;

    /// @notice Lowers the cap to the N of an older settling root whose own window had passed undisputed. Anyone may call.
    function lowerCap(AccountProof calldata proof) external;

    /// @notice The owner takes its dispute back; the bond returns. The owner calls.
    function acceptDebit(address account) external;

    /// @notice The higher quorum confirms the disputed sum: the cap ends and the bond goes to the venue's tranche.
    /// @param net N that is confirmed; the cap falls to it
    function confirmDebit(address account, int256 net, bytes calldata attestorSignatures) external;

    /// @notice Ends a dispute that nobody confirmed in time, for the owner; the bond returns. Anyone may call.
    function lapseDispute(address account) external;

    /// @notice Prepays for an account's proof to be published on-chain. Anyone may.
    function demand(address account) external;

    /// @notice Answers demands with leaves of one posted root, snapshotted at or after each; the answerer earns the fees.
    function answer(EpochHeader calldata header, Leaf[] calldata leaves, bytes[] calldata siblings) external;

    /// @notice Finds a demand unanswered: the fee returns, the account may exit without waiting, and the venue comes nearer to failing.
    function findUnanswered(address account) external;

    function disputeOf(address account) external view returns (Dispute memory);
    function demandOf(address account) external view returns (Demand memory);
}
