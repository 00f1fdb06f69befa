// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFundCore} from "../src/interfaces/IFundCore.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IExitDesk} from "../src/interfaces/IExitDesk.sol";
import {IFailedVenue} from "../src/interfaces/IFailedVenue.sol";
import {IMemberSeries} from "../src/interfaces/IMemberSeries.sol";
import {ExitScenario} from "./support/ExitScenario.sol";

/// @notice What a failed venue still pays, to whom, and how often.
contract FailedVenueTest is ExitScenario {
    /// @dev The loser owes 1,000 and has 400; the winners are owed 600 and 400.
    function setUp() public override {
        super.setUp();
        deposit(loser, usdc, 400e6);
        setNet(loser, -1_000e6);
        setNet(winner, 600e6);
        setNet(second, 400e6);
        postRoot();
    }

    function test_onlyInAFailedVenue() public {
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.NotFailed.selector, venue));
        failed.registerClaim(venue, winner);
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.NotFailed.selector, venue));
        failed.collectTranches(venue);
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.NotFailed.selector, venue));
        failed.distribute(venue, winner);
    }

    function test_proRata_againWheneverMoneyArrives_idempotent() public {
        fail();
        _leave(winner);
        _leave(second);
        exits.startExitWithProof(proofOf(loser));
        advance(14 days);
        // A winner's claim is not first come, first served.
        vm.expectPartialRevert(ICollateralVault.VenueNotLive.selector);
        settlement.claim(venue, winner);
        failed.collectTranches(venue);
        vm.expectPartialRevert(IFailedVenue.NothingToDistribute.selector);
        failed.distribute(venue, winner);
        exits.payExit(loser);
        assertEq(failed.distribute(venue, winner), 240e6, "60% of 400");
        vm.expectPartialRevert(IFailedVenue.NothingToDistribute.selector);
        failed.distribute(venue, winner);
        usdc.mint(address(this), 600e6);
        usdc.approve(address(vault), 600e6);
        exits.payExitFor(loser, 100e6);
        assertEq(failed.distribute(venue, winner), 60e6, "60% of what came since");
        exits.payExitFor(loser, 500e6);
        assertEq(failed.distribute(venue, second), 400e6, "who comes last has no less");
        assertEq(failed.distribute(venue, winner), 300e6, "all");
        assertEq(settlement.claims(venue, winner), 0, "nothing is left to claim");
        assertEq(usdc.balanceOf(pool), 0, "nothing is left over");
    }

    function test_claimWindow_boundaries() public {
        fail();
        uint256 until = clock + 14 days;
        exits.startExitWithProof(proofOf(winner));
        exits.startExitWithProof(proofOf(second));
        vm.warp(until);
        exits.finishExit(winner);
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.ClaimWindow.selector, until));
        failed.distribute(venue, winner);
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.ClaimWindow.selector, until));
        failed.collectTranches(venue);
        vm.warp(until + 1);
        exits.finishExit(second);
        assertEq(settlement.claims(venue, second), 400e6, "a claim");
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.ClaimWindow.selector, until));
        failed.registerClaim(venue, second);
        exits.startExitWithProof(proofOf(loser));
        vm.warp(until + 2);
        exits.payExit(loser);
        assertEq(failed.distribute(venue, winner), 400e6, "all goes to who came in time");
        vm.expectPartialRevert(IFailedVenue.NothingToDistribute.selector);
        failed.distribute(venue, second);
    }

    function test_registerClaim_ofAnEarlierRelease_once() public {
        runOut(winner);
        advance(1 hours);
        exitWithNewest(winner);
        exits.finishExit(winner);
        fail();
        failed.registerClaim(venue, winner);
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.NothingToRegister.selector, winner));
        failed.registerClaim(venue, winner);
        _leave(second);
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.NothingToRegister.selector, second));
        failed.registerClaim(venue, second);
        exits.startExitWithProof(proofOf(loser));
        advance(14 days + 1);
        exits.payExit(loser);
        assertEq(failed.distribute(venue, winner), 240e6, "its share, once");
    }

    function test_aDonationMovesNothing() public {
        fail();
        _leave(winner);
        _leave(second);
        exits.startExitWithProof(proofOf(loser));
        advance(14 days + 1);
        exits.payExit(loser);
        usdc.mint(pool, 1_000e6);
        assertEq(failed.distribute(venue, winner), 240e6, "what is counted is the book");
        assertEq(failed.distribute(venue, second), 160e6, "for everybody");
    }

    function test_tranches_theVenuesFirst_membersCapped_once() public {
        fillVenueTranche(100e6);
        _join(600e6);
        fail();
        assertEq(IFundCore(address(vault)).openMemberCaps(venue), 300e6, "half of the members' tranche stays");
        _leave(winner);
        _leave(second);
        exits.startExitWithProof(proofOf(loser));
        advance(14 days + 1);
        exits.payExit(loser);
        assertEq(failed.collectTranches(venue), 400e6, "100 and 300 of the 600 that lack");
        assertEq(fund.venueTranche(), 0, "the venue's first");
        assertEq(fund.memberTranche(), 300e6, "members' up to the cap");
        assertEq(IFundCore(address(vault)).openMemberCaps(venue), 0, "members are free");
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.NothingToDistribute.selector, venue));
        failed.collectTranches(venue);
        assertEq(failed.distribute(venue, winner), 480e6, "60% of 800");
        assertEq(failed.distribute(venue, second), 320e6, "40% of 800");
    }

    function test_tranches_payNoMoreThanIsRegistered() public {
        fillVenueTranche(5_000e6);
        _join(600e6);
        fail();
        _leave(second);
        advance(14 days + 1);
        assertEq(failed.collectTranches(venue), 400e6, "what one winner registered");
        assertEq(fund.memberTranche(), 600e6, "members pay nothing");
    }

    function test_tranches_withNobodyRegistered_freeTheMembers() public {
        _join(600e6);
        fail();
        advance(14 days + 1);
        assertEq(failed.collectTranches(venue), 0, "nothing due");
        assertEq(IFundCore(address(vault)).openMemberCaps(venue), 0, "members are free");
    }

    /// @dev The attack: settle a credit under the last root, and be paid whole ahead of everybody.
    function test_noCreditSettlesAheadOfTheOthers() public {
        fail();
        settle(1, loser);
        settle(1, winner);
        assertEq(usdc.balanceOf(winner), 0, "not ahead");
        assertEq(usdc.balanceOf(pool), 400e6, "a debit still comes in");
    }

    /// @dev The attack: take in kind what one is owed, then one's whole share of the cash.
    function test_inKindCountsAsAShare() public {
        deposit(loser, wbtc, 1e6);
        fail();
        _leave(winner);
        _leave(second);
        exits.startExitWithProof(proofOf(loser));
        advance(14 days + 1);
        exits.payExit(loser);
        payInKind(loser, wbtc);
        assertEq(settlement.inKind(venue, address(wbtc)).value, 600e6, "0.01 BTC");
        vm.prank(ownerOf(winner));
        settlement.claimInKind(venue, winner, address(wbtc), 600e6);
        assertEq(settlement.claims(venue, winner), 0, "600 of 600: the pool is whole");
        vm.expectPartialRevert(IFailedVenue.NothingToDistribute.selector);
        failed.distribute(venue, winner);
        assertEq(failed.distribute(venue, second), 400e6, "and the other has all of its own in cash");
    }

    function test_inKind_notBeforeTheWindowEnds_norPastTheShare() public {
        deposit(loser, wbtc, 1e5);
        fail();
        _leave(winner);
        _leave(second);
        exits.startExitWithProof(proofOf(loser));
        advance(8 days);
        payInKind(loser, wbtc);
        vm.prank(ownerOf(winner));
        vm.expectPartialRevert(IFailedVenue.ClaimWindow.selector);
        settlement.claimInKind(venue, winner, address(wbtc), 60e6);
        advance(7 days);
        vm.prank(ownerOf(winner));
        settlement.claimInKind(venue, winner, address(wbtc), 60e6);
        assertEq(settlement.claims(venue, winner), 600e6 - 36e6, "60% of what there is");
    }

    /// @dev A loser's default that was open when the venue failed ends with its exit, and members are not held by it.
    function test_openDefaults_endWithTheExit() public {
        deposit(loser, wbtc, 1e8);
        defaultLoser();
        fail();
        exits.startExitWithProof(proofOf(loser));
        assertEq(registry.venueOf(venue).openDefaults, 0, "ended");
        vm.expectPartialRevert(IExitDesk.AlreadyExiting.selector);
        exits.startExit(loser);
    }

    function _leave(address account) private {
        exits.startExitWithProof(proofOf(account));
        advance(1);
        exits.finishExit(account);
    }

    function _join(uint256 assets) private {
        IMemberSeries series = IMemberSeries(fund.series());
        usdc.mint(address(this), assets);
        usdc.approve(address(series), assets);
        series.deposit(assets, address(this));
    }

    function test_distribute_whereNobodyHasRegistered_paysNobody() public {
        fail();
        exitWithNewest(loser);
        payAsOwner(loser);
        advance(14 days + 1);
        assertEq(settlement.book(venue).pool, 400e6, "there is money");
        vm.expectRevert(abi.encodeWithSelector(IFailedVenue.NothingToDistribute.selector, venue));
        failed.distribute(venue, winner);
        assertEq(settlement.book(venue).pool, 400e6, "and it stays");
    }
}
