// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {console} from "hardhat/console.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {FundScenario} from "../support/FundScenario.sol";
import {Vm} from "../support/Vm.sol";

/// @notice The fund's money: losses reach what they should, to the unit, penalties come with time, series follow each other.
contract DefaultFundTest is FundScenario {
    function test_absorb_takesTheVenuesFirst_thenTheMembersUpToTheCap() public {
        strengthen(100e6);
        join(ALICE, 200e6);
        (uint256 fromVenue, uint256 fromMembers) = core.absorb(fund, 250e6, 80e6, POOL);
        assertEq(fromVenue, 100e6, "all of the venue's");
        assertEq(fromMembers, 80e6, "the cap of the members'");
        assertEq(usdc.balanceOf(POOL), 180e6, "in the pool");
        assertEq(fund.venueTranche(), 0, "emptied");
        assertEq(fund.memberTranche(), 120e6, "what the cap left");
    }

    function test_absorb_leavesTheMembersAlone_whileTheVenuesSuffices() public {
        strengthen(100e6);
        join(ALICE, 200e6);
        lose(100e6);
        assertEq(fund.memberTranche(), 200e6, "untouched");
    }

    function test_absorb_isOneTransfer() public {
        strengthen(10e6);
        join(ALICE, 10e6);
        vm.recordLogs();
        core.absorb(fund, 15e6, 15e6, POOL);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 transfers;
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(usdc)) ++transfers;
        }
        assertEq(transfers, 1, "the sum, once");
    }

    function testFuzz_absorb_conservesToTheUnit(
        uint96 own,
        uint96 members,
        uint96 streaming,
        uint96 amount,
        uint96 cap,
        uint32 time
    ) public {
        if (own != 0) strengthen(own);
        if (members != 0) join(ALICE, members);
        if (streaming != 0) penalty(streaming);
        advance(bound(time, 0, STREAM + 1));
        uint256 total = fund.venueTranche() + fund.memberTranche();
        uint256 unreleased = fund.unreleased();
        (uint256 fromVenue, uint256 fromMembers) = core.absorb(fund, amount, cap, POOL);
        assertEq(usdc.balanceOf(POOL), fromVenue + fromMembers, "paid what it says");
        assertEq(fund.venueTranche() + fund.memberTranche(), total - fromVenue - fromMembers, "counted what it paid");
        assertEq(usdc.balanceOf(address(fund)), fund.venueTranche() + fund.memberTranche(), "has what it counts");
        assertLe(fromMembers, cap, "no more than the cap");
        assertTrue(fromMembers == 0 || fund.venueTranche() == 0, "members pay when the venue's is empty");
        bool all = fromVenue + fromMembers == amount || fromMembers == cap || fund.memberTranche() == 0;
        assertTrue(all && (fromVenue == amount || fund.venueTranche() == 0), "and nothing is held back");
        assertEq(fund.unreleased(), unreleased > fromMembers ? unreleased - fromMembers : 0, "unreleased penalties first");
    }

    function test_absorb_gas() public {
        strengthen(100e6);
        join(ALICE, 200e6);
        usdc.mint(POOL, 1);
        uint256 snapshot = vm.snapshotState();
        uint256 plain = core.gasOfAbsorb(fund, 150e6, 100e6, POOL);
        vm.revertToState(snapshot);
        penalty(20e6);
        advance(1 days);
        uint256 streaming = core.gasOfAbsorb(fund, 150e6, 100e6, POOL);
        vm.revertToState(snapshot);
        uint256 own = core.gasOfAbsorb(fund, 50e6, 100e6, POOL);
        console.log("absorb: both tranches", plain, "and a stream", streaming);
        console.log("absorb: the venue's tranche", own);
        console.log("bytecode: fund", address(fund).code.length);
        assertLe(plain, 40_000, "the price of two tranches");
    }

    function test_payFromVenueTranche_paysWhatThereIs_andNoMember() public {
        strengthen(10e6);
        join(ALICE, 10e6);
        assertEq(core.payFromVenueTranche(fund, 4e6, POOL), 4e6, "asked");
        assertEq(core.payFromVenueTranche(fund, 40e6, POOL), 6e6, "the rest");
        assertEq(core.payFromVenueTranche(fund, 1, POOL), 0, "nothing");
        assertEq(usdc.balanceOf(POOL), 10e6, "received");
        assertEq(fund.memberTranche(), 10e6, "members pay no rewards");
    }

    function test_reserved_functions_refuseStrangers() public {
        bytes memory refused = abi.encodeWithSelector(IDefaultFund.NotTheCore.selector, address(this));
        vm.expectRevert(refused);
        fund.absorb(1, 1, address(this));
        vm.expectRevert(refused);
        fund.payFromVenueTranche(1, address(this));
        vm.expectRevert(refused);
        fund.addPenalty(1);
        join(ALICE, 10e6);
        refused = abi.encodeWithSelector(IDefaultFund.NotASeries.selector, address(this));
        vm.expectRevert(refused);
        fund.payMember(1, address(this), false);
        vm.expectRevert(refused);
        fund.beginDeposit();
        vm.expectRevert(refused);
        fund.endDeposit(address(this), 1, 0);
        fund.payMember(0, address(this), true);
        assertEq(fund.memberTranche(), 10e6, "a stranger is paid the nothing it has, and sweeps nothing");
    }

    function test_penalty_isReleasedOnAStraightLine() public {
        join(ALICE, 100e6);
        penalty(70e6);
        assertEq(series.totalAssets(), 100e6, "not at once");
        assertEq(fund.memberTranche(), 170e6, "but there for losses at once");
        advance(1 days);
        assertEq(series.totalAssets(), 110e6, "a seventh a day");
        advance(6 days);
        assertEq(series.totalAssets(), 170e6, "all");
        advance(365 days);
        assertEq(series.totalAssets(), 170e6, "and no more");
    }

    function test_penalty_absorbsBeforeWhatMembersPutIn() public {
        join(ALICE, 100e6);
        penalty(70e6);
        advance(1 days);
        lose(50e6);
        assertEq(series.totalAssets(), 110e6, "what was released stays");
        assertEq(fund.unreleased(), 10e6, "the rest streams on");
        lose(30e6);
        assertEq(fund.unreleased(), 0, "gone");
        assertEq(series.totalAssets(), 90e6, "then what is theirs");
        advance(6 days);
        assertEq(series.totalAssets(), 90e6, "nothing comes any more");
    }

    function test_penalty_goesToTheVenuesTranche_whenThereAreNoMembers() public {
        penalty(5e6);
        assertEq(fund.venueTranche(), 5e6, "not the first later member's");
        join(ALICE, 10e6);
        lose(100e6);
        penalty(6e6);
        assertEq(fund.venueTranche(), 6e6, "nor the dead's");
        assertEq(fund.memberTranche(), 0, "emptied is emptied");
    }

    function testFuzz_penalty_joinsNoFasterThanSideBySide(uint96 first, uint96 second, uint32 between, uint32 later) public {
        first = uint96(bound(first, 1, 1e18));
        second = uint96(bound(second, 1, 1e18));
        between = uint32(bound(between, 0, STREAM));
        later = uint32(bound(later, 0, STREAM));
        join(ALICE, 1e12);
        penalty(first);
        advance(between);
        uint256 before = fund.unreleased();
        penalty(second);
        assertEq(fund.unreleased(), before + second, "booking one releases none of the other");
        advance(later);
        uint256 released = before + second - fund.unreleased();
        uint256 rest = STREAM - between;
        // In the first moments the slope is what counts; over any time nothing comes before a stream of its own would bring it all.
        uint256 alone = (rest == 0 ? 0 : (before * (later < rest ? later : rest)) / rest) + (uint256(second) * later) / STREAM;
        if (later <= rest) assertLe(released, alone + 2, "no faster than two streams");
        assertLe(released, before + second, "and no more than there is");
    }

    function test_penalty_cannotBeDeferredByDust() public {
        join(ALICE, 100e6);
        penalty(70e6);
        for (uint256 i; i < 7; ++i) {
            advance(1 days);
            penalty(1);
        }
        assertGe(series.totalAssets(), 169e6, "a unit a day hardly defers it");
    }

    function test_series_closesWhenEmptied_andTheNextSharesNothingWithTheDead() public {
        uint256 dead = join(ALICE, 50e6);
        lose(80e6);
        assertEq(fund.memberTranche(), 0, "emptied");
        assertEq(series.maxDeposit(BOB), 0, "nobody joins the dead");
        address old = address(series);
        series = IMemberSeries(fund.openSeries());
        assertEqAddress(fund.series(), address(series), "the new one");
        assertEq(series.number(), 2, "numbered");
        join(BOB, 30e6);
        assertEq(worth(BOB), 30e6, "all of it is his");
        assertEq(IMemberSeries(old).convertToAssets(dead), 0, "nothing is hers");
        assertEq(IMemberSeries(old).maxDeposit(ALICE), 0, "closed for ever");
        vm.prank(ALICE);
        assertEq(IMemberSeries(old).redeem(dead, ALICE, ALICE), 0, "and redeems nothing");
        assertEq(fund.memberTranche(), 30e6, "of the new one's");
    }

    function test_series_opensOnlyWhenSpent_andWhileNoDefaultIsOpen() public {
        vm.expectRevert(abi.encodeWithSelector(IDefaultFund.SeriesNotSpent.selector, address(series)));
        fund.openSeries();
        join(ALICE, 50e6);
        vm.expectRevert(abi.encodeWithSelector(IDefaultFund.SeriesNotSpent.selector, address(series)));
        fund.openSeries();
        lose(50e6);
        core.setOpen(2, 3);
        vm.expectRevert(abi.encodeWithSelector(IDefaultFund.DefaultsOpen.selector, 2, 3));
        fund.openSeries();
        core.setOpen(0, 0);
        fund.openSeries();
    }

    function test_series_leavesItsResidueToItsHolders_outOfReachOfLosses() public {
        uint256 hers = join(ALICE, 3_000_000e6);
        uint256 his = join(BOB, 1_000_000e6);
        penalty(1e6);
        lose(4_000_000e6);
        IMemberSeries old = series;
        uint256 left = fund.memberTranche();
        assertEq(left, 1e6, "less than a millionth");
        series = IMemberSeries(fund.openSeries());
        join(CAROL, 10e6);
        lose(100e6);
        vm.prank(ALICE);
        old.redeem(hers, ALICE, ALICE);
        assertEq(usdc.balanceOf(ALICE), 750_000, "three quarters");
        vm.prank(BOB);
        old.redeem(his, BOB, BOB);
        assertEq(usdc.balanceOf(BOB), 250_000, "one quarter");
    }

    function test_series_paysANotice_whenItIsClosed() public {
        join(ALICE, 3_000_000e6);
        uint256 id = notifyAll(ALICE);
        lose(2_999_999e6);
        IMemberSeries old = series;
        fund.openSeries();
        assertEq(old.redeemNotice(id), 1e6, "without waiting: it can lose nothing any more");
        assertEq(fund.venueTranche(), 0, "not a unit is left");
        _joinsTheNext(old);
    }

    function test_emptied_byLeaving_leavesNothingToTheNext() public {
        uint256 shares = join(ALICE, 100e6);
        uint256 id = notify(ALICE, shares);
        advance(NOTICE);
        penalty(70e6);
        series.redeemNotice(id);
        assertEq(fund.memberTranche(), 0, "nobody's money");
        assertEq(fund.unreleased(), 0, "nor nobody's stream");
        assertEq(fund.venueTranche(), 70e6, "strengthens the venue's");
        join(BOB, 1);
        assertEq(worth(BOB), 1, "and is not to be had for a unit");
        advance(STREAM);
        assertEq(worth(BOB), 1, "later neither");
    }

    function test_events_rebuildTheState() public {
        vm.recordLogs();
        strengthen(10e6);
        join(ALICE, 50e6);
        penalty(7e6);
        advance(1 days);
        uint256 id = notify(ALICE, series.balanceOf(ALICE) / 2);
        lose(13e6);
        advance(NOTICE);
        series.redeemNotice(id);
        lose(1e12);
        fund.openSeries();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        int256[4] memory sums;
        uint256[4] memory last;
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != IDefaultFund.TrancheChanged.selector) continue;
            uint256 tranche = uint256(logs[i].topics[1]);
            (int256 delta, uint256 assets) = abi.decode(logs[i].data, (int256, uint256));
            sums[tranche] += delta;
            last[tranche] = assets;
            assertEqInt(sums[tranche], int256(assets), "each states the value after it");
        }
        assertEq(last[1], fund.venueTranche(), "the venue's");
        assertEq(last[2], fund.memberTranche(), "the members'");
    }

    function _joinsTheNext(IMemberSeries old) private {
        series = IMemberSeries(fund.series());
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.SeriesIsClosed.selector));
        old.noticeRedemption(1);
        join(ALICE, 5e6);
        assertEq(worth(ALICE), 5e6, "the next series is for everybody");
    }

    function test_series_namesItself_afterItsVenueAndNumber() public {
        assertEq(bytes(series.name()), "Ringfence default fund of venue 7, series 1", "name");
        assertEq(bytes(series.symbol()), "RDF-7-1", "symbol");
        join(ALICE, 50e6);
        lose(50e6);
        series = IMemberSeries(fund.openSeries());
        assertEq(fund.seriesCount(), 2, "a second one");
        assertEq(bytes(series.symbol()), "RDF-7-2", "is told apart");
        assertEq(series.decimals(), IMemberSeries(fund.series()).decimals(), "and counts alike");
    }

    /// @dev A share is worth more than a unit after a penalty, and a deposit of less would be a present to the others.
    function test_deposit_ofLessThanAShare_isRefused() public {
        join(ALICE, 50e6);
        usdc.mint(BOB, 10);
        vm.prank(BOB);
        usdc.approve(address(series), 10);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NothingToDo.selector));
        series.deposit(0, BOB);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NothingToDo.selector));
        series.mint(0, BOB);
        assertEq(usdc.balanceOf(BOB), 10, "nothing was taken");
    }

    /// @dev What a penalty still had to release ends with the series: the next one's members have not earned it.
    function test_openSeries_endsWhatWasStillToBeReleased() public {
        join(ALICE, 4_000_000e6);
        penalty(1e6);
        lose(1e6 - 1);
        assertEq(fund.unreleased(), 1, "a unit is still to come");
        lose(4_000_000e6 - 1);
        assertEq(fund.unreleased(), 0, "it pays first");
        penalty(3);
        assertEq(fund.unreleased(), 3, "a later penalty, to what little there is");
        IMemberSeries old = series;
        series = IMemberSeries(fund.openSeries());
        assertEq(fund.unreleased(), 0, "ended");
        assertEq(old.totalAssets(), 5, "the old series has all of it");
        join(BOB, 30e6);
        assertEq(worth(BOB), 30e6, "the next one none of it");
    }

    /// @dev What the last holder's share of a residue is rounded down by has no owner left among the members.
    function test_residue_leavesItsRoundingToTheVenue() public {
        uint256 hers = join(ALICE, 10e6);
        lose(10e6 - 2);
        penalty(1_000e6);
        IMemberSeries old = series;
        fund.openSeries();
        assertEq(old.totalAssets(), 1_000e6 + 2, "all that was left, earned or not");
        vm.prank(ALICE);
        uint256 got = old.redeem(hers, ALICE, ALICE);
        uint256 rest = 1_000e6 + 2 - got;
        assertTrue(rest != 0, "a last holder is paid a little less than all");
        assertEq(fund.venueTranche(), rest, "and the rest is the venue's");
        assertEq(old.totalAssets(), 0, "none stays behind");
        assertEq(usdc.balanceOf(address(fund)), rest, "to the unit");
    }

    /// @dev A series refuses a second deposit in the middle of one before it asks; the fund does not rely on that.
    function test_beginDeposit_inTheMiddleOfADeposit() public {
        vm.prank(address(series));
        fund.beginDeposit();
        vm.prank(address(series));
        vm.expectRevert(abi.encodeWithSelector(IDefaultFund.FundLocked.selector));
        fund.beginDeposit();
    }
}
