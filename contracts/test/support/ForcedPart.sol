// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../../src/core/Core.sol";
import {Ledger} from "../../src/core/Ledger.sol";
import {Force} from "./Force.sol";
import {AccountRecord, AccountStatus, Deployment} from "../../src/interfaces/Types.sol";

/// @notice Stands in for a part of the vault and does at once what takes a default or an exit otherwise, by the vault's own bookkeeping.
contract ForcedPart is Ledger {
    constructor(Deployment memory d) Core(d) {}

    fallback() external {
        _force();
    }

    function _force() private {
        (Force what, address account, uint256 amount, address token, uint256 value) = abi.decode(
            msg.data[4:],
            (Force, address, uint256, address, uint256)
        );
        AccountRecord memory record = _pledged(account);
        if (what == Force.STATUS) _setStatus(account, record, AccountStatus(amount));
        else if (what == Force.RELEASE) _release(account, record, amount);
        else if (what == Force.WRITE_OFF) _writeOff(account, record, amount);
        else if (what == Force.IN_KIND) _payInKind(account, record, _policyOf(record), token, amount, value);
        else {
            record.flags = uint8(amount);
            _records[account] = record;
        }
    }
}
