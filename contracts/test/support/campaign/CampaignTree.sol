// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Leaf} from "../../../src/interfaces/Types.sol";

/// @notice The wire format's tree over packed leaves, made for speed: a node's two children lie side by side as it hashes them.
library CampaignTree {
    uint256 private constant LEAF = 120;
    uint256 private constant NODE = 64;

    /// @notice All levels, leaves first, one after another; 64 bytes a node. A leaf of zeros is the empty one.
    function build(bytes memory leaves) internal pure returns (bytes memory levels) {
        uint256 n = leaves.length / LEAF;
        uint256 width = 1 << depthOf(n);
        levels = new bytes((2 * width - 1) * NODE);
        assembly ("memory-safe") {
            let to := add(levels, 0x20)
            let from := add(leaves, 0x20)
            for {
                let i := 0
            } lt(i, n) {
                i := add(i, 1)
            } {
                // The account is in bytes 4 to 24 of a leaf, the credit in 24 to 36, the debit in 36 to 48.
                if shr(96, mload(add(from, 4))) {
                    mstore(to, keccak256(from, 120))
                    mstore(add(to, 32), or(shl(128, shr(160, mload(add(from, 24)))), shr(160, mload(add(from, 36)))))
                }
                to := add(to, 64)
                from := add(from, 120)
            }
            let below := add(levels, 0x20)
            to := add(below, mul(width, 64))
            for {} gt(width, 1) {} {
                width := shr(1, width)
                for {
                    let i := 0
                } lt(i, width) {
                    i := add(i, 1)
                } {
                    mstore(to, keccak256(below, 128))
                    mstore(add(to, 32), add(mload(add(below, 32)), mload(add(below, 96))))
                    to := add(to, 64)
                    below := add(below, 128)
                }
            }
        }
    }

    /// @return hash and sums (credit above debit) of the root
    function rootOf(bytes memory levels) internal pure returns (bytes32 hash, uint256 sums) {
        assembly ("memory-safe") {
            let last := add(levels, sub(mload(levels), 32))
            hash := mload(last)
            sums := mload(add(last, 32))
        }
    }

    /// @notice The path of the leaf at `index`, bottom-up.
    function path(bytes memory levels, uint256 width, uint256 index) internal pure returns (bytes memory siblings) {
        uint256 start;
        for (; width > 1; width >>= 1) {
            siblings = bytes.concat(siblings, _node(levels, start + (index ^ 1)));
            start += width;
            index >>= 1;
        }
    }

    /// @notice The siblings of the range from `first` to `last`: on each level first the left one, then the right one, where there is one.
    function rangePath(bytes memory levels, uint256 width, uint256 first, uint256 last) internal pure returns (bytes memory siblings) {
        uint256 start;
        for (; width > 1; width >>= 1) {
            if (first % 2 == 1) siblings = bytes.concat(siblings, _node(levels, start + first - 1));
            if (last % 2 == 0) siblings = bytes.concat(siblings, _node(levels, start + last + 1));
            start += width;
            (first, last) = (first >> 1, last >> 1);
        }
    }

    function packed(Leaf memory leaf) internal pure returns (bytes memory) {
        return
            abi.encodePacked(
                leaf.index,
                leaf.account,
                leaf.credit,
                leaf.debit,
                leaf.initialMargin,
                leaf.maintenanceMargin,
                leaf.positionsHash,
                leaf.salt
            );
    }

    function unpacked(bytes memory leaves, uint256 i) internal pure returns (Leaf memory leaf) {
        uint256 offset = 0x20 + i * LEAF;
        leaf.index = uint32(_word(leaves, offset) >> 224);
        leaf.account = address(uint160(_word(leaves, offset + 4) >> 96));
        leaf.credit = uint96(_word(leaves, offset + 24) >> 160);
        leaf.debit = uint96(_word(leaves, offset + 36) >> 160);
        leaf.initialMargin = uint96(_word(leaves, offset + 48) >> 160);
        leaf.maintenanceMargin = uint96(_word(leaves, offset + 60) >> 160);
        leaf.positionsHash = bytes32(_word(leaves, offset + 72));
        leaf.salt = bytes16(bytes32(_word(leaves, offset + 104)));
    }

    function slice(bytes memory leaves, uint256 first, uint256 count) internal pure returns (bytes memory taken) {
        taken = new bytes(count * LEAF);
        assembly ("memory-safe") {
            mcopy(add(taken, 0x20), add(add(leaves, 0x20), mul(first, 120)), mul(count, 120))
        }
    }

    function depthOf(uint256 accounts) internal pure returns (uint256 depth) {
        while (uint256(1) << depth < accounts) ++depth;
    }

    function _node(bytes memory levels, uint256 i) private pure returns (bytes memory) {
        uint256 offset = 0x20 + i * NODE;
        return abi.encodePacked(_word(levels, offset), _word(levels, offset + 0x20));
    }

    function _word(bytes memory data, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(data, offset))
        }
    }
}
