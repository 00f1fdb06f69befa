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

    function parent(Node memory left, Node memory right) internal pure returns (Node memory) {
        bytes32 hash = keccak256(abi.encodePacked(left.hash, left.credit, left.debit, right.hash, right.credit, right.debit));
        return Node(hash, left.credit + right.credit, left.debit + right.debit);
    }

    function hashOf(Leaf memory leaf) internal pure returns (bytes32) {
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

    function depthOf(uint256 accounts) internal pure returns (uint256 depth) {
        while (uint256(1) << depth < accounts) ++depth;
    }
}
