// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {FeeToken} from "../support/Tokens.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice The price's curve, what is for sale, and how every lot ends.
contract AuctionTest is DefaultScenario {
    uint256 private constant LOSS = 20_000e6;
    /// @dev The loss, the flat reward and the penalty of 5%.
    uint256 private constant NEED = LOSS + 50e6 + 1_000e6;
    uint256 private constant START = (BTC_PRICE * 11) / 10;
    uint256 private constant FLOOR = (BTC_PRICE * 7) / 10;
    uint256 private constant MIN_LOT = 10e6;

    uint256 private lot;

    function setUp() public override {
        super.setUp();
        makePair(0, 1e8);
        fillFund(0, 5_000e6, address(0x3E3BE4));
        bookLoss(LOSS);
        setMargin(debtor, 60_000e6, 0);
        lot = defaultDebtor(address(wbtc));
    }

    // -- price ---------------------------------------------------------------------------------------------------------

    function test_quote_fallsFromStartToFloor_andStandsThere() public view {
        _assertPrice(0, START, "start");
        _assertPrice(5 minutes, START - (START - FLOOR) / 4, "a quarter of the way");
        _assertPrice(10 minutes, (START + FLOOR) / 2, "half way");
        _assertPrice(20 minutes, FLOOR, "floor");
        _assertPrice(20 days, FLOOR, "still the floor");
    }

    function testFuzz_quote_isBoundedAndNeverRises(uint256 earlier, uint256 later) public view {
        later = bound(later, 0, 2 hours);
        earlier = bound(earlier, 0, later);
        (uint256 before, ) = auction.quote(lot, clock + earlier);
        (uint256 price, ) = auction.quote(lot, clock + later);
        assertLe(price, before, "never rises within a run");
        assertLe(before, START, "at most the start");
        assertGe(price, FLOOR, "at least the floor");
    }

    function test_quote_isTheStartPrice_whenAskedForATimeBeforeTheRun() public view {
        (uint256 price, ) = auction.quote(lot, 0);
        assertEq(price, START, "no time before the start has another price");
    }

    function test_quote_readsNoFeed_duringARun() public {
        feedsFollow = false;
        btcFeed.set(-1, 0);
        advance(10 minutes);
        (, uint256 paid) = buyAll(lot);
        assertGe(usdc.balanceOf(debtor), paid, "a dead feed stops no take");
    }

    function test_start_pricesAtOneUnitAtLeast_whenTheAssetIsWorthless() public {
        deposit(debtor, weth, 1e18);
        setPrice(ethFeed, 1);
        uint256 worthless = auction.start(debtor, address(weth));
        (uint256 price, uint256 available) = auction.quote(worthless, clock);
        assertEq(price, 2, "a tenth above one unit, rounded up");
        (uint256 floor, ) = auction.quote(worthless, clock + 20 minutes);
        assertEq(floor, 1, "a lot is never priced at nothing");
        assertEq(available, 1e18, "all of it is for sale");
        buyAll(worthless);
        assertEq(weth.balanceOf(debtor), 0, "and can be taken away");
    }

    // -- what is for sale ------------------------------------------------------------------------------------------------

    function testFuzz_quote_equalsTake_toTheUnit(uint256 after_, uint256 asked) public {
        advance(bound(after_, 1, 1 hours));
        asked = bound(asked, 1, 2e8);
        (uint256 price, uint256 available) = auction.quote(lot, clock);
        uint256 need = defaults.need(debtor);
        assertEq(need, NEED, "need");
        (uint256 taken, uint256 paid) = buy(lot, asked);
        assertLe(taken, available, "never more than quoted");
        if (asked >= available) assertEq(taken, available, "all that was quoted");
        else if (taken != asked) assertLe(((available - asked) * price) / 1e18, MIN_LOT - 1, "only dust is added");
        assertEq(paid, Math.mulDiv(taken, price, 1e18, Math.Rounding.Ceil), "the quoted price, rounded against the taker");
        assertEq(usdc.balanceOf(debtor), paid, "paid into the debtor's own account");
        assertEq(wbtc.balanceOf(debtor) + wbtc.balanceOf(address(this)), 1e8, "no collateral went elsewhere");
        assertLe(paid, need + MIN_LOT + price / 1e18 + 1, "never beyond the need by more than a least lot");
    }

    function test_take_endsTheLot_whenTheNeedIsMet() public {
        advance(5 minutes);
        (uint256 taken, uint256 paid) = buyAll(lot);
        assertGe(paid, NEED, "the need is met");
        assertEq(wbtc.balanceOf(debtor), 1e8 - taken, "the rest stays");
        assertEq(defaults.need(debtor), 0, "nothing more is needed");
        assertEq(liveCount(), 0, "closed");
        _expectUnknown(lot);
        assertEq(caseOf(debtor).openLots, 0, "the default knows");
    }

    function test_take_inParts_reachesTheNeed() public {
        uint256 sold;
        for (uint256 i; i < 3; ++i) {
            advance(3 minutes);
            (uint256 taken, ) = buy(lot, 1e7);
            assertEq(taken, 1e7, "a part");
            sold += taken;
            assertEq(auction.lotOf(lot).amount, 1e8 - sold, "what is left");
        }
        buyAll(lot);
        assertEq(defaults.need(debtor), 0, "met");
        assertLe(usdc.balanceOf(debtor), NEED + MIN_LOT, "not beyond");
    }

    function test_take_takesARemainderWhole_whenItIsDust() public {
        (, uint256 available) = auction.quote(lot, clock);
        uint256 dust = ((MIN_LOT - 1) * 1e18) / START;
        (uint256 taken, ) = buy(lot, available - dust);
        assertEq(taken, available, "nothing is left that nobody would fetch");
    }

    function test_take_leavesARemainder_whenItIsALotOfItsOwn() public {
        (, uint256 available) = auction.quote(lot, clock);
        uint256 rest = (MIN_LOT * 1e18) / START + 1;
        (uint256 taken, ) = buy(lot, available - rest);
        assertEq(taken, available - rest, "as asked");
    }

    function test_quote_includesTheLotsRemainder_onlyWhenItIsDust() public {
        // One WETH starts at 3,300; of it 3,290 are needed, and what that leaves is worth ten: a least lot.
        deposit(debtor, usdc, NEED - (3_290e6 - 1));
        deposit(debtor, weth, 1e18);
        uint256 second = auction.start(debtor, address(weth));
        (uint256 price, uint256 available) = auction.quote(second, clock);
        assertEq(price, (ETH_PRICE * 11) / 10, "start price");
        assertEq(available, Math.mulDiv(3_290e6 - 1, 1e18, price, Math.Rounding.Ceil), "a least lot stays in the account");
        vm.prank(address(debtor));
        usdc.transfer(address(1), 2);
        (, available) = auction.quote(second, clock);
        assertEq(available, 1e18, "less than one does not");
    }

    function test_take_refuses_whenThePriceIsAboveTheTakersMaximum() public {
        advance(5 minutes);
        (uint256 price, ) = auction.quote(lot, clock);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.PriceAboveMax.selector, price, price - 1));
        auction.take(lot, 1, price - 1, address(this), "");
    }

    function test_take_refuses_zeroAndUnknownLots() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAmount.selector));
        auction.take(lot, 0, type(uint256).max, address(this), "");
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.UnknownLot.selector, lot + 1));
        auction.take(lot + 1, 1, type(uint256).max, address(this), "");
    }

    function test_take_isLostToTheFirst_whenTwoKeepersRace() public {
        buyAll(lot);
        vm.prank(address(0x2));
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.UnknownLot.selector, lot));
        auction.take(lot, 1e8, type(uint256).max, address(0x2), "");
    }

    function test_take_refuses_whenATopUpMadeItNeedless() public {
        deposit(debtor, usdc, NEED);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
        auction.take(lot, 1e8, type(uint256).max, address(this), "");
        auction.close(lot);
        assertEq(wbtc.balanceOf(debtor), 1e8, "all of it stays");
        assertEq(caseOf(debtor).openLots, 0, "closed");
    }

    function test_take_paysNobodyElse_whenTheTakerCannotPay() public {
        vm.prank(address(0x9999));
        vm.expectRevert();
        auction.take(lot, 1e7, type(uint256).max, address(0x9999), "");
        assertEq(wbtc.balanceOf(debtor), 1e8, "nothing left the account");
    }

    function test_close_refuses_whileMoreIsNeeded() public {
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.StillNeeded.selector, lot, NEED));
        auction.close(lot);
    }

    function test_need_followsTheFixedLoss_evenIfSmaller() public {
        fixDebtor(-1_000e6);
        assertEq(defaults.need(debtor), 1_000e6 + 20e6 + 50e6, "the smaller figure, with reward and penalty");
        (, uint256 paid) = buyAll(lot);
        assertLe(paid, 1_070e6 + FLOOR / 1e18 + 1, "no more is sold");
        closeOut.resolve(debtor);
        assertEq(usdc.balanceOf(debtor), paid - 1_070e6, "what rounding brought stays");
    }

    // -- starting --------------------------------------------------------------------------------------------------------

    function test_start_refuses_whatIsNotForSale() public {
        _expectNotForSale(winner, address(wbtc));
        _expectNotForSale(debtor, address(usdc));
        _expectNotForSale(debtor, address(0x70CE));
        _expectNotForSale(debtor, address(weth));
    }

    function test_start_refuses_whenALotIsLive() public {
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.LotLive.selector, lot));
        auction.start(debtor, address(wbtc));
    }

    function test_start_refuses_whenNothingIsNeeded() public {
        deposit(debtor, weth, 1e18);
        deposit(debtor, usdc, NEED);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
        auction.start(debtor, address(weth));
    }

    function test_start_refuses_onAStaleFeed() public {
        deposit(debtor, weth, 1e18);
        feedsFollow = false;
        advance(2 hours);
        vm.expectPartialRevert(ICollateralValuer.NoPrice.selector);
        auction.start(debtor, address(weth));
    }

    function test_liveLots_keepsTrack_whenLotsEndOutOfOrder() public {
        deposit(debtor, weth, 1e18);
        uint256 second = auction.start(debtor, address(weth));
        assertEq(liveCount(), 2, "two lots");
        buy(lot, 1e7);
        buyAll(second);
        assertEq(liveCount(), 1, "one left");
        assertTrue(isLive(lot), "the first");
        buyAll(lot);
        assertEq(liveCount(), 0, "none left");
    }

    // -- resets and the end ----------------------------------------------------------------------------------------------

    function test_reset_refuses_whileTheRunLasts() public {
        advance(20 minutes);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.RunNotOver.selector, lot));
        auction.reset(lot);
    }

    function test_reset_startsFromAFreshPrice_aBoundedNumberOfTimes() public {
        setPrice(btcFeed, 50_000e8);
        for (uint8 i = 1; i <= 2; ++i) {
            advance(20 minutes + 1);
            auction.reset(lot);
            (uint256 price, ) = auction.quote(lot, clock);
            assertEq(price, (50_000e6 * 1e10 * 11) / 10, "from the price of now");
            assertEq(auction.lotOf(lot).resets, i, "counted");
        }
        advance(20 minutes + 1);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.NoResetsLeft.selector, lot));
        auction.reset(lot);
    }

    function test_sellToFund_refuses_beforeTheLastRunIsOver() public {
        fillFund(1_000e6, 0, address(0));
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.RunNotOver.selector, lot));
        auction.sellToFund(lot);
        advance(20 minutes + 1);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.ResetsLeft.selector, lot));
        auction.sellToFund(lot);
    }

    function test_sellToFund_buysAtTheFloor_asFarAsTheTrancheReaches() public {
        fillFund(10_000e6, 0, address(this));
        _runOut();
        auction.sellToFund(lot);
        uint256 bought = Math.mulDiv(10_000e6, 1e18, FLOOR);
        assertEq(closeOut.rewards(venueKey, address(wbtc)), bought, "the venue can collect what its money bought");
        assertEq(usdc.balanceOf(debtor), Math.mulDiv(bought, FLOOR, 1e18, Math.Rounding.Ceil), "at the floor");
        assertEq(fund.memberTranche(), 5_000e6, "members buy nothing");
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.FundIsEmpty.selector, lot));
        auction.sellToFund(lot);
        buyAll(lot);
        assertEq(defaults.need(debtor), 0, "a keeper can still buy the rest at the floor");
    }

    function test_sellToFund_buysNoMoreThanIsNeeded() public {
        fillFund(100_000e6, 0, address(0));
        _runOut();
        auction.sellToFund(lot);
        uint256 wanted = Math.mulDiv(NEED, 1e18, FLOOR, Math.Rounding.Ceil);
        assertEq(closeOut.rewards(venueKey, address(wbtc)), wanted, "the need and no more");
        assertEq(wbtc.balanceOf(debtor), 1e8 - wanted, "the rest stays");
        assertEq(liveCount(), 0, "the lot is over");
    }

    function _runOut() private {
        for (uint256 i; i < 2; ++i) {
            advance(20 minutes + 1);
            auction.reset(lot);
        }
        advance(20 minutes + 1);
    }

    function _availableAt(uint256 price) private view returns (uint256) {
        uint256 needed = Math.mulDiv(defaults.need(debtor), 1e18, price, Math.Rounding.Ceil);
        if (needed >= 1e8) return 1e8;
        return ((1e8 - needed) * price) / 1e18 < MIN_LOT ? 1e8 : needed;
    }

    function _assertPrice(uint256 elapsed, uint256 expected, string memory why) private view {
        (uint256 price, ) = auction.quote(lot, clock + elapsed);
        assertEq(price, expected, why);
    }

    function _expectUnknown(uint256 gone) private {
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.UnknownLot.selector, gone));
        auction.lotOf(gone);
    }

    function _expectNotForSale(address account, address token) private {
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.NotForSale.selector, account, token));
        auction.start(account, token);
    }

    function test_lotOf_aNumberThatIsTooLarge_isNotTakenForASmallerOne() public {
        uint256 aliased = lot | (uint256(1) << 72);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.UnknownLot.selector, aliased));
        auction.lotOf(aliased);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.UnknownLot.selector, aliased));
        auction.take(aliased, 1e6, type(uint256).max, address(this), "");
    }

    function test_take_paidWithATokenThatKeepsAShare() public {
        vm.etch(address(usdc), address(new FeeToken(6, 0)).code);
        FeeToken(address(usdc)).setFee(100);
        advance(10 minutes);
        (uint256 price, ) = auction.quote(lot, clock);
        uint256 paid = (price * 1e6) / 1e18;
        usdc.mint(address(this), paid);
        usdc.approve(address(auction), paid);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.PaymentShort.selector, paid, paid - paid / 100));
        auction.take(lot, 1e6, type(uint256).max, address(this), "");
        assertEq(wbtc.balanceOf(debtor), 1e8, "the collateral is where it was");
    }

    function test_sellToFund_paidLessThanTheFloor_sellsNothing() public {
        fillFund(1_000e6, 0, address(0));
        fixDebtor(-int256(LOSS));
        for (uint256 i; i < 2; ++i) {
            advance(20 minutes + 1);
            auction.reset(lot);
        }
        advance(20 minutes + 1);
        uint256 amount = (uint256(1_000e6) * 1e18) / FLOOR;
        uint256 due = Math.mulDiv(amount, FLOOR, 1e18, Math.Rounding.Ceil);
        bytes memory call = abi.encodeCall(IDefaultFund.payFromVenueTranche, (due, debtor));
        vm.mockCall(address(fund), call, abi.encode(due - 1));
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.PaymentShort.selector, due, due - 1));
        auction.sellToFund(lot);
        vm.clearMockedCalls();
        assertEq(wbtc.balanceOf(debtor), 1e8, "nothing has left");
        auction.sellToFund(lot);
        assertEq(wbtc.balanceOf(debtor), 1e8 - amount, "paid for, it does");
        assertEq(usdc.balanceOf(debtor), due, "at the floor");
    }
}
