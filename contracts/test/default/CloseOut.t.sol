// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../../src/interfaces/IVenueRegistry.sol";
import {AccountProof, AccountStatus, CloseOutReport, EpochHeader, RootPrices} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice From the default to the release: the report, the fixed loss, the waterfall and what each tier pays.
contract CloseOutTest is DefaultScenario {
    address private constant MEMBER = address(0x3E3BE4);

    // -- the report ----------------------------------------------------------------------------------------------------

    function test_report_refuses_whenNotInDefault() public {
        makePair(0, 0);
        _expectNoReport(closeOutOf(debtor, -1), 2, abi.encodeWithSelector(ICloseOut.NotInDefault.selector, debtor));
    }

    function test_report_refuses_whenAnAttestorIsMissing() public {
        _default(100e6, 1_000e6);
        _expectNoReport(closeOutOf(debtor, -1), 1, abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 1, 2));
    }

    function test_report_refuses_whenTheVenueDidNotSign() public {
        _default(100e6, 1_000e6);
        CloseOutReport memory filed = closeOutOf(debtor, -1);
        bytes32 digest = reportDigest(filed);
        bytes memory forged = signAs(0xBAD, digest);
        bytes memory attested = attest(digest, 2);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.VenueSignatureInvalid.selector, venueKey));
        closeOut.report(filed, forged, attested);
    }

    function test_report_refuses_whenItIsOfAnotherPledge() public {
        _default(100e6, 1_000e6);
        CloseOutReport memory filed = closeOutOf(debtor, -1);
        filed.index += 1;
        _expectNoReport(filed, 2, abi.encodeWithSelector(ICloseOut.WrongReport.selector, debtor, venue, filed.index));
    }

    function test_report_refuses_whenTheNetFitsNoLedger() public {
        _default(100e6, 1_000e6);
        int256 tooLow = -int256(uint256(type(uint96).max)) - 1;
        _expectNoReport(closeOutOf(debtor, tooLow), 2, abi.encodeWithSelector(ICloseOut.NetOutOfRange.selector, tooLow));
        fileReport(debtor, -1_000e6);
    }

    function test_report_refuses_whenFiledTwice() public {
        _default(100e6, 1_000e6);
        fileReport(debtor, -1_000e6);
        _expectNoReport(closeOutOf(debtor, -2_000e6), 2, abi.encodeWithSelector(ICloseOut.ReportTwice.selector, debtor));
    }

    // -- fixing the loss -----------------------------------------------------------------------------------------------

    function test_fixLoss_refuses_withoutAReport() public {
        _default(100e6, 1_000e6);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.NoReport.selector, debtor));
        closeOut.fixLoss(debtor);
    }

    function test_fixLoss_refuses_untilTheDisputeWindowHasPassed() public {
        _default(100e6, 1_000e6);
        fileReport(debtor, -900e6);
        uint256 until = clock + 30 minutes;
        advance(30 minutes);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.DisputeWindowOpen.selector, until));
        closeOut.fixLoss(debtor);
        advance(1);
        closeOut.fixLoss(debtor);
        assertEq(caseOf(debtor).loss, 900e6, "the report's figure, not the root's");
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.NotInDefault.selector, debtor));
        closeOut.fixLoss(debtor);
    }

    function test_fixLossWithoutReport_waitsForTheCloseOutDeadline() public {
        _default(100e6, 1_000e6);
        uint256 until = clock + 4 hours;
        advance(until - clock - 12);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.CloseOutNotOver.selector, until));
        closeOut.fixLossWithoutReport(proof);
    }

    function test_fixLossWithoutReport_refuses_whenAReportWasFiled() public {
        _default(100e6, 1_000e6);
        fileReport(debtor, -900e6);
        advance(5 hours);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.ReportTwice.selector, debtor));
        closeOut.fixLossWithoutReport(proof);
    }

    function test_fixLossWithoutReport_takesTheDefaultsFigure_whenTheNewestIsLarger() public {
        _default(100e6, 1_000e6);
        assertEq(_fallback(5_000e6), 1_000e6, "a silent venue cannot raise the debt");
        assertEqInt(caseOf(debtor).finalNet, -1_000e6, "net follows");
    }

    function test_fixLossWithoutReport_takesTheNewestFigure_whenItIsSmaller() public {
        _default(100e6, 1_000e6);
        assertEq(_fallback(400e6), 400e6, "what the newest root says");
    }

    function test_refreshOwed_followsTheNewestRoot_untilTheLossIsFixed() public {
        _default(100e6, 1_000e6);
        bookLoss(2_000e6);
        postRoot();
        defaults.refreshOwed(proofOf(debtor));
        assertEq(caseOf(debtor).owed, 2_000e6, "owed rose");
        assertEq(caseOf(debtor).mark, 1_000e6, "the default's own figure stands");
        fixDebtor(-1_500e6);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.NotInDefault.selector, debtor));
        defaults.refreshOwed(proof);
    }

    // -- the waterfall -------------------------------------------------------------------------------------------------

    /// @notice The worked example of the arithmetic: W1 +600, W2 +400, D -1000, of which D pays 700 and the fund 200.
    function test_resolve_matchesTheWorkedExample() public {
        address first = openAndPledge(11);
        address second = openAndPledge(12);
        debtor = openAndPledge(DEBTOR_KEY);
        fillFund(150e6, 50e6, MEMBER);
        deposit(debtor, usdc, 300e6);
        setMargin(debtor, 50e6, 0);
        _nets(first, 600e6, second, 400e6);
        setNet(debtor, -1_000e6);
        postRoot();
        advance(31 minutes);
        settle(1, pair(debtor, first));
        _assertBook(300e6, 0, "D paid 300, W1 claimed them");
        assertEq(usdc.balanceOf(first), 300e6, "W1 got 300");

        // 400 and the declarer's 2% of the loss of 700 come in before the default.
        deposit(debtor, usdc, 414e6);
        defaultDebtor(address(0));
        fixDebtor(-1_000e6);
        closeOut.resolve(debtor);
        assertEq(usdc.balanceOf(debtor), 0, "D has paid all it had");
        assertEq(fund.venueTranche() + fund.memberTranche(), 0, "the fund paid 200");
        assertEq(settlement.book(venue).pool, 600e6, "pool 600 = owing 600");
        assertEq(settlement.book(venue).shortfalls, 100e6, "shortfall 100");
        assertEqInt(settlement.base(venue), 900e6, "base 900");

        settle(1, second);
        assertEq(usdc.balanceOf(second), 0, "a credit older than the shortfall waits for a new root");
        clearLeaf(venue, 2);
        settlement.checkpoint(venue);
        nextBlock();
        RootPrices memory prices = livePrices(venue);
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        bytes32 digest = headerDigest(header);
        bytes memory venueSignature = signAs(VENUE_KEY, digest);
        bytes memory attested = attest(digest, 2);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, 1_000e6, int256(900e6)));
        attestationLog.post(header, prices, venueSignature, attested);

        // 600 of 700 owing are covered: 300 and 400 are cut pro rata, rounded down.
        _nets(first, 300e6 + 257_142_857, second, 342_857_142);
        postRoot();
        advance(31 minutes);
        settle(attestationLog.newest(venue), pair(first, second));
        assertEq(usdc.balanceOf(first), 557_142_857, "W1's share");
        assertEq(usdc.balanceOf(second), 342_857_142, "W2's share");
        assertEq(settlement.book(venue).pool, 1, "what rounding left");
    }

    function test_resolve_takesTheVenuesTrancheFirst() public {
        fillFund(200e6, 500e6, MEMBER);
        _defaultWithMargin(0, 150e6, 1_000e6);
        fixDebtor(-150e6);
        closeOut.resolve(debtor);
        assertEq(fund.venueTranche(), 50e6, "the venue's own money paid");
        assertEq(fund.memberTranche(), 500e6, "the members' is untouched while it lasts");
        assertEq(settlement.book(venue).shortfalls, 0, "nothing is short");
    }

    function test_resolve_capsTheMembers_byTheRequirementAtTheCall() public {
        fillFund(100e6, 500e6, MEMBER);
        _defaultWithMargin(0, 450e6, 250e6);
        fixDebtor(-450e6);
        closeOut.resolve(debtor);
        assertEq(fund.venueTranche(), 0, "the venue's tranche is empty");
        assertEq(fund.memberTranche(), 250e6, "members paid one requirement");
        assertEq(settlement.book(venue).shortfalls, 100e6, "the rest is short");
    }

    function test_resolve_leavesTheSurplus() public {
        fillFund(0, 500e6, MEMBER);
        _defaultWithMargin(1_500e6, 1_000e6, 2_000e6);
        deposit(debtor, wbtc, 5);
        fixDebtor(-1_000e6);
        closeOut.resolve(debtor);
        // reward 2% and penalty 5% of the loss
        assertEq(usdc.balanceOf(debtor), 1_500e6 - 1_000e6 - 20e6 - 50e6, "what the default did not need");
        assertEq(wbtc.balanceOf(debtor), 5, "collateral that was not needed");
        assertEq(fund.memberTranche(), 550e6, "the penalty is the members'");
        assertEq(vault.record(debtor).venue, 0, "released");
        assertEq(defaults.openDefaults(venue), 0, "closed");
        ownerWithdraws(debtor, usdc, 430e6, address(this));
        ownerWithdraws(debtor, wbtc, 5, address(this));
    }

    function test_resolve_takesThePenaltyFromTheSurplusOnly() public {
        fillFund(0, 500e6, MEMBER);
        _defaultWithMargin(1_030e6, 1_000e6, 2_000e6);
        fixDebtor(-1_000e6);
        closeOut.resolve(debtor);
        assertEq(usdc.balanceOf(debtor), 0, "nothing is left");
        assertEq(fund.memberTranche(), 510e6, "10 of the penalty's 50");
    }

    function test_resolve_paysTheRewardBeforeTheLoss() public {
        fillFund(1_000e6, 0, MEMBER);
        _defaultWithMargin(10e6, 1_000e6, 0);
        fixDebtor(-1_000e6);
        closeOut.resolve(debtor);
        assertEq(closeOut.rewards(declarer, address(usdc)), 10e6, "as far as the account reaches");
        assertEq(fund.venueTranche(), 0, "the loss is the fund's");
        vm.prank(declarer);
        closeOut.collectReward(address(usdc), address(0xCA5));
        assertEq(usdc.balanceOf(address(0xCA5)), 10e6, "collected");
        vm.prank(declarer);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.NothingToCollect.selector, declarer, address(usdc)));
        closeOut.collectReward(address(usdc), declarer);
    }

    function test_resolve_paysTheRewardFromTheVenuesTranche_whenTheLossIsZero() public {
        fillFund(80e6, 100e6, MEMBER);
        _defaultWithMargin(1_000e6, 0, 2_000e6);
        fixDebtor(0);
        closeOut.resolve(debtor);
        assertEq(usdc.balanceOf(debtor), 1_000e6, "the account pays nothing");
        assertEq(closeOut.rewards(declarer, address(usdc)), 50e6, "the flat reward");
        assertEq(fund.venueTranche(), 30e6, "out of the venue's own tranche");
        assertEq(fund.memberTranche(), 100e6, "members are not touched");
    }

    function test_resolve_turnsOwingIntoAClaim_whenTheNetIsPositive() public {
        _defaultWithMargin(1_000e6, 0, 2_000e6);
        fixDebtor(70e6);
        closeOut.resolve(debtor);
        assertEq(settlement.claims(venue, debtor), 70e6, "the venue still owes it");
        assertEqInt(settlement.base(venue), -70e6, "and the base no longer backs others with it");
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, debtor));
        settlement.claim(venue, debtor);

        usdc.mint(address(this), 100e6);
        usdc.approve(address(settlement), 100e6);
        settlement.contribute(venue, 50e6);
        assertEq(settlement.claim(venue, debtor), 50e6, "as far as the pool reaches");
        settlement.contribute(venue, 50e6);
        assertEq(settlement.claim(venue, debtor), 20e6, "and the rest when money arrives");
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, debtor));
        settlement.claim(venue, debtor);
    }

    function test_resolve_refuses_beforeTheLossIsFixed() public {
        _default(100e6, 1_000e6);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.NotInDefault.selector, debtor));
        closeOut.resolve(debtor);
    }

    function test_resolve_refuses_whileCollateralIsUnsold() public {
        fillFund(5_000e6, 0, MEMBER);
        makePair(0, 1e6);
        bookLoss(1_000e6);
        uint256 lot = defaultDebtor(address(wbtc));
        fixDebtor(-1_000e6);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.LotsUnsold.selector, 1));
        closeOut.resolve(debtor);
        buyAll(lot);
        closeOut.resolve(debtor);
        assertStatus(debtor, AccountStatus.UNPLEDGED, "no tier paid before the lot was sold");
    }

    function test_resolve_refuses_whileCollateralWasNeverOffered() public {
        fillFund(5_000e6, 0, MEMBER);
        makePair(0, 1e6);
        bookLoss(1_000e6);
        defaultDebtor(address(0));
        fixDebtor(-1_000e6);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.SaleStillNeeded.selector, debtor, 2));
        closeOut.resolve(debtor);
        deposit(debtor, weth, 1e18);
        buyAll(auction.start(debtor, address(wbtc)));
        closeOut.resolve(debtor);
        assertEq(weth.balanceOf(debtor), 1e18, "what arrived after the loss was fixed blocks nothing");
    }

    function test_settle_skipsTheAccount_whileItIsClosedOut() public {
        _default(100e6, 1_000e6);
        uint256 epoch = attestationLog.newest(venue);
        advance(31 minutes);
        settle(epoch, debtor);
        assertEq(usdc.balanceOf(debtor), 100e6, "nothing moved");
        assertEqInt(settledOf(debtor), 0, "nothing counted");
    }

    function test_pledgeAgain_startsAfresh_whenADefaultIsResolved() public {
        _defaultWithMargin(1_500e6, 1_000e6, 2_000e6);
        _requestBeforeResolving();
        fixDebtor(-1_000e6);
        closeOut.resolve(debtor);
        clearLeaf(venue, 0);
        uint32 index = pledgeAgain(debtor, venue, VENUE_KEY);
        assertEq(index, 2, "indices are never reused");
        assertEqInt(settledOf(debtor), 0, "a counter of its own");
        assertEq(caseOf(debtor).time, 0, "no case");
        vm.prank(ownerOf(debtor));
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, debtor, address(usdc)));
        owners.cancelWithdrawal(debtor, address(usdc));
        assertEq(owners.pendingOf(debtor, address(usdc)), 0, "the request died with its pledge");
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _default(uint256 cash, uint256 loss) private {
        _defaultWithMargin(cash, loss, 0);
    }

    function _defaultWithMargin(uint256 cash, uint256 loss, uint96 initialMargin) private {
        makePair(cash, 0);
        bookLoss(loss);
        setMargin(debtor, initialMargin, 0);
        defaultDebtor(address(0));
    }

    function _requestBeforeResolving() private {
        vm.prank(ownerOf(debtor));
        owners.requestWithdrawal(debtor, address(usdc), 1, address(this));
    }

    /// @dev Lets the close-out deadline pass under a newer root with another debt, and fixes the loss without a report.
    function _fallback(uint256 newestLoss) private returns (uint256) {
        advance(4 hours);
        bookLoss(newestLoss);
        postRoot();
        closeOut.fixLossWithoutReport(proofOf(debtor));
        return caseOf(debtor).loss;
    }

    function _nets(address first, int256 firstNet, address second, int256 secondNet) private {
        setNet(first, firstNet);
        setNet(second, secondNet);
    }

    function _assertBook(uint256 collected, uint256 left, string memory why) private view {
        assertEqInt(settledOf(debtor), -int256(collected), why);
        assertEq(settlement.book(venue).pool, left, why);
        assertEqInt(settlement.base(venue), 0, why);
    }

    function _expectNoReport(CloseOutReport memory filed, uint256 attested, bytes memory reason) private {
        bytes32 digest = reportDigest(filed);
        bytes memory venueSignature = signAs(VENUE_KEY, digest);
        bytes memory attestors = attest(digest, attested);
        vm.expectRevert(reason);
        closeOut.report(filed, venueSignature, attestors);
    }
}
