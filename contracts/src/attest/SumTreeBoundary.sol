// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "./SumTree.sol";

/// @title Proof that a tree ends where its header says
/// @notice The path at index `accounts`: its leaf, and every sibling to its right, is the canonical empty subtree. Without it a root
/// could carry sums behind its last account, where nobody has an index to open them.
library SumTreeBoundary {
    /// @notice A tree of exactly 2^depth accounts has no index to its right, and one without accounts no tree.
    error NoBoundary(uint256 accounts);
    /// @notice To the right of the boundary, at this level, stands something.
    error NotEmpty(uint256 level);

    /// @notice Reverts, naming the check, unless nothing stands at or past index `accounts` in the tree with this root and these totals.
    /// `SumTree`'s errors mean here what they mean there.
    /// @param siblings bottom-up, 64 bytes each: hash 32 | credit 16 | debit 16
    function requireBoundary(
        uint256 accounts,
        bytes calldata siblings,
        bytes32 expectedRoot,
        uint128 totalCredit,
        uint128 totalDebit
    ) internal pure {
        if (accounts == 0 || accounts & (accounts - 1) == 0) revert NoBoundary(accounts);
        SumTree.requirePathLength(accounts, siblings);
        bytes32 empty;
        for (uint256 cursor; cursor < siblings.length; cursor += SumTree.SIBLING_BYTES) {
            uint256 level = cursor / SumTree.SIBLING_BYTES;
            if ((accounts >> level) & 1 == 0) {
                bytes32 hash = bytes32(siblings[cursor:]);
                bytes32 sums = bytes32(siblings[cursor + 32:]);
                if (hash != empty || sums != 0) revert NotEmpty(level);
            }
            empty = keccak256(abi.encode(empty, 0, empty, 0));
        }
        (bytes32 top, uint256 total) = SumTree.climb(0, 0, accounts, siblings);
        SumTree.requireRoot(top, total, expectedRoot, totalCredit, totalDebit);
    }
}
