// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../src/interfaces/ICloseOut.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IDisputeDesk} from "../src/interfaces/IDisputeDesk.sol";
import {AccountProof, AccountStatus} from "../src/interfaces/Types.sol";
import {DisputeScenario} from "./support/DisputeScenario.sol";

/// @notice Disputes of a close-out report.
contract DisputeReportTest is DisputeScenario {
    function test_disputeReport_holdsTheLoss_thenLapsesWithTheCap() public {
        _reported(-600e6);
        disputeReport();
        assertEq(disputed().epoch, 0, "a report");
        assertEqInt(disputed().net, -600e6, "what it said");
        advance(1 hours);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.UnderDispute.selector, loser));
        closeOut.fixLoss(loser);
        advance(2 days);
        disputes.lapseDispute(loser);
        closeOut.fixLoss(loser);
        assertEq(defaults.caseOf(loser).loss, 0, "nothing was undisputed");
        assertEqInt(defaults.caseOf(loser).finalNet, 0, "so nothing is collected");
        assertEq(rewardsOf(ownerOf(loser)), BOND, "the bond returns");
    }

    function test_disputeReport_collectsWhatWasUndisputed() public {
        postLoss(200e6);
        advance(31 minutes);
        _reported(-600e6);
        disputeReport();
        disputes.lowerCap(proofUnder(1));
        advance(2 days + 1);
        disputes.lapseDispute(loser);
        closeOut.fixLoss(loser);
        assertEq(defaults.caseOf(loser).loss, 200e6, "the house takes the rest");
    }

    function test_lowerCap_takesNoRootThatTheDefaultKeptFromBeingDisputed() public {
        // The roots of call and default: the owner could not dispute the second, and the first window was still open.
        _reported(-600e6);
        advance(20 minutes);
        disputeReport();
        advance(1 hours);
        for (uint256 epoch = 1; epoch <= 2; ++epoch) {
            AccountProof memory proof = proofUnder(epoch);
            vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NotUndisputed.selector, epoch));
            disputes.lowerCap(proof);
        }
    }

    function test_disputeReport_untilTheWindowEnds() public {
        _reported(-600e6);
        uint256 until = clock + 30 minutes;
        advance(30 minutes);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.DisputeWindowOpen.selector, until));
        closeOut.fixLoss(loser);
        uint256 state = vm.snapshotState();
        disputeReport();
        vm.revertToState(state);
        advance(1);
        _expectReport(abi.encodeWithSelector(IDisputeDesk.WindowOver.selector, until));
        closeOut.fixLoss(loser);
    }

    function test_disputeReport_refusals() public {
        _expectReport(abi.encodeWithSelector(ICloseOut.NotInDefault.selector, loser));
        bookLoss(300e6);
        defaultLoser();
        _expectReport(abi.encodeWithSelector(ICloseOut.NoReport.selector, loser));
        uint256 state = vm.snapshotState();
        fileHigherReport(-300e6);
        _expectReport(abi.encodeWithSelector(IDisputeDesk.NothingDisputable.selector, loser));
        vm.revertToState(state);
        fileReport(loser, 0);
        _expectReport(abi.encodeWithSelector(IDisputeDesk.NothingDisputable.selector, loser));
        vm.revertToState(state);
        fileReport(loser, -300e6);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, loser, address(this)));
        disputes.disputeReport(loser);
        disputeReport();
        _expectReport(abi.encodeWithSelector(IDisputeDesk.AlreadyDisputed.selector, loser));
        accept();
        _expectReport(abi.encodeWithSelector(IDisputeDesk.AlreadyDisputed.selector, loser));
    }

    function test_acceptDebit_ofAReport_letsItCount() public {
        _reported(-600e6);
        disputeReport();
        accept();
        advance(31 minutes);
        closeOut.fixLoss(loser);
        assertEq(defaults.caseOf(loser).loss, 600e6, "as reported");
    }

    function test_confirmDebit_ofAReport_countsAsFarAsBothGo() public {
        _reported(-600e6);
        disputeReport();
        uint256 state = vm.snapshotState();
        confirm(-900e6);
        assertEqInt(defaults.caseOf(loser).finalNet, -600e6, "no further than the report");
        assertTrue(defaults.caseOf(loser).confirmed, "with the higher quorum");
        vm.revertToState(state);
        confirm(-250e6);
        assertEqInt(defaults.caseOf(loser).finalNet, -250e6, "no further than the quorum");
        assertEq(fund.venueTranche(), BOND, "the bond is the venue's");
        advance(31 minutes);
        closeOut.fixLoss(loser);
        closeOut.resolve(loser);
        assertEq(usdc.balanceOf(loser), 1_000e6 - 250e6 - 5e6 - 12_500_000, "loss, reward and penalty");
    }

    function test_openDisputeOfARoot_holdsTheReport_andGivesWayToItsDispute() public {
        bookLoss(300e6);
        setMargin(loser, 5_000e6, 5_000e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        dispute(proof);
        uint40 first = disputed().disputedAt;
        defaultLoser();
        fileReport(loser, -700e6);
        uint256 state = vm.snapshotState();
        advance(31 minutes);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.UnderDispute.selector, loser));
        closeOut.fixLoss(loser);
        vm.revertToState(state);
        disputeReport();
        assertEq(rewardsOf(ownerOf(loser)), BOND, "the first bond returns");
        assertTrue(disputed().disputedAt > first, "another dispute");
        assertEq(disputed().epoch, 0, "of the report");
        // The root that was disputed does not count as undisputed now.
        proof = proofUnder(1);
        advance(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.CapNotLower.selector, int256(0), int256(0)));
        disputes.lowerCap(proof);
    }

    function test_undisputedSum_staysUndisputed_whenARootsDisputeGivesWay() public {
        postLoss(200e6);
        advance(31 minutes);
        bookLoss(500e6);
        setMargin(loser, 5_000e6, 5_000e6);
        postRoot();
        disputeNewest();
        disputes.lowerCap(proofUnder(1));
        defaultLoser();
        fileReport(loser, -500e6);
        disputeReport();
        assertEqInt(disputed().capNet, -200e6, "as it was");
    }

    function test_higherReport_overridesADispute_andItsBondReturnsWithThePledge() public {
        postLoss(300e6);
        disputeNewest();
        defaultLoser();
        fileHigherReport(-300e6);
        advance(31 minutes);
        closeOut.fixLoss(loser);
        closeOut.resolve(loser);
        assertStatus(AccountStatus.UNPLEDGED, "resolved");
        assertEq(rewardsOf(ownerOf(loser)), BOND, "nobody can decide it any more");
    }

    function test_withoutAReport_aDisputeCapsTheLoss() public {
        bookLoss(300e6);
        setMargin(loser, 5_000e6, 5_000e6);
        postRoot();
        disputeNewest();
        defaultLoser();
        advance(4 hours + 1);
        postRoot();
        closeOut.fixLossWithoutReport(proofOf(loser));
        assertEq(defaults.caseOf(loser).loss, 0, "nothing of the disputed sum");
    }

    function _reported(int256 finalNet) private {
        bookLoss(uint256(-finalNet));
        defaultLoser();
        fileReport(loser, finalNet);
    }

    function _expectReport(bytes memory refusal) private {
        vm.prank(ownerOf(loser));
        vm.expectRevert(refusal);
        disputes.disputeReport(loser);
    }
}
