// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../core/Core.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {AccountRecord, AccountStatus, Deployment, Exit} from "../interfaces/Types.sol";
import {ExitPayments} from "./ExitPayments.sol";

/// @title Exits
/// @notice Trusts the roots that were posted, as far as nobody brings a newer leaf, and no oracle, guardian, token or key.
/// @dev Invariants kept here: `exitAlwaysOpen`, its part of `neverPaysForAnother`, `settledOnce`, `reportsLockNeverTake`, `nonceOnce`.
contract ExitDesk is ExitPayments {
    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc IExitDesk
    function exitOf(address account) external view returns (Exit memory) {
        return _exits[_keyOf(_recordOf(account))];
    }

    /// @inheritdoc IExitDesk
    function exitOwed(address account) external view returns (uint256) {
        AccountRecord memory record = _recordOf(account);
        return record.status == AccountStatus.EXITING ? _exitOwed(record) : 0;
    }

    /// @inheritdoc IExitDesk
    function mayExit(address account) external view returns (uint8 why) {
        AccountRecord memory record = _recordOf(account);
        return record.venue == 0 ? 0 : _why(record, _exits[_keyOf(record)]);
    }
}
