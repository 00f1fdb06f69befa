// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, AccountStatus, CloseOutReport, Dispute} from "../../src/interfaces/Types.sol";
import {RingfenceTest} from "./RingfenceTest.sol";

/// @notice A loser, a winner and the venue's own book, with both sides of a dispute.
abstract contract DisputeScenario is RingfenceTest {
    uint256 internal constant LOSER_KEY = 0x105E;
    uint256 internal constant WINNER_KEY = 0x717;
    uint256 internal constant HOUSE_KEY = 0x4005E;
    uint256 internal constant BOND = 100e6;

    address internal loser;
    address internal winner;
    address internal house;

    function setUp() public virtual override {
        super.setUp();
        loser = openAndPledge(LOSER_KEY);
        winner = openAndPledge(WINNER_KEY);
        house = openAndPledge(HOUSE_KEY);
        deposit(loser, usdc, 1_000e6);
        bondFor(ownerOf(loser));
    }

    /// @notice Enters a result of the loser; the winner has the other side.
    function bookLoss(uint256 loss) internal {
        setNet(loser, -int256(loss));
        setNet(winner, int256(loss));
    }

    /// @notice Enters the loss and posts it as a settling root.
    function postLoss(uint256 loss) internal {
        bookLoss(loss);
        postRoot();
    }

    function bondFor(address payer) internal {
        usdc.mint(payer, 10 * BOND);
        vm.prank(payer);
        usdc.approve(address(vault), type(uint256).max);
    }

    function disputeNewest() internal {
        dispute(proofOf(loser));
    }

    function dispute(AccountProof memory proof) internal {
        vm.prank(ownerOf(proof.leaf.account));
        disputes.disputeRoot(proof);
    }

    function proofUnder(uint256 epoch) internal view returns (AccountProof memory) {
        return proofAt(venue, epoch, vault.record(loser).index);
    }

    function accept() internal {
        uint40 disputedAt = disputes.disputeOf(loser).disputedAt;
        vm.prank(ownerOf(loser));
        disputes.acceptDebit(loser, disputedAt);
    }

    /// @notice Signatures of the first `count` attestors over a confirmation for the loser's present dispute.
    function confirmation(int256 net, uint256 count) internal view returns (bytes memory) {
        return attest(confirmationDigest(loser, disputes.disputeOf(loser).disputedAt, net), count);
    }

    function confirm(int256 net) internal {
        disputes.confirmDebit(loser, net, confirmation(net, 3));
    }

    /// @notice Waits until the newest root can be settled, and settles the loser under it.
    function settleNewest() internal {
        advance(30 minutes + 1);
        settle(roots[venue].length, loser);
    }

    /// @notice Calls the loser, waits and declares its default under a later root. The requirement must make it short.
    function defaultLoser() internal {
        setMargin(loser, 5_000e6, 5_000e6);
        postRoot();
        defaults.callMargin(proofOf(loser));
        advance(10 minutes + 1);
        postRoot();
        defaults.declareDefault(proofOf(loser), address(0));
    }

    /// @notice Files a report that the higher quorum has signed.
    function fileHigherReport(int256 finalNet) internal {
        CloseOutReport memory filed = CloseOutReport({
            venue: venue,
            account: loser,
            index: vault.record(loser).index,
            finalNet: finalNet,
            evidence: keccak256("fills")
        });
        bytes32 digest = reportDigest(filed);
        closeOut.report(filed, signAs(VENUE_KEY, digest), attest(digest, 3));
    }

    function disputeReport() internal {
        vm.prank(ownerOf(loser));
        disputes.disputeReport(loser);
    }

    function disputed() internal view returns (Dispute memory) {
        return disputes.disputeOf(loser);
    }

    function rewardsOf(address beneficiary) internal view returns (uint256) {
        return closeOut.rewards(beneficiary, address(usdc));
    }

    function assertStatus(AccountStatus expected, string memory why) internal view {
        assertEq(uint256(vault.record(loser).status), uint256(expected), why);
    }

    function assertTaken(uint256 amount, string memory why) internal view {
        assertEq(usdc.balanceOf(loser), 1_000e6 - amount, why);
        assertEqInt(settledOf(loser), -int256(amount), why);
    }
}
