// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Leaf} from "../interfaces/Types.sol";

/// @title Merkle-sum tree
/// @notice A leaf is keccak256 of 120 packed bytes, a node keccak256 of 128: neither length can be taken for the other, and each is
/// one permutation. Every node commits to the sums of *both* children, so a path that reaches the root proves that the leaf's credit
/// and debit are inside the root's totals: a verifier that hashes only the parent's sum accepts two clients owed 100 under a total of 100.
/// @dev Sums travel as one word, credit above debit, as a node hashes them.
library SumTree {
    /// @notice A leaf may owe or be owed, never both.
    error CreditAndDebit(uint32 index);
    /// @notice The leaf's index is at or past the number of accounts.
    error IndexOutOfRange(uint256 index, uint256 accounts);
    /// @notice The path has not exactly the bytes that the shape of the tree asks for.
    error WrongPathLength(uint256 expected, uint256 given);
    /// @notice A sibling claims sums for the empty hash.
    error EmptyHashWithSums(uint256 level);
    /// @notice Sums on the path overflow 128 bits.
    error SumOverflow();
    /// @notice The path leads to another root.
    error RootMismatch(bytes32 expected, bytes32 computed);
    /// @notice The path's sums are not the root's totals.
    error TotalsMismatch(uint256 credit, uint256 debit);

    /// @notice Bytes of a sibling: hash 32 | credit 16 | debit 16.
    uint256 internal constant SIBLING_BYTES = 64;

    /// @notice Hash of a leaf. A leaf with a credit and a debit is refused by `requireIncluded`, not here.
    /// @dev Packs eight words of calldata into 120 bytes. A word with bits outside its field would spill them into its neighbour's
    /// bytes, and one hash would have several leaves: it reverts without data, as the compiler's own decoding does.
    function hashLeaf(Leaf calldata leaf) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let account := calldataload(add(leaf, 0x20))
            let credit := calldataload(add(leaf, 0x40))
            let debit := calldataload(add(leaf, 0x60))
            let initialMargin := calldataload(add(leaf, 0x80))
            let maintenanceMargin := calldataload(add(leaf, 0xa0))
            let positionsHash := calldataload(add(leaf, 0xc0))
            let salt := calldataload(add(leaf, 0xe0))
            let dirt := shr(96, or(or(credit, debit), or(initialMargin, maintenanceMargin)))
            dirt := or(dirt, or(shr(32, calldataload(leaf)), or(shr(160, account), shl(128, salt))))
            if dirt {
                revert(0, 0)
            }
            let packed := mload(0x40)
            mstore(packed, or(shl(224, calldataload(leaf)), or(shl(64, account), shr(32, credit))))
            mstore(add(packed, 0x20), or(or(shl(224, credit), shl(128, debit)), or(shl(32, initialMargin), shr(64, maintenanceMargin))))
            mstore(add(packed, 0x40), or(shl(192, maintenanceMargin), shr(64, positionsHash)))
            mstore(add(packed, 0x60), or(shl(192, positionsHash), shr(64, salt)))
            hash := keccak256(packed, 120)
        }
    }

    /// @notice Levels above the leaves: ceil(log2(accounts)), 0 for one and for none.
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
        bytes32 leafHash = hashLeaf(leaf);
        uint256 index;
        uint256 credit;
        uint256 debit;
        assembly ("memory-safe") {
            // Read without a look at their widths: hashing the leaf has refused bits outside them.
            index := calldataload(leaf)
            credit := calldataload(add(leaf, 0x40))
            debit := calldataload(add(leaf, 0x60))
        }
        if (index >= accounts) revert IndexOutOfRange(index, accounts);
        if (credit != 0 && debit != 0) revert CreditAndDebit(uint32(index));
        requirePathLength(accounts, siblings);
        (bytes32 hash, uint256 sums) = climb(leafHash, (credit << 128) | debit, index, siblings);
        requireRoot(hash, sums, expectedRoot, totalCredit, totalDebit);
    }

    /// @notice Reverts unless there are exactly `depth(accounts)` siblings, for at least one account.
    /// @dev Asks whether a tree of so many levels is the smallest that holds the accounts: that needs no logarithm.
    function requirePathLength(uint256 accounts, bytes calldata siblings) internal pure {
        uint256 width = 1 << (siblings.length / SIBLING_BYTES);
        if (siblings.length % SIBLING_BYTES != 0 || width < accounts || width >> 1 >= accounts) {
            revert WrongPathLength(depth(accounts) * SIBLING_BYTES, siblings.length);
        }
    }

    /// @notice Where a path leads: the hash and the sums above the node at `index`, whose own are given.
    /// @param siblings whole siblings only
    function climb(bytes32 hash, uint256 sums, uint256 index, bytes calldata siblings) internal pure returns (bytes32, uint256) {
        uint256 credits = sums >> 128;
        uint256 cursor;
        uint256 end;
        assembly ("memory-safe") {
            // The pair lies over the first four words, where its addresses are constants. Two of them are the compiler's, which runs
            // nothing before they are back: the free memory pointer and the zero word.
            let freeMemory := mload(0x40)
            // Bit 6 of `side` says whether the node at this level is the left child, at 0, or the right one, at 64.
            let side := shl(6, index)
            let own := and(side, 64)
            mstore(own, hash)
            mstore(or(own, 32), sums)
            cursor := siblings.offset
            end := add(cursor, siblings.length)
            for {} lt(cursor, end) {} {
                if iszero(calldataload(cursor)) {
                    if calldataload(add(cursor, 32)) {
                        break
                    }
                }
                calldatacopy(xor(own, 64), cursor, 64)
                credits := add(shr(128, calldataload(add(cursor, 32))), credits)
                side := shr(1, side)
                own := and(side, 64)
                let parentSums := add(mload(32), mload(96))
                mstore(own, keccak256(0, 128))
                mstore(or(own, 32), parentSums)
                cursor := add(cursor, 64)
            }
            hash := mload(own)
            sums := mload(or(own, 32))
            mstore(0x40, freeMemory)
            mstore(0x60, 0)
        }
        if (cursor != end) revert EmptyHashWithSums((siblings.length - (end - cursor)) / SIBLING_BYTES);
        requireNoOverflow(sums, credits);
        return (hash, sums);
    }

    /// @notice Reverts if the packed sums wrapped in either half: a sum that did would look smaller than what is in it.
    /// @dev Credits that passed 128 bits are not what is left of them. Debits that did carried into the credits once for each time,
    /// which is at most once an addition: too seldom to bring the credits round to what they were.
    /// @param credits the same credits added up in a word of their own
    function requireNoOverflow(uint256 sums, uint256 credits) internal pure {
        if (sums >> 128 != credits) revert SumOverflow();
    }

    /// @notice Reverts unless a path led to the root and its totals.
    function requireRoot(bytes32 hash, uint256 sums, bytes32 expectedRoot, uint128 totalCredit, uint128 totalDebit) internal pure {
        if (hash != expectedRoot) revert RootMismatch(expectedRoot, hash);
        if (sums != (uint256(totalCredit) << 128) | totalDebit) revert TotalsMismatch(sums >> 128, sums & type(uint128).max);
    }
}
