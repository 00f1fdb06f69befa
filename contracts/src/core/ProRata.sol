// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IFailedVenue} from "../interfaces/IFailedVenue.sol";
import {Policy} from "../venue/Policy.sol";
import {Ledger} from "./Ledger.sol";

/// @title Who gets how much of what a failed venue still has
/// @notice An account's share is of all that ever came in for the registered, not of what is there now: who asks first, last or twice
/// gets the same. What is counted is the book, never a balance, so a donation to the pool moves nothing.
abstract contract ProRata is Ledger {
    /// @dev Counts what an account is owed among what is paid pro rata.
    function _register(uint32 venue, address account, uint256 owing) internal {
        _registered[venue] += owing;
        _registeredOf[venue][account] += owing;
        emit IFailedVenue.OwingRegistered(venue, account, owing);
    }

    /// @dev Reverts until nobody can register any more: before that no share is known.
    function _requireRegistrationOver(uint32 venue, Policy policy) internal view {
        uint256 until = _venues[venue].failedAt + policy.claimWindow();
        if (block.timestamp <= until) revert IFailedVenue.ClaimWindow(until);
    }

    /// @dev What an account may still have of `total`, rounded down, so that all shares together never exceed it.
    function _shareLeft(uint32 venue, address account, uint256 total) internal view returns (uint256) {
        uint256 all = _registered[venue];
        if (all == 0) return 0;
        uint256 share = Math.mulDiv(_registeredOf[venue][account], Math.min(total, all), all);
        uint256 had = _distributedTo[venue][account];
        return share > had ? share - had : 0;
    }

    /// @dev Books what a registered account gets.
    function _book(uint32 venue, address account, uint256 amount) internal {
        _distributed[venue] += amount;
        _distributedTo[venue][account] += amount;
    }

    /// @dev All cash that has come in for the registered, paid out or not, with what was taken in kind.
    function _cashIn(uint32 venue) internal view returns (uint256) {
        return _books[venue].pool + _distributed[venue];
    }

    /// @dev What the pool holds in kind, at the value at which it came in.
    function _kindIn(uint32 venue, Policy policy) internal view returns (uint256 value) {
        uint256 n = policy.count();
        for (uint256 i = 1; i < n; ++i) {
            value += _inKind[venue][policy.token(i)].value;
        }
    }
}
