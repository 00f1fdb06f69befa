// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../src/interfaces/ICloseOut.sol";
import {IDefaultFund} from "../src/interfaces/IDefaultFund.sol";
import {IDisputeDesk} from "../src/interfaces/IDisputeDesk.sol";
import {AccountProof} from "../src/interfaces/Types.sol";
import {DisputeScenario} from "./support/DisputeScenario.sol";

/// @notice What is said of disputes and of demands.
contract DisputeEventsTest is DisputeScenario {
    address private constant PAYER = address(0xFEE);
    uint256 private constant FEE = 5e6;

    // -- disputes ------------------------------------------------------------------------------------------------------

    function test_disputeRoot_saysTheRoot_theCapAndTheBond() public {
        _settledBefore();
        postLoss(500e6);
        AccountProof memory proof = proofOf(loser);
        address owner = ownerOf(loser);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.Disputed(loser, venue, 2, -140e6, BOND);
        vm.prank(owner);
        disputes.disputeRoot(proof);
    }

    function test_disputeReport_saysThatARootsDisputeGaveWay() public {
        _settledBefore();
        bookLoss(500e6);
        setMargin(loser, 5_000e6, 5_000e6);
        postRoot();
        disputeNewest();
        defaults.callMargin(proofOf(loser));
        advance(10 minutes + 1);
        postRoot();
        defaults.declareDefault(proofOf(loser), address(0));
        fileReport(loser, -600e6);
        address owner = ownerOf(loser);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.DisputeEnded(loser, IDisputeDesk.DisputeOutcome.LAPSED, BOND);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardAccrued(owner, address(usdc), BOND);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.Disputed(loser, venue, 0, -140e6, BOND);
        vm.prank(owner);
        disputes.disputeReport(loser);
    }

    function test_lowerCap_saysTheNewCap() public {
        postLoss(300e6);
        advance(31 minutes);
        postLoss(800e6);
        disputeNewest();
        AccountProof memory proof = proofUnder(1);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.DisputeCapChanged(loser, -300e6);
        disputes.lowerCap(proof);
    }

    function test_acceptDebit_saysTheOutcome_andReturnsTheBond() public {
        postLoss(300e6);
        disputeNewest();
        uint40 disputedAt = disputed().disputedAt;
        address owner = ownerOf(loser);
        _expectEnded(IDisputeDesk.DisputeOutcome.OWNER_ACCEPTED);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardAccrued(owner, address(usdc), BOND);
        vm.prank(owner);
        disputes.acceptDebit(loser, disputedAt);
    }

    function test_confirmDebit_saysTheOutcome_andTheBondIsTheVenues() public {
        usdc.mint(address(this), 30e6);
        usdc.approve(address(fund), 30e6);
        fund.fundVenueTranche(30e6);
        postLoss(300e6);
        disputeNewest();
        bytes memory signatures = confirmation(-300e6, 3);
        _expectEnded(IDisputeDesk.DisputeOutcome.CONFIRMED);
        vm.expectEmit(address(fund));
        emit IDefaultFund.TrancheChanged(1, int256(BOND), 30e6 + BOND);
        disputes.confirmDebit(loser, -300e6, signatures);
    }

    function test_lapseDispute_saysTheOutcome() public {
        postLoss(300e6);
        disputeNewest();
        advance(2 days + 1);
        _expectEnded(IDisputeDesk.DisputeOutcome.LAPSED);
        disputes.lapseDispute(loser);
    }

    // -- demands -------------------------------------------------------------------------------------------------------

    function test_demand_saysWhoPaid_andUntilWhen() public {
        bondFor(PAYER);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.Demanded(winner, venue, PAYER, FEE, clock + 2 hours);
        vm.prank(PAYER);
        disputes.demand(winner);
    }

    function test_findUnanswered_saysHowManyThereAre() public {
        bondFor(PAYER);
        vm.startPrank(PAYER);
        disputes.demand(winner);
        disputes.demand(house);
        vm.stopPrank();
        advance(2 hours + 1);
        disputes.findUnanswered(winner);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardAccrued(PAYER, address(usdc), FEE);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.DemandUnanswered(house, venue, 2);
        disputes.findUnanswered(house);
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    /// @dev The loser has paid 140.
    function _settledBefore() private {
        postLoss(140e6);
        settleNewest();
    }

    function _expectEnded(IDisputeDesk.DisputeOutcome outcome) private {
        vm.expectEmit(address(vault));
        emit IDisputeDesk.DisputeEnded(loser, outcome, BOND);
    }
}
