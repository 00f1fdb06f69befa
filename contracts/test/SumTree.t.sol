// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTreeHarness} from "../mocks/SumTreeHarness.sol";
import {SumTreeRangeHarness} from "../mocks/SumTreeRangeHarness.sol";
import {SumTree} from "../src/attest/SumTree.sol";
import {SumTreeBoundary} from "../src/attest/SumTreeBoundary.sol";
import {Leaf} from "../src/interfaces/Types.sol";
import {Assertions} from "./support/Assertions.sol";
import {SumTreeBuilder} from "./support/SumTreeBuilder.sol";

/// @notice `sumProven`: a proof that verifies means the leaf is inside the root, in both sums.
contract SumTreeTest is Assertions {
    using SumTreeBuilder for SumTreeBuilder.Node[][];

    struct Claim {
        Leaf leaf;
        uint256 accounts;
        bytes siblings;
        bytes32 root;
        uint128 credit;
        uint128 debit;
    }

    SumTreeHarness private tree;
    SumTreeRangeHarness private ends;

    function setUp() public {
        // From their artifacts: compiled as the contracts are.
        tree = SumTreeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeHarness.sol:SumTreeHarness")));
        ends = SumTreeRangeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeRangeHarness.sol:SumTreeRangeHarness")));
    }

    // -- the vectors that every verifier is written against ----------------------------------------------------------

    function test_rootAndTotals_ofEveryVector() public view {
        string memory json = _vectors();
        for (uint256 i; i < 9; ++i) {
            string memory at = _item("$", i);
            Leaf[] memory leaves = _leaves(json, at);
            assertEq(vm.parseJsonUint(json, _field(at, "depth")), tree.depth(leaves.length), "depth");
            if (leaves.length == 0) {
                assertEqHash(vm.parseJsonBytes32(json, _field(at, "root")), 0, "no accounts: the zero hash");
                continue;
            }
            SumTreeBuilder.Node memory top = SumTreeBuilder.build(leaves).root();
            assertEqHash(top.hash, vm.parseJsonBytes32(json, _field(at, "root")), "root");
            assertEq(top.credit, vm.parseJsonUint(json, _field(at, "totalCredit")), "total credit");
            assertEq(top.debit, vm.parseJsonUint(json, _field(at, "totalDebit")), "total debit");
        }
    }

    function test_everyProof_ofEveryVector() public view {
        string memory json = _vectors();
        uint256 proofs;
        for (uint256 i; i < 9; ++i) {
            string memory at = _item("$", i);
            Leaf[] memory leaves = _leaves(json, at);
            for (uint256 j; vm.keyExistsJson(json, _item(_field(at, "proofs"), j)); ++j) {
                string memory proof = _item(_field(at, "proofs"), j);
                Leaf memory leaf = leaves[vm.parseJsonUint(json, _field(proof, "index"))];
                assertEqHash(tree.hashLeaf(leaf), vm.parseJsonBytes32(json, _field(proof, "leafHash")), "leaf hash");
                tree.requireIncluded(
                    leaf,
                    leaves.length,
                    _path(json, proof),
                    vm.parseJsonBytes32(json, _field(at, "root")),
                    uint128(vm.parseJsonUint(json, _field(at, "totalCredit"))),
                    uint128(vm.parseJsonUint(json, _field(at, "totalDebit")))
                );
                ++proofs;
            }
        }
        assertEq(proofs, 18, "no proof was passed over");
    }

    function test_boundaryPath_leadsFromAnEmptyLeafToTheRoot() public view {
        string memory json = _vectors();
        uint256 boundaries;
        for (uint256 i; i < 9; ++i) {
            string memory boundary = _field(_item("$", i), "boundary");
            if (!vm.keyExistsJson(json, _field(boundary, "index"))) continue;
            uint256 index = vm.parseJsonUint(json, _field(boundary, "index"));
            assertEq(index, vm.parseJsonUint(json, _field(_item("$", i), "accounts")), "the first index past the accounts");
            bytes memory path = _path(json, boundary);
            SumTreeBuilder.Node memory node;
            SumTreeBuilder.Node memory empty;
            for (uint256 k; k < path.length / 64; ++k) {
                SumTreeBuilder.Node memory other = _node(path, k);
                if ((index >> k) & 1 == 0) assertEqHash(other.hash, empty.hash, "nothing to the right");
                node = (index >> k) & 1 == 0 ? SumTreeBuilder.parent(node, other) : SumTreeBuilder.parent(other, node);
                empty = SumTreeBuilder.parent(empty, empty);
            }
            assertEqHash(node.hash, vm.parseJsonBytes32(json, _field(_item("$", i), "root")), "the same root");
            ends.requireBoundary(
                index,
                path,
                node.hash,
                uint128(vm.parseJsonUint(json, _field(_item("$", i), "totalCredit"))),
                uint128(vm.parseJsonUint(json, _field(_item("$", i), "totalDebit")))
            );
            ++boundaries;
        }
        assertEq(boundaries, 5, "no boundary was passed over");
    }

    // -- every named refusal -----------------------------------------------------------------------------------------

    function test_requireIncluded_whenIndexIsPastTheAccounts() public {
        Claim memory claim = _claim(5, 4);
        claim.accounts = 4;
        vm.expectRevert(abi.encodeWithSelector(SumTree.IndexOutOfRange.selector, 4, 4));
        _require(claim);
    }

    function test_requireIncluded_whenThereAreNoAccounts() public {
        Claim memory claim = _claim(1, 0);
        claim.accounts = 0;
        vm.expectRevert(abi.encodeWithSelector(SumTree.IndexOutOfRange.selector, 0, 0));
        _require(claim);
    }

    function test_requireIncluded_whenALeafOwesAndIsOwed() public {
        Leaf[] memory leaves = _random(3, 1);
        (leaves[1].credit, leaves[1].debit) = (5, 5);
        Claim memory claim = _of(leaves, 1);
        vm.expectRevert(abi.encodeWithSelector(SumTree.CreditAndDebit.selector, 1));
        _require(claim);
    }

    function test_requireIncluded_whenThePathIsShorterOrLongerThanTheTree() public {
        Claim memory claim = _claim(5, 2);
        bytes memory whole = claim.siblings;
        claim.siblings = abi.encodePacked(whole, whole);
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 192, 384));
        _require(claim);
        claim.siblings = "";
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 192, 0));
        _require(claim);
        claim.siblings = abi.encodePacked(whole, bytes1(0));
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 192, 193));
        _require(claim);
    }

    function test_requireIncluded_whenAnEmptyHashClaimsSums() public {
        // Both children are hashed with their sums, so a liar can build a tree whose "empty" leaf carries a credit.
        Leaf[] memory leaves = _random(3, 1);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        levels[0][3].credit = 1;
        levels[1][1] = SumTreeBuilder.parent(levels[0][2], levels[0][3]);
        levels[2][0] = SumTreeBuilder.parent(levels[1][0], levels[1][1]);
        Claim memory claim = _at(levels, leaves, 2);
        vm.expectRevert(abi.encodeWithSelector(SumTree.EmptyHashWithSums.selector, 0));
        _require(claim);
    }

    function test_requireIncluded_whenSumsOverflow() public {
        // 2^128 - 100 and 200: the root's totals would read 100, less than the leaf.
        _requireOverflow(0, type(uint128).max - 99, true);
        _requireOverflow(1, type(uint128).max - 99, true);
        _requireOverflow(1, type(uint128).max, false);
        _requireOverflow(2, type(uint128).max - 99, false);
    }

    function test_requireIncluded_whenOnlyTheCreditIsChanged() public {
        Claim memory claim = _claim(6, 3);
        (claim.leaf.credit, claim.leaf.debit) = (claim.leaf.credit + claim.leaf.debit + 1, 0);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    function test_requireIncluded_whenTheTotalsAreNotTheSums() public {
        Claim memory claim = _claim(6, 3);
        (uint128 credit, uint128 debit) = (claim.credit, claim.debit);
        claim.credit = credit + 1;
        vm.expectRevert(abi.encodeWithSelector(SumTree.TotalsMismatch.selector, credit, debit));
        _require(claim);
        (claim.credit, claim.debit) = (credit, debit - 1);
        vm.expectRevert(abi.encodeWithSelector(SumTree.TotalsMismatch.selector, credit, debit));
        _require(claim);
    }

    function test_requireIncluded_whenTwoClientsAreOwedOneTotal() public {
        // The known flaw of trees whose node hashes one sum: each of two leaves of 100 is shown a sibling of 0 under a total of 100.
        Leaf[] memory leaves = _random(2, 7);
        (leaves[0].credit, leaves[0].debit) = (100, 0);
        (leaves[1].credit, leaves[1].debit) = (100, 0);
        Claim memory claim = _of(leaves, 0);
        claim.credit = 100;
        claim.debit = 0;
        claim.siblings = abi.encodePacked(SumTreeBuilder.hashOf(leaves[1]), uint128(0), uint128(0));
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    function test_requireIncluded_whenTheIndexNamesAnotherPlace() public {
        Leaf[] memory leaves = _random(4, 3);
        leaves[1].index = 2;
        Claim memory claim = _of(leaves, 1);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    function test_requireIncluded_inATreeOfOne() public {
        Claim memory claim = _claim(1, 0);
        _require(claim);
        claim.leaf.initialMargin ^= 1;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        _require(claim);
    }

    function test_requireIncluded_besideReleasedLeaves() public view {
        Leaf[] memory leaves = _random(6, 4);
        delete leaves[2];
        delete leaves[4];
        _require(_of(leaves, 3));
        _require(_of(leaves, 5));
        _require(_of(leaves, 0));
    }

    function testFuzz_depth_isTheSmallestThatHoldsTheAccounts(uint32 accounts) public view {
        uint256 depth = tree.depth(accounts);
        assertGe(uint256(1) << depth, accounts, "all fit");
        if (depth != 0) assertTrue(uint256(1) << (depth - 1) < accounts, "and not a level sooner");
    }

    function testFuzz_requireIncluded_acceptsEveryLeafOfAnyTree(uint256 seed, uint256 count, uint256 which) public view {
        uint256 accounts = bound(count, 1, 40);
        _require(_of(_random(accounts, seed), bound(which, 0, accounts - 1)));
    }

    function testFuzz_requireIncluded_refusesAnyChange(uint256 seed, uint256 count, uint256 which, uint256 what, uint256 bit) public view {
        uint256 accounts = bound(count, 2, 40);
        Claim memory claim = _of(_random(accounts, seed), bound(which, 0, accounts - 1));
        _change(claim, what % 12, bit);
        try tree.requireIncluded(claim.leaf, claim.accounts, claim.siblings, claim.root, claim.credit, claim.debit) {
            assertTrue(false, "a changed claim was accepted");
        } catch {}
    }

    // -- calldata as a liar writes it --------------------------------------------------------------------------------

    function test_requireIncluded_whenALeafsWordHasBitsOutsideItsField() public view {
        // Packed as they are, the bits would land in the neighbouring field: one hash, two leaves.
        Claim memory claim = _claim(6, 3);
        uint256[7] memory widths = [uint256(32), 160, 96, 96, 96, 96, 0];
        for (uint256 field; field < 7; ++field) {
            for (uint256 bit = widths[field]; bit < 256; ++bit) {
                if (field == 6 && bit >= 128) break;
                // The seventh word, positionsHash, is full; the eighth, the salt, is to the left of its word.
                uint256 word = field == 6 ? 7 : field;
                _refusedWithoutData(_flipped(abi.encodeCall(tree.hashLeaf, (claim.leaf)), word, bit));
                bytes memory call = abi.encodeCall(
                    tree.requireIncluded,
                    (claim.leaf, claim.accounts, claim.siblings, claim.root, claim.credit, claim.debit)
                );
                _refusedWithoutData(_flipped(call, word, bit));
            }
        }
    }

    function test_requireIncluded_whenTheSiblingsLengthLies() public view {
        Claim memory claim = _claim(6, 3);
        bytes memory call = abi.encodeCall(
            tree.requireIncluded,
            (claim.leaf, claim.accounts, claim.siblings, claim.root, claim.credit, claim.debit)
        );
        // 8 words of leaf, accounts, offset, root, two totals; then the length, and 192 bytes of siblings.
        _refusedWithoutData(_shortened(call, 1));
        _refusedWithoutData(_shortened(call, 64));
        _refusedWithoutData(_flipped(call, 13, 255));
        _refusedWithoutData(_flipped(call, 13, 63));
        _refusedWithoutData(_flipped(call, 9, 255));
    }

    function test_requireIncluded_whenALeafIsOfferedAsASiblingOrANodeAsALeaf() public {
        // 120 bytes of leaf are not 64 of sibling, and the 128 of a node no whole path either.
        Claim memory claim = _claim(6, 3);
        claim.siblings = SumTreeBuilder.packed(claim.leaf);
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 192, 120));
        _require(claim);
        claim.siblings = new bytes(128);
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 192, 128));
        _require(claim);
    }

    function testFuzz_hashLeaf_isTheHashOfThePackedLeaf(Leaf calldata leaf) public view {
        assertEqHash(tree.hashLeaf(leaf), SumTreeBuilder.hashOf(leaf), "leaf hash");
    }

    function test_requireIncluded_withSumsOfExactly128Bits() public {
        // The largest sums are no overflow, and one more is: in one half or the other, from either side.
        for (uint256 index; index < 2; ++index) {
            for (uint256 half; half < 2; ++half) {
                Claim memory claim = _besideSums(index, half == 0, type(uint128).max - 200);
                _require(claim);
                claim = _besideSums(index, half == 0, type(uint128).max - 199);
                vm.expectRevert(abi.encodeWithSelector(SumTree.SumOverflow.selector));
                _require(claim);
                claim = _besideSums(index, half == 0, type(uint128).max);
                vm.expectRevert(abi.encodeWithSelector(SumTree.SumOverflow.selector));
                _require(claim);
            }
        }
    }

    // -- the boundary ------------------------------------------------------------------------------------------------

    function test_requireBoundary_whenTheTreeIsFull() public {
        uint256[5] memory full = [uint256(0), 1, 2, 4, 1 << 20];
        for (uint256 i; i < full.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(SumTreeBoundary.NoBoundary.selector, full[i]));
            ends.requireBoundary(full[i], "", 0, 0, 0);
        }
    }

    function test_requireBoundary_whenAnAccountIsHiddenPastTheLast() public {
        // Six leaves under a header that states five: the sixth's credit would be claimable by nobody, and in the totals.
        Claim memory claim = _claim(6, 0);
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(_random(6, 6));
        bytes memory path = levels.siblings(5);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        ends.requireBoundary(5, path, claim.root, claim.credit, claim.debit);

        levels = SumTreeBuilder.build(_hidden(7));
        (path, claim.root) = (levels.siblings(5), levels.root().hash);
        vm.expectRevert(abi.encodeWithSelector(SumTreeBoundary.NotEmpty.selector, 1));
        ends.requireBoundary(5, path, claim.root, claim.credit, claim.debit);
    }

    function test_requireBoundary_whenPhantomSumsStandInAnUnopenableSubtree() public {
        // No index leads there, so no client's own proof would show them.
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(_random(5, 2));
        levels[1][3] = SumTreeBuilder.Node(keccak256("nobody knows a preimage"), 0, 100);
        _boundaryRefused(levels, 1);
        levels[1][3] = SumTreeBuilder.Node(SumTreeBuilder.hashPair(levels[0][6], levels[0][7]), 100, 0);
        _boundaryRefused(levels, 1);
        levels[1][3] = SumTreeBuilder.Node(0, 0, 0);
        _boundaryRefused(levels, 1);
    }

    function test_requireBoundary_whenTheTotalsOrTheRootAreNotThePaths() public {
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(_random(5, 2));
        SumTreeBuilder.Node memory top = levels.root();
        bytes memory path = levels.siblings(5);
        ends.requireBoundary(5, path, top.hash, top.credit, top.debit);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        ends.requireBoundary(5, path, ~top.hash, top.credit, top.debit);
        vm.expectRevert(abi.encodeWithSelector(SumTree.TotalsMismatch.selector, top.credit, top.debit));
        ends.requireBoundary(5, path, top.hash, top.credit, top.debit + 1);
        vm.expectRevert(abi.encodeWithSelector(SumTree.WrongPathLength.selector, 192, 256));
        ends.requireBoundary(5, abi.encodePacked(path, new bytes(64)), top.hash, top.credit, top.debit);
    }

    function testFuzz_requireBoundary_ofAnyTreeThatHasOne(uint256 seed, uint256 count) public view {
        uint256 accounts = bound(count, 3, 40);
        if (accounts & (accounts - 1) == 0) ++accounts;
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(_random(accounts, seed));
        SumTreeBuilder.Node memory top = levels.root();
        ends.requireBoundary(accounts, levels.siblings(accounts), top.hash, top.credit, top.debit);
    }

    // -- what it costs -----------------------------------------------------------------------------------------------

    function test_requireIncluded_gasAmongAMillionAccounts() public view {
        Leaf memory leaf = _random(1, 20)[0];
        leaf.index = 0xa5a5a;
        SumTreeBuilder.Node memory node = SumTreeBuilder.Node(SumTreeBuilder.hashOf(leaf), leaf.credit, leaf.debit);
        bytes memory path;
        for (uint256 k; k < 20; ++k) {
            uint256 dice = uint256(keccak256(abi.encode(k)));
            SumTreeBuilder.Node memory other = SumTreeBuilder.Node(bytes32(dice), uint96(dice), uint96(dice >> 96));
            path = abi.encodePacked(path, SumTreeBuilder.packed(other));
            node = (leaf.index >> k) & 1 == 0 ? SumTreeBuilder.parent(node, other) : SumTreeBuilder.parent(other, node);
        }
        assertLe(tree.gasOfInclusion(leaf, 1 << 20, path, node.hash, node.credit, node.debit), 6_100, "inclusion at depth 20");
    }

    // -- making claims -----------------------------------------------------------------------------------------------

    /// @dev A leaf of 200 at `index` of two, beside an unopenable sibling with `sum`, under the root a careless builder would make.
    function _besideSums(uint256 index, bool credit, uint128 sum) private pure returns (Claim memory claim) {
        Leaf[] memory leaves = _random(2, 8);
        (leaves[index].credit, leaves[index].debit) = credit ? (uint96(200), uint96(0)) : (uint96(0), uint96(200));
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        (levels[0][index ^ 1].credit, levels[0][index ^ 1].debit) = credit ? (sum, uint128(0)) : (uint128(0), sum);
        levels[1][0].hash = SumTreeBuilder.hashPair(levels[0][0], levels[0][1]);
        unchecked {
            (levels[1][0].credit, levels[1][0].debit) = credit ? (sum + 200, uint128(0)) : (uint128(0), sum + 200);
        }
        return _at(levels, leaves, index);
    }

    /// @dev Leaves of which all from the sixth on but the last are released.
    function _hidden(uint256 count) private pure returns (Leaf[] memory leaves) {
        leaves = _random(count, count);
        for (uint256 i = 5; i + 1 < count; ++i) delete leaves[i];
    }

    function _boundaryRefused(SumTreeBuilder.Node[][] memory levels, uint256 level) private {
        levels[2][1] = SumTreeBuilder.parent(levels[1][2], levels[1][3]);
        levels[3][0] = SumTreeBuilder.parent(levels[2][0], levels[2][1]);
        SumTreeBuilder.Node memory top = levels.root();
        bytes memory path = levels.siblings(5);
        vm.expectRevert(abi.encodeWithSelector(SumTreeBoundary.NotEmpty.selector, level));
        ends.requireBoundary(5, path, top.hash, top.credit, top.debit);
    }

    function _flipped(bytes memory call, uint256 word, uint256 bit) private pure returns (bytes memory) {
        uint256 place = 4 + 32 * word + 31 - bit / 8;
        call[place] ^= bytes1(uint8(1 << bit % 8));
        return call;
    }

    function _shortened(bytes memory call, uint256 by) private pure returns (bytes memory shorter) {
        shorter = new bytes(call.length - by);
        for (uint256 i; i < shorter.length; ++i) shorter[i] = call[i];
    }

    function _refusedWithoutData(bytes memory call) private view {
        (bool accepted, bytes memory data) = address(tree).staticcall(call);
        assertTrue(!accepted, "refused");
        assertEq(data.length, 0, "as the decoder refuses");
    }

    /// @dev Flips one bit of one field.
    function _change(Claim memory claim, uint256 what, uint256 bit) private pure {
        Leaf memory leaf = claim.leaf;
        if (what == 0) leaf.index ^= uint32(1 << bit % 32);
        else if (what == 1) leaf.account = address(uint160(leaf.account) ^ uint160(1 << bit % 160));
        else if (what == 2) leaf.credit ^= uint96(1 << bit % 96);
        else if (what == 3) leaf.debit ^= uint96(1 << bit % 96);
        else if (what == 4) leaf.initialMargin ^= uint96(1 << bit % 96);
        else if (what == 5) leaf.maintenanceMargin ^= uint96(1 << bit % 96);
        else if (what == 6) leaf.positionsHash ^= bytes32(1 << bit % 256);
        else if (what == 7) leaf.salt ^= bytes16(uint128(1 << bit % 128));
        else if (what == 8) claim.root ^= bytes32(1 << bit % 256);
        else if (what == 9) claim.credit ^= uint128(1 << bit % 128);
        else if (what == 10) claim.debit ^= uint128(1 << bit % 128);
        else claim.siblings[(bit / 8) % claim.siblings.length] ^= bytes1(uint8(1 << bit % 8));
    }

    function _requireOverflow(uint256 level, uint128 sum, bool credit) private {
        Leaf[] memory leaves = _random(8, 9);
        (leaves[0].credit, leaves[0].debit) = credit ? (uint96(200), uint96(0)) : (uint96(0), uint96(200));
        SumTreeBuilder.Node[][] memory levels = SumTreeBuilder.build(leaves);
        for (uint256 k = level; k < 3; ++k) {
            if (k == level) (levels[k][1].credit, levels[k][1].debit) = credit ? (sum, uint128(0)) : (uint128(0), sum);
            levels[k + 1][0].hash = SumTreeBuilder.hashPair(levels[k][0], levels[k][1]);
            unchecked {
                levels[k + 1][0].credit = levels[k][0].credit + levels[k][1].credit;
                levels[k + 1][0].debit = levels[k][0].debit + levels[k][1].debit;
            }
        }
        Claim memory claim = _at(levels, leaves, 0);
        vm.expectRevert(abi.encodeWithSelector(SumTree.SumOverflow.selector));
        _require(claim);
    }

    function _require(Claim memory claim) private view {
        tree.requireIncluded(claim.leaf, claim.accounts, claim.siblings, claim.root, claim.credit, claim.debit);
    }

    function _claim(uint256 accounts, uint256 index) private pure returns (Claim memory) {
        return _of(_random(accounts, accounts), index);
    }

    function _of(Leaf[] memory leaves, uint256 index) private pure returns (Claim memory) {
        return _at(SumTreeBuilder.build(leaves), leaves, index);
    }

    function _at(SumTreeBuilder.Node[][] memory levels, Leaf[] memory leaves, uint256 index) private pure returns (Claim memory) {
        SumTreeBuilder.Node memory top = levels.root();
        return Claim(leaves[index], leaves.length, levels.siblings(index), top.hash, top.credit, top.debit);
    }

    function _random(uint256 count, uint256 seed) private pure returns (Leaf[] memory) {
        return SumTreeBuilder.randomLeaves(count, seed);
    }

    // -- reading the vectors -----------------------------------------------------------------------------------------

    function _vectors() private view returns (string memory) {
        return vm.readFile(string.concat(vm.projectRoot(), "/test/vectors/sum-tree.json"));
    }

    function _leaves(string memory json, string memory at) private view returns (Leaf[] memory leaves) {
        leaves = new Leaf[](vm.parseJsonUint(json, _field(at, "accounts")));
        for (uint256 i; i < leaves.length; ++i) {
            string memory leaf = _item(_field(at, "leaves"), i);
            if (!vm.keyExistsJson(json, _field(leaf, "account"))) continue;
            leaves[i] = Leaf({
                index: uint32(vm.parseJsonUint(json, _field(leaf, "index"))),
                account: vm.parseJsonAddress(json, _field(leaf, "account")),
                credit: uint96(vm.parseJsonUint(json, _field(leaf, "credit"))),
                debit: uint96(vm.parseJsonUint(json, _field(leaf, "debit"))),
                initialMargin: uint96(vm.parseJsonUint(json, _field(leaf, "initialMargin"))),
                maintenanceMargin: uint96(vm.parseJsonUint(json, _field(leaf, "maintenanceMargin"))),
                positionsHash: vm.parseJsonBytes32(json, _field(leaf, "positionsHash")),
                salt: bytes16(vm.parseJsonBytes(json, _field(leaf, "salt")))
            });
        }
    }

    function _path(string memory json, string memory at) private view returns (bytes memory path) {
        for (uint256 k; vm.keyExistsJson(json, _item(_field(at, "siblings"), k)); ++k) {
            string memory sibling = _item(_field(at, "siblings"), k);
            path = abi.encodePacked(
                path,
                vm.parseJsonBytes32(json, _field(sibling, "hash")),
                uint128(vm.parseJsonUint(json, _field(sibling, "credit"))),
                uint128(vm.parseJsonUint(json, _field(sibling, "debit")))
            );
        }
    }

    function _node(bytes memory path, uint256 k) private pure returns (SumTreeBuilder.Node memory) {
        bytes32 hash;
        uint256 sums;
        assembly ("memory-safe") {
            hash := mload(add(add(path, 0x20), shl(6, k)))
            sums := mload(add(add(path, 0x40), shl(6, k)))
        }
        return SumTreeBuilder.Node(hash, uint128(sums >> 128), uint128(sums));
    }

    function _item(string memory at, uint256 i) private pure returns (string memory) {
        string memory digits = i < 10 ? "" : string(abi.encodePacked(bytes1(uint8(48 + i / 10))));
        return string.concat(at, "[", digits, string(abi.encodePacked(bytes1(uint8(48 + (i % 10))))), "]");
    }

    function _field(string memory at, string memory name) private pure returns (string memory) {
        return string.concat(at, ".", name);
    }
}
