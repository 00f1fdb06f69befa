// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../../src/core/Core.sol";
import {AccountRecord, Deployment} from "../../src/interfaces/Types.sol";

/// @notice Under which key the vault keeps what belongs to one pledge.
contract PledgeKeys is Core {
    constructor() Core(Deployment({vault: address(1), sequencerFeed: address(0), funds: address(0)})) {}

    function keyOf(uint32 venue, uint32 index) external pure returns (uint64) {
        AccountRecord memory record;
        (record.venue, record.index) = (venue, index);
        return _keyOf(record);
    }
}
