// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {FundScenario} from "../support/FundScenario.sol";

/// @notice What a series says of its members' coming, notices and leaving.
contract SeriesEventsTest is FundScenario {
    uint256 private constant SHARE = 1e6;

    function test_deposit_saysWhoPaid_whoHolds_andHowMuch() public {
        join(ALICE, 100e6);
        usdc.mint(ALICE, 40e6);
        vm.prank(ALICE);
        usdc.approve(address(series), 40e6);
        vm.expectEmit(address(fund));
        emit IDefaultFund.TrancheChanged(2, 40e6, 140e6);
        vm.expectEmit(address(series));
        emit IERC4626.Deposit(ALICE, BOB, 40e6, 40e6 * SHARE);
        vm.prank(ALICE);
        series.deposit(40e6, BOB);
    }

    function test_noticeRedemption_saysWhoseAndWhen() public {
        join(ALICE, 100e6);
        join(BOB, 100e6);
        notify(ALICE, 10e6 * SHARE);
        vm.expectEmit(address(series));
        emit IMemberSeries.RedemptionNoticed(2, BOB, 30e6 * SHARE, uint40(clock + NOTICE), uint40(clock + NOTICE + WINDOW));
        vm.prank(BOB);
        series.noticeRedemption(30e6 * SHARE);
    }

    function test_cancelNotice_saysWhichAndHowMuch() public {
        join(ALICE, 100e6);
        notify(ALICE, 10e6 * SHARE);
        uint256 id = notify(ALICE, 30e6 * SHARE);
        vm.expectEmit(address(series));
        emit IMemberSeries.NoticeCancelled(id, 30e6 * SHARE);
        vm.prank(ALICE);
        series.cancelNotice(id);
    }

    function test_redeemNotice_saysWhatIsLeftOfTheNotice_andUntilWhen() public {
        join(ALICE, 100e6);
        join(BOB, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE);
        core.setOpen(1, 50e6);
        // Three quarters of all are free; the rest stays under notice for as long as a default may take.
        vm.expectEmit(address(series));
        emit IMemberSeries.NoticeRedeemed(id, 75e6 * SHARE, 25e6 * SHARE, uint40(clock + NOTICE + WINDOW));
        vm.expectEmit(address(series));
        emit IERC4626.Withdraw(CAROL, ALICE, ALICE, 75e6, 75e6 * SHARE);
        vm.prank(CAROL);
        series.redeemNotice(id);
    }

    function test_withdraw_saysWhoAsked_whoReceives_andWhoseItWas() public {
        uint256 shares = join(ALICE, 100e6);
        uint256 id = notifyAll(ALICE);
        uint40 closesAt = uint40(clock + NOTICE + WINDOW);
        advance(NOTICE + 1 hours);
        vm.prank(ALICE);
        series.approve(BOB, shares);
        vm.expectEmit(address(series));
        emit IMemberSeries.NoticeRedeemed(id, 40e6 * SHARE, 60e6 * SHARE, closesAt);
        vm.expectEmit(address(series));
        emit IERC4626.Withdraw(BOB, CAROL, ALICE, 40e6, 40e6 * SHARE);
        vm.prank(BOB);
        series.withdraw(40e6, CAROL, ALICE);
    }

    /// @dev What a closed series still pays is at no risk: defaults that are open in the venue hold nothing of it and lengthen nothing.
    function test_retired_paysWhole_andSaysSo_whateverDefaultsAreOpen() public {
        uint256 shares = join(ALICE, 2_000_000e6);
        join(BOB, 2_000_000e6);
        uint256 id = notify(ALICE, shares / 2);
        uint40 closesAt = uint40(clock + NOTICE + WINDOW);
        lose(4_000_000e6 - 1e6);
        IMemberSeries old = series;
        fund.openSeries();
        advance(NOTICE);
        core.setOpen(1, 1e12);
        vm.expectEmit(address(old));
        emit IMemberSeries.NoticeRedeemed(id, shares / 2, 0, closesAt);
        vm.expectEmit(address(old));
        emit IERC4626.Withdraw(CAROL, ALICE, ALICE, 250_000, shares / 2);
        vm.prank(CAROL);
        old.redeemNotice(id);
        vm.prank(ALICE);
        old.approve(BOB, shares);
        assertEq(old.maxRedeem(ALICE), shares / 2, "and all that is under no notice");
        vm.expectEmit(address(old));
        emit IERC4626.Withdraw(BOB, CAROL, ALICE, 250_000, shares / 2);
        vm.prank(BOB);
        old.redeem(shares / 2, CAROL, ALICE);
    }
}
