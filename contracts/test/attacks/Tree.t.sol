// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTreeHarness} from "../../mocks/SumTreeHarness.sol";
import {SumTreeRangeHarness} from "../../mocks/SumTreeRangeHarness.sol";
import {SumTree} from "../../src/attest/SumTree.sol";
import {Leaf} from "../../src/interfaces/Types.sol";
import {Assertions} from "../support/Assertions.sol";
import {SumTreeBuilder} from "../support/SumTreeBuilder.sol";

/// @notice One hash, two meanings: a node that is read as a leaf, and a leaf that is read as a node.
contract TreeAttacksTest is Assertions {
    using SumTreeBuilder for SumTreeBuilder.Node[][];

    SumTreeHarness private tree;
    SumTreeRangeHarness private ranges;

    function setUp() public {
        tree = SumTreeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeHarness.sol:SumTreeHarness")));
        ranges = SumTreeRangeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeRangeHarness.sol:SumTreeRangeHarness")));
    }

    /// @dev In a tree whose leaves are 64 bytes (two hashes, as a node's two children), each inner node is a leaf as well. Here a venue
    /// chooses an unopenable child so that the node's first 120 bytes are a leaf of its own making, in its place and with a credit.
    function test_secondPreimage_aNodeReadAsALeaf_leadsElsewhere() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(2, 1);
        SumTreeBuilder.Node memory left = SumTreeBuilder.Node(bytes32(abi.encodePacked(uint32(0), address(0xBAD), bytes8(0))), 500, 0);
        SumTreeBuilder.Node memory right = SumTreeBuilder.Node(keccak256("nobody knows a preimage"), 0, 0);
        bytes memory preimage = abi.encodePacked(SumTreeBuilder.packed(left), SumTreeBuilder.packed(right));
        SumTreeBuilder.Node memory forged = SumTreeBuilder.Node(keccak256(preimage), 500, 0);
        SumTreeBuilder.Node memory other = SumTreeBuilder.Node(SumTreeBuilder.hashOf(leaves[1]), leaves[1].credit, leaves[1].debit);
        SumTreeBuilder.Node memory root = SumTreeBuilder.parent(forged, other);
        Leaf memory read = _leafOf(preimage);
        assertEqAddress(read.account, address(0xBAD), "the node's bytes name an account");
        assertTrue(tree.hashLeaf(read) != forged.hash, "120 bytes are not hashed as 128");
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        tree.requireIncluded(read, 2, SumTreeBuilder.packed(other), root.hash, root.credit, root.debit);
        bytes memory first = new bytes(120);
        for (uint256 i; i < 120; ++i) first[i] = preimage[i];
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        ranges.requireRange(0, first, 2, SumTreeBuilder.packed(other), root.hash, root.credit, root.debit);
    }

    /// @dev The other way: a leaf's own bytes, offered as the two halves of a level below it.
    function test_secondPreimage_aLeafReadAsANode_leadsElsewhere() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(2, 1);
        (leaves[0].credit, leaves[0].debit) = (100, 0);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        SumTreeBuilder.Node memory root = levels.root();
        // Eight bytes of nothing complete a leaf to the length of a node: its second half is a sibling to anything.
        bytes memory padded = abi.encodePacked(SumTreeBuilder.packed(leaves[0]), bytes8(0));
        bytes memory half = new bytes(64);
        for (uint256 i; i < 64; ++i) half[i] = padded[64 + i];
        bytes memory path = abi.encodePacked(half, levels.siblings(0));
        Leaf memory invented = leaves[0];
        invented.account = address(0xBAD);
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 64, 128));
        tree.requireIncluded(invented, 2, path, root.hash, root.credit, root.debit);
        vm.expectRevert();
        tree.requireIncluded(invented, 4, path, root.hash, root.credit, root.debit);
    }

    /// @dev The depth is the header's: a tree that is said to be one level lower has its nodes for leaves.
    function test_secondPreimage_aTreeSaidToBeLower_leadsElsewhere() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(4, 2);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        SumTreeBuilder.Node memory root = levels.root();
        bytes memory node = abi.encodePacked(SumTreeBuilder.packed(levels[0][0]), SumTreeBuilder.packed(levels[0][1]));
        Leaf memory read = _leafOf(node);
        read.index = 0;
        (read.credit, read.debit) = (uint96(levels[1][0].credit), 0);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        tree.requireIncluded(read, 2, SumTreeBuilder.packed(levels[1][1]), root.hash, root.credit, root.debit);
    }

    /// @dev 2^128 - 100 beside a leaf of 200, over the whole path: what wraps looks smaller than what is in it.
    function test_overflowedSums_aSiblingOf2To128Less100_isRefused() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(2, 1);
        for (uint256 half; half < 2; ++half) {
            (leaves[0].credit, leaves[0].debit) = half == 0 ? (uint96(200), uint96(0)) : (uint96(0), uint96(200));
            uint128 near = type(uint128).max - 99;
            SumTreeBuilder.Node memory own = SumTreeBuilder.Node(SumTreeBuilder.hashOf(leaves[0]), leaves[0].credit, leaves[0].debit);
            SumTreeBuilder.Node memory other = SumTreeBuilder.Node(keccak256("other"), half == 0 ? near : 0, half == 0 ? 0 : near);
            bytes32 root = SumTreeBuilder.hashPair(own, other);
            (uint128 credit, uint128 debit) = half == 0 ? (uint128(100), uint128(0)) : (uint128(0), uint128(100));
            vm.expectRevert(abi.encodeWithSelector(SumTree.SumOverflow.selector));
            tree.requireIncluded(leaves[0], 2, SumTreeBuilder.packed(other), root, credit, debit);
            vm.expectRevert(abi.encodeWithSelector(SumTree.SumOverflow.selector));
            ranges.requireRange(0, SumTreeBuilder.packed(leaves[0]), 2, SumTreeBuilder.packed(other), root, credit, debit);
        }
    }

    /// @dev The fields that 120 bytes say, with credit alone: a debit beside it would be refused by name.
    function _leafOf(bytes memory packed) private pure returns (Leaf memory leaf) {
        uint256 a;
        uint256 b;
        uint256 c;
        uint256 d;
        assembly ("memory-safe") {
            a := mload(add(packed, 0x20))
            b := mload(add(packed, 0x38))
            c := mload(add(packed, 0x68))
            d := mload(add(packed, 0x88))
        }
        leaf.index = uint32(a >> 224);
        leaf.account = address(uint160(a >> 64));
        leaf.credit = uint96(b >> 160);
        leaf.debit = uint96(b >> 64);
        (leaf.positionsHash, leaf.salt) = (bytes32(c), bytes16(bytes32(d)));
        assembly ("memory-safe") {
            a := mload(add(packed, 0x50))
        }
        (leaf.initialMargin, leaf.maintenanceMargin) = (uint96(a >> 160), uint96(a >> 64));
    }
}
