// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../src/interfaces/ICloseOut.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../src/interfaces/IOwnerDesk.sol";
import {AccountProof, AccountStatus, PledgeTerms} from "../src/interfaces/Types.sol";
import {DisputeScenario} from "./support/DisputeScenario.sol";

/// @notice The most that doors 2 to 5 take in a day without the owner's signature or the higher quorum.
contract DebitCapTest is DisputeScenario {
    uint256 private constant CAP = 200e6;

    function setUp() public override {
        super.setUp();
        loser = vault.open(vm.addr(LOSER_KEY), 1);
        ownerKeyOf[loser] = LOSER_KEY;
        PledgeTerms memory terms = termsOf(loser, venue);
        terms.debitCap = uint96(CAP);
        bytes32 digest = pledgeDigest(terms);
        enterLeaf(venue, loser, vault.pledge(terms, signAs(LOSER_KEY, digest), signAs(VENUE_KEY, digest)));
        deposit(loser, usdc, 1_000e6);
        // Some hours before midnight UTC, so that a test says itself when the day ends.
        advance(1 days - (clock % 1 days) + 4 hours);
    }

    function test_pledge_refusesACapBelowTheLeast() public {
        postRoot();
        address account = vault.open(vm.addr(LOSER_KEY), 2);
        PledgeTerms memory terms = termsOf(account, venue);
        terms.debitCap = 100e6 - 1;
        vm.prank(vm.addr(LOSER_KEY));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.DebitCapTooLow.selector, 100e6 - 1, 100e6));
        vault.pledge(terms, "", "");
    }

    function test_settle_takesTheCapADay() public {
        postLoss(700e6);
        settleNewest();
        assertTaken(CAP, "the day's");
        settle(1, loser);
        assertTaken(CAP, "no more today");
        postRoot();
        settleNewest();
        assertTaken(CAP, "nor under another root");
        for (uint256 i = 2; i <= 3; ++i) {
            _nextDay();
            settle(2, loser);
            settle(2, loser);
            assertTaken(i * CAP, "the next day's");
        }
        _nextDay();
        settle(2, loser);
        assertTaken(700e6, "and no more than is owed");
    }

    function test_settle_countsSeveralDebitsOfADay() public {
        postLoss(120e6);
        settleNewest();
        postLoss(260e6);
        settleNewest();
        assertTaken(CAP, "120 and what was left of the day's");
    }

    function test_settle_endsTheDayAtMidnight() public {
        postLoss(700e6);
        settleNewest();
        advance(1 days - (clock % 1 days) - 1);
        settle(1, loser);
        assertTaken(CAP, "the last second of the day");
        advance(1);
        settle(1, loser);
        assertTaken(2 * CAP, "the first of the next");
    }

    function test_settle_withoutACap() public {
        loser = winner;
        deposit(loser, usdc, 1_000e6);
        setNet(loser, -700e6);
        setNet(house, 700e6);
        postRoot();
        settleNewest();
        assertTaken(700e6, "all at once");
    }

    function test_payOwed_byTheOwnersHand_beyondTheCap() public {
        postLoss(700e6);
        AccountProof memory proof = proofOf(loser);
        vm.prank(ownerOf(loser));
        settlement.payOwed(proof, 500e6);
        assertTaken(500e6, "more than the cap");
        settleNewest();
        assertTaken(700e6, "which the owner's own payments do not use up");
    }

    function test_lowerDebitCap_afterItsDelay() public {
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.DebitCapTooLow.selector, 100e6 - 1, 100e6));
        owners.lowerDebitCap(loser, 100e6 - 1);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.DebitCapNotLower.selector, CAP, CAP));
        owners.lowerDebitCap(loser, uint96(CAP));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, loser, address(this)));
        owners.lowerDebitCap(loser, 150e6);
        vm.prank(ownerOf(loser));
        owners.lowerDebitCap(loser, 150e6);
        advance(3 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NothingWaits.selector, loser));
        owners.applyDebitCap(loser);
        postLoss(700e6);
        owners.applyDebitCap(loser);
        settleNewest();
        assertTaken(150e6, "the lower cap");
    }

    function test_dispute_andCap_holdBoth() public {
        postLoss(700e6);
        bondFor(ownerOf(loser));
        disputeNewest();
        confirm(-500e6);
        settleNewest();
        assertTaken(CAP, "a confirmed debit comes day by day");
        _nextDay();
        settle(1, loser);
        _nextDay();
        settle(1, loser);
        assertTaken(500e6, "down to what was confirmed");
    }

    function test_resolve_takesALossDayByDay() public {
        _fixed(-500e6, false);
        closeOut.resolve(loser);
        assertTaken(CAP, "the first day's");
        assertStatus(AccountStatus.LOSS_FIXED, "and nothing else yet");
        vm.expectPartialRevert(ICloseOut.DebitCapReached.selector);
        closeOut.resolve(loser);
        _nextDay();
        closeOut.resolve(loser);
        assertTaken(2 * CAP, "the second's");
        _nextDay();
        closeOut.resolve(loser);
        assertStatus(AccountStatus.UNPLEDGED, "done");
        // 500 of loss, 10 of reward, 25 of penalty.
        assertEq(usdc.balanceOf(loser), 1_000e6 - 535e6, "to the unit");
        assertEq(settlement.book(venue).pool, 500e6, "in the pool");
    }

    function test_resolve_ofALossThatIsTheWholeCap_isOver() public {
        _fixed(-int256(CAP), false);
        closeOut.resolve(loser);
        assertStatus(AccountStatus.UNPLEDGED, "in one day");
        // 200 of loss, 4 of reward, 10 of penalty.
        assertEq(usdc.balanceOf(loser), 1_000e6 - 214e6, "to the unit");
    }

    function test_resolve_atOnce_withTheHigherQuorum() public {
        _fixed(-500e6, true);
        closeOut.resolve(loser);
        assertStatus(AccountStatus.UNPLEDGED, "done");
        assertEq(usdc.balanceOf(loser), 1_000e6 - 535e6, "all of it");
    }

    function test_resolve_sharesTheDayWithSettlement() public {
        postLoss(150e6);
        settleNewest();
        uint256 day = clock / 1 days;
        bookLoss(400e6);
        defaultLoser();
        fileReport(loser, -400e6);
        advance(31 minutes);
        closeOut.fixLoss(loser);
        assertEq(clock / 1 days, day, "the same day");
        closeOut.resolve(loser);
        assertTaken(CAP, "one cap for all doors");
    }

    function _fixed(int256 finalNet, bool higher) private {
        bookLoss(uint256(-finalNet));
        defaultLoser();
        if (higher) fileHigherReport(finalNet);
        else fileReport(loser, finalNet);
        advance(31 minutes);
        closeOut.fixLoss(loser);
    }

    function _nextDay() private {
        advance(1 days - (clock % 1 days));
    }
}
