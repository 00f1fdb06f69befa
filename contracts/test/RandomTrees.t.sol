// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTreeHarness} from "../mocks/SumTreeHarness.sol";
import {SumTreeRangeHarness} from "../mocks/SumTreeRangeHarness.sol";
import {SumTree} from "../src/attest/SumTree.sol";
import {SumTreeBoundary} from "../src/attest/SumTreeBoundary.sol";
import {SumTreeRange} from "../src/attest/SumTreeRange.sol";
import {Leaf} from "../src/interfaces/Types.sol";
import {Assertions} from "./support/Assertions.sol";
import {SumTreeBuilder} from "./support/SumTreeBuilder.sol";

/// @notice The service's tree and this one, side by side: the same roots for trees of many sizes, and one answer to every proof, right or
/// wrong. `RandomTreeVectorsTest` of the service writes the file, and fails if it is not what its tree makes.
contract RandomTreesTest is Assertions {
    using SumTreeBuilder for SumTreeBuilder.Node[][];

    /// @dev See `TreeClaim` of the service: accounts 4 | first index 4 | root's hash 32 | total credit 16 | total debit 16.
    struct Claim {
        bytes32 kind;
        bytes head;
        bytes leaves;
        bytes siblings;
    }

    SumTreeHarness private tree;
    SumTreeRangeHarness private ranges;
    mapping(bytes32 check => bytes4) private errors;

    function setUp() public {
        tree = SumTreeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeHarness.sol:SumTreeHarness")));
        ranges = SumTreeRangeHarness(SumTreeBuilder.deployed(vm.getCode("SumTreeRangeHarness.sol:SumTreeRangeHarness")));
        errors["INDEX_OUT_OF_RANGE"] = SumTree.IndexOutOfRange.selector;
        errors["NOT_THE_BOUNDARY"] = SumTreeBoundary.NoBoundary.selector;
        errors["INDEX_NOT_IN_PLACE"] = SumTreeRange.IndexNotInPlace.selector;
        errors["LEAF_WITHOUT_ACCOUNT"] = SumTreeRange.EmptyLeafWithContent.selector;
        errors["LEAF_BOTH_SIDES"] = SumTree.CreditAndDebit.selector;
        errors["WRONG_DEPTH"] = SumTree.WrongPathLength.selector;
        errors["PHANTOM_SUM"] = SumTree.EmptyHashWithSums.selector;
        errors["NOT_EMPTY"] = SumTreeBoundary.NotEmpty.selector;
        errors["SUM_OVERFLOW"] = SumTree.SumOverflow.selector;
        errors["ROOT_MISMATCH"] = SumTree.RootMismatch.selector;
        errors["TOTAL_CREDIT_MISMATCH"] = SumTree.TotalsMismatch.selector;
        errors["TOTAL_DEBIT_MISMATCH"] = SumTree.TotalsMismatch.selector;
    }

    function test_roots_areTheServicesRoots() public view {
        bytes[] memory heads = vm.parseJsonBytesArray(_vectors(), "$.trees");
        for (uint256 i; i < heads.length; ++i) {
            (uint256 accounts, , bytes32 root, uint128 credit, uint128 debit) = _head(heads[i]);
            if (accounts == 0) {
                assertEqHash(root, 0, "no accounts: the zero hash");
                continue;
            }
            SumTreeBuilder.Node memory top = SumTreeBuilder.build(_leaves(accounts)).root();
            assertEqHash(top.hash, root, "root");
            assertEq(top.credit, credit, "total credit");
            assertEq(top.debit, debit, "total debit");
        }
        assertEq(heads.length, 77, "no tree was passed over");
    }

    function test_proofsOfTheService_areAccepted_andItsMutantsRefusedForItsReasons() public view {
        string memory json = _vectors();
        uint256 claims;
        uint256 mutants;
        for (; vm.keyExistsJson(json, _item("$.claims", claims)); ++claims) {
            string memory at_ = _item("$.claims", claims);
            Claim memory claim = Claim({
                kind: _text(json, string.concat(at_, ".kind")),
                head: vm.parseJsonBytes(json, string.concat(at_, ".head")),
                leaves: vm.parseJsonBytes(json, string.concat(at_, ".leaves")),
                siblings: vm.parseJsonBytes(json, string.concat(at_, ".siblings"))
            });
            assertEqHash(_verify(claim), 0, string.concat("accepted: ", at_));
            at_ = string.concat(at_, ".mutants");
            for (uint256 i; vm.keyExistsJson(json, _item(at_, i)); ++i) {
                Claim memory mutant = _mutant(claim, json, _item(at_, i));
                bytes4 expected = errors[_text(json, string.concat(_item(at_, i), ".refusal"))];
                assertTrue(expected != 0, "a check of the service that has a name here");
                assertEqHash(_verify(mutant), bytes32(expected), string.concat("refused for the same reason: ", _item(at_, i)));
                ++mutants;
            }
        }
        assertEq(claims, 67, "no proof was passed over");
        assertEq(mutants, 1_182, "no mutant was passed over");
    }

    /// @dev The error's selector; zero if the claim is accepted.
    function _verify(Claim memory c) private view returns (bytes32) {
        (uint256 accounts, uint256 first, bytes32 root, uint128 credit, uint128 debit) = _head(c.head);
        address verifier = address(ranges);
        bytes memory call;
        if (c.kind == "INCLUSION") {
            verifier = address(tree);
            call = abi.encodeCall(tree.requireIncluded, (_leaf(c.leaves), accounts, c.siblings, root, credit, debit));
        } else if (c.kind == "RANGE") {
            call = abi.encodeCall(ranges.requireRange, (first, c.leaves, accounts, c.siblings, root, credit, debit));
        } else {
            call = abi.encodeCall(ranges.requireBoundary, (accounts, c.siblings, root, credit, debit));
        }
        (bool ok, bytes memory answer) = verifier.staticcall(call);
        if (ok) return 0;
        assertTrue(answer.length >= 4, "refused by name");
        return bytes32(bytes4(answer));
    }

    function _mutant(Claim memory claim, string memory json, string memory at_) private pure returns (Claim memory mutant) {
        mutant = Claim({kind: claim.kind, head: claim.head, leaves: claim.leaves, siblings: claim.siblings});
        bytes32 part = _text(json, string.concat(at_, ".part"));
        bytes memory changed = _changed(
            part == "HEAD"
                ? claim.head
                : part == "LEAVES"
                    ? claim.leaves
                    : claim.siblings,
            vm.parseJsonUint(json, string.concat(at_, ".length")),
            vm.parseJsonUint(json, string.concat(at_, ".at")),
            vm.parseJsonBytes(json, string.concat(at_, ".set"))
        );
        if (part == "HEAD") mutant.head = changed;
        else if (part == "LEAVES") mutant.leaves = changed;
        else mutant.siblings = changed;
    }

    function _changed(bytes memory given, uint256 length, uint256 from, bytes memory set) private pure returns (bytes memory changed) {
        changed = new bytes(length);
        for (uint256 i; i < length; ++i) {
            if (i >= from && i < from + set.length) changed[i] = set[i - from];
            else if (i < given.length) changed[i] = given[i];
        }
    }

    /// @dev Random leaves, about one in four released: the service makes the same.
    function _leaves(uint256 accounts) private pure returns (Leaf[] memory leaves) {
        leaves = SumTreeBuilder.randomLeaves(accounts, accounts);
        for (uint256 i; i < accounts; ++i) {
            if (uint256(keccak256(abi.encode(accounts, i, "released"))) % 4 == 0) delete leaves[i];
        }
    }

    function _head(bytes memory head) private pure returns (uint256, uint256, bytes32, uint128, uint128) {
        bytes32 indices = _word(head, 0);
        bytes32 sums = _word(head, 40);
        return (uint32(bytes4(indices)), uint32(bytes4(indices << 32)), _word(head, 8), uint128(bytes16(sums)), uint128(uint256(sums)));
    }

    function _leaf(bytes memory packed) private pure returns (Leaf memory) {
        return
            Leaf({
                index: uint32(bytes4(_word(packed, 0))),
                account: address(bytes20(_word(packed, 4))),
                credit: uint96(bytes12(_word(packed, 24))),
                debit: uint96(bytes12(_word(packed, 36))),
                initialMargin: uint96(bytes12(_word(packed, 48))),
                maintenanceMargin: uint96(bytes12(_word(packed, 60))),
                positionsHash: _word(packed, 72),
                salt: bytes16(_word(packed, 104))
            });
    }

    function _word(bytes memory packed, uint256 place) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(packed, 0x20), place))
        }
    }

    function _text(string memory json, string memory at_) private pure returns (bytes32) {
        return bytes32(bytes(vm.parseJsonString(json, at_)));
    }

    function _item(string memory list, uint256 i) private pure returns (string memory) {
        string memory digits;
        do {
            digits = string.concat(string(abi.encodePacked(bytes1(uint8(48 + (i % 10))))), digits);
            i /= 10;
        } while (i != 0);
        return string.concat(list, "[", digits, "]");
    }

    function _vectors() private view returns (string memory) {
        return vm.readFile(string.concat(vm.projectRoot(), "/test/vectors/random-trees.json"));
    }
}
