// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "./SumTree.sol";

/// @title Proof of a contiguous range of leaves
/// @notice Shows at once that every leaf from `first` on is in the root's tree, released ones included, so that a loop over the range
/// can neither pass an account over nor meet one twice. Leaves come packed as they are hashed, 120 bytes each:
/// index 4 | account 20 | credit 12 | debit 12 | initialMargin 12 | maintenanceMargin 12 | positionsHash 32 | salt 16.
/// A released index is 120 zero bytes and the empty leaf.
library SumTreeRange {
    /// @notice There is no leaf, or the last one is cut short.
    error NoWholeLeaves(uint256 length);
    /// @notice A leaf stands where another index belongs: a gap, an overlap or another order.
    error IndexNotInPlace(uint256 expected, uint256 given);
    /// @notice A leaf without an account is a released one, and all zero.
    error EmptyLeafWithContent(uint256 index);

    /// @notice Bytes of a packed leaf.
    uint256 internal constant LEAF_BYTES = 120;

    /// @notice Reverts, naming the check, unless the leaves are those of the indices from `first` on in the tree of `accounts` leaves
    /// with this root and these totals. `SumTree`'s errors mean here what they mean there.
    /// @param leaves packed, at least one
    /// @param siblings bottom-up, 64 bytes each: on each level first the one to the left of the range, if its first node is a right
    /// child, then the one to its right, if its last node is a left child
    function requireRange(
        uint256 first,
        bytes calldata leaves,
        uint256 accounts,
        bytes calldata siblings,
        bytes32 expectedRoot,
        uint128 totalCredit,
        uint128 totalDebit
    ) internal pure {
        uint256 leafCount = count(leaves);
        if (leafCount == 0 || leafCount * LEAF_BYTES != leaves.length) revert NoWholeLeaves(leaves.length);
        if (first >= accounts) revert SumTree.IndexOutOfRange(first, accounts);
        if (leafCount > accounts - first) revert SumTree.IndexOutOfRange(accounts, accounts);
        (uint256 buffer, uint256 credits) = _hashLeaves(first, leaves);
        (bytes32 hash, uint256 sums) = _climb(buffer, credits, first, leafCount, SumTree.depth(accounts), siblings);
        SumTree.requireRoot(hash, sums, expectedRoot, totalCredit, totalDebit);
    }

    /// @notice Whole leaves in `leaves`.
    function count(bytes calldata leaves) internal pure returns (uint256) {
        return leaves.length / LEAF_BYTES;
    }

    /// @notice Account, credit and debit of the leaf at position `i` of the range; all zero for a released index.
    /// @dev No bounds are checked: only for `i < count(leaves)`, after `requireRange`.
    function leafAt(bytes calldata leaves, uint256 i) internal pure returns (address account, uint256 credit, uint256 debit) {
        assembly ("memory-safe") {
            let leaf := add(leaves.offset, mul(i, 120))
            account := shr(96, calldataload(add(leaf, 4)))
            credit := shr(160, calldataload(add(leaf, 24)))
            debit := shr(160, calldataload(add(leaf, 36)))
        }
    }

    /// @notice Initial and maintenance margin of the leaf at position `i` of the range.
    /// @dev No bounds are checked: only for `i < count(leaves)`, after `requireRange`.
    function marginsAt(bytes calldata leaves, uint256 i) internal pure returns (uint256 initialMargin, uint256 maintenanceMargin) {
        assembly ("memory-safe") {
            let leaf := add(leaves.offset, mul(i, 120))
            initialMargin := shr(160, calldataload(add(leaf, 48)))
            maintenanceMargin := shr(160, calldataload(add(leaf, 60)))
        }
    }

    /// @dev Allocates a buffer of 64-byte nodes, with a slot for a sibling before and after the leaves' own, and fills in the leaves'.
    /// `credits` is what they are owed together.
    function _hashLeaves(uint256 first, bytes calldata leaves) private pure returns (uint256 buffer, uint256 credits) {
        uint256 leafCount = count(leaves);
        uint256 index = first;
        bool faulty;
        assembly ("memory-safe") {
            buffer := mload(0x40)
            let packed := add(buffer, shl(6, add(leafCount, 2)))
            mstore(0x40, packed)
            let node := add(buffer, 64)
            let leaf := leaves.offset
            // A leaf at fault ends the loop early; which rule it breaks is found out below.
            for {} lt(add(node, 64), packed) {
                index := add(index, 1)
            } {
                let head := calldataload(leaf)
                let amounts := calldataload(add(leaf, 24))
                switch shr(96, shl(32, head))
                case 0 {
                    if or(or(head, amounts), or(calldataload(add(leaf, 56)), calldataload(add(leaf, 88)))) {
                        break
                    }
                    mstore(node, 0)
                    mstore(add(node, 0x20), 0)
                }
                default {
                    let credit := shr(160, amounts)
                    let debit := shr(160, shl(96, amounts))
                    // The product of two amounts of 96 bits is zero only if one of them is.
                    if or(xor(shr(224, head), index), mul(credit, debit)) {
                        break
                    }
                    calldatacopy(packed, leaf, 120)
                    mstore(node, keccak256(packed, 120))
                    mstore(add(node, 0x20), or(shl(128, credit), debit))
                    credits := add(credits, credit)
                }
                leaf := add(leaf, 120)
                node := add(node, 64)
            }
            faulty := lt(add(node, 64), packed)
        }
        if (faulty) _refuse(leaves, index - first, index);
    }

    /// @dev Names the rule that the leaf at position `i` breaks.
    function _refuse(bytes calldata leaves, uint256 i, uint256 index) private pure {
        (address account, , ) = leafAt(leaves, i);
        if (account == address(0)) revert EmptyLeafWithContent(index);
        uint32 given = uint32(bytes4(leaves[i * LEAF_BYTES:]));
        if (given != index) revert IndexNotInPlace(index, given);
        revert SumTree.CreditAndDebit(given);
    }

    /// @dev Hashes the buffer's nodes pairwise in place, a level at a time, each with the siblings that complete it.
    function _climb(
        uint256 buffer,
        uint256 credits,
        uint256 first,
        uint256 leafCount,
        uint256 levels,
        bytes calldata siblings
    ) private pure returns (bytes32 hash, uint256 sums) {
        uint256 begin = buffer + 64;
        uint256 end = begin + 64 * leafCount;
        uint256 last = first + leafCount - 1;
        uint256 consumed;
        // Bit k is set if a sibling of level k claims sums for the empty hash.
        uint256 phantoms;
        for (uint256 level; level < levels; ++level) {
            // A path that is too short makes this read past it. The length is checked before anything that was read counts.
            uint256 pairs = begin;
            if ((first >> level) & 1 == 1) {
                pairs = buffer;
                (uint256 credit, uint256 phantom) = _take(siblings, consumed, pairs);
                credits += credit;
                phantoms |= phantom << level;
                consumed += SumTree.SIBLING_BYTES;
            }
            if ((last >> level) & 1 == 0) {
                (uint256 credit, uint256 phantom) = _take(siblings, consumed, end);
                credits += credit;
                phantoms |= phantom << level;
                consumed += SumTree.SIBLING_BYTES;
                end += 64;
            }
            end = _hashPairs(pairs, end, begin);
        }
        if (consumed != siblings.length) revert SumTree.WrongPathLength(consumed, siblings.length);
        if (phantoms != 0) revert SumTree.EmptyHashWithSums(SumTree.depth(phantoms & (~phantoms + 1)));
        assembly ("memory-safe") {
            hash := mload(begin)
            sums := mload(add(begin, 0x20))
        }
        SumTree.requireNoOverflow(sums, credits);
    }

    /// @dev Copies the sibling after the `consumed` bytes to a slot of the buffer. `phantom` is 1 if it claims sums for the empty hash.
    function _take(bytes calldata siblings, uint256 consumed, uint256 slot) private pure returns (uint256 credit, uint256 phantom) {
        assembly ("memory-safe") {
            calldatacopy(slot, add(siblings.offset, consumed), 64)
            let sums := mload(add(slot, 0x20))
            credit := shr(128, sums)
            phantom := gt(iszero(mload(slot)), iszero(sums))
        }
    }

    /// @dev Hashes the pairs of nodes up to `end`, and writes their parents from `parent` on, which is where the pairs begin or one slot
    /// later: never past the pair that was just read.
    function _hashPairs(uint256 pair, uint256 end, uint256 parent) private pure returns (uint256 parentsEnd) {
        assembly ("memory-safe") {
            parentsEnd := parent
            for {} lt(pair, end) {
                pair := add(pair, 128)
            } {
                // The sums are read before the hash is written: the first parent may lie over its own right child.
                let sums := add(mload(add(pair, 0x20)), mload(add(pair, 0x60)))
                mstore(parentsEnd, keccak256(pair, 128))
                mstore(add(parentsEnd, 0x20), sums)
                parentsEnd := add(parentsEnd, 64)
            }
        }
    }
}
