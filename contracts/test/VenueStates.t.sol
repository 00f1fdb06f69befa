// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../src/interfaces/IDefaultManager.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../src/interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../src/interfaces/IVenueStates.sol";
import {
    AccountProof,
    AccountStatus,
    AssetConfig,
    EpochHeader,
    PledgeTerms,
    RootPrices,
    VenueParameters,
    VenueState
} from "../src/interfaces/Types.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {NoReturnToken} from "./support/Tokens.sol";

/// @notice `pauseBounded`, and how a venue that posts no roots comes to its end.
contract VenueStatesTest is RingfenceTest {
    uint256 private constant OWNER_KEY = 0xB0B;
    address private constant TO = address(0xCAFE);
    address private owner;
    address private account;
    address private other;

    function setUp() public override {
        super.setUp();
        owner = vm.addr(OWNER_KEY);
        account = openAndPledge(OWNER_KEY);
        other = openAndPledge(2);
        deposit(account, usdc, 1_000e6);
    }

    // -- pauses ------------------------------------------------------------------------------------------------------

    function test_pause_byTheGuardianOnly() public {
        address[4] memory callers = [address(this), venueKey, owner, vm.addr(attestorKeys[0])];
        for (uint256 i; i < callers.length; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotTheGuardian.selector, callers[i]));
            states.pause(venue);
        }
        vm.expectEmit(address(vault));
        emit IVenueStates.VenuePaused(venue, clock + 1 days);
        _pause();
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.UnknownVenue.selector, 9));
        states.pause(9);
    }

    function test_guardian_mayDoNothingElse() public {
        address guardian = vm.addr(GUARDIAN_KEY);
        (AssetConfig[] memory assets, VenueParameters memory figures) = (defaultAssets(), defaultParameters());
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.NotTheVenue.selector, guardian));
        registry.publishPolicy(venue, assets, figures);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, account, guardian));
        vault.withdraw(account, address(usdc), 1, TO);
        vm.stopPrank();
    }

    function test_pause_endsByItself() public {
        uint256 until = clock + 1 days;
        _pause();
        PledgeTerms memory terms = termsOf(vault.open(owner, 1), venue);
        terms.deadline = uint40(clock + 2 days);
        bytes32 digest = pledgeDigest(terms);
        (bytes memory own, bytes memory its) = (signAs(OWNER_KEY, digest), signAs(VENUE_KEY, digest));
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.Paused.selector, venue, until));
        vault.pledge(terms, own, its);
        advance(1 days);
        postRoot();
        vault.pledge(terms, own, its);
    }

    function test_pause_cannotBeChained() public {
        _pause();
        uint256 again = clock + 8 days;
        _refusePause(again);
        advance(1 days);
        _refusePause(again);
        advance(7 days - 1);
        _refusePause(again);
        advance(1);
        _pause();
        assertEq(registry.venueOf(venue).pausedUntil, clock + 1 days, "a week after the end of the last");
        _refusePause(clock + 8 days);
    }

    function test_clock_standsStillInAPauseAndGoesOnAfterIt() public {
        assertEq(registry.clock(venue), clock, "chain time before the first pause");
        uint256 start = clock;
        _pause();
        assertEq(registry.clock(venue), start, "at its begin");
        advance(10 hours);
        assertEq(registry.clock(venue), start, "in the middle");
        advance(14 hours);
        assertEq(registry.clock(venue), start, "at its end");
        advance(7 days);
        assertEq(registry.clock(venue), start + 7 days, "a day behind");
        _pause();
        advance(3 days);
        assertEq(registry.clock(venue), start + 9 days, "two days behind");
        uint32 second = registry.register(venueKey, address(0), defaultAssets(), attestorAddresses(), 2, defaultParameters());
        assertEq(registry.clock(second), clock, "every venue has a clock of its own");
    }

    function testFuzz_clock_neverRunsBackwardsNorFasterThanTime(uint256 seed) public {
        uint256 last = registry.clock(venue);
        uint256 start = clock;
        uint256 pauses;
        for (uint256 i; i < 30; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 passed = seed % 2 days;
            advance(passed);
            uint256 now_ = registry.clock(venue);
            assertTrue(now_ >= last && now_ - last <= passed, "between standing still and keeping up");
            last = now_;
            vm.prank(vm.addr(GUARDIAN_KEY));
            try states.pause(venue) {
                ++pauses;
            } catch {}
            assertEq(registry.clock(venue), last, "a pause does not move it");
        }
        assertLe(pauses, (clock - start) / 8 days + 1, "at most one in eight days");
        advance(1 days);
        assertEq(registry.clock(venue), clock - pauses * 1 days, "behind by the pauses, whole");
    }

    function test_pause_blocksWhatActsAgainstAnAccount() public {
        setMargin(account, 2_000e6, 1_500e6);
        setNet(account, -100e6);
        setNet(other, 100e6);
        vm.prank(owner);
        owners.requestWithdrawal(account, address(usdc), 1, TO);
        nextBlock();
        postRoot();
        advance(31 minutes);
        defaults.callMargin(proofOf(account));
        advance(11 minutes);
        postRoot();
        AccountProof memory proof = proofOf(account);
        AccountProof memory others = proofOf(other);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 1);
        _pause();
        bytes[5] memory calls = [
            abi.encodeCall(defaults.declareDefault, (proof, address(0))),
            abi.encodeCall(defaults.callMargin, (others)),
            abi.encodeCall(defaults.callMargin, (proof)),
            abi.encodeCall(settlement.settle, (header, 0, leaves, siblings)),
            abi.encodeCall(owners.finaliseWithdrawal, (address(usdc), proof))
        ];
        for (uint256 i; i < calls.length; ++i) {
            (bool ok, bytes memory answer) = address(vault).call(calls[i]);
            assertTrue(!ok, "paused");
            assertEq(answer, abi.encodeWithSelector(ICollateralVault.Paused.selector, venue, clock + 1 days), "by name");
        }
    }

    function test_pause_neverBlocksPostingNorCure() public {
        setMargin(account, 2_000e6, 0);
        postRoot();
        defaults.callMargin(proofOf(account));
        _pause();
        deposit(account, usdc, 1_000e6);
        defaults.cure(proofOf(account));
        assertTrue(vault.record(account).status == AccountStatus.ACTIVE, "cured by a deposit");
        postRoot();
        assertEq(attestationLog.newest(venue), 2, "and a root came");
    }

    function test_pause_neverBlocksTheFreeWithdrawals() public {
        NoReturnToken stray = new NoReturnToken(6);
        stray.mint(account, 5);
        address free = vault.open(owner, 1);
        deposit(free, usdc, 5);
        _pause();
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = signAs(VENUE_KEY, consentDigest(account, address(usdc), 5, TO, 0, deadline));
        vm.startPrank(owner);
        vault.withdraw(free, address(usdc), 5, TO);
        vault.withdraw(account, address(stray), 5, TO);
        vault.withdrawWithConsent(account, address(usdc), 5, TO, deadline, consent);
        owners.requestWithdrawal(account, address(usdc), 5, TO);
        owners.cancelWithdrawal(account, address(usdc));
        vm.stopPrank();
        assertEq(usdc.balanceOf(TO), 10, "what is free, and what the venue itself lets go");
        assertEq(stray.balanceOf(TO), 5, "and what it does not take");
    }

    function test_pause_neverBlocksThePaymentOfWhatIsOwed() public {
        setNet(account, -100e6);
        setNet(other, 100e6);
        postRoot();
        _pause();
        AccountProof memory proof = proofOf(account);
        vm.prank(owner);
        settlement.payOwed(proof, 100e6);
        assertEqInt(settledOf(account), -100e6, "paid in the pause");
    }

    function test_pause_shiftsACallsDeadline() public {
        setMargin(account, 2_000e6, 0);
        postRoot();
        defaults.callMargin(proofOf(account));
        uint40 deadline = defaults.caseOf(account).time;
        assertEq(deadline, clock + 30 minutes, "half an hour to cure");
        advance(10 minutes);
        _pause();
        advance(1 days);
        postRoot();
        AccountProof memory proof = proofOf(account);
        advance(20 minutes - 12);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, deadline));
        defaults.declareDefault(proof, address(0));
        advance(1);
        defaults.declareDefault(proof, address(0));
        assertTrue(vault.record(account).status == AccountStatus.CLOSING_OUT, "twenty minutes after the pause, not before");
    }

    function test_pause_shiftsTheDisputeWindow() public {
        setNet(account, -100e6);
        setNet(other, 100e6);
        postRoot();
        uint256 until = clock + 30 minutes;
        advance(10 minutes);
        _pause();
        advance(1 days);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 1);
        advance(20 minutes);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.SettlementTooEarly.selector, until));
        settlement.settle(header, 0, leaves, siblings);
        advance(1);
        settlement.settle(header, 0, leaves, siblings);
        assertEqInt(settledOf(account), -100e6, "an owner has its whole window");
    }

    function test_pause_doesNotKeepAVenueAlive() public {
        advance(6 hours);
        _pause();
        advance(1);
        states.poke(venue);
        advance(1 days + 1);
        states.fail(venue);
        assertTrue(registry.stateOf(venue) == VenueState.FAILED, "its roots were not held up, so nor is its failing");
    }

    // -- rotation of keys --------------------------------------------------------------------------------------------

    function test_changeQuorum_takesEffectADayLater() public {
        address key = vm.addr(0xFEED);
        address[] memory set = _newSet();
        bytes memory signatures = attest(_changeDigest(venue, 0, key, address(0), set, 1), 3);
        vm.expectEmit(address(vault));
        emit IVenueStates.QuorumChanging(venue, key, address(0), set, 1, clock + 24 hours);
        states.changeQuorum(venue, key, address(0), set, 1, signatures);
        vm.warp(clock + 24 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.TooEarly.selector, clock + 24 hours));
        states.applyQuorum(venue);
        assertEqAddress(registry.venueKey(venue), venueKey, "the old key until then");
        vm.warp(clock + 24 hours);
        vm.expectEmit(address(vault));
        emit IVenueStates.QuorumChanged(venue, key, address(0), set, 1);
        states.applyQuorum(venue);
        assertEqAddress(registry.venueKey(venue), key, "then the new one");
        assertEqAddress(registry.guardian(venue), address(0), "no guardian any more");
        assertEqHash(registry.attestorSetHash(venue), keccak256(abi.encode(set, uint8(1))), "and other attestors");
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NothingChanging.selector, venue));
        states.applyQuorum(venue);
    }

    function test_changeQuorum_endsTheOldKeys() public {
        address key = vm.addr(0xFEED);
        address[] memory set = _newSet();
        states.changeQuorum(venue, key, address(0), set, 1, attest(_changeDigest(venue, 0, key, address(0), set, 1), 3));
        advance(24 hours);
        states.applyQuorum(venue);
        RootPrices memory prices = livePrices(venue);
        settlement.checkpoint(venue);
        nextBlock();
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        bytes32 digest = headerDigest(header);
        (bytes memory its, bytes memory theirs) = (signAs(VENUE_KEY, digest), attest(digest, 2));
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.VenueSignatureInvalid.selector, key));
        attestationLog.post(header, prices, its, theirs);
        its = signAs(0xFEED, digest);
        vm.expectPartialRevert(IVenueRegistry.AttestorSignatureInvalid.selector);
        attestationLog.post(header, prices, its, theirs);
        attestationLog.post(header, prices, its, signAs(0xFACE, digest));
        assertEq(attestationLog.newest(venue), 1, "the new keys go on with the same log");
    }

    function test_changeQuorum_needsTheHigherQuorum() public {
        address[] memory set = _newSet();
        bytes32 digest = _changeDigest(venue, 0, vm.addr(0xFEED), address(0), set, 1);
        _refuseChange(set, attest(digest, 2), abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 2, 3));
        _refuseChange(set, attest(digest, 1), abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 1, 2));
        bytes memory twice = bytes.concat(attest(digest, 2), signAs(attestorKeys[1], digest));
        _refuseChange(set, twice, abi.encodeWithSelector(IVenueRegistry.AttestorSignatureInvalid.selector, vm.addr(attestorKeys[1])));
        // The venue's key alone, or beside two attestors, does not change keys.
        bytes memory venues = bytes.concat(attest(digest, 2), signAs(VENUE_KEY, digest));
        _refuseChange(set, venues, abi.encodeWithSelector(IVenueRegistry.AttestorSignatureInvalid.selector, venueKey));
    }

    function test_changeQuorum_toOtherThanWasSigned() public {
        address[] memory set = _newSet();
        bytes[3] memory foreign = [
            attest(_changeDigest(venue, 0, vm.addr(0xFEED), address(0), set, 2), 3),
            attest(_changeDigest(venue, 0, vm.addr(0xFEED), address(1), set, 1), 3),
            attest(_changeDigest(venue + 1, 0, vm.addr(0xFEED), address(0), set, 1), 3)
        ];
        for (uint256 i; i < foreign.length; ++i) {
            vm.expectPartialRevert(IVenueRegistry.AttestorSignatureInvalid.selector);
            states.changeQuorum(venue, vm.addr(0xFEED), address(0), set, 1, foreign[i]);
        }
        bytes memory right = attest(_changeDigest(venue, 0, vm.addr(0xFEED), address(0), set, 1), 3);
        vm.chainId(10);
        vm.expectPartialRevert(IVenueRegistry.AttestorSignatureInvalid.selector);
        states.changeQuorum(venue, vm.addr(0xFEED), address(0), set, 1, right);
    }

    /// @dev Whoever could send a signed change again would put off the rotation for ever, or bring back one that was replaced.
    function test_changeQuorum_noSignatureServesTwice() public {
        address[] memory set = _newSet();
        address first = vm.addr(0xFEED);
        address second = vm.addr(0xFEED2);
        bytes memory forFirst = attest(_changeDigest(venue, 0, first, address(0), set, 1), 3);
        states.changeQuorum(venue, first, address(0), set, 1, forFirst);
        advance(1 hours);
        _refuseAgain(first, set, forFirst);
        uint40 waiting = uint40(clock + 23 hours);
        bytes memory forSecond = attest(_changeDigest(venue, waiting, second, address(0), set, 1), 3);
        states.changeQuorum(venue, second, address(0), set, 1, forSecond);
        _refuseAgain(first, set, forFirst);
        _refuseAgain(second, set, forSecond);
        advance(24 hours);
        states.applyQuorum(venue);
        assertEqAddress(registry.venueKey(venue), second, "the second replaced the first");
        _refuseAgain(first, set, forFirst);
        _refuseAgain(second, set, forSecond);
    }

    function test_changeQuorum_twiceInOneBlock_isStillTwoChanges() public {
        address[] memory set = _newSet();
        bytes memory forFirst = attest(_changeDigest(venue, 0, vm.addr(0xFEED), address(0), set, 1), 3);
        states.changeQuorum(venue, vm.addr(0xFEED), address(0), set, 1, forFirst);
        uint40 waiting = uint40(clock + 24 hours);
        bytes memory forSecond = attest(_changeDigest(venue, waiting, vm.addr(0xFEED2), address(0), set, 1), 3);
        states.changeQuorum(venue, vm.addr(0xFEED2), address(0), set, 1, forSecond);
        _refuseAgain(vm.addr(0xFEED2), set, forSecond);
    }

    function test_changeQuorum_toASetThatIsNone() public {
        address[] memory set = _newSet();
        bytes memory signatures = attest(_changeDigest(venue, 0, address(0), address(0), set, 1), 3);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.ZeroVenueKey.selector));
        states.changeQuorum(venue, address(0), address(0), set, 1, signatures);
        signatures = attest(_changeDigest(venue, 0, venueKey, venueKey, set, 1), 3);
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.GuardianIsKey.selector, venueKey));
        states.changeQuorum(venue, venueKey, venueKey, set, 1, signatures);
        signatures = attest(_changeDigest(venue, 0, venueKey, address(0), set, 2), 3);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.OutOfBounds.selector, "threshold", 2, 1, 1));
        states.changeQuorum(venue, venueKey, address(0), set, 2, signatures);
    }

    // -- suspended and failed ----------------------------------------------------------------------------------------

    function test_state_isSuspendedAfterTheTimeWithoutARoot() public {
        advance(6 hours);
        assertTrue(registry.stateOf(venue) == VenueState.LIVE, "up to it");
        advance(1);
        assertTrue(registry.stateOf(venue) == VenueState.SUSPENDED, "from then on");
        postRoot();
        assertTrue(registry.stateOf(venue) == VenueState.LIVE, "a root ends it");
    }

    function test_poke_aVenueThatIsLive() public {
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotSuspended.selector, venue));
        states.poke(venue);
        advance(6 hours);
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotSuspended.selector, venue));
        states.poke(venue);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.UnknownVenue.selector, 9));
        states.poke(9);
    }

    function test_fail_onlyADayAfterThePoke() public {
        advance(6 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotSuspended.selector, venue));
        states.fail(venue);
        vm.expectEmit(address(vault));
        emit IVenueStates.VenueFoundSuspended(venue, clock + 1 days);
        states.poke(venue);
        uint256 from = clock + 1 days;
        advance(1 days);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.TooEarly.selector, from));
        states.fail(venue);
        advance(1);
        vm.expectEmit(address(vault));
        emit IVenueStates.VenueFailed(venue);
        states.fail(venue);
        assertTrue(registry.stateOf(venue) == VenueState.FAILED, "failed");
    }

    function test_fail_withoutAPoke_howeverLongItTook() public {
        advance(30 days);
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotSuspended.selector, venue));
        states.fail(venue);
    }

    function test_poke_again_doesNotBeginTheDayAgain() public {
        advance(6 hours + 1);
        states.poke(venue);
        uint256 from = clock + 1 days;
        advance(23 hours);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.TooEarly.selector, from));
        states.poke(venue);
        advance(1 hours + 1);
        states.fail(venue);
    }

    function test_fail_whenARootCameInBetween() public {
        advance(6 hours + 1);
        states.poke(venue);
        advance(12 hours);
        postRoot();
        advance(13 hours);
        // Suspended again, but nobody has found it so since.
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotSuspended.selector, venue));
        states.fail(venue);
        states.poke(venue);
        advance(1 days + 1);
        states.fail(venue);
        assertTrue(registry.stateOf(venue) == VenueState.FAILED, "a day after the new poke");
    }

    function test_fail_whenARootCameAtTheLastMoment() public {
        advance(6 hours + 1);
        states.poke(venue);
        advance(1 days);
        postRoot();
        advance(1);
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotSuspended.selector, venue));
        states.fail(venue);
    }

    function test_failed_isForGood() public {
        RootPrices memory prices = livePrices(venue);
        _fail();
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.AlreadyFailed.selector, venue));
        states.fail(venue);
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotSuspended.selector, venue));
        states.poke(venue);
        settlement.checkpoint(venue);
        nextBlock();
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        bytes32 digest = headerDigest(header);
        (bytes memory its, bytes memory theirs) = (signAs(VENUE_KEY, digest), attest(digest, 3));
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.VenueHasFailed.selector, venue));
        attestationLog.post(header, prices, its, theirs);
        (AssetConfig[] memory assets, VenueParameters memory figures) = (defaultAssets(), defaultParameters());
        vm.prank(venueKey);
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.AlreadyFailed.selector, venue));
        registry.publishPolicy(venue, assets, figures);
        PledgeTerms memory terms = termsOf(vault.open(owner, 1), venue);
        digest = pledgeDigest(terms);
        (bytes memory own, bytes memory consent) = (signAs(OWNER_KEY, digest), signAs(VENUE_KEY, digest));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueNotLive.selector, venue));
        vault.pledge(terms, own, consent);
    }

    function test_failed_stillLetsGo() public {
        _fail();
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = signAs(VENUE_KEY, consentDigest(account, address(usdc), 5, TO, 0, deadline));
        vm.prank(owner);
        vault.withdrawWithConsent(account, address(usdc), 5, TO, deadline, consent);
        assertEq(usdc.balanceOf(TO), 5, "its consent is still good");
    }

    function test_failed_collectsUnderItsLastRoots_andLeavesWhatIsOwingToTheDistribution() public {
        setNet(account, -100e6);
        setNet(other, 100e6);
        postRoot();
        _fail();
        settleRange(venue, 1, 0, 1);
        assertEq(usdc.balanceOf(pool), 100e6, "what was attested and not disputed is collected");
        assertEq(usdc.balanceOf(other), 0, "nobody is paid before all who are owed have registered");
    }

    function _fail() private {
        advance(6 hours + 1);
        states.poke(venue);
        advance(1 days + 1);
        states.fail(venue);
    }

    function _pause() private {
        vm.prank(vm.addr(GUARDIAN_KEY));
        states.pause(venue);
    }

    function _refusePause(uint256 notBefore) private {
        vm.prank(vm.addr(GUARDIAN_KEY));
        vm.expectRevert(abi.encodeWithSelector(IVenueStates.PausedLately.selector, notBefore));
        states.pause(venue);
    }

    function _newSet() private pure returns (address[] memory set) {
        set = new address[](1);
        set[0] = vm.addr(0xFACE);
    }

    function _refuseChange(address[] memory set, bytes memory signatures, bytes memory reason) private {
        address key = vm.addr(0xFEED);
        vm.expectRevert(reason);
        states.changeQuorum(venue, key, address(0), set, 1, signatures);
    }

    function _refuseAgain(address key, address[] memory set, bytes memory signatures) private {
        vm.expectPartialRevert(IVenueRegistry.AttestorSignatureInvalid.selector);
        states.changeQuorum(venue, key, address(0), set, 1, signatures);
    }

    function _changeDigest(
        uint32 venue_,
        uint40 waiting,
        address key,
        address guardian,
        address[] memory set,
        uint8 threshold
    ) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "QuorumChange(uint32 venue,address present,uint40 waiting,address venueKey,address guardian,address[] attestors,uint8 threshold)"
        );
        address present = registry.venueOf(venue).quorum;
        bytes32 list = keccak256(abi.encodePacked(set));
        return digestFor(address(vault), keccak256(abi.encode(typeHash, venue_, present, waiting, key, guardian, list, threshold)));
    }
}
