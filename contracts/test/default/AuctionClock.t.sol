// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {AccountProof, AccountStatus} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";
import {TestFeed} from "../support/TestFeed.sol";

/// @notice `auctionBounded`: what an auction's price does when time itself does not behave: pauses, outages of the sequencer, dead feeds.
contract AuctionClockTest is DefaultScenario {
    uint256 private constant START = (BTC_PRICE * 11) / 10;
    uint256 private constant FLOOR = (BTC_PRICE * 7) / 10;

    TestFeed private sequencer;
    uint256 private lot;

    function setUp() public override {
        sequencer = new TestFeed(0, 0, 1_700_000_000);
        sequencerFeed = address(sequencer);
        super.setUp();
        makePair(0, 1e8);
        fillFund(1_000e6, 1_000e6, address(0x3E3BE4));
        bookLoss(20_000e6);
        setMargin(debtor, 60_000e6, 0);
    }

    // -- pauses --------------------------------------------------------------------------------------------------------

    function test_auctionBounded_thePriceStandsStill_duringAPauseOnly() public {
        _startLot();
        advance(5 minutes);
        uint256 price = _price();
        _pause();
        for (uint256 i; i < 4; ++i) {
            assertEq(_price(), price, "still");
            _expectTake(abi.encodeWithSelector(ICollateralVault.Paused.selector, venue, clock + (4 - i) * 6 hours));
            vm.expectRevert(abi.encodeWithSelector(ICollateralVault.Paused.selector, venue, clock + (4 - i) * 6 hours));
            auction.reset(lot);
            advance(6 hours);
        }
        assertEq(_price(), price, "it goes on from where it stood");
        advance(5 minutes);
        assertEq(_price(), (START + FLOOR) / 2, "half way, after ten minutes without the pause");
        advance(10 minutes);
        assertEq(_price(), FLOOR, "the floor after twenty");
    }

    function test_auctionBounded_theCureStandsStill_duringAPause() public {
        callDebtor();
        uint40 deadline = caseOf(debtor).time;
        advance(10 minutes);
        _pause();
        advance(1 days);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, deadline));
        defaults.declareDefault(proof, address(0));
        advance(21 minutes);
        defaults.declareDefault(proofOf(debtor), address(0));
        assertStatus(debtor, AccountStatus.CLOSING_OUT, "the rest of its window later");
    }

    function test_quote_forALaterTime_knowsThePresentPause() public {
        _startLot();
        advance(5 minutes);
        _pause();
        advance(6 hours);
        (uint256 price, ) = auction.quote(lot, clock + 18 hours + 5 minutes);
        advance(18 hours + 5 minutes);
        assertEq(_price(), price, "a quote is what a take executes");
        assertEq(price, (START + FLOOR) / 2, "half way");
    }

    function test_quote_forATimeBeforeAllPauses_isTheStart() public {
        _startLot();
        _pause();
        advance(8 days + 1);
        _pause();
        (uint256 price, ) = auction.quote(lot, 0);
        assertEq(price, START, "no earlier price was higher");
    }

    // -- the sequencer -------------------------------------------------------------------------------------------------

    function test_auctionBounded_anOutage_restartsTheRun() public {
        _startLot();
        advance(5 minutes);
        sequencer.set(1, clock);
        advance(5 minutes);
        _expectTake(abi.encodeWithSelector(ICollateralVault.SequencerDown.selector));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.SequencerDown.selector));
        auction.reset(lot);
        sequencer.set(0, clock);
        _expectTake(abi.encodeWithSelector(ILotTaking.RunInterrupted.selector, lot, clock));
        advance(1 minutes);
        setPrice(btcFeed, 50_000e8);
        auction.reset(lot);
        assertEq(auction.lotOf(lot).resets, 0, "not counted: nobody could bid");
        assertEq(_price(), (uint256(50_000e6) * 1e10 * 11) / 10, "from the start, at the price of now");
        buy(lot, 1e7);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.RunNotOver.selector, lot));
        auction.reset(lot);
    }

    function test_auctionBounded_anOutageInTheLastRun_keepsTheLotFromTheFund() public {
        _startLot();
        _toTheLastRun();
        advance(1 minutes);
        sequencer.set(1, clock);
        advance(1 hours);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.SequencerDown.selector));
        auction.sellToFund(lot);
        sequencer.set(0, clock);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.RunInterrupted.selector, lot, clock));
        auction.sellToFund(lot);
        auction.reset(lot);
        advance(21 minutes);
        auction.sellToFund(lot);
        assertTrue(fund.venueTranche() < 1e3, "bought at the floor, once bidders had had a whole run");
    }

    function test_auctionBounded_anOutageInTheLastRun_keepsTheLotFromThePool() public {
        _startLot();
        fixDebtor(-20_000e6);
        vm.prank(address(vault));
        fund.payFromVenueTranche(1_000e6, address(1));
        _toTheLastRun();
        advance(1 minutes);
        sequencer.set(0, clock);
        advance(1 hours);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.RunInterrupted.selector, lot, clock - 1 hours));
        auction.passInKind(lot);
        auction.reset(lot);
        advance(21 minutes);
        auction.passInKind(lot);
        assertEq(settlement.inKind(venue, address(wbtc)).value, 20_000e6, "at the floor, once bidders had had a whole run");
    }

    function test_auctionBounded_anOutageBeforeTheRun_changesNothing() public {
        sequencer.set(0, clock);
        _startLot();
        buy(lot, 1e7);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.RunNotOver.selector, lot));
        auction.reset(lot);
    }

    /// @dev On the venue's clock a pause takes no time. Counting it as the sequencer's would hide the outage before it.
    function test_auctionBounded_anOutage_isSeen_whenAPauseFollows() public {
        _startLot();
        advance(2 minutes);
        sequencer.set(1, clock);
        advance(6 minutes);
        sequencer.set(0, clock);
        uint256 upSince = clock;
        _pause();
        advance(1 days);
        _expectTake(abi.encodeWithSelector(ILotTaking.RunInterrupted.selector, lot, upSince));
        auction.reset(lot);
        assertEq(_price(), START, "the price that fell while nobody could bid is gone");
    }

    function test_declareDefault_givesTheWholeWindow_afterAnOutage() public {
        callDebtor();
        advance(10 minutes);
        sequencer.set(1, clock);
        advance(10 minutes);
        sequencer.set(0, clock);
        uint40 until = uint40(clock + 30 minutes);
        advance(15 minutes);
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, until));
        advance(until + 1 - clock);
        defaults.declareDefault(proofOf(debtor), address(0));
    }

    function test_declareDefault_givesTheWholeWindow_afterAnOutage_whenAPauseFollows() public {
        callDebtor();
        advance(10 minutes);
        sequencer.set(1, clock);
        advance(10 minutes);
        sequencer.set(0, clock);
        uint40 until = uint40(clock + 30 minutes);
        _pause();
        advance(1 days + 15 minutes);
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, until));
    }

    // -- dead feeds ----------------------------------------------------------------------------------------------------

    function test_reset_startsFromTheLastFloor_onlyAfterFeedLimit_withoutAFeed() public {
        _startLot();
        _killFeed();
        advance(20 minutes + 1 hours);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        auction.reset(lot);
        advance(1);
        auction.reset(lot);
        assertLe(_price(), FLOOR, "from the last floor");
        assertGe(_price(), FLOOR - 2, "and from no less");
        assertEq(auction.lotOf(lot).resets, 1, "a run like any other");
        uint256 second = _price();
        advance(20 minutes + 1 hours + 1);
        auction.reset(lot);
        assertLe(_price(), (second * 7) / 11 + 2, "and lower again");
        advance(20 minutes + 1 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.NoResetsLeft.selector, lot));
        auction.reset(lot);
        auction.sellToFund(lot);
        assertLe(fund.venueTranche(), FLOOR / 1e18, "every auction ends, without a feed too");
    }

    function test_reset_takesTheFreshPrice_whenTheFeedIsBackInTime() public {
        _startLot();
        _killFeed();
        advance(2 hours);
        feedsFollow = true;
        btcFeed.set(70_000e8, clock);
        usdcFeed.set(1e8, clock);
        auction.reset(lot);
        assertEq(_price(), (uint256(70_000e6) * 1e10 * 11) / 10, "a feed that lives again is asked first");
    }

    // -- fuzzed --------------------------------------------------------------------------------------------------------

    /// @notice Any interleaving of time, one pause, outages and resets.
    /// hardhat-config: fuzz.runs = 64
    function testFuzz_auctionBounded(uint256 seed) public {
        _startLot();
        uint256 last = _price();
        uint256 pausedUntil;
        for (uint256 i; i < 24; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            bool standing = clock < pausedUntil;
            uint256 step = bound(word >> 8, 1, 8 minutes);
            advance(step);
            uint256 price = _price();
            assertLe(price, last, "never rises within a run");
            if (standing && clock <= pausedUntil) assertEq(price, last, "stands still in a pause");
            _assertWithin(price);
            last = price;
            if (word % 16 == 0 && pausedUntil == 0) {
                _pause();
                pausedUntil = clock + 1 days;
            } else if (word % 16 == 1) {
                sequencer.set(0, clock);
            } else if (word % 16 == 2 && pausedUntil != 0 && clock < pausedUntil) {
                advance(pausedUntil - clock);
                assertEq(_price(), last, "the pause took no time");
            } else if (word % 4 == 3) {
                setPrice(btcFeed, int256(bound(word >> 64, 1_000e8, 200_000e8)));
                uint8 resets = auction.lotOf(lot).resets;
                (bool ok, ) = address(auction).call(abi.encodeCall(ILotDesk.reset, (lot)));
                if (ok) last = type(uint256).max;
                assertLe(auction.lotOf(lot).resets, Math.min(resets + 1, 2), "bounded resets");
            }
        }
    }

    /// @notice What is quoted beforehand, across a pause or not, is what a take then executes, to the unit.
    /// hardhat-config: fuzz.runs = 128
    function testFuzz_quote_equalsExecution(uint256 before, uint256 within, uint256 later, uint256 amount, bool paused) public {
        _startLot();
        advance(bound(before, 1, 15 minutes));
        uint256 wait = bound(later, 1, 30 minutes);
        if (paused) {
            _pause();
            uint256 passed = bound(within, 1, 1 days - 1);
            advance(passed);
            wait += 1 days - passed;
        }
        (uint256 price, uint256 available) = auction.quote(lot, clock + wait);
        advance(wait);
        amount = bound(amount, 1, 2e8);
        (uint256 taken, uint256 paid) = buy(lot, amount);
        assertEq(paid, Math.mulDiv(taken, price, 1e18, Math.Rounding.Ceil), "the quoted price");
        if (amount >= available) assertEq(taken, available, "what was quoted");
        else assertLe(taken, available, "no more than was quoted");
    }

    /// @dev Two runs without a bidder, and the beginning of the third.
    function _toTheLastRun() private {
        for (uint256 i; i < 2; ++i) {
            advance(21 minutes);
            auction.reset(lot);
        }
    }

    function _startLot() private {
        lot = defaultDebtor(address(wbtc));
    }

    function _price() private view returns (uint256 price) {
        (price, ) = auction.quote(lot, clock);
    }

    function _pause() private {
        vm.prank(vm.addr(GUARDIAN_KEY));
        states.pause(venue);
    }

    function _killFeed() private {
        feedsFollow = false;
        btcFeed.set(-1, 0);
    }

    function _assertWithin(uint256 price) private view {
        uint256 oracle = auction.lotOf(lot).price;
        assertLe(price, (oracle * 11 + 9) / 10, "at most the start");
        assertGe(price, (oracle * 7) / 10, "at least the floor");
    }

    function _expectTake(bytes memory reason) private {
        vm.expectRevert(reason);
        auction.take(lot, 1e6, type(uint256).max, address(this), "");
    }

    function _expectNoDefault(bytes memory reason) private {
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(reason);
        defaults.declareDefault(proof, address(0));
    }
}
