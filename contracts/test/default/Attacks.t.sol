// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DefaultFund} from "../../src/default/DefaultFund.sol";
import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../../src/interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../../src/interfaces/IVenueStates.sol";
import {AccountProof, AccountStatus, AssetConfig, EpochHeader, PledgeTerms, RootPrices} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";
import {ReenteringWallet} from "../support/Owners.sol";
import {HookToken} from "../support/Tokens.sol";

/// @notice Attacks by name, and what each of them comes to.
contract AttacksTest is DefaultScenario {
    uint256 private constant LOSS = 20_000e6;
    /// @dev The loss, the flat reward and the penalty of 5%.
    uint256 private constant NEED = LOSS + 50e6 + 1_000e6;
    uint256 private constant START = (BTC_PRICE * 11) / 10;
    uint256 private constant FLOOR = (BTC_PRICE * 7) / 10;
    address private constant MEMBER = address(0x3E3BE4);
    address private constant ATTACKER = address(0xBAD);

    bytes[] private _payloads;

    // -- around a take -------------------------------------------------------------------------------------------------

    function test_sandwich_aResetInFront_costsTheTakerNothing() public {
        uint256 lot = _default();
        advance(20 minutes + 1);
        (uint256 price, ) = auction.quote(lot, clock);
        vm.prank(ATTACKER);
        auction.reset(lot);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.PriceAboveMax.selector, START, price));
        auction.take(lot, 1e7, price, address(this), "");
    }

    function test_sandwich_aTakeInFront_leavesThePriceToTheNext() public {
        uint256 lot = _default();
        advance(5 minutes);
        (uint256 price, uint256 available) = auction.quote(lot, clock);
        _takeAs(ATTACKER, lot, available / 2);
        (uint256 after_, uint256 left) = auction.quote(lot, clock);
        assertEq(after_, price, "the same price");
        assertEq(left, available - available / 2, "of what is left");
    }

    function test_sandwich_aFeedMovedInFront_movesNoPriceOfTheRun() public {
        uint256 lot = _default();
        advance(5 minutes);
        (uint256 price, ) = auction.quote(lot, clock);
        setPrice(btcFeed, 1e8);
        (uint256 after_, ) = auction.quote(lot, clock);
        assertEq(after_, price, "the curve was fixed when the run began");
    }

    function test_selfTake_byTheDeclarer_paysThePriceOfEverybody() public {
        uint256 lot = _default();
        advance(10 minutes);
        (uint256 price, uint256 available) = auction.quote(lot, clock);
        uint256 wealth = _fundAs(declarer);
        vm.prank(declarer);
        (, uint256 paid) = auction.take(lot, available, type(uint256).max, declarer, "");
        assertEq(usdc.balanceOf(declarer), wealth - paid, "nothing came back");
        assertGe(paid * 1e18, wbtc.balanceOf(declarer) * price, "as any keeper");
        fixDebtor(-int256(LOSS));
        closeOut.resolve(debtor);
        assertEq(closeOut.rewards(declarer, address(usdc)), 50e6, "one reward, capped by bytecode and policy");
        assertEq(usdc.balanceOf(debtor), paid - NEED, "the account lost nothing else");
    }

    function test_ownCollateral_boughtAtTheFloor_costsTheFundNothing() public {
        uint256 lot = _default();
        address owner = ownerOf(debtor);
        advance(20 minutes);
        _takeAs(owner, lot, type(uint128).max);
        assertGe(usdc.balanceOf(debtor), NEED, "the floor covers loss, reward and penalty");
        fixDebtor(-int256(LOSS));
        closeOut.resolve(debtor);
        assertEq(fund.venueTranche(), 1_000e6, "the venue's tranche is whole");
        assertEq(fund.memberTranche(), 1_000e6 + 1_000e6, "so is the members', with the penalty");
        assertEq(settlement.book(venue).pool, LOSS, "the whole loss came from the owner");
    }

    function test_receiver_isTheAccount_theTakerPaysForNothing() public {
        uint256 lot = _default();
        uint256 wealth = _fundAs(ATTACKER);
        vm.prank(ATTACKER);
        (uint256 taken, uint256 paid) = auction.take(lot, 1e7, type(uint256).max, debtor, "");
        assertEq(usdc.balanceOf(ATTACKER), wealth - paid, "paid");
        assertEq(wbtc.balanceOf(debtor), 1e8, "the account has kept its collateral");
        assertEq(usdc.balanceOf(debtor), paid, "and been paid");
        assertEq(auction.lotOf(lot).amount, 1e8 - taken, "the lot counts it as sold");
        buyAll(lot);
        assertEq(defaults.need(debtor), 0, "and still ends");
        fixDebtor(-int256(LOSS));
        closeOut.resolve(debtor);
        assertEq(fund.venueTranche(), 1_000e6, "no tier paid");
    }

    // -- dust ----------------------------------------------------------------------------------------------------------

    function test_dustLot_isTakenWhole_andHoldsNobodyUp() public {
        makePair(100e6, 0);
        fillFund(1_000e6, 1_000e6, MEMBER);
        bookLoss(500e6);
        defaultDebtor(address(0));
        fileReport(debtor, -500e6);
        advance(31 minutes);
        weth.mint(debtor, 1);
        closeOut.fixLoss(debtor);
        wbtc.mint(debtor, 1);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.SaleStillNeeded.selector, debtor, 4));
        closeOut.resolve(debtor);
        (uint256 taken, uint256 paid) = buyAll(auction.start(debtor, address(weth)));
        assertEq(taken, 1, "taken whole");
        assertEq(paid, 1, "for a unit at least");
        closeOut.resolve(debtor);
        assertStatus(debtor, AccountStatus.UNPLEDGED, "in the same block");
        assertEq(wbtc.balanceOf(debtor), 1, "what came after the loss was fixed blocked nothing");
    }

    function test_dustTakes_payForTheirRounding() public {
        uint256 lot = _default();
        (uint256 price, ) = auction.quote(lot, clock);
        uint256 before = usdc.balanceOf(debtor);
        for (uint256 i; i < 50; ++i) {
            buy(lot, 1);
        }
        assertEq(auction.lotOf(lot).amount, 1e8 - 50, "fifty satoshis are gone");
        assertGe((usdc.balanceOf(debtor) - before) * 1e18, 50 * price, "at the price or above");
        buyAll(lot);
        assertEq(defaults.need(debtor), 0, "and the rest is sold as ever");
    }

    /// @dev Half a least lot less than everything: what remained would be too small for anybody to fetch.
    function test_dustRemainder_cannotBeLeft() public {
        uint256 lot = _default();
        (, uint256 available) = auction.quote(lot, clock);
        (uint256 taken, ) = buy(lot, available - (5e6 * 1e18) / START);
        assertEq(taken, available, "all of it is taken");
        assertTrue(!isLive(lot), "the lot is over");
    }

    // -- who is in default ---------------------------------------------------------------------------------------------

    function test_hedged_isNeitherCalledNorDefaulted_onOnePriceOnly() public {
        makePair(0, 1e8);
        setMargin(debtor, 50_000e6, 0);
        RootPrices memory prices = livePrices(venue);
        prices.collateral[1] /= 2;
        postRoot(venue, VENUE_KEY, prices, true);
        _expectNotShort(false);
        postRoot();
        setPrice(btcFeed, 30_000e8);
        _expectNotShort(false);
        postRoot();
        defaults.callMargin(proofOf(debtor));
        advance(31 minutes);
        prices = livePrices(venue);
        prices.collateral[1] *= 2;
        postRoot(venue, VENUE_KEY, prices, true);
        _expectNotShort(true);
        setPrice(btcFeed, 60_000e8);
        prices.collateral[1] /= 4;
        nextBlock();
        postRoot(venue, VENUE_KEY, prices, true);
        _expectNotShort(true);
    }

    function test_hugeMargin_cannotTakeAToken() public {
        makePair(5_000e6, 1e8);
        fillFund(1_000e6, 1_000e6, MEMBER);
        setMargin(debtor, type(uint96).max, type(uint96).max);
        defaultDebtor(address(0));
        assertEq(defaults.need(debtor), 0, "nothing is owed, so nothing is for sale");
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
        auction.start(debtor, address(wbtc));
        fixDebtor(0);
        closeOut.resolve(debtor);
        assertEq(usdc.balanceOf(debtor), 5_000e6, "every unit is there");
        assertEq(wbtc.balanceOf(debtor), 1e8, "every satoshi");
        assertEq(fund.venueTranche(), 950e6, "the reward of a default for nothing is the venue's");
        ownerWithdraws(debtor, wbtc, 1e8, address(this));
    }

    function test_hugeMargin_cannotTakeAToken_withoutAReportEither() public {
        makePair(5_000e6, 1e8);
        setMargin(debtor, type(uint96).max, 0);
        defaultDebtor(address(0));
        advance(4 hours);
        postRoot();
        closeOut.fixLossWithoutReport(proofOf(debtor));
        closeOut.resolve(debtor);
        assertEq(usdc.balanceOf(debtor), 5_000e6, "every unit is there");
        assertEq(wbtc.balanceOf(debtor), 1e8, "every satoshi");
    }

    function test_solventAtTheNewestRoot_cannotBeSold() public {
        makePair(0, 1e8);
        setMargin(debtor, 90_000e6, 0);
        callDebtor();
        AccountProof memory old = proofOf(debtor);
        setMargin(debtor, 50_000e6, 0);
        advance(31 minutes);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 2, 1));
        defaults.declareDefault(old, address(wbtc));
        _expectNotShort(true);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.NotForSale.selector, debtor, address(wbtc)));
        auction.start(debtor, address(wbtc));
        AccountProof memory proof = proofOf(debtor);
        advance(41 minutes);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
        auction.startOwed(proof, proof, address(wbtc));
        defaults.cure(proof);
        assertStatus(debtor, AccountStatus.ACTIVE, "and is called no more");
    }

    // -- re-entry ------------------------------------------------------------------------------------------------------

    function test_reentry_fromTheHookOfACollateral_duringASale_entersNoPart() public {
        HookToken hook = new HookToken(8);
        _venueOf(address(usdc), address(hook));
        makePair(0, 0);
        hook.mint(debtor, 1e8);
        fillFund(1_000e6, 1_000e6, MEMBER);
        bookLoss(LOSS);
        setMargin(debtor, 60_000e6, 0);
        uint256 lot = defaultDebtor(address(hook));
        _planAll(lot);
        for (uint256 i; i < _payloads.length; ++i) {
            hook.arm(address(vault), _payloads[i], true);
            buy(lot, 1e5);
            _assertRefused(hook);
        }
    }

    function test_reentry_fromTheHookOfTheSettlementAsset_entersNoPart() public {
        HookToken hook = new HookToken(6);
        _venueOf(address(hook), address(wbtc));
        makePair(0, 1e8);
        hook.mint(debtor, 1_000e6);
        bookLoss(1_000e6);
        postRoot();
        advance(31 minutes);
        _planAll(auction.lotFor(debtor, address(wbtc)));
        for (uint256 i; i < _payloads.length; ++i) {
            hook.arm(address(vault), _payloads[i], true);
            AccountProof memory proof = proofOf(debtor);
            vm.prank(ownerOf(debtor));
            settlement.payOwed(proof, 1e6);
            _assertRefused(hook);
            // Within settlement a refused transfer is skipped: the refusal must come from the lock, not from the gas.
            assertEqInt(settledOf(debtor), -int256((i + 1) * 1e6), "the payment itself went through, once");
        }
        hook.arm(address(vault), _payloads[0], true);
        settle(1, debtor);
        _assertRefused(hook);
        assertEqInt(settledOf(debtor), -1_000e6, "and so did the settlement");
    }

    function test_reentry_fromAnOwnersCode_entersNoPart() public {
        makePair(0, 1e8);
        setMargin(debtor, 1, 0);
        postRoot();
        _planAll(auction.lotFor(debtor, address(wbtc)));
        ReenteringWallet wallet = new ReenteringWallet(address(vault));
        for (uint96 i; i < _payloads.length; ++i) {
            wallet.arm(_payloads[i]);
            address its = vault.open(address(wallet), i);
            PledgeTerms memory terms = termsOf(its, venue);
            bytes memory venueSignature = signAs(VENUE_KEY, pledgeDigest(terms));
            // The wallet says yes only if its call back failed.
            vault.pledge(terms, "", venueSignature);
            assertEq(vault.record(its).venue, venue, "so it failed");
        }
    }

    /// @dev One function of every part, and every view that prices or quotes.
    function _planAll(uint256 lot) private {
        AccountProof memory proof = proofOf(debtor);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 0);
        PledgeTerms memory terms = termsOf(debtor, venue);
        _payloads.push(abi.encodeCall(ICollateralVault.pledge, (terms, "", "")));
        _payloads.push(abi.encodeCall(ICollateralVault.withdraw, (debtor, address(usdc), 1, ATTACKER)));
        _payloads.push(abi.encodeCall(IOwnerDesk.finaliseWithdrawal, (address(usdc), proof)));
        _payloads.push(abi.encodeCall(IOwnerDesk.relay, (abi.encodeCall(IOwnerDesk.cancelWithdrawal, (debtor, address(usdc))), 0, 0, "")));
        _payloads.push(abi.encodeCall(IDefaultManager.callMargin, (proof)));
        _payloads.push(abi.encodeCall(ICloseOut.resolve, (debtor)));
        _payloads.push(abi.encodeCall(ILotTaking.take, (lot, 1, type(uint256).max, ATTACKER, "")));
        _payloads.push(abi.encodeCall(ISettlementPool.settle, (header, 0, leaves, siblings)));
        _payloads.push(abi.encodeCall(ISettlementPool.checkpoint, (venue)));
        _payloads.push(abi.encodeCall(IAttestationLog.post, (header, proof.prices, "", "")));
        _payloads.push(abi.encodeCall(IVenueRegistry.publishPolicy, (venue, defaultAssets(), defaultParameters())));
        _payloads.push(abi.encodeCall(IVenueStates.pause, (venue)));
        _payloads.push(abi.encodeCall(ICollateralValuer.prices, (venue)));
        _payloads.push(abi.encodeCall(ICollateralValuer.price, (venue, address(wbtc))));
        _payloads.push(abi.encodeCall(ICollateralValuer.values, (debtor, proof.prices.collateral)));
        _payloads.push(abi.encodeCall(IDefaultManager.need, (debtor)));
        _payloads.push(abi.encodeCall(ILotDesk.quote, (lot, clock)));
        _payloads.push(abi.encodeCall(ILotDesk.liveLots, (0, 1)));
    }

    function _assertRefused(HookToken hook) private view {
        assertTrue(hook.called(), "the hook ran");
        assertTrue(!hook.succeeded(), "and got nowhere");
        assertEqHash(keccak256(hook.answer()), keccak256(abi.encodeWithSelector(ICollateralVault.Locked.selector)), "the lock stopped it");
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _default() private returns (uint256 lot) {
        makePair(0, 1e8);
        fillFund(1_000e6, 1_000e6, MEMBER);
        bookLoss(LOSS);
        setMargin(debtor, 60_000e6, 0);
        lot = defaultDebtor(address(wbtc));
    }

    /// @dev Another venue, of two assets, in which everything after this happens.
    function _venueOf(address settlementAsset, address collateral) private {
        AssetConfig[] memory assets = new AssetConfig[](2);
        assets[0] = assetOf(settlementAsset, 0, usdcFeed);
        assets[1] = assetOf(collateral, 1_000, btcFeed);
        venue = registry.register(venueKey, vm.addr(GUARDIAN_KEY), assets, attestorAddresses(), 2, defaultParameters());
        fund = DefaultFund(registry.fundOf(venue));
        pool = settlement.poolOf(venue);
    }

    function _fundAs(address who) private returns (uint256) {
        usdc.mint(who, 1e15);
        vm.prank(who);
        usdc.approve(address(auction), type(uint256).max);
        return usdc.balanceOf(who);
    }

    function _takeAs(address who, uint256 lot, uint256 amount) private {
        _fundAs(who);
        vm.prank(who);
        auction.take(lot, amount, type(uint256).max, who, "");
    }

    function _expectNotShort(bool toDefault) private {
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.NotShort.selector, debtor));
        if (toDefault) defaults.declareDefault(proof, address(0));
        else defaults.callMargin(proof);
    }
}
