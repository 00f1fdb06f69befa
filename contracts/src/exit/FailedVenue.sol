// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ProRata} from "../core/ProRata.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IFailedVenue} from "../interfaces/IFailedVenue.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {Venue, VenueBook} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";

/// @title What a failed venue still pays
/// @notice Trusts nobody: who is registered, what came in and who had how much of it are all counted here.
/// @dev Only what was registered in time has a share: with a list that could grow, no payment before the last would be right.
abstract contract FailedVenue is IFailedVenue, ProRata {
    using SafeCast for uint256;
    using SafeCast for int256;

    /// @inheritdoc IFailedVenue
    function registerClaim(uint32 venue, address account) external alone {
        Policy policy = _requireFailed(venue);
        uint256 until = _venues[venue].failedAt + policy.claimWindow();
        if (block.timestamp > until) revert ClaimWindow(until);
        // Nothing is paid before the window ends, so what is registered is still in the claim.
        uint256 owing = _claims[venue][account] - _registeredOf[venue][account];
        if (owing == 0) revert NothingToRegister(account);
        _register(venue, account, owing);
    }

    /// @inheritdoc IFailedVenue
    function collectTranches(uint32 venue) external alone returns (uint256 amount) {
        Policy policy = _requireFailed(venue);
        _requireRegistrationOver(venue, policy);
        if (_tranchesDrawn[venue]) revert NothingToDistribute(venue);
        _tranchesDrawn[venue] = true;
        uint256 cap = _failureCaps[venue];
        _venues[venue].openMemberCaps -= cap.toUint112();
        (uint256 due, uint256 there) = (_registered[venue], _cashIn(venue) + _kindIn(venue, policy));
        if (due <= there) return 0;
        IDefaultFund fund = IDefaultFund(policy.fund());
        (uint256 fromVenue, uint256 fromMembers) = fund.absorb(due - there, cap, policy.pool());
        amount = fromVenue + fromMembers;
        if (amount == 0) return 0;
        VenueBook storage book = _books[venue];
        book.pool += amount.toUint96();
        book.gross += amount.toInt256().toInt96();
        _refreshCheckpoint(venue, book);
        emit ISettlementPool.PoolContributed(venue, address(fund), amount);
    }

    /// @inheritdoc IFailedVenue
    function distribute(uint32 venue, address account) external alone returns (uint256 amount) {
        Policy policy = _requireFailed(venue);
        _requireRegistrationOver(venue, policy);
        VenueBook storage book = _books[venue];
        amount = Math.min(_shareLeft(venue, account, _cashIn(venue)), book.pool);
        if (amount == 0) revert NothingToDistribute(venue);
        _book(venue, account, amount);
        _claims[venue][account] -= amount;
        book.pool -= amount.toUint96();
        emit Distributed(venue, account, amount);
        _moveExactly(policy.pool(), policy.settlementAsset(), account, amount);
    }

    function _requireFailed(uint32 venue) private view returns (Policy policy) {
        Venue storage entry = _venues[venue];
        if (!entry.failed) revert NotFailed(venue);
        policy = _newestPolicy(venue);
    }
}
