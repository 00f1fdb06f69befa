// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DefaultFund} from "../../src/default/DefaultFund.sol";
import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {EpochHeader, RootPrices, VenueParameters} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice The design's worked example, to the unit: W1 +600, W2 +400, D -1000.
contract WorkedTest is DefaultScenario {
    address private first;
    address private second;

    /// @dev A venue without reward and penalty, as in the example.
    function setUp() public override {
        super.setUp();
        VenueParameters memory p = defaultParameters();
        (p.rewardBps, p.penaltyBps) = (0, 0);
        venue = registry.register(venueKey, vm.addr(GUARDIAN_KEY), defaultAssets(), attestorAddresses(), 2, p);
        fund = DefaultFund(registry.fundOf(venue));
        pool = settlement.poolOf(venue);
        first = openAndPledge(11);
        second = openAndPledge(12);
        debtor = openAndPledge(DEBTOR_KEY);
        fillFund(150e6, 50e6, address(0x3E3BE4));
        _nets(600e6, 400e6);
        setNet(debtor, -1_000e6);
        setMargin(debtor, 50e6, 0);
    }

    function test_worked_example() public {
        deposit(debtor, usdc, 300e6);
        postRoot();
        advance(31 minutes);
        settle(1, debtor);
        _assertBook(300e6, -300e6, 0, "D pays 300");
        settle(1, first);
        _assertBook(0, -300e6, 0, "W1 claims 300");
        assertEq(usdc.balanceOf(first), 300e6, "W1 has 300");

        deposit(debtor, usdc, 400e6);
        defaultDebtor(address(0));
        uint256 old = attestationLog.newest(venue);
        fixDebtor(-1_000e6);
        closeOut.resolve(debtor);
        // The account 400, the venue's tranche 150, the members' 50; 100 are short.
        assertEq(usdc.balanceOf(debtor), 0, "the account pays 400");
        assertEq(fund.venueTranche() + fund.memberTranche(), 0, "the fund pays 200");
        assertEq(settlement.book(venue).shortfalls, 100e6, "shortfall 100");
        _assertBook(600e6, 0, 900e6, "D released: base 900, pool 600");

        settle(old, pair(first, second));
        assertEq(usdc.balanceOf(first) + usdc.balanceOf(second), 300e6, "a root from before the shortfall pays nobody");

        clearLeaf(venue, 2);
        _expectUncovered(600e6, 400e6);
        _expectUncovered(500e6, 400e6 + 1);
        // 600 cover an owing of 300 and 400: each is cut pro rata, rounded down, never below what was settled.
        _nets(300e6 + (300e6 * 600) / uint256(700), (400e6 * 600) / uint256(700));
        postRoot();
        advance(31 minutes);
        settle(attestationLog.newest(venue), pair(first, second));
        assertEq(usdc.balanceOf(first), 557_142_857, "W1: 300 and 257.142857");
        assertEq(usdc.balanceOf(second), 342_857_142, "W2: 342.857142");
        assertEq(settlement.book(venue).pool, 1, "what rounding left");
        assertEqInt(settlement.base(venue), 900e6, "pool 1 + settled 899.999999");
    }

    /// @dev Snapshotted before the shortfall and posted after it, cut as it must be: it has not seen the shortfall, so it pays nobody.
    function test_worked_aRootSnapshottedBeforeTheShortfall_paysNobody_howeverLateItIsPosted() public {
        deposit(debtor, usdc, 700e6);
        defaultDebtor(address(0));
        fixDebtor(-1_000e6);
        settlement.checkpoint(venue);
        uint64 snapshot = uint64(height);
        nextBlock();
        closeOut.resolve(debtor);
        assertEq(settlement.book(venue).shortfalls, 100e6, "shortfall 100");
        _nets(540e6, 360e6);
        RootPrices memory prices = livePrices(venue);
        submit(headerOf(venue, snapshot, prices, true), prices, VENUE_KEY);
        uint256 late = attestationLog.newest(venue);
        clearLeaf(venue, 2);
        nextBlock();
        postRoot();
        advance(31 minutes);
        settle(late, pair(first, second));
        assertEq(usdc.balanceOf(first) + usdc.balanceOf(second), 0, "not under the late one");
        settle(late + 1, pair(first, second));
        assertEq(usdc.balanceOf(first), 540e6, "under the one that saw it: W1");
        assertEq(usdc.balanceOf(second), 360e6, "and W2");
        assertEq(settlement.book(venue).pool, 0, "all of it");
    }

    function _nets(uint256 firstNet, uint256 secondNet) private {
        setNet(first, int256(firstNet));
        setNet(second, int256(secondNet));
    }

    function _assertBook(uint256 cash, int256 settledByDebtor, int256 base, string memory why) private view {
        assertEq(settlement.book(venue).pool, cash, why);
        assertEq(usdc.balanceOf(pool), cash, why);
        assertEqInt(settledOf(debtor), settledByDebtor, why);
        assertEqInt(settlement.base(venue), base, why);
    }

    function _expectUncovered(uint256 firstNet, uint256 secondNet) private {
        _nets(firstNet, secondNet);
        settlement.checkpoint(venue);
        nextBlock();
        RootPrices memory prices = livePrices(venue);
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        bytes32 digest = headerDigest(header);
        bytes memory venueSignature = signAs(VENUE_KEY, digest);
        bytes memory attested = attest(digest, 2);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, firstNet + secondNet, int256(900e6)));
        attestationLog.post(header, prices, venueSignature, attested);
    }
}
