// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountStatus, EpochHeader} from "../src/interfaces/Types.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";

/// @notice The whole path once: pledge by plain transfer, root, proof, settlement.
contract BaseTest is RingfenceTest {
    function test_aResultMovesFromLoserToWinner_whenSettled() public {
        address winner = openAndPledge(1);
        address loser = openAndPledge(2);
        deposit(loser, usdc, 1_000e6);
        setNet(winner, 300e6);
        setNet(loser, -300e6);
        EpochHeader memory header = postRoot();
        assertEq(header.totalCredit, 300e6, "the root carries the credit");
        attestationLog.verifyInclusion(header, proofOf(winner).leaf, proofOf(winner).siblings);

        advance(31 minutes);
        settle(1, pair(loser, winner));
        assertEq(usdc.balanceOf(loser), 700e6, "the loser paid");
        assertEq(usdc.balanceOf(winner), 300e6, "the winner received");
        assertEqInt(settledOf(loser), -300e6, "counted for the loser");
        assertEqInt(settledOf(winner), 300e6, "counted for the winner");
        assertEq(usdc.balanceOf(pool), 0, "nothing is left in the pool");
        assertTrue(vault.record(winner).status == AccountStatus.ACTIVE, "still pledged");
    }
}
