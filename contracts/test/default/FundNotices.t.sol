// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {FundScenario} from "../support/FundScenario.sol";

/// @notice Members come freely and leave by notice, and never with what open defaults may cost them.
contract FundNoticesTest is FundScenario {
    function test_redeem_needsANotice() public {
        uint256 shares = join(ALICE, 100e6);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxRedeem.selector, ALICE, shares, 0));
        series.redeem(shares, ALICE, ALICE);
    }

    function test_redeem_waitsForTheNotice() public {
        uint256 shares = join(ALICE, 100e6);
        uint256 id = notify(ALICE, shares);
        assertEq(series.balanceOf(address(series)), shares, "in custody");
        advance(NOTICE - 1);
        assertEq(series.maxRedeem(ALICE), 0, "a second early");
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NoticeNotOpen.selector, id, clock + 1, clock + 1 + WINDOW));
        series.redeemNotice(id);
        advance(1);
        assertEq(series.maxRedeem(ALICE), shares, "matured");
        vm.prank(ALICE);
        series.redeem(shares / 2, BOB, ALICE);
        assertEq(usdc.balanceOf(BOB), 50e6, "half of the money, where she wants it");
        vm.prank(BOB);
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 50e6, "the rest, by anyone, to her only");
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NoticeUnknown.selector, id));
        series.redeemNotice(id);
    }

    function test_withdraw_takesFromSeveralNotices_withAnAllowance() public {
        uint256 shares = join(ALICE, 100e6);
        notify(ALICE, shares / 4);
        notify(ALICE, shares / 4);
        notify(ALICE, shares / 4);
        advance(NOTICE);
        assertEq(series.maxWithdraw(ALICE), 75e6, "three quarters");
        vm.prank(BOB);
        vm.expectRevert();
        series.withdraw(1, BOB, ALICE);
        vm.prank(ALICE);
        series.approve(BOB, shares / 2);
        vm.prank(BOB);
        series.withdraw(40e6, BOB, ALICE);
        assertEq(usdc.balanceOf(BOB), 40e6, "out of two");
        assertEq(series.maxWithdraw(ALICE), 35e6, "left");
        assertEq(series.noticesOf(ALICE).length, 2, "the first has ended");
        assertEq(series.allowance(ALICE, BOB), shares / 2 - (shares * 4) / 10, "spent");
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxWithdraw.selector, ALICE, 35e6 + 1, 35e6));
        series.withdraw(35e6 + 1, ALICE, ALICE);
    }

    function test_notice_lapses_andAnyoneGivesItsSharesBack() public {
        uint256 shares = join(ALICE, 100e6);
        uint256 id = notify(ALICE, shares);
        advance(NOTICE + WINDOW);
        assertEq(series.redeemable(id), shares, "the last second");
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NotTheNoticesOwner.selector, id, ALICE, BOB));
        series.cancelNotice(id);
        advance(1);
        assertEq(series.redeemable(id), 0, "lapsed");
        assertEq(series.maxRedeem(ALICE), 0, "truthful");
        vm.prank(BOB);
        series.cancelNotice(id);
        assertEq(series.balanceOf(ALICE), shares, "hers again");
    }

    function test_notice_isCancelledByItsOwner_atAnyTime() public {
        uint256 shares = join(ALICE, 100e6);
        uint256 first = notify(ALICE, shares / 2);
        uint256 second = notify(ALICE, shares / 2);
        vm.prank(ALICE);
        series.cancelNotice(first);
        assertEq(series.noticesOf(ALICE)[0], second, "the other stays");
        advance(NOTICE);
        vm.prank(ALICE);
        series.cancelNotice(second);
        assertEq(series.balanceOf(ALICE), shares, "all back");
        assertEq(series.noticesOf(ALICE).length, 0, "none left");
    }

    function test_notice_isOfSharesThatAreHeld_andSomething() public {
        uint256 shares = join(ALICE, 100e6);
        vm.prank(ALICE);
        vm.expectRevert();
        series.noticeRedemption(shares + 1);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NothingToDo.selector));
        series.noticeRedemption(0);
    }

    function test_notices_areSixteenAtMost_ofEachMember() public {
        uint256 shares = join(ALICE, 100e6);
        for (uint256 i; i < 16; ++i) notify(ALICE, shares / 20);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.TooManyNotices.selector, ALICE, 16));
        series.noticeRedemption(1);
        join(BOB, 1e6);
        notifyAll(BOB);
        assertEq(series.noticesOf(BOB).length, 1, "another has his own");
    }

    function test_notices_areBounded() public {
        uint256 shares = join(ALICE, 100e6);
        for (uint256 i; i < 16; ++i) notify(ALICE, shares / 20);
        advance(NOTICE);
        uint256 most = series.maxRedeem(ALICE);
        uint256 before = gasleft();
        vm.prank(ALICE);
        series.redeem(most, ALICE, ALICE);
        assertLe(before - gasleft(), 500_000, "sixteen at once");
        assertEq(usdc.balanceOf(ALICE), 80e6, "all of them");
    }

    function test_custody_absorbs() public {
        join(ALICE, 100e6);
        join(BOB, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE);
        lose(120e6);
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 40e6, "what is under notice has lost the same");
        assertEq(worth(BOB), 40e6, "as what is not");
    }

    function test_deposit_isClosed_whileADefaultIsOpen_orTheVenueHasFailed() public {
        core.setOpen(1, 0);
        assertEq(series.maxDeposit(ALICE), 0, "nobody buys into a loss in progress");
        assertEq(series.maxMint(ALICE), 0, "in shares neither");
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxDeposit.selector, ALICE, 1, 0));
        series.deposit(1, ALICE);
        strengthen(10e6);
        assertEq(fund.venueTranche(), 10e6, "the venue may still strengthen its own");
        core.setOpen(0, 1);
        assertEq(series.maxDeposit(ALICE), 0, "claims are like defaults");
        core.setOpen(0, 0);
        core.setFailed(true);
        assertEq(series.maxDeposit(ALICE), 0, "nobody joins a failed venue");
        core.setFailed(false);
        assertGe(series.maxDeposit(ALICE), type(uint96).max, "open: more than a leaf can hold");
    }

    function test_leaving_whileADefaultIsOpen_paysTheShareThatIsNotAtRisk() public {
        uint256 shares = join(ALICE, 100e6);
        join(BOB, 100e6);
        uint256 id = notify(ALICE, shares);
        advance(NOTICE);
        core.setOpen(1, 50e6);
        assertEq(series.maxWithdraw(ALICE), 75e6, "three quarters of all are free");
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 75e6, "paid");
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 75e6, "asking again brings nothing");
        core.absorb(fund, 50e6, 50e6, POOL);
        core.setOpen(0, 0);
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 75e6 + 15e6, "the rest bore the loss with the others: 25 of 125 parts");
        assertEq(worth(BOB), 60e6, "as every share did");
    }

    function testFuzz_leaving_isTheSameInAnyOrder(uint256 a, uint256 b, uint256 c, uint256 caps, uint8 order) public {
        a = bound(a, 1e6, 1e15);
        b = bound(b, 1e6, 1e15);
        c = bound(c, 0, 1e15);
        caps = bound(caps, 1, a + b + c + 1e6);
        join(ALICE, a);
        join(BOB, b);
        if (c != 0) join(CAROL, c);
        uint256 hers = notifyAll(ALICE);
        uint256 his = notifyAll(BOB);
        advance(NOTICE);
        core.setOpen(1, caps);
        if (order % 2 == 1) series.redeemNotice(his);
        series.redeemNotice(hers);
        if (order % 2 == 0) series.redeemNotice(his);
        if (order % 3 == 0) series.redeemNotice(hers);
        uint256 free = a + b + c > caps ? a + b + c - caps : 0;
        _near(usdc.balanceOf(ALICE), (a * free) / (a + b + c), "her part of what is free");
        _near(usdc.balanceOf(BOB), (b * free) / (a + b + c), "his part of what is free");
        uint256 atRisk = a + b + c < caps ? a + b + c : caps;
        assertGe(fund.memberTranche(), atRisk, "what may be needed is there");
    }

    function test_leaving_afterANewDefault_takesNothingThatItMayNeed() public {
        join(ALICE, 100e6);
        join(BOB, 100e6);
        uint256 hers = notifyAll(ALICE);
        uint256 his = notifyAll(BOB);
        advance(NOTICE);
        core.setOpen(1, 100e6);
        series.redeemNotice(hers);
        core.setOpen(2, 140e6);
        series.redeemNotice(his);
        assertGe(fund.memberTranche(), 140e6, "both caps are covered");
        assertEq(usdc.balanceOf(BOB), 10e6, "as far as they leave it");
        core.setOpen(1, 40e6);
        series.redeemNotice(his);
        series.redeemNotice(hers);
        assertEq(usdc.balanceOf(BOB), 80e6, "once the first is over both have had the same");
        assertEq(usdc.balanceOf(ALICE), 80e6, "in the other order too");
    }

    function test_leaving_startsAnew_withTheNextDefault() public {
        join(ALICE, 100e6);
        join(BOB, 100e6);
        uint256 hers = notifyAll(ALICE);
        uint256 his = notifyAll(BOB);
        advance(NOTICE);
        core.setOpen(1, 100e6);
        series.redeemNotice(hers);
        core.setOpen(0, 0);
        join(CAROL, 50e6);
        core.setOpen(1, 100e6);
        series.redeemNotice(hers);
        series.redeemNotice(his);
        assertEq(usdc.balanceOf(ALICE), 75e6, "half of what was left");
        assertEq(usdc.balanceOf(BOB), 50e6, "half of all");
        assertEq(worth(CAROL), 50e6, "nothing of hers");
    }

    function test_blockedNotice_doesNotLapse_andItsWindowEnds() public {
        join(ALICE, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE + WINDOW);
        core.setOpen(1, 200e6);
        assertEq(series.redeemNotice(id), 0, "nothing is free");
        advance(NOTICE);
        core.setOpen(0, 0);
        assertEq(series.redeemable(id), series.notice(id).shares, "the longest default is over, and the notice stands");
        advance(WINDOW);
        assertEq(series.redeemable(id), series.notice(id).shares, "a window long");
        advance(1);
        assertEq(series.redeemable(id), 0, "and no longer");
    }

    function test_claims_holdMembersInAFailedVenue() public {
        join(ALICE, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE);
        core.setFailed(true);
        core.setOpen(0, 500e6);
        assertEq(series.maxRedeem(ALICE), 0, "claims come first");
        assertEq(series.redeemNotice(id), 0, "nothing");
        core.absorb(fund, 30e6, 30e6, POOL);
        core.setOpen(0, 0);
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 70e6, "what claims left");
    }

    function test_lockedCore_keepsMembersOut() public {
        uint256 shares = join(ALICE, 100e6);
        uint256 id = notify(ALICE, shares / 2);
        advance(NOTICE);
        core.setLocked(true);
        bytes memory locked = abi.encodeWithSelector(IDefaultFund.FundLocked.selector);
        assertEq(series.maxDeposit(ALICE) + series.maxMint(ALICE), 0, "no way in");
        assertEq(series.maxRedeem(ALICE) + series.maxWithdraw(ALICE) + series.redeemable(id), 0, "no way out");
        vm.expectRevert(locked);
        series.redeemNotice(id);
        vm.expectRevert(locked);
        series.cancelNotice(id);
        vm.expectRevert(locked);
        series.noticeRedemption(1);
        vm.expectRevert(locked);
        series.previewDeposit(1);
        vm.expectRevert(locked);
        series.previewMint(1);
        vm.expectRevert(locked);
        series.previewRedeem(1);
        vm.expectRevert(locked);
        series.previewWithdraw(1);
        vm.expectRevert(locked);
        fund.openSeries();
        vm.expectRevert(locked);
        fund.fundVenueTranche(0);
    }

    function testFuzz_maxima_areTruthful(uint256 a, uint256 b, uint256 lost, uint256 caps, uint256 part, uint8 way) public {
        a = bound(a, 1, 1e30);
        b = bound(b, 1, 1e30);
        uint256 hers = join(ALICE, a);
        join(BOB, b);
        lose(bound(lost, 0, a + b));
        notify(ALICE, bound(part, 1, hers));
        advance(NOTICE);
        caps = bound(caps, 0, a + b);
        core.setOpen(way & 1, way & 2 == 0 ? 0 : caps);
        uint256 atRisk =
            way & 2 == 0
                ? 0
                : caps < fund.memberTranche()
                    ? caps
                    : fund.memberTranche();
        vm.startPrank(ALICE);
        if (way & 4 == 0) {
            uint256 most = series.maxRedeem(ALICE);
            series.redeem(most, ALICE, ALICE);
        } else {
            uint256 most = series.maxWithdraw(ALICE);
            series.withdraw(most, ALICE, ALICE);
            assertEq(usdc.balanceOf(ALICE), most, "what it said");
        }
        assertGe(fund.memberTranche(), atRisk, "what may be needed is there");
        uint256 room = way & 8 == 0 ? series.maxDeposit(ALICE) : series.previewMint(series.maxMint(ALICE));
        usdc.mint(ALICE, room);
        usdc.approve(address(series), room);
        if (room == 0) return;
        if (way & 8 == 0) series.deposit(series.maxDeposit(ALICE), ALICE);
        else series.mint(series.maxMint(ALICE), ALICE);
    }

    /// @dev Shares of a notice and the assets under them are both rounded, by less than a unit and a millionth.
    function _near(uint256 left, uint256 right, string memory why) private pure {
        assertLe(left > right ? left - right : right - left, 2, why);
    }
}
