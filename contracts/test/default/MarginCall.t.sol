// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {AccountProof, AccountStatus, RootPrices} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice Who may be called, how a call ends, and what it takes to turn it into a default.
contract MarginCallTest is DefaultScenario {
    uint96 private constant REQUIRED = 1_000e6;

    function setUp() public override {
        super.setUp();
        makePair(0, 0);
    }

    // -- calls ---------------------------------------------------------------------------------------------------------

    function test_callMargin_opensACall_whenShortOfInitialMargin() public {
        _requireWith(REQUIRED - 1, REQUIRED, 0);
        callDebtor();
        assertStatus(debtor, AccountStatus.CALLED, "called");
        assertEq(caseOf(debtor).time, clock + 30 minutes, "the policy's cure window");
        assertEq(caseOf(debtor).mark, height, "the block of the call");
        assertEq(caseOf(debtor).initialMargin, REQUIRED, "the requirement that caps the members");
    }

    function test_callMargin_refuses_whenRequirementIsMetToTheUnit() public {
        _requireWith(REQUIRED, REQUIRED, REQUIRED);
        postRoot();
        _expectNotCallable(abi.encodeWithSelector(IDefaultManager.NotShort.selector, debtor));
    }

    function test_callMargin_refuses_whenTheAccountIsInDefault() public {
        _requireWith(0, REQUIRED, REQUIRED);
        bookLoss(100e6);
        defaultDebtor(address(0));
        _expectNotCallable(abi.encodeWithSelector(IDefaultManager.NotCallable.selector, debtor, AccountStatus.CLOSING_OUT));
    }

    function test_callMargin_countsWhatIsOwed_whenDebitIsUnsettled() public {
        _requireWith(REQUIRED + 99, REQUIRED, 0);
        bookLoss(100);
        callDebtor();
        assertStatus(debtor, AccountStatus.CALLED, "one unit short of requirement and debt");
    }

    function test_callMargin_countsWhatIsOwing_whenCreditIsUnsettled() public {
        setMargin(winner, REQUIRED, 0);
        bookLoss(REQUIRED);
        postRoot();
        AccountProof memory proof = proofOf(winner);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.NotShort.selector, winner));
        defaults.callMargin(proof);
    }

    function test_callMargin_refusesAHedgedAccount_whenOnlyTheRootsPriceSaysShort() public {
        deposit(debtor, wbtc, 1e8);
        setMargin(debtor, 50_000e6, 0);
        RootPrices memory prices = livePrices(venue);
        prices.collateral[1] /= 2;
        postRoot(venue, VENUE_KEY, prices, true);
        _expectNotCallable(abi.encodeWithSelector(IDefaultManager.NotShort.selector, debtor));
    }

    function test_callMargin_refusesAHedgedAccount_whenOnlyTheLivePriceSaysShort() public {
        deposit(debtor, wbtc, 1e8);
        setMargin(debtor, 50_000e6, 0);
        postRoot();
        setPrice(btcFeed, 30_000e8);
        _expectNotCallable(abi.encodeWithSelector(IDefaultManager.NotShort.selector, debtor));
    }

    function test_callMargin_countsARequestAsGone_whenPending() public {
        _requireWith(REQUIRED, REQUIRED, 0);
        vm.prank(ownerOf(debtor));
        owners.requestWithdrawal(debtor, address(usdc), 1, address(this));
        callDebtor();
        assertStatus(debtor, AccountStatus.CALLED, "one unit is on its way out");
    }

    function test_callMargin_refuses_whenTheRootIsStale() public {
        _requireWith(0, REQUIRED, 0);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        advance(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotFresh.selector, 1 hours + 12, 1 hours));
        defaults.callMargin(proof);
    }

    function test_callMargin_refuses_whenANewerRootIsPosted() public {
        _requireWith(0, REQUIRED, 0);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 2, 1));
        defaults.callMargin(proof);
    }

    function test_callMargin_refuses_whenThePricesAreNotTheRoots() public {
        _requireWith(0, REQUIRED, 0);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        proof.prices.collateral[1] -= 1;
        vm.expectPartialRevert(IAttestationLog.PricesNotOfRoot.selector);
        defaults.callMargin(proof);
    }

    function test_callMargin_refusesASecondCall_whenTheFirstIsNearer() public {
        _requireWith(1, REQUIRED, 0);
        callDebtor();
        uint40 deadline = caseOf(debtor).time;
        AccountProof memory proof = proofOf(debtor);
        advance(1 minutes);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.AlreadyCalled.selector, debtor, deadline));
        defaults.callMargin(proof);
    }

    function test_callMargin_shortensTheCure_whenMaintenanceFailsToo() public {
        _requireWith(REQUIRED - 1, REQUIRED, 500e6);
        callDebtor();
        uint64 called = uint64(caseOf(debtor).mark);
        setMargin(debtor, 3 * REQUIRED, REQUIRED);
        callDebtor();
        assertEq(caseOf(debtor).time, clock + defaults.minCure(), "the shortest cure from now on");
        assertEq(caseOf(debtor).mark, called, "still the first call's block");
        assertEq(caseOf(debtor).initialMargin, REQUIRED, "members are capped by the requirement at the first call");
    }

    function test_callMargin_neverLengthensACure_whenMaintenanceFailsLate() public {
        _requireWith(REQUIRED - 1, REQUIRED, 0);
        callDebtor();
        uint40 deadline = caseOf(debtor).time;
        advance(25 minutes);
        setMargin(debtor, REQUIRED, REQUIRED);
        postRoot();
        _expectNotCallable(abi.encodeWithSelector(IDefaultManager.AlreadyCalled.selector, debtor, deadline));
    }

    // -- cure and lapse ------------------------------------------------------------------------------------------------

    function test_cure_endsTheCall_byTopUp() public {
        _requireWith(REQUIRED - 1, REQUIRED, 0);
        callDebtor();
        deposit(debtor, usdc, 1);
        defaults.cure(proofOf(debtor));
        assertStatus(debtor, AccountStatus.ACTIVE, "cured");
        assertEq(caseOf(debtor).mark, 0, "nothing of the call is left");
        assertEq(caseOf(debtor).time, 0, "no deadline is left");
    }

    function test_cure_endsTheCall_byALaterRoot() public {
        _requireWith(REQUIRED - 1, REQUIRED, 0);
        callDebtor();
        setMargin(debtor, REQUIRED - 1, 0);
        postRoot();
        defaults.cure(proofOf(debtor));
        assertStatus(debtor, AccountStatus.ACTIVE, "the positions were cut");
    }

    function test_cure_works_whenTheDeadlineHasPassed() public {
        _requireWith(REQUIRED - 1, REQUIRED, 0);
        callDebtor();
        deposit(debtor, usdc, 1);
        advance(45 minutes);
        defaults.cure(proofOf(debtor));
        assertStatus(debtor, AccountStatus.ACTIVE, "nobody declared it in time");
    }

    function test_cure_refuses_whenStillShort() public {
        _requireWith(REQUIRED - 2, REQUIRED, 0);
        callDebtor();
        deposit(debtor, usdc, 1);
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.StillShort.selector, debtor));
        defaults.cure(proof);
    }

    function test_cure_refuses_whenNotCalled() public {
        _requireWith(REQUIRED, REQUIRED, 0);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.NotCalled.selector, debtor));
        defaults.cure(proof);
    }

    function test_lapse_endsACall_whenNobodyActed() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        uint40 until = caseOf(debtor).time + 2 hours;
        advance(until - clock);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.NotLapsed.selector, until));
        defaults.lapse(debtor);
        advance(1);
        defaults.lapse(debtor);
        assertStatus(debtor, AccountStatus.ACTIVE, "lapsed");
    }

    function test_lapse_leavesAFreshCall_whenShortAgain() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        advance(3 hours);
        callDebtor();
        assertStatus(debtor, AccountStatus.CALLED, "called again");
        assertEq(caseOf(debtor).time, clock + 30 minutes, "with a whole cure window");
        assertEq(caseOf(debtor).mark, height, "and a new block to be later than");
    }

    // -- default -------------------------------------------------------------------------------------------------------

    function test_declareDefault_refuses_whenNotCalled() public {
        _requireWith(0, REQUIRED, 0);
        postRoot();
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.NotCalled.selector, debtor));
    }

    function test_declareDefault_refuses_untilTheDeadlineHasPassed() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        uint40 deadline = caseOf(debtor).time;
        advance(20 minutes);
        postRoot();
        advance(deadline - clock);
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, deadline));
        advance(1);
        defaults.declareDefault(proofOf(debtor), address(0));
        assertStatus(debtor, AccountStatus.CLOSING_OUT, "one second later it is a default");
    }

    function test_declareDefault_refuses_underTheRootOfTheCall() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        uint64 called = uint64(caseOf(debtor).mark);
        advance(31 minutes);
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.RootNotAfterCall.selector, called, called - 1));
    }

    function test_declareDefault_refuses_whenTheSnapshotIsTheCallsBlock() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        uint64 called = uint64(caseOf(debtor).mark);
        postRoot();
        advance(31 minutes);
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.RootNotAfterCall.selector, called, called));
    }

    function test_declareDefault_refuses_whenCuredByTheLaterRoot() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        advance(31 minutes);
        setMargin(debtor, 0, 0);
        postRoot();
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.NotShort.selector, debtor));
    }

    function test_declareDefault_refuses_whenToppedUpAfterTheSnapshot() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        advance(31 minutes);
        postRoot();
        deposit(debtor, usdc, REQUIRED);
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.NotShort.selector, debtor));
    }

    function test_declareDefault_refuses_whenTheLivePriceHasRecovered() public {
        deposit(debtor, wbtc, 1e8);
        setMargin(debtor, 50_000e6, 0);
        setPrice(btcFeed, 30_000e8);
        callDebtor();
        advance(31 minutes);
        postRoot();
        setPrice(btcFeed, 60_000e8);
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.NotShort.selector, debtor));
    }

    function test_declareDefault_refuses_whenTheCallHasLapsed() public {
        _requireWith(0, REQUIRED, 0);
        callDebtor();
        uint40 until = caseOf(debtor).time + 2 hours;
        advance(until - clock);
        postRoot();
        _expectNoDefault(abi.encodeWithSelector(IDefaultManager.CallHasLapsed.selector, until));
    }

    function test_declareDefault_recordsTheDebt() public {
        _requireWith(10e6, REQUIRED, 0);
        bookLoss(30e6);
        defaultDebtor(address(0));
        assertStatus(debtor, AccountStatus.CLOSING_OUT, "closing out");
        assertEq(caseOf(debtor).owed, 30e6, "owed");
        assertEq(caseOf(debtor).mark, 30e6, "owed at the default");
        assertEqAddress(caseOf(debtor).declarer, declarer, "the declarer");
        assertEq(defaults.openDefaults(venue), 1, "one open default");
        assertEq(defaults.need(winner), 0, "nothing of whoever is not in default");
        // 30 + reward 2% + penalty 5% - balance 10
        assertEq(defaults.need(debtor), 30e6 + 600_000 + 1_500_000 - 10e6, "what sales must bring");
    }

    function _requireWith(uint256 cash, uint96 initialMargin, uint96 maintenanceMargin) private {
        if (cash != 0) deposit(debtor, usdc, cash);
        setMargin(debtor, initialMargin, maintenanceMargin);
    }

    function _expectNotCallable(bytes memory reason) private {
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(reason);
        defaults.callMargin(proof);
    }

    function _expectNoDefault(bytes memory reason) private {
        AccountProof memory proof = proofOf(debtor);
        vm.expectRevert(reason);
        defaults.declareDefault(proof, address(0));
    }
}
