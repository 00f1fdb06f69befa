// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ILiquidationAuction} from "../../src/interfaces/ILiquidationAuction.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {AccountProof, EpochHeader, Leaf, PledgeTerms, RootPrices} from "../../src/interfaces/Types.sol";
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

    function test_reentrancySafe_everyDoorIsLocked_duringACallback() public {
        bytes memory locked = abi.encodeWithSelector(ICollateralVault.Locked.selector);
        AccountProof memory proof = proofOf(debtor);
        PledgeTerms memory terms = termsOf(debtor, venue);
        address vault_ = address(vault);
        address defaults_ = address(defaults);
        address auction_ = address(auction);
        taker.plan(auction_, abi.encodeCall(ILiquidationAuction.take, (lot, 1, type(uint256).max, address(taker), "")));
        taker.plan(auction_, abi.encodeCall(ILiquidationAuction.start, (debtor, address(weth))));
        taker.plan(auction_, abi.encodeCall(ILiquidationAuction.reset, (lot)));
        taker.plan(auction_, abi.encodeCall(ILiquidationAuction.close, (lot)));
        taker.plan(auction_, abi.encodeCall(ILiquidationAuction.sellToFund, (lot)));
        taker.plan(vault_, abi.encodeCall(ICollateralVault.withdraw, (winner, address(usdc), 1, address(taker))));
        taker.plan(
            vault_,
            abi.encodeCall(ICollateralVault.withdrawWithConsent, (winner, address(usdc), 1, address(taker), type(uint40).max, ""))
        );
        taker.plan(vault_, abi.encodeCall(ICollateralVault.requestWithdrawal, (winner, address(usdc), 1, address(taker))));
        taker.plan(vault_, abi.encodeCall(ICollateralVault.cancelWithdrawal, (1)));
        taker.plan(vault_, abi.encodeCall(ICollateralVault.finaliseWithdrawal, (1, proof)));
        taker.plan(vault_, abi.encodeCall(ICollateralVault.pledge, (terms, "", "")));
        taker.plan(vault_, abi.encodeCall(ICollateralVault.contribute, (venue, 1)));
        taker.plan(vault_, abi.encodeCall(ICollateralVault.checkpoint, (venue)));
        taker.plan(vault_, abi.encodeCall(ICollateralVault.claim, (venue, winner)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.callMargin, (proof)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.cure, (proof)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.lapse, (debtor)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.declareDefault, (proof, address(0))));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.refreshOwed, (proof)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.report, (closeOutOf(debtor, 0), "", "")));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.fixLoss, (debtor)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.fixLossWithoutReport, (proof)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.resolve, (debtor)));
        taker.plan(defaults_, abi.encodeCall(IDefaultManager.collectReward, (address(usdc), address(taker))));
        taker.plan(address(settlement), _settleCall());
        _runAndExpect(locked);
    }

    function test_reentrancySafe_theFundIsClosed_duringACallback() public {
        taker.approve(address(fund));
        taker.plan(address(fund), abi.encodeCall(IDefaultFund.fundVenueTranche, (1)));
        taker.plan(address(fund), abi.encodeCall(IDefaultFund.noticeRedemption, (0)));
        _runAndExpect(abi.encodeWithSelector(IDefaultFund.FundLocked.selector));
    }

    function test_reentrancySafe_viewsThatQuoteRevert_duringACallback() public {
        taker.plan(address(auction), abi.encodeCall(ILiquidationAuction.quote, (lot, clock)));
        taker.plan(address(auction), abi.encodeCall(ILiquidationAuction.liveLots, ()));
        _runAndExpect(abi.encodeWithSelector(ILiquidationAuction.QuoteDuringCallback.selector));
    }

    function test_reentrancySafe_viewsThatPriceRevert_duringACallback() public {
        RootPrices memory prices = livePrices(venue);
        AccountProof memory proof = proofOf(winner);
        taker.plan(address(valuer), abi.encodeCall(ICollateralValuer.prices, (venue)));
        taker.plan(address(valuer), abi.encodeCall(ICollateralValuer.price, (venue, address(wbtc))));
        taker.plan(address(valuer), abi.encodeCall(ICollateralValuer.value, (venue, debtor, prices.collateral)));
        taker.plan(address(valuer), abi.encodeCall(ICollateralValuer.values, (venue, debtor, prices.collateral)));
        taker.plan(address(valuer), abi.encodeCall(ICollateralValuer.shortness, (proof, 0)));
        _runAndExpect(abi.encodeWithSelector(ICollateralValuer.ValuingDuringCallback.selector));
    }

    function test_reentrancySafe_theNeedIsNotQuoted_duringACallback() public {
        taker.plan(address(defaults), abi.encodeCall(IDefaultManager.need, (debtor)));
        _runAndExpect(abi.encodeWithSelector(IDefaultManager.QuoteDuringCallback.selector));
    }

    function test_reentrancySafe_reservedFunctionsStayReserved_duringACallback() public {
        taker.plan(address(vault), abi.encodeCall(ICollateralVault.unlock, ()));
        taker.plan(address(vault), abi.encodeCall(ICollateralVault.lock, ()));
        _runAndExpect(abi.encodeWithSelector(ICollateralVault.NotADoor.selector, address(taker)));
    }

    function _settleCall() private view returns (bytes memory) {
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = settlementOf(
            attestationLog.newest(venue),
            only(winner)
        );
        return abi.encodeCall(ISettlement.settle, (header, leaves, siblings));
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
