// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTreeHarness} from "../mocks/SumTreeHarness.sol";
import {SumTreeRangeHarness} from "../mocks/SumTreeRangeHarness.sol";
import {SumTree} from "../src/attest/SumTree.sol";
import {SumTreeRange} from "../src/attest/SumTreeRange.sol";
import {Leaf} from "../src/interfaces/Types.sol";
import {Assertions} from "./support/Assertions.sol";
import {SumTreeBuilder} from "./support/SumTreeBuilder.sol";

/// @notice `sumProven` over a range: what verifies is every leaf of the range, each once and in its place, and inside the root's sums.
contract SumTreeRangeTest is Assertions {
    using SumTreeBuilder for SumTreeBuilder.Node[][];

    struct Claim {
        uint256 first;
        bytes leaves;
        uint256 accounts;
        bytes siblings;
        bytes32 root;
        uint128 credit;
        uint128 debit;
    }

    SumTreeRangeHarness private tree;
    SumTreeHarness private single;

    function setUp() public {
        // From their artifacts: compiled as the contracts are.
        tree = SumTreeRangeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeRangeHarness.sol:SumTreeRangeHarness")));
        single = SumTreeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeHarness.sol:SumTreeHarness")));
    }

    // -- ranges that are --------------------------------------------------------------------------------------------

    function test_requireRange_ofEveryVector() public view {
        string memory json = vm.readFile(string.concat(vm.projectRoot(), "/test/vectors/range-proofs.json"));
        uint256 proofs;
        for (uint256 i; i < 10; ++i) {
            string memory range = string.concat("$[", string(abi.encodePacked(bytes1(uint8(48 + i)))), "]");
            if (!vm.keyExistsJson(json, string.concat(range, ".first"))) break;
            _require(
                Claim({
                    first: vm.parseJsonUint(json, string.concat(range, ".first")),
                    leaves: vm.parseJsonBytes(json, string.concat(range, ".leaves")),
                    accounts: vm.parseJsonUint(json, string.concat(range, ".accounts")),
                    siblings: vm.parseJsonBytes(json, string.concat(range, ".siblings")),
                    root: vm.parseJsonBytes32(json, string.concat(range, ".root")),
                    credit: uint128(vm.parseJsonUint(json, string.concat(range, ".totalCredit"))),
                    debit: uint128(vm.parseJsonUint(json, string.concat(range, ".totalDebit")))
                })
            );
            ++proofs;
        }
        assertEq(proofs, 7, "no proof was passed over");
    }

    function test_requireRange_ofEveryRangeOfEveryTreeOfUpToNine() public view {
        for (uint256 accounts = 1; accounts <= 9; ++accounts) {
            Leaf[] memory leaves = _leaves(accounts, accounts);
            for (uint256 first; first < accounts; ++first) {
                for (uint256 last = first; last < accounts; ++last) _require(_of(leaves, first, last));
            }
        }
    }

    function testFuzz_requireRange_ofAnyRangeOfAnyTree(uint256 seed, uint256 count, uint256 from, uint256 to) public view {
        uint256 accounts = bound(count, 1, 40);
        uint256 first = bound(from, 0, accounts - 1);
        _require(_of(_leaves(accounts, seed), first, bound(to, first, accounts - 1)));
    }

    function testFuzz_requireRange_ofOneIsAnInclusion(uint256 seed, uint256 count, uint256 which) public view {
        uint256 accounts = bound(count, 1, 40);
        uint256 index = bound(which, 0, accounts - 1);
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(accounts, seed);
        Claim memory claim = _of(leaves, index, index);
        single.requireIncluded(leaves[index], claim.accounts, claim.siblings, claim.root, claim.credit, claim.debit);
        _require(claim);
    }

    function testFuzz_leafAt_readsTheFieldsOfEachLeaf(uint256 seed, uint256 count, uint256 which) public view {
        uint256 accounts = bound(count, 1, 20);
        uint256 i = bound(which, 0, accounts - 1);
        Leaf[] memory leaves = _leaves(accounts, seed);
        bytes memory packed = SumTreeBuilder.range(leaves, 0, accounts - 1);
        (address account, uint256 credit, uint256 debit) = tree.leafAt(packed, i);
        assertEqAddress(account, leaves[i].account, "account");
        assertEq(credit, leaves[i].credit, "credit");
        assertEq(debit, leaves[i].debit, "debit");
        (uint256 initialMargin, uint256 maintenanceMargin) = tree.marginsAt(packed, i);
        assertEq(initialMargin, leaves[i].initialMargin, "initial margin");
        assertEq(maintenanceMargin, leaves[i].maintenanceMargin, "maintenance margin");
    }

    function test_requireRange_leavesTheCallersMemoryAlone() public view {
        Claim memory c = _claim(13, 3, 9);
        assertTrue(tree.memoryAround(c.first, c.leaves, c.accounts, c.siblings, c.root, c.credit, c.debit), "memory");
    }

    // -- a range with a gap, an overlap or another order -------------------------------------------------------------

    function test_requireRange_whenALeafIsLeftOut() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(9, 1);
        Claim memory claim = _of(leaves, 2, 5);
        claim.leaves = abi.encodePacked(_packed(leaves, 2, 3), _packed(leaves, 5, 5));
        vm.expectRevert(abi.encodeWithSelector(SumTreeRange.IndexNotInPlace.selector, 4, 5));
        _require(claim);
        // Nor can a debtor be passed over as if it were released.
        claim.leaves = abi.encodePacked(_packed(leaves, 2, 3), new bytes(120), _packed(leaves, 5, 5));
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    function test_requireRange_whenALeafComesTwice() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(9, 1);
        Claim memory claim = _of(leaves, 2, 5);
        claim.leaves = abi.encodePacked(_packed(leaves, 2, 3), _packed(leaves, 3, 4));
        vm.expectRevert(abi.encodeWithSelector(SumTreeRange.IndexNotInPlace.selector, 4, 3));
        _require(claim);
    }

    function test_requireRange_whenLeavesAreInAnotherOrder() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(9, 1);
        Claim memory claim = _of(leaves, 2, 3);
        claim.leaves = abi.encodePacked(_packed(leaves, 3, 3), _packed(leaves, 2, 2));
        vm.expectRevert(abi.encodeWithSelector(SumTreeRange.IndexNotInPlace.selector, 2, 3));
        _require(claim);
    }

    function test_requireRange_whenTheTreeHoldsALeafInAnothersPlace() public {
        // A liar's tree: the leaf of index 4 also stands at 5, where an account's own leaf is missing.
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(9, 1);
        leaves[5] = leaves[4];
        Claim memory claim = _of(leaves, 3, 6);
        vm.expectRevert(abi.encodeWithSelector(SumTreeRange.IndexNotInPlace.selector, 5, 4));
        _require(claim);
    }

    function test_requireRange_whenTheRangeIsSaidToBeginElsewhere() public {
        Claim memory claim = _claim(9, 2, 5);
        claim.first = 3;
        vm.expectRevert(abi.encodeWithSelector(SumTreeRange.IndexNotInPlace.selector, 3, 2));
        _require(claim);
    }

    function test_requireRange_whenReleasedLeavesAreMovedAlong() public {
        // 120 zero bytes have no index of their own: only the path says where they stand.
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(9, 1);
        delete leaves[4];
        Claim memory claim = _of(leaves, 4, 4);
        claim.first = 5;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    // -- what no leaf can be -----------------------------------------------------------------------------------------

    function test_requireRange_whenAReleasedLeafHasContent() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(6, 1);
        delete leaves[3];
        Claim memory claim = _of(leaves, 2, 4);
        for (uint256 i; i < 120; ++i) {
            if (i >= 4 && i < 24) continue;
            bytes memory kept = _copy(claim.leaves);
            claim.leaves[120 + i] = 0x01;
            vm.expectRevert(abi.encodeWithSelector(SumTreeRange.EmptyLeafWithContent.selector, 3));
            _require(claim);
            claim.leaves = kept;
        }
        _require(claim);
    }

    function test_requireRange_whenATreeHoldsALeafWithoutAnAccount() public {
        // A liar's tree: a debit that no account owes, under a hash of its own.
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(4, 1);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        leaves[1].account = address(0);
        levels[0][1].hash = SumTreeBuilder.hashOf(leaves[1]);
        _rehash(levels);
        Claim memory claim = _at(levels, leaves, 0, 2);
        claim.leaves = abi.encodePacked(_packed(leaves, 0, 0), SumTreeBuilder.packed(leaves[1]), _packed(leaves, 2, 2));
        vm.expectRevert(abi.encodeWithSelector(SumTreeRange.EmptyLeafWithContent.selector, 1));
        _require(claim);
    }

    function test_requireRange_whenALeafOwesAndIsOwed() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(6, 1);
        (leaves[4].credit, leaves[4].debit) = (type(uint96).max, 1);
        Claim memory claim = _of(leaves, 2, 5);
        vm.expectRevert(abi.encodeWithSelector(SumTree.CreditAndDebit.selector, 4));
        _require(claim);
    }

    // -- lengths and bounds ------------------------------------------------------------------------------------------

    function test_requireRange_whenThereIsNoLeafOrNoWholeOne() public {
        Claim memory claim = _claim(9, 2, 5);
        uint16[6] memory lengths = [0, 1, 119, 121, 128, 479];
        for (uint256 i; i < lengths.length; ++i) {
            claim.leaves = new bytes(lengths[i]);
            vm.expectRevert(abi.encodeWithSelector(SumTreeRange.NoWholeLeaves.selector, lengths[i]));
            _require(claim);
        }
    }

    function test_requireRange_whenNodesAreOfferedAsLeaves() public {
        // Fifteen nodes of 128 bytes have the length of sixteen leaves, and a node of 128 starts like no leaf in its place.
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(32, 1);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        Claim memory claim = _at(levels, leaves, 0, 15);
        claim.leaves = "";
        for (uint256 i; i < 30; ++i) claim.leaves = abi.encodePacked(claim.leaves, SumTreeBuilder.packed(levels[0][i]));
        assertEq(claim.leaves.length, 16 * 120, "as long as sixteen leaves");
        vm.expectPartialRevert(SumTreeRange.IndexNotInPlace.selector);
        _require(claim);
    }

    function test_requireRange_whenALeafIsOfferedAsASibling() public {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(2, 1);
        Claim memory claim = _of(leaves, 0, 0);
        claim.siblings = SumTreeBuilder.packed(leaves[1]);
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 64, 120));
        _require(claim);
    }

    function test_requireRange_whenItReachesTheNumberOfAccountsOrPast() public {
        Claim memory claim = _claim(9, 6, 8);
        claim.accounts = 8;
        vm.expectRevert(abi.encodeWithSelector(SumTree.IndexOutOfRange.selector, 8, 8));
        _require(claim);
        claim.accounts = 6;
        vm.expectRevert(abi.encodeWithSelector(SumTree.IndexOutOfRange.selector, 6, 6));
        _require(claim);
        claim.accounts = 0;
        vm.expectRevert(abi.encodeWithSelector(SumTree.IndexOutOfRange.selector, 6, 0));
        _require(claim);
        (claim.accounts, claim.first) = (9, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(SumTree.IndexOutOfRange.selector, type(uint256).max, 9));
        _require(claim);
    }

    function test_requireRange_whenThePathIsNotWhatTheRangeNeeds() public {
        Claim memory claim = _claim(9, 3, 4);
        bytes memory path = claim.siblings;
        uint256 whole = path.length;
        claim.siblings = abi.encodePacked(path, new bytes(64));
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, whole, whole + 64));
        _require(claim);
        claim.siblings = abi.encodePacked(path, bytes1(0));
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, whole, whole + 1));
        _require(claim);
        for (uint256 length; length < whole; ++length) {
            claim.siblings = _cut(path, length);
            vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, whole, length));
            _require(claim);
        }
    }

    function test_requireRange_whenTheBytesPastAShortPathWouldCompleteIt() public view {
        // The calldata behind `siblings` is the caller's too: the last sibling stands there, and the length denies it.
        Claim memory c = _claim(9, 3, 4);
        bytes memory request = abi.encodeCall(tree.requireRange, (c.first, c.leaves, c.accounts, c.siblings, c.root, c.credit, c.debit));
        (bool accepted, ) = address(tree).staticcall(request);
        assertTrue(accepted, "whole");
        uint256 place = request.length - c.siblings.length - 32;
        uint256 shorter = c.siblings.length - 64;
        assembly ("memory-safe") {
            mstore(add(add(request, 0x20), place), shorter)
        }
        bytes memory data;
        (accepted, data) = address(tree).staticcall(request);
        assertTrue(!accepted, "shorter");
        bytes memory named = abi.encodeWithSelector(SumTree.WrongPathLength.selector, c.siblings.length, shorter);
        assertEqHash(keccak256(data), keccak256(named), "the length counts");
    }

    function test_requireRange_whenSiblingsOfOneLevelAreSwapped() public {
        Claim memory claim = _claim(9, 3, 4);
        for (uint256 i; i < 64; ++i) (claim.siblings[i], claim.siblings[64 + i]) = (claim.siblings[64 + i], claim.siblings[i]);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    // -- sums --------------------------------------------------------------------------------------------------------

    function test_requireRange_whenAnEmptyHashClaimsSums() public {
        for (uint256 half; half < 2; ++half) {
            // To the left of the range, to its right, and higher up.
            _phantomRefused(0, 2, half == 0, 0);
            _phantomRefused(0, 5, half == 0, 0);
            _phantomRefused(1, 0, half == 0, 1);
            _phantomRefused(1, 3, half == 0, 1);
        }
    }

    function test_requireRange_whenPhantomSumsStandInAnUnopenableSubtree() public {
        // A sibling may hide what it likes, inside the totals; a range over it has to open it.
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(8, 1);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        levels[0][5] = SumTreeBuilder.Node(keccak256("nobody knows a preimage"), 0, 100);
        _rehash(levels);
        _require(_at(levels, leaves, 3, 4));
        Claim memory claim = _at(levels, leaves, 4, 6);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
        delete leaves[5];
        claim = _at(levels, leaves, 4, 6);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    function test_requireRange_whenSumsOverflow() public {
        // 2^128 - 100 beside a leaf of 200: totals of 100, less than is in the range.
        for (uint256 half; half < 2; ++half) {
            _overflowRefused(0, 2, half == 0, type(uint128).max - 99);
            _overflowRefused(0, 5, half == 0, type(uint128).max - 99);
            _overflowRefused(1, 0, half == 0, type(uint128).max - 99);
            _overflowRefused(1, 3, half == 0, type(uint128).max);
        }
    }

    function test_requireRange_whenTheTotalsAreNotTheSums() public {
        Claim memory claim = _claim(9, 2, 5);
        (uint128 credit, uint128 debit) = (claim.credit, claim.debit);
        claim.credit = credit + 1;
        vm.expectRevert(abi.encodeWithSelector(SumTree.TotalsMismatch.selector, credit, debit));
        _require(claim);
        (claim.credit, claim.debit) = (credit, debit - 1);
        vm.expectRevert(abi.encodeWithSelector(SumTree.TotalsMismatch.selector, credit, debit));
        _require(claim);
    }

    function testFuzz_requireRange_refusesAnyChange(uint256 seed, uint256 count, uint256 from, uint256 what, uint256 bit) public view {
        uint256 accounts = bound(count, 2, 40);
        uint256 first = bound(from, 0, accounts - 1);
        Claim memory c = _of(_leaves(accounts, seed), first, bound(seed, first, accounts - 1));
        uint256 kind = what % 6;
        if (kind == 0) c.leaves[(bit / 8) % c.leaves.length] ^= bytes1(uint8(1 << bit % 8));
        else if (kind == 1 && c.siblings.length != 0) c.siblings[(bit / 8) % c.siblings.length] ^= bytes1(uint8(1 << bit % 8));
        else if (kind == 2) c.root ^= bytes32(1 << bit % 256);
        else if (kind == 3) c.credit ^= uint128(1 << bit % 128);
        else if (kind == 4) c.debit ^= uint128(1 << bit % 128);
        else c.accounts = c.accounts * 2 + (bit % 2);
        try tree.requireRange(c.first, c.leaves, c.accounts, c.siblings, c.root, c.credit, c.debit) {
            assertTrue(false, "a changed claim was accepted");
        } catch {}
    }

    // -- what it costs -----------------------------------------------------------------------------------------------

    function test_requireRange_gasPerLeafOf256AmongAMillionAccounts() public view {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(1024, 1);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        uint256 one = _gasBelowAMillion(levels, leaves, 300, 300);
        uint256 all = _gasBelowAMillion(levels, leaves, 300, 555);
        assertLe((all - one) / 255, 1_000, "marginal gas of a leaf");
    }

    /// @dev The tree as the left end of one of 2^20 accounts.
    function _gasBelowAMillion(
        SumTreeBuilder.Node[][] memory levels,
        Leaf[] memory leaves,
        uint256 first,
        uint256 last
    ) private view returns (uint256) {
        Claim memory c = _at(levels, leaves, first, last);
        SumTreeBuilder.Node memory top = levels.root();
        for (uint256 k = levels.length - 1; k < 20; ++k) {
            uint256 dice = uint256(keccak256(abi.encode(k)));
            SumTreeBuilder.Node memory other = SumTreeBuilder.Node(bytes32(dice), uint96(dice), uint96(dice >> 96));
            c.siblings = abi.encodePacked(c.siblings, SumTreeBuilder.packed(other));
            top = SumTreeBuilder.parent(top, other);
        }
        return tree.gasOfRange(first, c.leaves, 1 << 20, c.siblings, top.hash, top.credit, top.debit);
    }

    // -- making claims -----------------------------------------------------------------------------------------------

    /// @dev Puts sums under the empty hash at one place of a liar's tree, and asks for the range of 3 and 4, which has it beside it.
    function _phantomRefused(uint256 level, uint256 place, bool credit, uint256 named) private {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(8, 1);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        levels[level][place] = SumTreeBuilder.Node(0, credit ? 1 : 0, credit ? 0 : 1);
        _rehashFrom(levels, level);
        Claim memory claim = _at(levels, leaves, 3, 4);
        vm.expectRevert(abi.encodeWithSelector(SumTree.EmptyHashWithSums.selector, named));
        _require(claim);
    }

    function _overflowRefused(uint256 level, uint256 place, bool credit, uint128 sum) private {
        Leaf[] memory leaves = SumTreeBuilder.randomLeaves(8, 1);
        for (uint256 i; i < 8; ++i) (leaves[i].credit, leaves[i].debit) = credit ? (uint96(200), uint96(0)) : (uint96(0), uint96(200));
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        (levels[level][place].credit, levels[level][place].debit) = credit ? (sum, uint128(0)) : (uint128(0), sum);
        _rehashFrom(levels, level);
        Claim memory claim = _at(levels, leaves, 3, 4);
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumOverflow.selector));
        _require(claim);
    }

    function _rehash(SumTreeBuilder.Node[][] memory levels) private pure {
        _rehashFrom(levels, 0);
    }

    /// @dev The levels above `level` as a careless builder makes them: whatever the children are, with sums that wrap.
    function _rehashFrom(SumTreeBuilder.Node[][] memory levels, uint256 level) private pure {
        for (uint256 k = level; k + 1 < levels.length; ++k) {
            for (uint256 i; i < levels[k + 1].length; ++i) {
                SumTreeBuilder.Node memory left = levels[k][2 * i];
                SumTreeBuilder.Node memory right = levels[k][2 * i + 1];
                unchecked {
                    levels[k + 1][i] = SumTreeBuilder.Node(
                        SumTreeBuilder.hashPair(left, right),
                        left.credit + right.credit,
                        left.debit + right.debit
                    );
                }
            }
        }
    }

    /// @dev Random leaves, about one in four released.
    function _leaves(uint256 accounts, uint256 seed) private pure returns (Leaf[] memory leaves) {
        leaves = SumTreeBuilder.randomLeaves(accounts, seed);
        for (uint256 i; i < accounts; ++i) {
            if (uint256(keccak256(abi.encode(seed, i, "released"))) % 4 == 0) delete leaves[i];
        }
    }

    function _claim(uint256 accounts, uint256 first, uint256 last) private pure returns (Claim memory) {
        return _of(SumTreeBuilder.randomLeaves(accounts, accounts), first, last);
    }

    function _of(Leaf[] memory leaves, uint256 first, uint256 last) private pure returns (Claim memory) {
        return _at(SumTreeBuilder.build(leaves), leaves, first, last);
    }

    function _at(
        SumTreeBuilder.Node[][] memory levels,
        Leaf[] memory leaves,
        uint256 first,
        uint256 last
    ) private pure returns (Claim memory) {
        SumTreeBuilder.Node memory top = levels.root();
        bytes memory path = levels.rangeSiblings(first, last);
        return Claim(first, _packed(leaves, first, last), leaves.length, path, top.hash, top.credit, top.debit);
    }

    function _packed(Leaf[] memory leaves, uint256 first, uint256 last) private pure returns (bytes memory) {
        return SumTreeBuilder.range(leaves, first, last);
    }

    function _require(Claim memory c) private view {
        tree.requireRange(c.first, c.leaves, c.accounts, c.siblings, c.root, c.credit, c.debit);
    }

    function _copy(bytes memory given) private pure returns (bytes memory) {
        return _cut(given, given.length);
    }

    function _cut(bytes memory given, uint256 length) private pure returns (bytes memory kept) {
        kept = new bytes(length);
        for (uint256 i; i < length; ++i) kept[i] = given[i];
    }
}
