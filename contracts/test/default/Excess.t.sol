// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {EpochHeader, RootPrices} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice A close-out without a report, under a newer root that owes more than the one that proved the default.
contract ExcessTest is DefaultScenario {
    uint256 private constant LOSS = 1_000e6;
    uint256 private constant NEWEST = 5_000e6;
    uint256 private constant EXCESS = NEWEST - LOSS;

    function test_excess_isTheVenuesTranches_whenItReaches() public {
        fillFund(10_000e6, 500e6, address(0x3E3BE4));
        uint256 epoch = _resolveWithoutReport(NEWEST);
        // 20 of the account's 100 are the declarer's.
        assertEq(fund.venueTranche(), 10_000e6 - (LOSS - 80e6) - EXCESS, "the rest of the loss, and the excess");
        assertEq(fund.memberTranche(), 500e6, "the members' is untouched");
        assertEq(settlement.book(venue).pool, NEWEST, "all that the newest root credits is there");
        assertEqInt(settlement.base(venue), int256(NEWEST), "and backed");
        assertEq(settlement.book(venue).shortfalls, 0, "nothing is short");
        advance(31 minutes);
        settle(epoch, winner);
        assertEq(usdc.balanceOf(winner), NEWEST, "the winner is paid under the root it has");
    }

    function test_excess_mustBeCutByTheNextRoot_whenTheTrancheEnds() public {
        fillFund(3_000e6, 500e6, address(0x3E3BE4));
        uint256 epoch = _resolveWithoutReport(NEWEST);
        // 920 for the loss, and 2,080 of the excess of 4,000.
        assertEq(fund.venueTranche(), 0, "all of it");
        assertEq(fund.memberTranche(), 500e6, "members never pay an excess");
        assertEq(settlement.book(venue).pool, 3_080e6, "what came in");
        assertEqInt(settlement.base(venue), 3_080e6, "backs that much");
        assertEq(settlement.book(venue).shortfalls, 0, "it is no shortfall of the default");

        advance(31 minutes);
        settle(epoch, winner);
        assertEq(usdc.balanceOf(winner), 0, "a root from before it pays nobody");
        clearLeaf(venue, 0);
        _expectUncovered(NEWEST);
        _expectUncovered(3_080e6 + 1);
        setNet(winner, 3_080e6);
        postRoot();
        advance(31 minutes);
        settle(attestationLog.newest(venue), winner);
        assertEq(usdc.balanceOf(winner), 3_080e6, "a root that has cut does");
        assertEq(settlement.book(venue).pool, 0, "to the unit");
    }

    function test_excess_comesAfterTheLoss() public {
        fillFund(900e6, 500e6, address(0x3E3BE4));
        _resolveWithoutReport(NEWEST);
        assertEq(fund.venueTranche(), 0, "the tranche went into the loss");
        assertEq(fund.memberTranche(), 480e6, "whose last 20 are the members'");
        assertEq(settlement.book(venue).pool, LOSS, "the loss is paid, and nothing of the excess");
    }

    function test_excess_isNone_whenTheNewestRootOwesLess() public {
        fillFund(3_000e6, 500e6, address(0x3E3BE4));
        _resolveWithoutReport(400e6);
        // 2% of 400 for the declarer.
        assertEq(fund.venueTranche(), 3_000e6 - (400e6 - 92e6), "only the loss");
        assertEq(settlement.book(venue).pool, 400e6, "only the loss came in");
    }

    /// hardhat-config: fuzz.runs = 64
    function testFuzz_excess_isConserved(uint256 newest, uint256 own, uint256 cash) public {
        newest = bound(newest, 1, 10_000e6);
        own = bound(own, 1, 10_000e6);
        fillFund(own, 500e6, address(0x3E3BE4));
        _resolve(newest, bound(cash, 0, LOSS - 1));
        uint256 loss = newest < LOSS ? newest : LOSS;
        uint256 paid = settlement.book(venue).pool;
        uint256 short_ = settlement.book(venue).shortfalls;
        assertEqInt(settlement.base(venue), int256(paid), "base backs what came in");
        assertGe(paid + short_, loss, "loss conserved");
        uint256 beyond = paid + short_ - loss;
        assertLe(beyond, newest - loss, "never more than the excess");
        if (beyond < newest - loss) assertEq(fund.venueTranche(), 0, "an excess is unpaid only when the tranche is empty");
        assertEq(usdc.balanceOf(pool), paid, "the pool has what it counts");
    }

    function _resolveWithoutReport(uint256 newest) private returns (uint256) {
        return _resolve(newest, 100e6);
    }

    function _resolve(uint256 newest, uint256 cash) private returns (uint256 epoch) {
        makePair(cash, 0);
        bookLoss(LOSS);
        setMargin(debtor, 500e6, 0);
        defaultDebtor(address(0));
        advance(4 hours);
        bookLoss(newest);
        postRoot();
        epoch = attestationLog.newest(venue);
        closeOut.fixLossWithoutReport(proofOf(debtor));
        assertEq(caseOf(debtor).mark, newest > LOSS ? newest - LOSS : 0, "the excess is remembered");
        closeOut.resolve(debtor);
    }

    function _expectUncovered(uint256 credit) private {
        setNet(winner, int256(credit));
        settlement.checkpoint(venue);
        nextBlock();
        RootPrices memory prices = livePrices(venue);
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        bytes32 digest = headerDigest(header);
        bytes memory venueSignature = signAs(VENUE_KEY, digest);
        bytes memory attested = attest(digest, 2);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, credit, int256(3_080e6)));
        attestationLog.post(header, prices, venueSignature, attested);
    }
}
