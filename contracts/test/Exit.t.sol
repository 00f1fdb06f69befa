// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IFundCore} from "../src/interfaces/IFundCore.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IExitDesk} from "../src/interfaces/IExitDesk.sol";
import {ICloseOut} from "../src/interfaces/ICloseOut.sol";
import {ILotDesk} from "../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../src/interfaces/ILotTaking.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {AccountProof, AccountStatus, RootPrices, VenueBook} from "../src/interfaces/Types.sol";
import {ExitScenario} from "./support/ExitScenario.sol";
import {FeeToken} from "./support/Tokens.sol";

/// @notice Door 4: release by time, exit, and what an exit pays.
contract ExitTest is ExitScenario {
    // -- asking ------------------------------------------------------------------------------------------------------

    function test_requestRelease_onlyTheOwner_once_andBack() public {
        vm.expectPartialRevert(ICollateralVault.NotTheOwner.selector);
        exits.requestRelease(loser);
        ask(loser);
        assertEq(statedOf(loser).freezeAt, clock + 3 days, "the policy's time is fixed when it is asked");
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.ReleasePending.selector, loser));
        exits.requestRelease(loser);
        vm.expectPartialRevert(ICollateralVault.NotTheOwner.selector);
        exits.cancelRelease(loser);
        vm.prank(ownerOf(loser));
        exits.cancelRelease(loser);
        assertEq(statedOf(loser).freezeAt, 0, "as if never asked");
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NoRelease.selector, loser));
        exits.cancelRelease(loser);
    }

    function test_requestAndCancel_notOnceAnExitHasBegun() public {
        runOut(loser);
        start(loser);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.AlreadyExiting.selector, loser));
        exits.cancelRelease(loser);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.AlreadyExiting.selector, loser));
        exits.requestRelease(loser);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.AlreadyExiting.selector, loser));
        exits.startExit(loser);
    }

    function test_mayExit_boundaries() public {
        assertEq(exits.mayExit(loser), 0, "no reason");
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotEntitled.selector, loser));
        exits.startExit(loser);
        ask(loser);
        advance(3 days);
        assertEq(exits.mayExit(loser), 0, "the venue's time includes its last second");
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.ReleasePending.selector, loser));
        exits.startExit(loser);
        advance(1);
        assertEq(exits.mayExit(loser), 2, "by time");
        leaveUnanswered(winner);
        assertEq(exits.mayExit(winner), 3, "unanswered");
        fail();
        assertEq(exits.mayExit(loser), 1, "failed");
        assertEq(exits.mayExit(second), 1, "failed for all");
    }

    // -- stating -----------------------------------------------------------------------------------------------------

    function test_startExit_withoutProof_isTheOwnersOrLate() public {
        runOut(winner);
        vm.expectPartialRevert(ICollateralVault.NotTheOwner.selector);
        exits.startExit(winner);
        start(winner);
        assertEq(statedOf(winner).challengeUntil, clock - 1 + 1 hours + 6 hours, "counted from when the last word can be had");
        assertEq(statedOf(winner).epoch, 0, "no leaf");
        fail();
        advance(14 days);
        vm.expectPartialRevert(ICollateralVault.NotTheOwner.selector);
        exits.startExit(second);
        advance(1);
        exits.startExit(second);
        assertEq(uint256(statusOf(second)), uint256(AccountStatus.EXITING), "anyone, once the claim window is over");
    }

    function test_startExitWithProof_conclusiveNeedsNoChallenge() public {
        book(300e6);
        deposit(loser, usdc, 1_000e6);
        postRoot();
        runOut(loser);
        AccountProof memory proof = proofOf(loser);
        // A heartbeat after the freeze nothing older can come any more, and not earlier.
        advance(1 hours - 1);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotConclusive.selector, 1));
        exits.startExitWithProof(proof);
        advance(1);
        vm.prank(stranger);
        exits.startExitWithProof(proof);
        assertEq(statedOf(loser).challengeUntil, clock, "over at once");
        assertEqInt(statedOf(loser).net, -300e6, "the leaf's N");
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.ChallengeOpen.selector, clock));
        exits.payExit(loser);
        advance(1);
        assertEq(exits.payExit(loser), 0, "paid");
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
        withdrawAll(loser, usdc);
    }

    function test_startExitWithProof_aLaterSnapshotIsConclusiveToo() public {
        book(300e6);
        postRoot();
        ask(loser);
        advance(3 days);
        settlement.checkpoint(venue);
        nextBlock();
        // Snapshotted at the freeze itself, posted after it: it counts.
        submit(headerOf(venue, uint64(height - 1), livePrices(venue), true), livePrices(venue), VENUE_KEY);
        postRoot();
        AccountProof memory proof = proofAt(venue, 3, 0);
        vm.expectPartialRevert(IExitDesk.AfterFreeze.selector);
        exits.startExitWithProof(proof);
        proof = proofAt(venue, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotConclusive.selector, 1));
        exits.startExitWithProof(proof);
        exits.startExitWithProof(proofAt(venue, 2, 0));
        assertEq(statedOf(loser).challengeUntil, clock, "the next root is from after the freeze");
    }

    function test_startExitWithProof_ofAnotherAccountOrNotPosted() public {
        book(300e6);
        postRoot();
        fail();
        AccountProof memory proof = proofOf(loser);
        proof.header.totalCredit += 1;
        vm.expectPartialRevert(IAttestationLog.NotPosted.selector);
        exits.startExitWithProof(proof);
        proof = proofOf(loser);
        proof.leaf.account = winner;
        vm.expectPartialRevert(IAttestationLog.LeafOfAnotherAccount.selector);
        exits.startExitWithProof(proof);
    }

    /// @dev The attack: a flat root of long ago, from before the loss.
    function test_oldFlatRoot_isReplacedByTheNewest() public {
        deposit(loser, usdc, 1_000e6);
        postRoot();
        book(700e6);
        postRoot();
        fail();
        startAt(loser, 1);
        assertEq(exits.exitOwed(loser), 0, "the old root says that nothing is owed");
        challenge(loser, 2);
        assertEq(exits.exitOwed(loser), 700e6, "the newest does");
        AccountProof memory again = proofOf(loser);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.ChallengeOver.selector, clock));
        exits.challengeExit(again);
        advance(1);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 700e6));
        exits.finishExit(loser);
    }

    function test_oldFlatRoot_overtakenBySettlement() public {
        deposit(loser, usdc, 1_000e6);
        postRoot();
        book(700e6);
        postRoot();
        advance(31 minutes);
        settle(2, loser);
        postRoot();
        fail();
        AccountProof memory proof = proofAt(venue, 1, 0);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotNewer.selector, 2, 1));
        exits.startExitWithProof(proof);
    }

    function test_challenge_eitherWay_newerOnly_andItsEnd() public {
        postRoot();
        setNet(winner, 100e6);
        setNet(loser, -100e6);
        postRoot();
        setNet(winner, 40e6);
        setNet(loser, -40e6);
        postRoot();
        fail();
        start(winner);
        challenge(winner, 2);
        assertEqInt(statedOf(winner).net, 100e6, "for the owner");
        AccountProof memory other = proofAt(venue, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotNewer.selector, 2, 1));
        exits.challengeExit(other);
        challenge(winner, 3);
        assertEqInt(statedOf(winner).net, 40e6, "against the owner");
        other = proofOf(loser);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotExiting.selector, loser));
        exits.challengeExit(other);
    }

    function test_challenge_secondHalfIsForTheLastWord() public {
        postRoot();
        setNet(winner, 100e6);
        setNet(loser, -100e6);
        postRoot();
        setNet(winner, 40e6);
        setNet(loser, -40e6);
        postRoot();
        fail();
        start(winner);
        uint256 until = statedOf(winner).challengeUntil;
        advance(3 hours - 1);
        challenge(winner, 1);
        advance(1);
        AccountProof memory proof = proofAt(venue, 2, 1);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotConclusive.selector, 2));
        exits.challengeExit(proof);
        assertEq(statedOf(winner).challengeUntil, until, "no replacement lengthens it");
        proof = proofOf(winner);
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.ChallengeOver.selector, until));
        exits.challengeExit(proof);
        vm.warp(until - 1);
        exits.challengeExit(proof);
        assertEqInt(statedOf(winner).net, 40e6, "the last word");
    }

    function test_challenge_byManyReplacements_winsNoTime() public {
        for (uint256 i; i < 12; ++i) {
            postRoot();
        }
        fail();
        start(winner);
        uint256 until = statedOf(winner).challengeUntil;
        for (uint256 i = 1; i < 12; ++i) {
            challenge(winner, i);
        }
        assertEq(statedOf(winner).challengeUntil, until, "eleven replacements, the same end");
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.ChallengeOpen.selector, until));
        exits.finishExit(winner);
        vm.warp(until + 1);
        exits.finishExit(winner);
    }

    function test_withheldProof_exitWithAnOlderOne() public {
        setNet(winner, 100e6);
        setNet(loser, -100e6);
        postRoot();
        postRoot();
        fail();
        startAt(winner, 1);
        advance(6 hours + 1);
        exits.finishExit(winner);
        assertEq(settlement.claims(venue, winner), 100e6, "nobody brought the newer one");
    }

    // -- paying ------------------------------------------------------------------------------------------------------

    function test_payExit_withinTheDailyCap_unlessTheOwnerCalls() public {
        address capped = pledgeCapped(0xCA9, 100e6);
        deposit(capped, usdc, 1_000e6);
        setNet(capped, -700e6);
        setNet(winner, 700e6);
        postRoot();
        fail();
        exitWithNewest(capped);
        assertEq(exits.payExit(capped), 600e6, "a day's cap");
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, capped, 600e6));
        exits.payExit(capped);
        advance(1 days);
        assertEq(exits.payExit(capped), 500e6, "another day's");
        assertEq(payAsOwner(capped), 0, "its owner pays the rest at once");
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NothingOwed.selector, capped));
        exits.payExit(capped);
        assertEq(usdc.balanceOf(capped), 300e6, "and no unit more");
    }

    function test_payExitFor_fromAnotherPocket() public {
        book(700e6);
        postRoot();
        fail();
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotExiting.selector, loser));
        exits.payExitFor(loser, 1);
        exitWithNewest(loser);
        usdc.mint(stranger, 1_000e6);
        vm.prank(stranger);
        usdc.approve(address(vault), 1_000e6);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NothingOwed.selector, loser));
        exits.payExitFor(loser, 0);
        vm.prank(stranger);
        exits.payExitFor(loser, 200e6);
        assertEq(exits.exitOwed(loser), 500e6, "so much less");
        vm.prank(stranger);
        exits.payExitFor(loser, 1_000e6);
        assertEq(usdc.balanceOf(stranger), 300e6, "no more than is owed");
        assertEqInt(settledOf(loser), -700e6, "as if the account had paid");
        exits.finishExit(loser);
        assertEq(usdc.balanceOf(pool), 700e6, "in the pool");
    }

    function test_payExitInKind_atTheRootsPrice_afterSevenDays() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        postRoot();
        fail();
        exitWithNewest(loser);
        setPrice(btcFeed, 1);
        uint256 from = statedOf(loser).challengeUntil + 7 days;
        AccountProof memory proof = proofOf(loser);
        vm.warp(from);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.TooEarlyInKind.selector, from));
        exits.payExitInKind(proof, address(wbtc));
        vm.warp(from + 1);
        proof.prices.collateral[1] *= 2;
        vm.expectPartialRevert(IAttestationLog.PricesNotOfRoot.selector);
        exits.payExitInKind(proof, address(wbtc));
        proof = proofOf(loser);
        vm.expectPartialRevert(ICollateralVault.NotAccepted.selector);
        exits.payExitInKind(proof, address(this));
        exits.payExitInKind(proof, address(wbtc));
        uint256 amount = (uint256(700e6) * 1e18 + BTC_PRICE - 1) / BTC_PRICE;
        assertEq(wbtc.balanceOf(pool), amount, "what 700 is worth, rounded up");
        assertEq(settlement.inKind(venue, address(wbtc)).value, 700e6, "at the root's price");
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NothingOwed.selector, loser));
        exits.payExitInKind(proof, address(wbtc));
        exits.finishExit(loser);
        withdrawAll(loser, wbtc);
    }

    function test_payExitInKind_onlyOfTheExitsOwnRoot() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        postRoot();
        runOut(loser);
        advance(1 hours);
        exitWithNewest(loser);
        setPrice(btcFeed, 30_000e8);
        postRoot();
        advance(7 days);
        AccountProof memory later = proofOf(loser);
        vm.expectPartialRevert(IAttestationLog.NotPosted.selector);
        exits.payExitInKind(later, address(wbtc));
        exits.payExitInKind(proofAt(venue, 1, 0), address(wbtc));
        assertEq(exits.exitOwed(loser), 0, "paid at the price of its own root");
    }

    function test_exitAlwaysOpen_whereTheRootHasTooFewPrices() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        RootPrices memory prices = livePrices(venue);
        uint128 first = prices.collateral[0];
        prices.collateral = new uint128[](1);
        prices.collateral[0] = first;
        postRoot(venue, VENUE_KEY, prices, true);
        fail();
        exitWithNewest(loser);
        vm.warp(statedOf(loser).challengeUntil + 7 days + 1);
        AccountProof memory proof = proofOf(loser);
        vm.mockCallRevert(address(usdc), abi.encodeWithSelector(IERC20.transfer.selector), "refused");
        vm.expectPartialRevert(IExitDesk.StillOwed.selector);
        exits.finishExit(loser);
        vm.startPrank(ownerOf(loser));
        exits.payExitInKind(proof, address(wbtc));
        exits.payExitInKind(proof, address(usdc));
        vm.stopPrank();
        exits.finishExit(loser);
        assertTrue(isFree(loser), "the settlement asset refuses, and of the other there is no price: neither holds it");
        assertEq(wbtc.balanceOf(loser), 1e8, "and what has no price is not taken");
    }

    // -- ending ------------------------------------------------------------------------------------------------------

    /// @dev The design's example: W1 +600, W2 +400, D -1000; base and pool step by step.
    function test_workedExample_ofARelease() public {
        deposit(loser, usdc, 700e6);
        fillVenueTranche(200e6);
        setNet(loser, -1_000e6);
        setNet(winner, 600e6);
        setNet(second, 400e6);
        postRoot();
        ask(winner);
        runOut(loser);
        advance(1 hours);
        exitWithNewest(loser);
        exitWithNewest(winner);
        assertEqInt(settlement.base(venue), 0, "nothing has moved");
        assertEq(exits.payExit(loser), 300e6, "what it has");
        assertEqInt(settlement.base(venue), 0, "pool up, settled down");
        exits.finishExit(loser);
        VenueBook memory entry = settlement.book(venue);
        assertEq(entry.pool, 900e6, "700 of the account, 200 of the venue's tranche");
        assertEq(entry.shortfalls, 100e6, "and 100 of nobody");
        assertEqInt(settlement.base(venue), 900e6, "what credits may come to now");
        exits.finishExit(winner);
        assertEqInt(settlement.base(venue), 300e6, "the winner's claim is out of it");
        vm.expectPartialRevert(ISettlementPool.OlderThanShortfall.selector);
        settlement.claim(venue, winner);
        clearLeaf(venue, 0);
        clearLeaf(venue, 1);
        setNet(second, 300e6 + 1);
        settlement.checkpoint(venue);
        nextBlock();
        vm.expectPartialRevert(IAttestationLog.CreditsUncovered.selector);
        this.postHeader();
        setNet(second, 300e6);
        postRoot();
        settlement.claim(venue, winner);
        assertEq(usdc.balanceOf(winner), 600e6, "paid under a root that saw the shortfall");
    }

    function postHeader() external {
        submit(headerOf(venue, uint64(height - 1), livePrices(venue), true), livePrices(venue), VENUE_KEY);
    }

    function test_finishExit_notWhileSomethingCouldPay() public {
        deposit(loser, usdc, 100e6);
        deposit(loser, wbtc, 1e5);
        book(700e6);
        postRoot();
        fail();
        exitWithNewest(loser);
        exits.payExit(loser);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 600e6));
        exits.finishExit(loser);
        advance(7 days);
        payInKind(loser, wbtc);
        // Dust that anybody sends afterwards does not hold it.
        deposit(loser, wbtc, 1);
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
        assertEq(settlement.book(venue).shortfalls, 600e6 - 60e6, "the rest is written off, tiers untouched");
    }

    function test_finishExit_dustIsWorthNothing_andDoesNotHold() public {
        deposit(loser, weth, 1);
        book(700e6);
        postRoot();
        fail();
        exitWithNewest(loser);
        advance(7 days);
        payInKind(loser, weth);
        assertEq(weth.balanceOf(loser), 1, "not taken for nothing");
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
    }

    function test_finishExit_winnersOwingBecomesAClaim() public {
        book(700e6);
        postRoot();
        runOut(winner);
        advance(1 hours);
        exitWithNewest(winner);
        exits.finishExit(winner);
        assertEq(settlement.claims(venue, winner), 700e6, "a claim");
        assertEqInt(settlement.base(venue), -700e6, "out of the base");
    }

    // -- from any state ----------------------------------------------------------------------------------------------

    /// @dev A hostage held by a requirement that nobody can meet.
    function test_reportsLockNeverTake_hugeRequirement() public {
        deposit(loser, usdc, 1_000e6);
        setMargin(loser, type(uint96).max, type(uint96).max);
        postRoot();
        defaults.callMargin(proofOf(loser));
        runOut(loser);
        advance(1 hours);
        exitWithNewest(loser);
        exits.finishExit(loser);
        assertEq(usdc.balanceOf(loser), 1_000e6, "no unit went");
        withdrawAll(loser, usdc);
    }

    function test_fromClosingOut_lotsCloseAndTheDefaultEnds() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        ask(loser);
        uint256 lot = defaultLoser();
        assertEq(registry.venueOf(venue).openDefaults, 1, "open");
        assertTrue(auction.lotOf(lot).amount != 0, "on sale");
        advance(3 days + 1 hours);
        exitWithNewest(loser);
        assertEq(registry.venueOf(venue).openDefaults, 0, "ended");
        assertEq(IFundCore(address(vault)).openMemberCaps(venue), 0, "nothing reserved");
        (, , uint256 live) = auction.liveLots(0, 10);
        assertEq(live, 0, "off sale");
        assertEq(exits.exitOwed(loser), 700e6, "what the newest leaf says");
        vm.prank(ownerOf(loser));
        auction.startExit(loser, address(wbtc));
        advance(5 minutes);
        usdc.mint(address(this), 1e12);
        usdc.approve(address(vault), type(uint256).max);
        auction.take(lot, type(uint128).max, type(uint256).max, address(this), "");
        assertEq(exits.exitOwed(loser), 0, "sold just what is owed, and paid in the same call");
        exits.finishExit(loser);
        withdrawAll(loser, wbtc);
    }

    function test_fromLossFixed_theFixedNetStands() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        ask(loser);
        defaultLoser();
        fileReport(loser, -650e6);
        advance(31 minutes);
        closeOut.fixLoss(loser);
        advance(3 days);
        exits.startExit(loser);
        assertEqInt(statedOf(loser).net, -650e6, "what the close-out fixed");
        assertEq(statedOf(loser).epoch, type(uint32).max, "no leaf's");
        assertEq(settlement.book(venue).lastShortfallBlock, 0, "with a report there is nothing beyond");
        AccountProof memory proof = proofOf(loser);
        vm.expectPartialRevert(IExitDesk.ChallengeOver.selector);
        exits.challengeExit(proof);
        assertEq(registry.venueOf(venue).openDefaults, 0, "ended");
        advance(1);
        usdc.mint(loser, 650e6);
        assertEq(exits.payExit(loser), 0, "paid");
        exits.finishExit(loser);
        withdrawAll(loser, wbtc);
    }

    /// @dev What the newest root says beyond the loss is in no account, and no resolution draws the venue's tranche for it any more.
    function test_fromLossFixed_withoutAReport_whatIsBeyondItHasToBeCut() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        ask(loser);
        defaultLoser();
        advance(4 hours);
        book(1_000e6);
        postRoot();
        closeOut.fixLossWithoutReport(proofOf(loser));
        advance(3 days);
        assertEq(settlement.book(venue).lastShortfallBlock, 0, "nothing was short");
        exits.startExit(loser);
        assertEqInt(statedOf(loser).net, -700e6, "what was proven when it defaulted");
        assertEq(settlement.book(venue).lastShortfallBlock, height, "a root from before pays nobody");
        advance(1);
        usdc.mint(loser, 700e6);
        exits.payExit(loser);
        settle(roots[venue].length, winner);
        assertEq(usdc.balanceOf(winner), 0, "of what came in neither");
    }

    function test_withOpenAuctions_finishTakesThemOffSale() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        postRoot();
        fail();
        exitWithNewest(loser);
        feedsFollow = true;
        refreshFeeds();
        vm.prank(ownerOf(loser));
        uint256 lot = auction.startExit(loser, address(wbtc));
        usdc.mint(loser, 700e6);
        exits.payExit(loser);
        exits.finishExit(loser);
        (, , uint256 live) = auction.liveLots(0, 10);
        assertEq(live, 0, "none outlives the pledge");
        vm.expectRevert();
        auction.lotOf(lot);
        withdrawAll(loser, wbtc);
    }

    // -- sales and payments that are refused -------------------------------------------------------------------------

    function test_startExit_ofALot_onlyOfAnExit_afterItsChallenge() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.NotForSale.selector, loser, address(wbtc)));
        auction.startExit(loser, address(wbtc));
        fail();
        exits.startExitWithProof(proofOf(loser));
        uint256 until = statedOf(loser).challengeUntil;
        feedsFollow = true;
        refreshFeeds();
        vm.warp(until);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.SaleTooEarly.selector, until));
        auction.startExit(loser, address(wbtc));
        vm.warp(until + 1);
        vm.prank(ownerOf(loser));
        auction.startExit(loser, address(wbtc));
    }

    function test_payExitFor_withATokenThatKeepsAShare() public {
        book(700e6);
        postRoot();
        fail();
        exitWithNewest(loser);
        vm.etch(address(usdc), address(new FeeToken(6, 0)).code);
        FeeToken(address(usdc)).setFee(100);
        usdc.mint(stranger, 700e6);
        vm.prank(stranger);
        usdc.approve(address(vault), 700e6);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(usdc), 700e6, 693e6));
        exits.payExitFor(loser, 700e6);
        assertEq(exits.exitOwed(loser), 700e6, "all of it is still owed");
        assertEq(usdc.balanceOf(stranger), 700e6, "and nothing was taken");
    }

    function test_payExitInKind_takesTheAssetOffSale() public {
        deposit(loser, wbtc, 1e8);
        book(700e6);
        postRoot();
        fail();
        exitWithNewest(loser);
        feedsFollow = true;
        refreshFeeds();
        vm.prank(ownerOf(loser));
        uint256 lot = auction.startExit(loser, address(wbtc));
        assertEq(auction.lotOf(lot).amount, 1e8, "on sale");
        advance(7 days + 1);
        payInKind(loser, wbtc);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.UnknownLot.selector, lot));
        auction.lotOf(lot);
        assertEq(exits.exitOwed(loser), 0, "paid in kind");
        exits.finishExit(loser);
        assertTrue(isFree(loser), "and out");
    }

    function test_anyonesPayments_ofACappedAccount_stopAtTheCap() public {
        address capped = pledgeCapped(0xCA9, 100e6);
        deposit(capped, usdc, 100e6);
        deposit(capped, wbtc, 1e8);
        setNet(capped, -700e6);
        setNet(winner, 700e6);
        postRoot();
        fail();
        exitWithNewest(capped);
        feedsFollow = true;
        advance(7 days + 1);
        vm.prank(stranger);
        exits.payExit(capped);
        assertEq(exits.exitOwed(capped), 600e6, "the day's cap, by anybody's hand");
        AccountProof memory proof = proofOf(capped);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.DebitCapReached.selector, capped, 600e6));
        exits.payExitInKind(proof, address(wbtc));
        vm.prank(stranger);
        uint256 lot = auction.startExit(capped, address(wbtc));
        usdc.mint(address(this), 1e12);
        usdc.approve(address(vault), type(uint256).max);
        (, uint256 paid) = auction.take(lot, 1e5, type(uint256).max, address(this), "");
        assertTrue(paid != 0, "it sells");
        assertEq(usdc.balanceOf(capped), paid, "and what it brings in waits in the account");
        assertEq(exits.exitOwed(capped), 600e6, "until another day");
    }

    // -- disputes ----------------------------------------------------------------------------------------------------

    function test_dispute_escrowsTheSum_untilItEnds() public {
        deposit(loser, usdc, 1_000e6);
        disputeBeyond(200e6, 700e6);
        fail();
        exitWithNewest(loser);
        assertEq(exits.exitOwed(loser), 200e6, "the undisputed part");
        exits.payExit(loser);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.DisputedSum.selector, loser));
        exits.finishExit(loser);
        lapse();
        exits.finishExit(loser);
        assertEq(usdc.balanceOf(loser), 800e6, "lapsed for the owner");
    }

    function test_dispute_confirmed_isPaid() public {
        deposit(loser, usdc, 1_000e6);
        disputeBeyond(200e6, 700e6);
        fail();
        exitWithNewest(loser);
        exits.payExit(loser);
        confirm(-700e6);
        assertEq(exits.exitOwed(loser), 500e6, "the cap fell to what was confirmed");
    }

    // -- time --------------------------------------------------------------------------------------------------------

    function test_pauseHoldsNothingUp() public {
        deposit(loser, usdc, 1_000e6);
        book(300e6);
        postRoot();
        ask(loser);
        advance(3 days - 1);
        vm.prank(vm.addr(GUARDIAN_KEY));
        states.pause(venue);
        advance(1 hours + 2);
        exitWithNewest(loser);
        exits.payExit(loser);
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out in the midst of a pause");
    }

    function test_settlement_notUnderARootFromAfterTheFreeze() public {
        deposit(loser, usdc, 1_000e6);
        book(300e6);
        ask(loser);
        advance(3 days);
        postRoot();
        nextBlock();
        postRoot();
        advance(31 minutes);
        settle(2, loser);
        assertEqInt(settledOf(loser), 0, "frozen");
        settle(1, loser);
        assertEqInt(settledOf(loser), -300e6, "the root of the freeze's own second still settles");
    }

    function test_owedAuction_notUnderARootFromAfterTheFreeze() public {
        deposit(loser, wbtc, 1e7);
        book(300e6);
        ask(loser);
        advance(3 days + 1);
        postRoot();
        advance(41 minutes);
        AccountProof memory proof = proofOf(loser);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.RootAfterFreeze.selector, 1));
        auction.startOwed(proof, proof, address(wbtc));
    }

    function test_stateDiesWithThePledge() public {
        deposit(loser, usdc, 1_000e6);
        runOut(loser);
        start(loser);
        advance(8 hours);
        exits.finishExit(loser);
        postRoot();
        pledgeAgain(loser, venue, VENUE_KEY);
        assertEq(exits.mayExit(loser), 0, "a new pledge, a new release");
        assertEq(statedOf(loser).challengeUntil, 0, "nothing of the old exit");
        postRoot();
        AccountProof memory old = proofOf(loser);
        old.leaf.index = 0;
        fail();
        vm.expectPartialRevert(IAttestationLog.LeafOfAnotherAccount.selector);
        exits.startExitWithProof(old);
    }
}
