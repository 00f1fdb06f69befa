// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Releases} from "../exit/Releases.sol";
import {Core} from "../core/Core.sol";
import {IOwnerDesk} from "../interfaces/IOwnerDesk.sol";
import {AccountRecord, Deployment, WithdrawalRequest} from "../interfaces/Types.sol";
import {OwnerLimits} from "./OwnerLimits.sol";
import {OwnerRequests} from "./OwnerRequests.sol";
import {Relay} from "./Relay.sol";

/// @title The owner's desk
/// @dev Invariants kept here: `nonceOnce` (requests, relayed calls), its part of `neverPaysForAnother`.
contract OwnerDesk is OwnerRequests, OwnerLimits, Relay, Releases {
    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc IOwnerDesk
    function request(address account, address token) public view returns (WithdrawalRequest memory wanted) {
        AccountRecord memory entry = _records[account];
        if (entry.venue == 0) return wanted;
        return _requests[_keyOf(entry)][_policyOf(entry).placeOf(token)];
    }

    /// @inheritdoc IOwnerDesk
    function pendingOf(address account, address token) external view returns (uint256) {
        return request(account, token).amount;
    }

    /// @inheritdoc IOwnerDesk
    function nonceOf(address owner, uint192 namespace) external view returns (uint64) {
        return _nonces[owner][namespace];
    }

    /// @inheritdoc IOwnerDesk
    function addressBook(address account, address to) external view returns (uint256) {
        return _addressBook[account][to];
    }
}
