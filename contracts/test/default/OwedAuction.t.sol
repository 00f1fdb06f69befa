// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {AccountProof, AccountStatus, Flags, PledgeTerms} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";
import {TestToken} from "../support/Tokens.sol";

/// @notice Door 2 for an account that has the value but not the settlement asset: just what it owes is sold, without penalty.
contract OwedAuctionTest is DefaultScenario {
    uint256 private constant OWED = 1_000e6;
    uint256 private constant MIN_LOT = 10e6;
    /// @dev One satoshi at the start price.
    uint256 private constant SATOSHI = 660;

    function setUp() public override {
        super.setUp();
        makePair(0, 1e8);
        fillFund(500e6, 500e6, address(0x3E3BE4));
    }

    // -- when it may start ---------------------------------------------------------------------------------------------

    function test_startOwed_waitsForTheDisputeWindowAndTheShortestCure() public {
        bookLoss(OWED);
        postRoot();
        uint256 from = clock + 40 minutes;
        advance(40 minutes);
        _expectNoStart(1, abi.encodeWithSelector(ISettlementPool.SettlementTooEarly.selector, from));
        advance(1);
        assertTrue(isLive(_start()), "one second later it may");
    }

    function test_startOwed_refuses_aRootThatDoesNotSettle() public {
        bookLoss(OWED);
        postRoot(venue, VENUE_KEY, livePrices(venue), false);
        advance(41 minutes);
        _expectNoStart(1, abi.encodeWithSelector(ISettlementPool.NotASettlingRoot.selector, 1));
    }

    function test_startOwed_refuses_whenTheOtherRootIsNotTheNewest() public {
        _ready();
        AccountProof memory old = proofOf(debtor);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 2, 1));
        auction.startOwed(old, old, address(wbtc));
    }

    function test_startOwed_refuses_whenTheNewestRootIsStale() public {
        _ready();
        advance(1 hours);
        AccountProof memory old = proofOf(debtor);
        vm.expectPartialRevert(IAttestationLog.NotFresh.selector);
        auction.startOwed(old, old, address(wbtc));
    }

    function test_startOwed_refuses_proofsOfTwoAccounts() public {
        _ready();
        AccountProof memory its = proofOf(debtor);
        AccountProof memory another = proofOf(winner);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.NotTheSameAccount.selector, winner, debtor));
        auction.startOwed(another, its, address(wbtc));
    }

    function test_startOwed_refuses_whenTheNewestRootOwesNothing() public {
        _ready();
        bookLoss(0);
        postRoot();
        _expectNoStart(1, abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
    }

    function test_startOwed_refuses_whenTheSettlementAssetIsThere() public {
        _ready();
        deposit(debtor, usdc, OWED);
        _expectNoStart(1, abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
    }

    function test_startOwed_refuses_inADefault() public {
        bookLoss(OWED);
        setMargin(debtor, 90_000e6, 0);
        defaultDebtor(address(0));
        advance(20 minutes);
        _expectNoStart(1, abi.encodeWithSelector(ICollateralVault.NotActive.selector, debtor, AccountStatus.CLOSING_OUT));
    }

    function test_startOwed_refuses_theWinner() public {
        _ready();
        deposit(winner, wbtc, 1e8);
        AccountProof memory proof = proofOf(winner);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, winner));
        auction.startOwed(proof, proof, address(wbtc));
    }

    // -- what it sells and takes ---------------------------------------------------------------------------------------

    function test_take_settlesWhatIsOwed_inTheSameCall_withoutRewardOrPenalty() public {
        uint256 lot = _startReady();
        assertEq(defaults.need(debtor), OWED, "just what is owed");
        (uint256 taken, uint256 paid) = buyAll(lot);
        assertEq(taken, OWED / SATOSHI + 1, "no satoshi more");
        assertEqInt(settledOf(debtor), -int256(OWED), "settled");
        assertEq(settlement.book(venue).pool, OWED, "in the pool");
        assertEq(usdc.balanceOf(pool), OWED, "where it is counted");
        assertEq(usdc.balanceOf(debtor), paid - OWED, "what rounding brought stays");
        assertLe(paid - OWED, SATOSHI, "less than a satoshi's worth");
        assertEq(wbtc.balanceOf(debtor), 1e8 - taken, "the rest stays");
        assertEq(fund.venueTranche() + fund.memberTranche(), 1_000e6, "nothing to or from the fund");
        assertEq(usdc.balanceOf(address(vault)), 0, "nobody is rewarded");
        assertStatus(debtor, AccountStatus.ACTIVE, "still in good standing");
        _assertOver(lot);
    }

    function test_take_settlesEachPart() public {
        uint256 lot = _startReady();
        (, uint256 paid) = buy(lot, 5e5);
        assertEq(paid, 330e6, "a part");
        assertEqInt(settledOf(debtor), -330e6, "settled at once");
        assertEq(defaults.need(debtor), OWED - 330e6, "the rest is still to come");
        assertTrue(isLive(lot), "and for sale");
        buyAll(lot);
        assertEqInt(settledOf(debtor), -int256(OWED), "all of it");
        _assertOver(lot);
    }

    function test_take_settlesWhatWasThere_too() public {
        _ready();
        deposit(debtor, usdc, 400e6);
        uint256 lot = _start();
        (, uint256 paid) = buyAll(lot);
        assertLe(paid, 600e6 + SATOSHI, "only what is missing is sold");
        assertEqInt(settledOf(debtor), -int256(OWED), "all of it is settled");
    }

    function test_take_takesTheWholeLot_whenTheRestWouldBeDust() public {
        vm.prank(debtor);
        wbtc.transfer(address(1), 1e8 - 1_522_727);
        uint256 lot = _startReady();
        (uint256 taken, uint256 paid) = buyAll(lot);
        assertEq(taken, 1_522_727, "all of it");
        assertEqInt(settledOf(debtor), -int256(OWED), "no more than is owed is taken");
        assertEq(usdc.balanceOf(debtor), paid - OWED, "the rest is the account's, in settlement asset");
        assertLe(paid, OWED + MIN_LOT, "at most a least lot beyond");
    }

    function test_startOwed_sellsTheSmallerSum_whenTheRootsDiffer() public {
        _ready();
        bookLoss(400e6);
        postRoot();
        uint256 lot = _start();
        assertEq(defaults.need(debtor), 400e6, "what the newest root says");
        bookLoss(5_000e6);
        postRoot();
        buyAll(lot);
        assertEqInt(settledOf(debtor), -400e6, "a root that nobody could dispute yet collects nothing");
        lot = _start();
        assertEq(defaults.need(debtor) + usdc.balanceOf(debtor), OWED - 400e6, "of the rest, what the settling root says");
    }

    /// hardhat-config: fuzz.runs = 64
    function testFuzz_take_neverSellsBeyondWhatIsOwed(uint256 owed, uint256 cash, uint256 part, uint256 later) public {
        owed = bound(owed, 1, 20_000e6);
        cash = bound(cash, 0, owed - 1);
        if (cash != 0) deposit(debtor, usdc, cash);
        bookLoss(owed);
        postRoot();
        advance(41 minutes);
        uint256 lot = _start();
        advance(bound(later, 1, 25 minutes));
        (uint256 price, ) = auction.quote(lot, clock);
        (, uint256 paid) = buy(lot, bound(part, 1, 1e8));
        if (isLive(lot)) {
            (, uint256 more) = buyAll(lot);
            paid += more;
        }
        assertLe(paid, owed - cash + MIN_LOT + price / 1e18 + 1, "at most a least lot beyond");
        assertEqInt(settledOf(debtor), -int256(owed), "settled to the unit");
        assertEq(usdc.balanceOf(debtor), cash + paid - owed, "the rest is the account's");
        assertEq(usdc.balanceOf(pool), owed, "the pool has what was owed");
        _assertOver(lot);
    }

    function test_take_stopsAtTheDailyCap() public {
        address capped = _pledgeCapped(0xCA99ED, 400e6);
        deposit(capped, wbtc, 1e8);
        setNet(capped, -int256(OWED));
        setNet(winner, int256(OWED));
        postRoot();
        advance(41 minutes);
        uint256 lot = _startOf(capped);
        assertEq(defaults.need(capped), 400e6, "no more a day than its owner agreed to");
        buyAll(lot);
        assertEqInt(settledOf(capped), -400e6, "today's share");
        assertTrue(!isLive(lot), "over for today");
        AccountProof memory proof = proofOf(capped);
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, capped));
        auction.startOwed(proof, proof, address(wbtc));
        advance(1 days);
        postRoot();
        buyAll(_startOf(capped));
        assertEqInt(settledOf(capped), -800e6, "tomorrow's");
    }

    /// @dev What an auction that is over was started for is no need any more: nothing is on sale, and a later one says its own.
    function test_need_isNothing_onceTheAuctionIsOver() public {
        vm.prank(ownerOf(debtor));
        owners.switchAddressBook(debtor, true);
        uint256 lot = _startReady();
        deposit(debtor, usdc, OWED);
        auction.close(lot);
        vm.prank(debtor);
        usdc.transfer(address(1), OWED);
        assertEq(defaults.need(debtor), 0, "though it owes as much as before");
    }

    // -- what happens meanwhile ----------------------------------------------------------------------------------------

    function test_settledOnce_whenARangeSettlesMeanwhile() public {
        uint256 lot = _startReady();
        settle(1, debtor);
        assertEqInt(settledOf(debtor), 0, "there is nothing to collect");
        buy(lot, 5e5);
        deposit(debtor, usdc, 5_000e6);
        settle(1, debtor);
        settle(1, debtor);
        assertEqInt(settledOf(debtor), -int256(OWED), "once");
        assertEq(usdc.balanceOf(debtor), 5_000e6 - 670e6, "only what was left");
        _expectNothingNeeded(lot);
        auction.close(lot);
        assertEqInt(settledOf(debtor), -int256(OWED), "and never more");
        _assertOver(lot);
        settle(1, winner);
        assertEq(usdc.balanceOf(winner), OWED, "which is the winner's");
    }

    function test_settledOnce_whenTheOwnerPaysMeanwhile() public {
        uint256 lot = _startReady();
        deposit(debtor, usdc, OWED);
        AccountProof memory proof = proofOf(debtor);
        vm.prank(ownerOf(debtor));
        settlement.payOwed(proof, 900e6);
        assertEq(defaults.need(debtor), 0, "a hundred is there and a hundred is owed");
        auction.close(lot);
        settle(1, debtor);
        assertEqInt(settledOf(debtor), -int256(OWED), "once");
        assertEq(wbtc.balanceOf(debtor), 1e8, "nothing was sold");
    }

    function test_refreshOwed_lowersWhatIsSold_whenANewerRootOwesLess() public {
        uint256 lot = _startReady();
        bookLoss(600e6);
        postRoot();
        defaults.refreshOwed(proofOf(debtor));
        assertEq(defaults.need(debtor), 600e6, "lowered");
        buyAll(lot);
        assertEqInt(settledOf(debtor), -600e6, "no more is taken");
    }

    function test_refreshOwed_endsTheAuction_whenANewerRootOwesNothing() public {
        uint256 lot = _startReady();
        bookLoss(0);
        postRoot();
        defaults.refreshOwed(proofOf(debtor));
        _expectNothingNeeded(lot);
        auction.close(lot);
        _assertOver(lot);
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.NotInDefault.selector, debtor));
        defaults.refreshOwed(proof);
    }

    function test_refreshOwed_neverRaisesWhatIsSold() public {
        uint256 lot = _startReady();
        bookLoss(5_000e6);
        postRoot();
        defaults.refreshOwed(proofOf(debtor));
        assertEq(defaults.need(debtor), OWED, "more would need a settling root of its own");
        buyAll(lot);
        assertEqInt(settledOf(debtor), -int256(OWED), "as it started");
    }

    function test_take_settles_whileTheAccountIsCalled() public {
        uint256 lot = _startReady();
        setMargin(debtor, 90_000e6, 0);
        callDebtor();
        buyAll(lot);
        assertEqInt(settledOf(debtor), -int256(OWED), "a call changes nothing about a debt");
        assertStatus(debtor, AccountStatus.CALLED, "nor the debt about the call");
    }

    function test_declareDefault_takesTheLotsOver() public {
        uint256 lot = _startReady();
        buy(lot, 5e5);
        setMargin(debtor, 90_000e6, 0);
        callDebtor();
        advance(31 minutes);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.LotLive.selector, lot));
        defaults.declareDefault(proof, address(wbtc));
        vm.prank(declarer);
        defaults.declareDefault(proof, address(0));
        assertEq(caseOf(debtor).openLots, 1, "the lot goes on");
        assertEq(vault.record(debtor).flags & Flags.OWED_AUCTION, 0, "as a lot of the default");
        // 670 are owed, with 2% and 5% of it.
        assertEq(defaults.need(debtor), 670e6 + 13_400_000 + 33_500_000, "with reward and penalty");
        (, uint256 paid) = buyAll(lot);
        assertEqInt(settledOf(debtor), -330e6, "a default settles at its end");
        assertEq(usdc.balanceOf(debtor), paid, "until then it waits in the account");
        fixDebtor(-int256(OWED));
        closeOut.resolve(debtor);
        assertEq(settlement.book(venue).pool, OWED, "each unit once");
        assertEqInt(settlement.base(venue), int256(OWED), "base");
        assertEq(liveCount(), 0, "no lot is left");
    }

    function test_resolve_waitsForTheLot_whenADefaultTookItOver() public {
        uint256 lot = _startReady();
        setMargin(debtor, 90_000e6, 0);
        defaultDebtor(address(0));
        fixDebtor(-int256(OWED));
        vm.expectRevert();
        closeOut.resolve(debtor);
        buyAll(lot);
        closeOut.resolve(debtor);
        assertEq(fund.venueTranche(), 500e6, "no tier paid for what the account had");
    }

    function test_withdrawals_areRefused_whileTheLotsAreLive() public {
        uint256 lot = _startReady();
        address owner = ownerOf(debtor);
        vm.prank(owner);
        owners.requestWithdrawal(debtor, address(wbtc), 1e7, owner);
        uint40 deadline = uint40(clock + 30 minutes);
        bytes memory consent = signAs(VENUE_KEY, consentDigest(debtor, address(wbtc), 1e7, owner, 0, deadline));
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotActive.selector, debtor, AccountStatus.ACTIVE));
        vault.withdrawWithConsent(debtor, address(wbtc), 1e7, owner, deadline, consent);
        nextBlock();
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotActive.selector, debtor, AccountStatus.ACTIVE));
        owners.finaliseWithdrawal(address(wbtc), proof);

        buyAll(lot);
        vm.prank(owner);
        vault.withdrawWithConsent(debtor, address(wbtc), 1e7, owner, deadline, consent);
        owners.finaliseWithdrawal(address(wbtc), proof);
        assertEq(wbtc.balanceOf(owner), 2e7, "both work again when it is over");
    }

    function test_withdraw_isFree_forWhatTheVenueDoesNotAccept() public {
        _startReady();
        TestToken other = new TestToken("OTHER", 18);
        deposit(debtor, other, 5);
        ownerWithdraws(debtor, other, 5, address(this));
        assertEq(other.balanceOf(address(this)), 5, "an auction holds only what the venue accepts");
    }

    function test_take_refuses_whenADonationCoversWhatIsOwed() public {
        uint256 lot = _startReady();
        deposit(debtor, usdc, OWED);
        _expectNothingNeeded(lot);
        auction.close(lot);
        _assertOver(lot);
        settle(1, debtor);
        assertEqInt(settledOf(debtor), -int256(OWED), "settlement takes it");
        assertEq(wbtc.balanceOf(debtor), 1e8, "nothing was sold");
    }

    function test_take_sellsLess_whenADonationCoversAPart() public {
        uint256 lot = _startReady();
        deposit(debtor, usdc, 300e6);
        (, uint256 paid) = buyAll(lot);
        assertLe(paid, 700e6 + SATOSHI, "what the donation left");
        assertEqInt(settledOf(debtor), -int256(OWED), "both are settled");
    }

    function test_sellToFund_buysWhatNobodyWanted_andSettlesIt() public {
        uint256 lot = _startReady();
        for (uint256 i; i < 2; ++i) {
            advance(20 minutes + 1);
            auction.reset(lot);
        }
        advance(20 minutes + 1);
        auction.sellToFund(lot);
        assertLe(uint256(-settledOf(debtor)), 500e6 + 420, "as far as the venue's tranche reaches");
        assertGe(uint256(-settledOf(debtor)), 500e6 - 420, "and that far");
        assertEq(fund.memberTranche(), 500e6, "members buy nothing");
        vm.expectRevert(abi.encodeWithSelector(ILotDesk.NotForSale.selector, debtor, address(wbtc)));
        auction.passInKind(lot);
    }

    function _ready() private {
        bookLoss(OWED);
        postRoot();
        advance(40 minutes + 1);
    }

    function _startReady() private returns (uint256) {
        _ready();
        return _start();
    }

    function _start() private returns (uint256) {
        return _startOf(debtor);
    }

    /// @dev Under the first root, and the newest one.
    function _startOf(address account) private returns (uint256) {
        AccountProof memory settling = proofAt(venue, 1, vault.record(account).index);
        AccountProof memory current = proofOf(account);
        return auction.startOwed(settling, current, address(wbtc));
    }

    function _pledgeCapped(uint256 key, uint96 cap) private returns (address account) {
        account = vault.open(vm.addr(key), 0);
        ownerKeyOf[account] = key;
        PledgeTerms memory terms = termsOf(account, venue);
        terms.debitCap = cap;
        bytes32 digest = pledgeDigest(terms);
        enterLeaf(venue, account, vault.pledge(terms, signAs(key, digest), signAs(VENUE_KEY, digest)));
    }

    function _assertOver(uint256 lot) private view {
        assertTrue(!isLive(lot), "the lot is over");
        assertEq(vault.record(debtor).flags & Flags.OWED_AUCTION, 0, "so is the auction");
        assertEq(caseOf(debtor).openLots, 0, "none is open");
    }

    function _expectNothingNeeded(uint256 lot) private {
        vm.expectRevert(abi.encodeWithSelector(ILotTaking.NothingNeeded.selector, debtor));
        auction.take(lot, 1, type(uint256).max, address(this), "");
    }

    function _expectNoStart(uint256 epoch, bytes memory reason) private {
        AccountProof memory settling = proofAt(venue, epoch, vault.record(debtor).index);
        AccountProof memory current = proofOf(debtor);
        vm.expectRevert(reason);
        auction.startOwed(settling, current, address(wbtc));
    }
}
