// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../src/attest/SumTree.sol";
import {Leaf} from "../src/interfaces/Types.sol";

/// @notice Gives the library's internal functions an outside, so that their reverts can be seen; compiled as the contracts are, so that
/// their gas can be measured.
contract SumTreeHarness {
    function requireIncluded(
        Leaf calldata leaf,
        uint256 accounts,
        bytes calldata siblings,
        bytes32 root,
        uint128 credit,
        uint128 debit
    ) external pure {
        SumTree.requireIncluded(leaf, accounts, siblings, root, credit, debit);
    }

    /// @return gas used by the check itself, arguments decoded before
    function gasOfInclusion(
        Leaf calldata leaf,
        uint256 accounts,
        bytes calldata siblings,
        bytes32 root,
        uint128 credit,
        uint128 debit
    ) external view returns (uint256) {
        uint256 before = gasleft();
        SumTree.requireIncluded(leaf, accounts, siblings, root, credit, debit);
        return before - gasleft();
    }

    function hashLeaf(Leaf calldata leaf) external pure returns (bytes32) {
        return SumTree.hashLeaf(leaf);
    }

    function depth(uint256 accounts) external pure returns (uint256) {
        return SumTree.depth(accounts);
    }
}
