// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, AccountStatus, DefaultCase} from "./Types.sol";

/// @title Call, cure and default
interface IDefaultManager {
    /// @param epoch the root that proved it
    /// @param initialMargin the account's requirement in that root; caps what members pay
    /// @param deadline when the call can become a default
    /// @param maintenance short of maintenance margin too, so only `MIN_CURE` is given
    event MarginCalled(
        address indexed account,
        uint32 indexed venue,
        uint64 epoch,
        uint256 initialMargin,
        uint40 deadline,
        bool maintenance,
        address caller
    );
    event MarginCured(address indexed account, uint32 indexed venue, uint64 epoch);
    event CallLapsed(address indexed account, uint32 indexed venue);
    event DefaultDeclared(address indexed account, uint32 indexed venue, uint64 epoch, uint256 owed, address declarer);
    /// @param net what the newest root says is N
    event OwedRefreshed(address indexed account, uint32 indexed venue, uint64 epoch, int256 net);
    error NotCallable(address account, AccountStatus status);
    error NotShort(address account);
    error StillShort(address account);
    error NotCalled(address account);
    error AlreadyCalled(address account, uint40 deadline);
    error BeforeDeadline(uint40 deadline);
    error CallHasLapsed(uint40 lapsedAt);
    error RootNotAfterCall(uint64 callBlock, uint64 snapshotBlock);
    error NotInDefault(address account);
    error NotLapsed(uint40 lapsesAt);

    /// @notice Calls an account that the newest fresh root and live prices both show short of its initial margin. Anyone may call.
    /// Calling again an account that has fallen below maintenance margin only brings the deadline nearer.
    function callMargin(AccountProof calldata proof) external;

    /// @notice Ends the call of an account that is short no more. Anyone may call.
    function cure(AccountProof calldata proof) external;

    /// @notice Ends a call that nobody acted on for `callTtl` after its deadline. Anyone may call.
    function lapse(address account) external;

    /// @notice Declares the default of a called account that is still short under a root snapshotted after the call.
    /// @param firstLot accepted asset to sell first; zero for none
    /// @return lot the auction's lot, or 0
    function declareDefault(AccountProof calldata proof, address firstLot) external returns (uint256 lot);

    /// @notice Brings what a defaulted account owes up to the newest fresh root. Anyone may call, until the loss is fixed.
    function refreshOwed(AccountProof calldata proof) external;

    /// @notice What auctions must still bring in, settlement units: what is owed (once fixed: the loss) + reward + penalty less the
    /// account's balance. Reverts `QuoteDuringCallback` for third parties while the lock is held.
    function need(address account) external view returns (uint256);
    function caseOf(address account) external view returns (DefaultCase memory);
    function openDefaults(uint32 venue) external view returns (uint256);
    /// @notice Least seconds between a call and a default, whatever the policy says.
    function minCure() external view returns (uint256);
}
