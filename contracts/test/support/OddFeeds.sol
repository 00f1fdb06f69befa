// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A feed that reverts, or answers with fewer words than it should, or with a flood of them.
contract OddFeed {
    enum Kind {
        REVERTS,
        SHORT_ANSWER,
        FLOODS
    }

    uint8 public constant decimals = 8;
    Kind private immutable KIND;

    constructor(Kind kind) {
        KIND = kind;
    }

    function latestRoundData() external view {
        if (KIND == Kind.REVERTS) revert("no");
        uint256 length = KIND == Kind.SHORT_ANSWER ? 0x9f : 200_000;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(add(at, 0x20), 6000000000000)
            mstore(add(at, 0x60), timestamp())
            switch length
            case 0x9f {
                return(at, length)
            }
            default {
                revert(at, length)
            }
        }
    }
}

/// @notice A feed that has decimals, and for an answer takes all the gas that it is given.
contract GreedyFeed {
    uint8 public constant decimals = 8;

    function latestRoundData() external view {
        while (gasleft() > 0) {}
    }
}
