// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IExitDesk} from "../../src/interfaces/IExitDesk.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {AccountProof, Flags, Leaf, PledgeTerms} from "../../src/interfaces/Types.sol";
import {ExitScenario} from "../support/ExitScenario.sol";

/// @notice One debit taken twice, an old root that suits its holder, and a pledge that is left to leave a debt.
contract SettlingAttacksTest is ExitScenario {
    uint32 private other;

    function setUp() public override {
        super.setUp();
        other = secondVenue();
        deposit(loser, usdc, 1_000e6);
        deposit(loser, wbtc, 1e8);
    }

    // -- a debit collected twice ---------------------------------------------------------------------------------------

    function test_debitTwice_underTwoRoots_isTakenOnce() public {
        book(300e6);
        postRoot();
        postRoot();
        advance(31 minutes);
        settle(1, loser);
        settle(2, loser);
        settle(1, loser);
        _assertTaken(300e6, "two roots say the same debit");
        book(500e6);
        postRoot();
        advance(31 minutes);
        settle(3, loser);
        settle(2, loser);
        settle(3, loser);
        _assertTaken(500e6, "a later one says what has come since");
    }

    function test_debitTwice_underARootAndInACloseOut_isTakenOnce() public {
        book(300e6);
        postRoot();
        advance(31 minutes);
        settle(1, loser);
        book(400e6);
        defaultLoser();
        fileReport(loser, -400e6);
        advance(31 minutes);
        closeOut.fixLoss(loser);
        assertEq(defaults.caseOf(loser).loss, 100e6, "the loss is what has not been paid yet");
        uint256 before = usdc.balanceOf(pool);
        closeOut.resolve(loser);
        assertEq(usdc.balanceOf(pool) - before, 100e6, "and that is all that comes");
        settle(1, loser);
        assertEq(usdc.balanceOf(pool), 400e6, "no root of the ended pledge takes any more");
    }

    function test_debitTwice_underARootAndAtAnExit_isTakenOnce() public {
        book(300e6);
        postRoot();
        runOut(loser);
        settle(1, loser);
        _assertTaken(300e6, "settled while release ran");
        advance(1 hours);
        exits.startExitWithProof(proofAt(venue, 1, 0));
        advance(1);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NothingOwed.selector, loser));
        exits.payExit(loser);
        exits.finishExit(loser);
        assertEq(usdc.balanceOf(loser), 700e6, "the exit owes nothing more");
    }

    function test_debitTwice_byTheOwnersHandAndUnderARoot_isTakenOnce() public {
        book(300e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        vm.prank(ownerOf(loser));
        settlement.payOwed(proof, 300e6);
        advance(31 minutes);
        settle(1, loser);
        _assertTaken(300e6, "paid ahead of the window");
    }

    // -- an old root ---------------------------------------------------------------------------------------------------

    /// @dev The account was flat, then lost: the root from before must open no door.
    function test_oldFlatRoot_opensNoDoorOutOfADebt() public {
        vm.prank(ownerOf(loser));
        owners.requestWithdrawal(loser, address(usdc), 1_000e6, stranger);
        nextBlock();
        postRoot();
        AccountProof memory flat = proofOf(loser);
        book(70_000e6);
        postRoot();
        bytes memory old = abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 2, 1);
        vm.expectRevert(old);
        owners.finaliseWithdrawal(address(usdc), flat);
        bytes memory consent = releaseConsent(loser, 1, uint40(clock + 1 hours));
        vm.prank(ownerOf(loser));
        vm.expectRevert(old);
        releases.releaseWithConsent(flat, uint40(clock + 1 hours), consent);
        (PledgeTerms memory terms, bytes memory own, bytes memory its) = _terms();
        consent = portConsent(loser, 1, other, terms.deadline);
        vm.expectRevert(old);
        releases.port(flat, terms, own, its, consent);
        AccountProof memory newest = proofOf(loser);
        defaults.callMargin(newest);
        vm.expectRevert(old);
        defaults.cure(flat);
        vm.expectPartialRevert(IOwnerDesk.RequirementNotMet.selector);
        owners.finaliseWithdrawal(address(usdc), newest);
    }

    // -- leaving a debt behind -----------------------------------------------------------------------------------------

    function test_repledge_doesNotEscapeADebt() public {
        book(1_001e6);
        postRoot();
        (PledgeTerms memory terms, bytes memory own, bytes memory its) = _terms();
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.AlreadyPledged.selector, loser));
        vault.pledge(terms, own, its);
        AccountProof memory proof = proofOf(loser);
        bytes memory consent = releaseConsent(loser, 1, uint40(clock + 1 hours));
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 1_001e6));
        releases.releaseWithConsent(proof, uint40(clock + 1 hours), consent);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotEntitled.selector, loser));
        exits.startExit(loser);
    }

    /// @dev Every door that takes a leaf is shown the one of the pledge before, which was rich, owed or flat, as it suits.
    function test_replayedLeaf_ofThePledgeBefore_opensNoDoor() public {
        book(300e6);
        setMargin(loser, 200_000e6, 0);
        postRoot();
        AccountProof memory old = proofOf(loser);
        book(0);
        setMargin(loser, 0, 0);
        postRoot();
        bytes memory consent = releaseConsent(loser, 2, uint40(clock + 1 hours));
        AccountProof memory flat = proofOf(loser);
        vm.prank(ownerOf(loser));
        releases.releaseWithConsent(flat, uint40(clock + 1 hours), consent);
        clearLeaf(venue, 0);
        pledgeAgain(loser, venue, VENUE_KEY);
        vm.prank(ownerOf(loser));
        owners.requestWithdrawal(loser, address(usdc), 1, stranger);
        postRoot();
        // The rich leaf of the pledge before, in a root of today: as a venue that forgot to clear it would post it.
        ledger[venue][0] = flat.leaf;
        postRoot();
        AccountProof memory stale = proofAt(venue, 4, 0);
        bytes memory refused = abi.encodeWithSelector(IAttestationLog.LeafOfAnotherAccount.selector, loser, venue, 0);
        vm.expectRevert(refused);
        owners.finaliseWithdrawal(address(usdc), stale);
        vm.expectRevert(refused);
        defaults.callMargin(stale);
        vm.prank(ownerOf(loser));
        vm.expectRevert(refused);
        settlement.payOwed(stale, 1);
        vm.prank(ownerOf(loser));
        vm.expectRevert(refused);
        disputes.disputeRoot(stale);
        Leaf[] memory leaves = new Leaf[](1);
        leaves[0] = stale.leaf;
        bytes[] memory siblings = new bytes[](1);
        siblings[0] = stale.siblings;
        usdc.mint(address(this), 5e6);
        usdc.approve(address(vault), 5e6);
        disputes.demand(loser);
        disputes.answer(stale.header, leaves, siblings);
        assertTrue(vault.record(loser).flags & Flags.DEMANDED != 0, "what was asked is not answered by it");
        advance(31 minutes);
        settleRange(venue, 1, 0, 0);
        assertEqInt(settledOf(loser), 0, "settlement passes it over");
        assertEq(usdc.balanceOf(loser), 1_000e6, "and nothing has moved");
        runOut(loser);
        start(loser);
        vm.expectRevert(refused);
        exits.challengeExit(old);
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _terms() private view returns (PledgeTerms memory terms, bytes memory own, bytes memory its) {
        terms = termsOf(loser, other);
        bytes32 digest = pledgeDigest(terms);
        (own, its) = (signAs(ownerKeyOf[loser], digest), signAs(VENUE_KEY, digest));
    }

    function _assertTaken(uint256 amount, string memory why) private view {
        assertEq(usdc.balanceOf(loser), 1_000e6 - amount, why);
        assertEq(usdc.balanceOf(pool), amount, why);
        assertEqInt(settledOf(loser), -int256(amount), why);
    }
}
