// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../../src/core/Core.sol";
import {Deployment} from "../../src/interfaces/Types.sol";

/// @notice Stands in for a part of the vault and says for whom it was run.
contract ActorProbe is Core {
    event RanFor(bytes4 selector, address actor, bytes32 firstWord);

    constructor(Deployment memory d) Core(d) {}

    fallback() external alone {
        emit RanFor(msg.sig, _actor(), bytes32(msg.data[4:36]));
    }
}
