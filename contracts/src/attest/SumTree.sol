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
        return
            keccak256(
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

        (bytes32 computed, uint256 sums) = _climb(hashLeaf(leaf), (uint256(leaf.credit) << 128) | leaf.debit, index, siblings);
        if (computed != expectedRoot) revert RootMismatch(expectedRoot, computed);
        if (sums != (uint256(totalCredit) << 128) | totalDebit) revert TotalsMismatch(sums >> 128, sums & type(uint128).max);
    }

    /// @dev Sums travel as one word, credit above debit, as a node hashes them.
    function _climb(bytes32 hash, uint256 sums, uint256 index, bytes calldata siblings) private pure returns (bytes32, uint256) {
        for (uint256 at; at < siblings.length; at += SIBLING_BYTES) {
            bytes32 siblingHash = bytes32(siblings[at:at + 32]);
            uint256 siblingSums = uint256(bytes32(siblings[at + 32:at + 64]));
            if (siblingHash == 0 && siblingSums != 0) revert EmptyHashWithSums(at / SIBLING_BYTES);
            hash = index & 1 == 0 ? _hashNode(hash, sums, siblingHash, siblingSums) : _hashNode(siblingHash, siblingSums, hash, sums);
            sums = _add(sums, siblingSums);
            index >>= 1;
        }
        return (hash, sums);
    }

    /// @dev Refuses an overflow where it happens: a sum that wrapped would look smaller than what is in it.
    function _add(uint256 left, uint256 right) private pure returns (uint256) {
        uint256 credit = (left >> 128) + (right >> 128);
        uint256 debit = (left & type(uint128).max) + (right & type(uint128).max);
        if ((credit | debit) >> 128 != 0) revert SumOverflow();
        return (credit << 128) | debit;
    }

    /// @dev keccak256 of hashL | creditL,debitL | hashR | creditR,debitR, over the scratch past the free memory pointer.
    function _hashNode(bytes32 left, uint256 leftSums, bytes32 right, uint256 rightSums) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, left)
            mstore(add(scratch, 0x20), leftSums)
            mstore(add(scratch, 0x40), right)
            mstore(add(scratch, 0x60), rightSums)
            hash := keccak256(scratch, 0x80)
        }
    }
}
