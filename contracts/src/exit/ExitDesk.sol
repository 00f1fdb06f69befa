// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../core/Core.sol";
import {Deployment} from "../interfaces/Types.sol";

/// @title Release, exit and port
contract ExitDesk is Core {
    constructor(Deployment memory d) Core(d) {}
}
