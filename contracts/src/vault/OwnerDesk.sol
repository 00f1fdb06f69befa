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
        AccountRecord memory entry = _recordOf(account);
        if (entry.venue == 0) return wanted;
        return _requests[_keyOf(entry)][_policyOf(entry).placeOf(token)];
    }

    /// @inheritdoc IOwnerDesk
    function pendingOf(address account, address token) external view returns (uint256) {
        return request(account, token).amount;
    }
}
