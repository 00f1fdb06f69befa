// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Leaf} from "../../src/interfaces/Types.sol";

/// @notice The wire format's tree, built the plain way and on its own: it shares no code with the verifier under test.
library SumTreeBuilder {
    struct Node {
        bytes32 hash;
        uint128 credit;
        uint128 debit;
    }

    /// @notice Levels of the padded tree, leaves first. A leaf without an account is an empty leaf.
    function build(Leaf[] memory leaves) internal pure returns (Node[][] memory levels) {
        uint256 depth = depthOf(leaves.length);
        levels = new Node[][](depth + 1);
        levels[0] = new Node[](uint256(1) << depth);
        for (uint256 i; i < leaves.length; ++i) {
            if (leaves[i].account != address(0)) levels[0][i] = Node(hashOf(leaves[i]), leaves[i].credit, leaves[i].debit);
        }
        for (uint256 k; k < depth; ++k) {
            levels[k + 1] = new Node[](levels[k].length / 2);
            for (uint256 i; i < levels[k + 1].length; ++i) {
                levels[k + 1][i] = parent(levels[k][2 * i], levels[k][2 * i + 1]);
            }
        }
    }

    function root(Node[][] memory levels) internal pure returns (Node memory) {
        return levels[levels.length - 1][0];
    }

    /// @notice The path of leaf `index`, bottom-up, 64 bytes a level.
    function siblings(Node[][] memory levels, uint256 index) internal pure returns (bytes memory path) {
        for (uint256 k; k + 1 < levels.length; ++k) {
            Node memory other = levels[k][(index >> k) ^ 1];
            path = abi.encodePacked(path, other.hash, other.credit, other.debit);
        }
    }

    /// @notice The siblings of the range from `first` to `last`: on each level first the left one, then the right one, where there is one.
    function rangeSiblings(Node[][] memory levels, uint256 first, uint256 last) internal pure returns (bytes memory path) {
        for (uint256 k; k + 1 < levels.length; ++k) {
            uint256 lo = first >> k;
            uint256 hi = last >> k;
            if (lo % 2 == 1) path = abi.encodePacked(path, packed(levels[k][lo - 1]));
            if (hi % 2 == 0) path = abi.encodePacked(path, packed(levels[k][hi + 1]));
        }
    }

    /// @notice The leaves from `first` to `last` as a range proof takes them. A leaf without an account is 120 zero bytes.
    function range(Leaf[] memory leaves, uint256 first, uint256 last) internal pure returns (bytes memory taken) {
        for (uint256 i = first; i <= last; ++i) {
            taken = abi.encodePacked(taken, leaves[i].account == address(0) ? new bytes(120) : packed(leaves[i]));
        }
    }

    /// @notice A contract of this creation code.
    function deployed(bytes memory code) internal returns (address created) {
        assembly ("memory-safe") {
            created := create(0, add(code, 0x20), mload(code))
        }
        require(created != address(0), "not created");
    }

    /// @notice Leaves with random contents that owe or are owed, none released.
    function randomLeaves(uint256 count, uint256 seed) internal pure returns (Leaf[] memory leaves) {
        leaves = new Leaf[](count);
        for (uint256 i; i < count; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            leaves[i] = Leaf({
                index: uint32(i),
                account: address(uint160(dice | 1)),
                credit: dice >> 255 == 0 ? uint96(dice >> 20) : 0,
                debit: dice >> 255 == 0 ? 0 : uint96(dice >> 30) | 1,
                initialMargin: uint96(dice >> 40),
                maintenanceMargin: uint96(dice >> 50),
                positionsHash: bytes32(dice),
                salt: bytes16(uint128(dice >> 60))
            });
        }
    }

    /// @notice The hash that a careless or hostile builder would make: of any two children, without a look at their sums.
    function hashPair(Node memory left, Node memory right) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(packed(left), packed(right)));
    }

    function packed(Node memory node) internal pure returns (bytes memory) {
        return abi.encodePacked(node.hash, node.credit, node.debit);
    }

    function parent(Node memory left, Node memory right) internal pure returns (Node memory) {
        return Node(hashPair(left, right), left.credit + right.credit, left.debit + right.debit);
    }

    function hashOf(Leaf memory leaf) internal pure returns (bytes32) {
        return keccak256(packed(leaf));
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

    function depthOf(uint256 accounts) internal pure returns (uint256 depth) {
        while (uint256(1) << depth < accounts) ++depth;
    }
}
