// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deployment} from "../../src/interfaces/Types.sol";
import {Settlement} from "../../src/settle/Settlement.sol";

/// @notice Deploys a wired contract from the inside of a call, where its refusal can be seen.
contract SettlementProbe {
    function deploy(Deployment memory d) external returns (address) {
        return address(new Settlement(d));
    }
}
