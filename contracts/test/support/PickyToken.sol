// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestToken} from "./Tokens.sol";

/// @notice A token that serves most and treats some as it was told to.
contract PickyToken is TestToken {
    enum Manner {
        SERVE,
        REFUSE,
        EAT_GAS,
        FLOOD,
        ANSWER_FALSE,
        ANSWER_TRUE_AND_KEEP
    }

    mapping(address who => Manner) public manners;

    constructor() TestToken("PICKY", 6) {}

    function treat(address who, Manner manner) external {
        manners[who] = manner;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        Manner manner = manners[msg.sender] == Manner.SERVE ? manners[to] : manners[msg.sender];
        if (manner == Manner.REFUSE) revert("refused");
        if (manner == Manner.EAT_GAS) {
            while (gasleft() > 0) {}
        }
        if (manner == Manner.FLOOD) {
            assembly ("memory-safe") {
                revert(0, 100000)
            }
        }
        if (manner == Manner.ANSWER_FALSE) return false;
        if (manner == Manner.ANSWER_TRUE_AND_KEEP) return true;
        return super.transfer(to, amount);
    }
}
