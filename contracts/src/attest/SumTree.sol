// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Leaf} from "../interfaces/Types.sol";

/// @title Merkle-sum tree
/// @notice A leaf is keccak256 of 120 packed bytes, a node keccak256 of 128: neither length can be taken for the other, and each is
/// one permutation. Every node commits to the sums of *both* children, so a path that reaches the root proves that the leaf's credit
/// and debit are inside the root's totals: a verifier that hashes only the parent's sum accepts two clients owed 100 under a total of 100.
library SumTree {
    /// @notice A leaf may owe or be owed, never both.
    error CreditAndDebit(uint32 index);
    /// @notice The leaf's index is at or past the number of accounts.
    error IndexOutOfRange(uint256 index, uint256 accounts);
    /// @notice The path is not exactly as long as the tree is deep.
    error WrongPathLength(uint256 expected, uint256 given);
    /// @notice A sibling claims sums for the empty hash.
    error EmptyHashWithSums(uint256 level);
    /// @notice Sums on the path overflow 128 bits.
    error SumOverflow();
    /// @notice The path leads to another root.
    error RootMismatch(bytes32 expected, bytes32 computed);
    /// @notice The path's sums are not the root's totals.
    error TotalsMismatch(uint256 credit, uint256 debit);

    uint256 private constant SIBLING_BYTES = 64;

    /// @notice Hash of a leaf. The fields are taken as they are: a leaf with a credit and a debit is refused by `requireIncluded`.
    function hashLeaf(Leaf calldata leaf) internal pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                leaf.index,
                leaf.account,
                leaf.credit,
                leaf.debit,
                leaf.initialMargin,
                leaf.maintenanceMargin,
                leaf.positionsHash,
                leaf.salt
            )
        );
    }

    /// @notice Levels above the leaves: ceil(log2(accounts)), 0 for one.
    function depth(uint256 accounts) internal pure returns (uint256) {
        return Math.log2(accounts, Math.Rounding.Ceil);
    }

    /// @notice Reverts, naming the check, unless `leaf` is in the tree of `accounts` leaves with this root and these totals.
    /// @param siblings bottom-up, 64 bytes each: hash 32 | credit 16 | debit 16
    function requireIncluded(
        Leaf calldata leaf,
        uint256 accounts,
        bytes calldata siblings,
        bytes32 expectedRoot,
        uint128 totalCredit,
        uint128 totalDebit
    ) internal pure {
        uint256 index = leaf.index;
        if (index >= accounts) revert IndexOutOfRange(index, accounts);
        if (leaf.credit != 0 && leaf.debit != 0) revert CreditAndDebit(leaf.index);
        uint256 levels = depth(accounts);
        if (siblings.length != levels * SIBLING_BYTES) revert WrongPathLength(levels * SIBLING_BYTES, siblings.length);

        (bytes32 computed, uint256 credit, uint256 debit) = _climb(hashLeaf(leaf), leaf.credit, leaf.debit, index, siblings);
        if (computed != expectedRoot) revert RootMismatch(expectedRoot, computed);
        if (credit != totalCredit || debit != totalDebit) revert TotalsMismatch(credit, debit);
    }

    /// @dev Scratch of four words: hashL | creditL,debitL | hashR | creditR,debitR. Sums are kept in 256-bit words and any bit above
    /// 128 is remembered, so an overflow anywhere on the path is seen once at the end.
    function _climb(bytes32 hash, uint256 credit, uint256 debit, uint256 index, bytes calldata siblings)
        private
        pure
        returns (bytes32, uint256, uint256)
    {
        uint256 levels = siblings.length / SIBLING_BYTES;
        uint256 overflow;
        uint256 emptyAt = type(uint256).max;
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            for { let level := 0 } lt(level, levels) { level := add(level, 1) } {
                let at := add(siblings.offset, shl(6, level))
                let siblingHash := calldataload(at)
                let siblingSums := calldataload(add(at, 0x20))
                if iszero(siblingHash) { if siblingSums { if gt(emptyAt, level) { emptyAt := level } } }
                let own := shl(6, and(shr(level, index), 1))
                let other := xor(own, 0x40)
                mstore(add(scratch, own), hash)
                mstore(add(scratch, add(own, 0x20)), or(shl(128, credit), and(debit, 0xffffffffffffffffffffffffffffffff)))
                mstore(add(scratch, other), siblingHash)
                mstore(add(scratch, add(other, 0x20)), siblingSums)
                hash := keccak256(scratch, 0x80)
                credit := add(credit, shr(128, siblingSums))
                debit := add(debit, and(siblingSums, 0xffffffffffffffffffffffffffffffff))
                overflow := or(overflow, shr(128, or(credit, debit)))
            }
        }
        if (emptyAt != type(uint256).max) revert EmptyHashWithSums(emptyAt);
        if (overflow != 0) revert SumOverflow();
        return (hash, credit, debit);
    }
}
