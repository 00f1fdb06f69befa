// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTreeBoundary} from "../src/attest/SumTreeBoundary.sol";
import {SumTreeRange} from "../src/attest/SumTreeRange.sol";

/// @notice As `SumTreeHarness`, for proofs of ranges and of the boundary.
contract SumTreeRangeHarness {
    function requireRange(
        uint256 first,
        bytes calldata leaves,
        uint256 accounts,
        bytes calldata siblings,
        bytes32 root,
        uint128 credit,
        uint128 debit
    ) external pure {
        SumTreeRange.requireRange(first, leaves, accounts, siblings, root, credit, debit);
    }

    /// @return gas used by the check itself, arguments decoded before
    function gasOfRange(
        uint256 first,
        bytes calldata leaves,
        uint256 accounts,
        bytes calldata siblings,
        bytes32 root,
        uint128 credit,
        uint128 debit
    ) external view returns (uint256) {
        uint256 before = gasleft();
        SumTreeRange.requireRange(first, leaves, accounts, siblings, root, credit, debit);
        return before - gasleft();
    }

    /// @notice A range proof after a write to memory of the caller's own, and before another.
    /// @return whether both hold what was written
    function memoryAround(
        uint256 first,
        bytes calldata leaves,
        uint256 accounts,
        bytes calldata siblings,
        bytes32 root,
        uint128 credit,
        uint128 debit
    ) external pure returns (bool) {
        bytes memory before = abi.encode(first, root);
        SumTreeRange.requireRange(first, leaves, accounts, siblings, root, credit, debit);
        bytes memory afterwards = abi.encode(first, root);
        bytes32 written = keccak256(abi.encode(first, root));
        return keccak256(before) == written && keccak256(afterwards) == written;
    }

    function requireBoundary(uint256 accounts, bytes calldata siblings, bytes32 root, uint128 credit, uint128 debit) external pure {
        SumTreeBoundary.requireBoundary(accounts, siblings, root, credit, debit);
    }

    function leafAt(bytes calldata leaves, uint256 i) external pure returns (address account, uint256 credit, uint256 debit) {
        return SumTreeRange.leafAt(leaves, i);
    }

    function marginsAt(bytes calldata leaves, uint256 i) external pure returns (uint256 initialMargin, uint256 maintenanceMargin) {
        return SumTreeRange.marginsAt(leaves, i);
    }
}
