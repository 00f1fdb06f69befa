// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {InKind, PledgeTerms} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice What nobody buys: it passes to the pool's claimants, at the floor, before any tier pays.
contract InKindTest is DefaultScenario {
    uint256 private constant LOSS = 20_000e6;
    uint256 private constant FLOOR = (BTC_PRICE * 7) / 10;
    /// @dev One satoshi at the floor.
    uint256 private constant SATOSHI = 420;
    /// @dev What covers the loss at the floor, rounded up.
    uint256 private constant COVER = LOSS / SATOSHI + 1;
    uint256 private constant CLAIM = 6_000e6;

    uint256 private lot;
    address private claimant;

    function setUp() public override {
        super.setUp();
        makePair(0, 1e8);
        claimant = openAndPledge(0xC1A1);
        fillFund(0, 5_000e6, address(0x3E3BE4));
    }

    // -- when ----------------------------------------------------------------------------------------------------------

    function test_passInKind_refuses_untilEveryRunIsOver() public {
        _default(LOSS);
        fixDebtor(-int256(LOSS));
        for (uint256 i; i < 2; ++i) {
            _expectNoPass(abi.encodeWithSelector(ILotDesk.ResetsLeft.selector, lot));
            auction.reset(lot);
            _expectNoPass(abi.encodeWithSelector(ILotDesk.RunNotOver.selector, lot));
            advance(20 minutes);
            _expectNoPass(abi.encodeWithSelector(ILotDesk.RunNotOver.selector, lot));
            advance(1);
        }
        auction.passInKind(lot);
        assertTrue(!isLive(lot), "after the last run it passes");
    }

    function test_passInKind_refuses_beforeTheLossIsFixed() public {
        _default(LOSS);
        advance(31 minutes);
        _runOut();
        _expectNoPass(abi.encodeWithSelector(ILotDesk.NotForSale.selector, debtor, address(wbtc)));
    }

    function test_passInKind_refuses_whileTheVenuesTrancheCanBuy() public {
        fillFund(1_000e6, 0, address(0));
        _stand(LOSS);
        _expectNoPass(abi.encodeWithSelector(ILotDesk.FundNotEmpty.selector, lot));
        auction.sellToFund(lot);
        auction.passInKind(lot);
        // The venue's 1,000 are in the account, so 19,000 of loss and the reward of 50 are missing there.
        uint256 left = LOSS + 50e6 - usdc.balanceOf(debtor);
        assertEq(settlement.inKind(venue, address(wbtc)).value, left, "the rest of the loss, and what the reward takes");
        closeOut.resolve(debtor);
        assertEq(fund.memberTranche(), 5_000e6, "the account paid all of it");
    }

    function test_passInKind_passes_whenTheTrancheBuysNoSatoshi() public {
        fillFund(SATOSHI - 1, 0, address(0));
        _stand(LOSS);
        vm.expectEmit(address(vault));
        emit ISettlementPool.InKindChanged(venue, address(wbtc), int256(COVER), int256(LOSS), debtor);
        auction.passInKind(lot);
        assertEq(settlement.inKind(venue, address(wbtc)).value, LOSS, "dust in the tranche stands in nobody's way");
    }

    function test_passInKind_refuses_whenATopUpMadeItNeedless() public {
        _stand(LOSS);
        deposit(debtor, usdc, 50_000e6);
        _expectNoPass(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
    }

    // -- how much ------------------------------------------------------------------------------------------------------

    function test_passInKind_coversTheLoss_atTheFloor() public {
        _stand(LOSS);
        int256 base = settlement.base(venue);
        auction.passInKind(lot);
        InKind memory held = settlement.inKind(venue, address(wbtc));
        assertEq(held.amount, COVER, "rounded for the pool");
        assertEq(held.value, LOSS, "valued at the floor");
        assertEq(wbtc.balanceOf(pool), COVER, "where it is counted");
        assertEq(wbtc.balanceOf(debtor), 1e8 - COVER, "the rest stays");
        assertEqInt(settledOf(debtor), -int256(LOSS), "paid, in kind");
        assertEqInt(settlement.base(venue), base, "the base does not move");
        closeOut.resolve(debtor);
        assertEq(fund.memberTranche(), 5_000e6, "no tier paid");
        assertEq(settlement.book(venue).shortfalls, 0, "nothing is short");
        assertEqInt(settlement.base(venue), int256(LOSS), "what the winner is owed is backed");
        ownerWithdraws(debtor, wbtc, 1e8 - COVER, address(this));
    }

    function test_passInKind_passesAll_whenTheLossIsLarger() public {
        _stand(50_000e6);
        auction.passInKind(lot);
        uint256 value = 1e8 * SATOSHI;
        assertEq(settlement.inKind(venue, address(wbtc)).value, value, "all of it at the floor");
        assertEq(wbtc.balanceOf(debtor), 0, "nothing is left");
        closeOut.resolve(debtor);
        assertEq(fund.memberTranche(), 0, "then the members pay");
        assertEq(settlement.book(venue).shortfalls, 50_000e6 - value - 5_000e6, "loss = in kind + members + shortfall");
        assertEqInt(settlement.base(venue), int256(value + 5_000e6), "base backs what came in");
    }

    function test_passInKind_countsWhatTheAccountHas() public {
        _stand(LOSS);
        deposit(debtor, usdc, 2_000e6);
        auction.passInKind(lot);
        closeOut.resolve(debtor);
        assertEq(closeOut.rewards(declarer, address(usdc)), 50e6, "the reward comes out of the balance first");
        assertEq(settlement.inKind(venue, address(wbtc)).value, LOSS + 50e6 - 2_000e6, "so collateral stands in for it");
        assertEq(settlement.book(venue).pool, 1_950e6, "the rest in cash");
        assertEq(fund.memberTranche(), 5_000e6, "no tier pays while the account has collateral");
    }

    /// @dev The cap that the owner agreed to holds in kind as in cash, and must not turn what it holds back into the fund's loss.
    function test_passInKind_goesOnDayByDay_underTheDailyCap() public {
        debtor = _pledgeCapped(0xCA99ED, 8_000e6);
        deposit(debtor, wbtc, 1e8);
        _stand(LOSS);
        for (uint256 i = 1; i < 3; ++i) {
            auction.passInKind(lot);
            assertEq(settlement.inKind(venue, address(wbtc)).value, i * 8_000e6, "a day's share");
            assertTrue(isLive(lot), "the lot stays");
            assertEq(auction.lotOf(lot).amount, wbtc.balanceOf(debtor), "less what has passed");
            vm.expectRevert(abi.encodeWithSelector(ICloseOut.LotsUnsold.selector, 1));
            closeOut.resolve(debtor);
            _expectNoPass(abi.encodeWithSelector(ICloseOut.DebitCapReached.selector, debtor, LOSS - i * 8_000e6));
            advance(1 days);
        }
        auction.passInKind(lot);
        assertEq(settlement.inKind(venue, address(wbtc)).value, LOSS, "all of it in the end");
        closeOut.resolve(debtor);
        assertEq(fund.memberTranche(), 5_000e6, "no tier paid for what the cap held back");
    }

    /// hardhat-config: fuzz.runs = 64
    function testFuzz_lossConserved_inKind(uint256 loss, uint256 sats, uint256 cash, uint256 own) public {
        loss = bound(loss, 1, 60_000e6);
        sats = bound(sats, 1, 1e8);
        cash = bound(cash, 0, loss);
        own = bound(own, 0, 3_000e6);
        vm.prank(debtor);
        wbtc.transfer(address(1), 1e8 - sats);
        if (own != 0) fillFund(own, 0, address(0));
        _stand(loss);
        if (cash != 0) deposit(debtor, usdc, cash);
        if (isLive(lot) && defaults.need(debtor) != 0) {
            (bool bought, ) = address(auction).call(abi.encodeCall(ILotDesk.sellToFund, (lot)));
            assertTrue(bought || own < FLOOR / 1e18 + 1, "the tranche buys what it can");
        }
        if (isLive(lot) && defaults.need(debtor) != 0) auction.passInKind(lot);
        uint256 inKind = settlement.inKind(venue, address(wbtc)).value;
        assertEqInt(settledOf(debtor), -int256(inKind), "counted once");
        if (isLive(lot)) auction.close(lot);
        closeOut.resolve(debtor);
        uint256 paid = settlement.book(venue).pool + inKind;
        assertEq(paid + settlement.book(venue).shortfalls, loss, "loss conserved");
        assertEqInt(settlement.base(venue), int256(paid), "base backs what came in");
        assertEq(usdc.balanceOf(pool), settlement.book(venue).pool, "the pool has the cash it counts");
        assertEq(wbtc.balanceOf(pool), settlement.inKind(venue, address(wbtc)).amount, "and the collateral");
        // Whoever still has a satoshi's worth of collateral has cost no tier anything; a penalty may have come in.
        if (wbtc.balanceOf(debtor) != 0) assertGe(fund.memberTranche(), 5_000e6, "no tier pays while the account has collateral");
    }

    // -- what becomes of it --------------------------------------------------------------------------------------------

    function test_claimInKind_isTheOwners() public {
        _claimed();
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, claimant, address(this)));
        settlement.claimInKind(venue, claimant, address(wbtc), 1e6);
        vm.prank(ownerOf(claimant));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(weth)));
        settlement.claimInKind(venue, claimant, address(weth), 1e6);
    }

    function test_claimInKind_paysTheClaim_atTheValueItCameInAt() public {
        _claimed();
        int256 base = settlement.base(venue);
        vm.prank(ownerOf(claimant));
        uint256 amount = settlement.claimInKind(venue, claimant, address(wbtc), type(uint256).max);
        assertEq(amount, (COVER * CLAIM) / LOSS, "its share, rounded down");
        assertEq(wbtc.balanceOf(claimant), amount, "received");
        assertEq(settlement.claims(venue, claimant), 0, "no more is owed");
        assertEq(settlement.inKind(venue, address(wbtc)).value, LOSS - CLAIM, "the pool has that much less");
        assertEqInt(settlement.base(venue), base, "the base does not move");
        vm.prank(ownerOf(claimant));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, claimant));
        settlement.claimInKind(venue, claimant, address(wbtc), 1);
    }

    function test_claimInKind_refuses_whatRoundsToNothing() public {
        _claimed();
        vm.prank(ownerOf(claimant));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, claimant));
        settlement.claimInKind(venue, claimant, address(wbtc), SATOSHI - 1);
        assertEq(settlement.claims(venue, claimant), CLAIM, "the claim stands");
    }

    function test_buyInKind_turnsItIntoCash_atTheValueItCameInAt() public {
        _claimed();
        int256 base = settlement.base(venue);
        usdc.mint(address(this), LOSS);
        usdc.approve(address(settlement), LOSS);
        uint256 value = settlement.buyInKind(venue, address(wbtc), COVER, LOSS, address(0xB01));
        assertEq(value, LOSS, "all of it");
        assertEq(wbtc.balanceOf(address(0xB01)), COVER, "delivered");
        assertEq(settlement.book(venue).pool, LOSS, "cash instead");
        assertEq(usdc.balanceOf(pool), LOSS, "where it is counted");
        assertEqInt(settlement.base(venue), base, "the base does not move");
        assertEq(settlement.claim(venue, claimant), CLAIM, "and pays claims");
    }

    function test_buyInKind_refuses_moreThanThereIs_nothing_andADearerPrice() public {
        _claimed();
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(wbtc)));
        settlement.buyInKind(venue, address(wbtc), COVER + 1, LOSS, address(this));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(wbtc)));
        settlement.buyInKind(venue, address(wbtc), 0, LOSS, address(this));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.ValueAboveMax.selector, LOSS, LOSS - 1));
        settlement.buyInKind(venue, address(wbtc), COVER, LOSS - 1, address(this));
    }

    /// hardhat-config: fuzz.runs = 64
    function testFuzz_inKind_roundsForThePool(uint256 bought, uint256 claimed, bool buyFirst) public {
        _claimed();
        usdc.mint(address(this), LOSS);
        usdc.approve(address(settlement), LOSS);
        for (uint256 i; i < 2; ++i) {
            InKind memory before = settlement.inKind(venue, address(wbtc));
            if ((i == 0) == buyFirst) {
                uint256 amount = bound(bought, 1, before.amount);
                uint256 value = settlement.buyInKind(venue, address(wbtc), amount, type(uint256).max, address(this));
                assertEq(value, Math.mulDiv(before.value, amount, before.amount, Math.Rounding.Ceil), "the buyer pays the broken unit");
            } else if (before.value != 0) {
                uint256 value = bound(claimed, SATOSHI + 1, CLAIM);
                vm.prank(ownerOf(claimant));
                (bool ok, ) = address(settlement).call(
                    abi.encodeCall(ISettlementPool.claimInKind, (venue, claimant, address(wbtc), value))
                );
                if (!ok) continue;
                value = Math.min(value, before.value);
                assertEq(wbtc.balanceOf(claimant), (uint256(before.amount) * value) / before.value, "the claimant forgoes it");
            }
            InKind memory rest = settlement.inKind(venue, address(wbtc));
            assertGe(
                uint256(rest.amount) * before.value,
                uint256(before.amount) * rest.value,
                "what is left is no worse covered than before"
            );
            assertEq(wbtc.balanceOf(pool), rest.amount, "the pool has what it counts");
        }
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _default(uint256 loss) private {
        bookLoss(loss);
        setMargin(debtor, 60_000e6, 0);
        lot = defaultDebtor(address(wbtc));
    }

    /// @dev The lot stands at its last floor, and the loss is fixed.
    function _stand(uint256 loss) private {
        _default(loss);
        fixDebtor(-int256(loss));
        _runOut();
    }

    function _runOut() private {
        for (uint256 i; i < 2; ++i) {
            auction.reset(lot);
            advance(20 minutes + 1);
        }
    }

    /// @dev Besides, another account is released with a claim on the pool: its default turned out a profit.
    function _claimed() private {
        bookLoss(LOSS);
        setMargin(debtor, 60_000e6, 0);
        setMargin(claimant, 1, 0);
        postRoot();
        defaults.callMargin(proofOf(debtor));
        defaults.callMargin(proofOf(claimant));
        advance(31 minutes);
        postRoot();
        lot = defaults.declareDefault(proofOf(debtor), address(wbtc));
        defaults.declareDefault(proofOf(claimant), address(0));
        fileReport(debtor, -int256(LOSS));
        fileReport(claimant, int256(CLAIM));
        advance(31 minutes);
        closeOut.fixLoss(debtor);
        closeOut.fixLoss(claimant);
        _runOut();
        auction.passInKind(lot);
        closeOut.resolve(debtor);
        closeOut.resolve(claimant);
        assertEq(settlement.claims(venue, claimant), CLAIM, "the claim");
    }

    function _pledgeCapped(uint256 key, uint96 cap) private returns (address account) {
        account = vault.open(vm.addr(key), 0);
        ownerKeyOf[account] = key;
        PledgeTerms memory terms = termsOf(account, venue);
        terms.debitCap = cap;
        bytes32 digest = pledgeDigest(terms);
        enterLeaf(venue, account, vault.pledge(terms, signAs(key, digest), signAs(VENUE_KEY, digest)));
    }

    function _expectNoPass(bytes memory reason) private {
        vm.expectRevert(reason);
        auction.passInKind(lot);
    }
}
