// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../core/Core.sol";
import {Deployment} from "../interfaces/Types.sol";
import {Demands} from "./Demands.sol";
import {Disputes} from "./Disputes.sol";

/// @title Disputes and demands: an owner against a wrong root, and against a withheld one
contract DisputeDesk is Disputes, Demands {
    constructor(Deployment memory d) Core(d) {}
}
