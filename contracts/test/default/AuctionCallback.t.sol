// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../../src/interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../../src/interfaces/IVenueStates.sol";
import {AccountProof, EpochHeader, PledgeTerms, RootPrices} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";
import {FlashTaker, ReenteringTaker, TestMarket} from "../support/Takers.sol";

/// @notice What a taker can do between receiving the collateral and paying for it: pay, and nothing else.
contract AuctionCallbackTest is DefaultScenario {
    uint256 private lot;
    ReenteringTaker private taker;

    function setUp() public override {
        super.setUp();
        makePair(0, 1e8);
        bookLoss(20_000e6);
        setMargin(debtor, 60_000e6, 0);
        fillFund(1_000e6, 1_000e6, address(0x3E3BE4));
        lot = defaultDebtor(address(wbtc));
        taker = new ReenteringTaker(auction, usdc);
    }

    function test_take_isPaidFromTheCollateralItself_byAKeeperWithoutMoney() public {
        FlashTaker flash = new FlashTaker(auction, usdc, new TestMarket(usdc, BTC_PRICE));
        advance(10 minutes);
        (uint256 taken, uint256 paid) = flash.take(lot, 1e8);
        assertEq(usdc.balanceOf(debtor), paid, "the account was paid in full");
        assertEq(usdc.balanceOf(address(flash)), (taken * BTC_PRICE) / 1e18 - paid, "the keeper's profit");
        assertEq(defaults.need(debtor), 0, "the need is met");
    }

    function test_take_reverts_whenTheCollateralSellsForLess() public {
        FlashTaker flash = new FlashTaker(auction, usdc, new TestMarket(usdc, BTC_PRICE / 2));
        vm.expectRevert();
        flash.take(lot, 1e8);
        assertEq(wbtc.balanceOf(debtor), 1e8, "nothing was lent to it");
    }

    function test_reentrancySafe_everyDoorOfOwnersIsLocked_duringACallback() public {
        PledgeTerms memory terms = termsOf(debtor, venue);
        _plan(abi.encodeCall(ICollateralVault.withdraw, (winner, address(usdc), 1, address(taker))));
        _plan(abi.encodeCall(ICollateralVault.withdrawWithConsent, (winner, address(usdc), 1, address(taker), type(uint40).max, "")));
        _plan(abi.encodeCall(ICollateralVault.pledge, (terms, "", "")));
        _plan(abi.encodeCall(IOwnerDesk.requestWithdrawal, (winner, address(usdc), 1, address(taker))));
        _plan(abi.encodeCall(IOwnerDesk.cancelWithdrawal, (winner, address(usdc))));
        _plan(abi.encodeCall(IOwnerDesk.finaliseWithdrawal, (address(usdc), proofOf(debtor))));
        _plan(
            abi.encodeCall(
                IOwnerDesk.relay,
                (abi.encodeCall(IOwnerDesk.cancelWithdrawal, (winner, address(usdc))), 0, type(uint40).max, "")
            )
        );
        _plan(abi.encodeCall(IOwnerDesk.switchAddressBook, (winner, true)));
        _plan(abi.encodeCall(IOwnerDesk.addToBook, (winner, address(taker))));
        _plan(abi.encodeCall(IOwnerDesk.removeFromBook, (winner, address(taker))));
        _plan(abi.encodeCall(IOwnerDesk.lowerDebitCap, (winner, 1)));
        _plan(abi.encodeCall(IOwnerDesk.applyDebitCap, (winner)));
        _runAndExpect(abi.encodeWithSelector(ICollateralVault.Locked.selector));
    }

    function test_reentrancySafe_everyDoorOfKeepersIsLocked_duringACallback() public {
        AccountProof memory proof = proofOf(debtor);
        _plan(abi.encodeCall(ILotTaking.take, (lot, 1, type(uint256).max, address(taker), "")));
        _plan(abi.encodeCall(ILotDesk.start, (debtor, address(weth))));
        _plan(abi.encodeCall(ILotDesk.startOwed, (proof, proof, address(weth))));
        _plan(abi.encodeCall(ILotDesk.startExit, (debtor, address(weth))));
        _plan(abi.encodeCall(ILotDesk.reset, (lot)));
        _plan(abi.encodeCall(ILotDesk.close, (lot)));
        _plan(abi.encodeCall(ILotDesk.sellToFund, (lot)));
        _plan(abi.encodeCall(ILotDesk.passInKind, (lot)));
        _plan(abi.encodeCall(IDefaultManager.callMargin, (proof)));
        _plan(abi.encodeCall(IDefaultManager.cure, (proof)));
        _plan(abi.encodeCall(IDefaultManager.lapse, (debtor)));
        _plan(abi.encodeCall(IDefaultManager.declareDefault, (proof, address(0))));
        _plan(abi.encodeCall(IDefaultManager.refreshOwed, (proof)));
        _plan(abi.encodeCall(ICloseOut.report, (closeOutOf(debtor, 0), "", "")));
        _plan(abi.encodeCall(ICloseOut.fixLoss, (debtor)));
        _plan(abi.encodeCall(ICloseOut.fixLossWithoutReport, (proof)));
        _plan(abi.encodeCall(ICloseOut.resolve, (debtor)));
        _plan(abi.encodeCall(ICloseOut.collectReward, (address(usdc), address(taker))));
        _runAndExpect(abi.encodeWithSelector(ICollateralVault.Locked.selector));
    }

    function test_reentrancySafe_everyDoorOfTheVenueAndItsPoolIsLocked_duringACallback() public {
        AccountProof memory proof = proofOf(winner);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, attestationLog.newest(venue), 1, 1);
        address[] memory list = attestorAddresses();
        _plan(abi.encodeCall(ISettlementPool.settle, (header, 1, leaves, siblings)));
        _plan(abi.encodeCall(ISettlementPool.payOwed, (proof, 1)));
        _plan(abi.encodeCall(ISettlementPool.claim, (venue, winner)));
        _plan(abi.encodeCall(ISettlementPool.claimInKind, (venue, winner, address(wbtc), 1)));
        _plan(abi.encodeCall(ISettlementPool.buyInKind, (venue, address(wbtc), 1, 1, address(taker))));
        _plan(abi.encodeCall(ISettlementPool.contribute, (venue, 1)));
        _plan(abi.encodeCall(ISettlementPool.checkpoint, (venue)));
        _plan(abi.encodeCall(IAttestationLog.post, (header, proof.prices, "", "")));
        _plan(abi.encodeCall(IVenueRegistry.register, (venueKey, address(0), defaultAssets(), list, 2, defaultParameters())));
        _plan(abi.encodeCall(IVenueRegistry.publishPolicy, (venue, defaultAssets(), defaultParameters())));
        _plan(abi.encodeCall(IVenueRegistry.adoptPolicy, (winner, 1)));
        _plan(abi.encodeCall(IVenueStates.changeQuorum, (venue, venueKey, address(0), list, 2, "")));
        _plan(abi.encodeCall(IVenueStates.applyQuorum, (venue)));
        _plan(abi.encodeCall(IVenueStates.pause, (venue)));
        _plan(abi.encodeCall(IVenueStates.poke, (venue)));
        _plan(abi.encodeCall(IVenueStates.fail, (venue)));
        _runAndExpect(abi.encodeWithSelector(ICollateralVault.Locked.selector));
    }

    function test_reentrancySafe_theFundIsClosed_duringACallback() public {
        address series = fund.series();
        taker.approve(address(fund));
        taker.approve(series);
        taker.plan(address(fund), abi.encodeCall(IDefaultFund.fundVenueTranche, (1)));
        taker.plan(address(fund), abi.encodeCall(IDefaultFund.openSeries, ()));
        taker.plan(series, abi.encodeCall(IMemberSeries.noticeRedemption, (1)));
        taker.plan(series, abi.encodeCall(IMemberSeries.redeemNotice, (1)));
        taker.plan(series, abi.encodeCall(IMemberSeries.cancelNotice, (1)));
        _runAndExpect(abi.encodeWithSelector(IDefaultFund.FundLocked.selector));
    }

    function test_reentrancySafe_viewsThatQuoteOrPriceRevert_duringACallback() public {
        RootPrices memory prices = livePrices(venue);
        _plan(abi.encodeCall(ILotDesk.quote, (lot, clock)));
        _plan(abi.encodeCall(ILotDesk.liveLots, (0, 10)));
        _plan(abi.encodeCall(IDefaultManager.need, (debtor)));
        _plan(abi.encodeCall(ICollateralValuer.prices, (venue)));
        _plan(abi.encodeCall(ICollateralValuer.price, (venue, address(wbtc))));
        _plan(abi.encodeCall(ICollateralValuer.values, (debtor, prices.collateral)));
        _runAndExpect(abi.encodeWithSelector(ICollateralVault.Locked.selector));
    }

    function _plan(bytes memory call) private {
        taker.plan(address(vault), call);
    }

    function _runAndExpect(bytes memory reason) private {
        usdc.mint(address(taker), 100_000e6);
        advance(10 minutes);
        taker.take(lot, 1e7);
        ReenteringTaker.Attempt[] memory attempts = taker.attempts();
        for (uint256 i; i < attempts.length; ++i) {
            assertTrue(!attempts[i].succeeded, "nothing gets through");
            assertEqHash(keccak256(attempts[i].answer), keccak256(reason), "refused for this reason");
        }
        assertEq(wbtc.balanceOf(address(taker)), 1e7, "the take itself went through");
    }
}
