// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IExitDesk} from "../src/interfaces/IExitDesk.sol";
import {IFailedVenue} from "../src/interfaces/IFailedVenue.sol";
import {AccountProof, PledgeTerms} from "../src/interfaces/Types.sol";
import {ExitScenario} from "./support/ExitScenario.sol";

/// @notice Leaving in one step: door 5, and release with the venue's consent.
contract PortTest is ExitScenario {
    uint32 private other;

    function setUp() public override {
        super.setUp();
        other = secondVenue();
        deposit(loser, usdc, 1_000e6);
        deposit(loser, wbtc, 1e8);
    }

    // -- with consent ------------------------------------------------------------------------------------------------

    function test_port_withConsent_paysAndPledges() public {
        book(300e6);
        setMargin(loser, 50e6, 40e6);
        postRoot();
        uint32 index = this.move(loser, 1, portConsent(loser, 1, other, uint40(clock + 1 hours)));
        assertEq(vault.record(loser).venue, other, "there");
        assertEq(vault.record(loser).index, index, "under a new index");
        assertEqInt(settledOf(loser), 0, "and with nothing of the old pledge");
        assertEq(usdc.balanceOf(loser), 700e6, "what was owed stayed behind");
        assertEq(wbtc.balanceOf(loser), 1e8, "no other token moved");
        assertEqInt(settlement.base(venue), 300e6, "base: pool only");
    }

    function test_port_withConsent_owingBecomesAClaim() public {
        book(300e6);
        postRoot();
        this.move(winner, 1, portConsent(winner, 1, other, uint40(clock + 1 hours)));
        assertEq(settlement.claims(venue, winner), 300e6, "at the old venue");
    }

    function test_port_consentIsOfOneRootAndOneVenue() public {
        postRoot();
        bytes memory consent = portConsent(loser, 1, venue, uint40(clock + 1 hours));
        vm.expectPartialRevert(ICollateralVault.VenueSignature.selector);
        this.move(loser, 1, consent);
        consent = portConsent(loser, 1, other, uint40(clock + 1 hours));
        postRoot();
        vm.expectPartialRevert(IAttestationLog.NotNewest.selector);
        this.move(loser, 1, consent);
        vm.expectPartialRevert(ICollateralVault.VenueSignature.selector);
        this.move(loser, 2, consent);
        advance(1 hours);
        consent = portConsent(loser, 2, other, uint40(clock + 1 hours));
        vm.expectPartialRevert(IAttestationLog.NotFresh.selector);
        this.move(loser, 2, consent);
    }

    function test_port_needsTheOwnerAndTheNewVenue() public {
        postRoot();
        PledgeTerms memory terms = termsOf(loser, other);
        AccountProof memory proof = proofOf(loser);
        bytes memory consent = portConsent(loser, 1, other, terms.deadline);
        bytes memory good = signAs(ownerKeyOf[loser], pledgeDigest(terms));
        bytes memory new_ = signAs(VENUE_KEY, pledgeDigest(terms));
        vm.expectPartialRevert(ICollateralVault.OwnerSignature.selector);
        releases.port(proof, terms, new_, new_, consent);
        vm.expectPartialRevert(ICollateralVault.VenueSignature.selector);
        releases.port(proof, terms, good, good, consent);
        terms.account = winner;
        vm.expectPartialRevert(ICollateralVault.NotThisAccount.selector);
        releases.port(proof, terms, good, new_, consent);
        assertEq(vault.record(loser).venue, venue, "nothing of it stands");
    }

    // -- by entitlement ----------------------------------------------------------------------------------------------

    function test_port_byEntitlement_conclusiveOnly() public {
        book(300e6);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotEntitled.selector, loser));
        this.move(loser, 1, "");
        ask(loser);
        advance(3 days + 1 hours);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotConclusive.selector, 1));
        this.move(loser, 1, "");
        advance(1);
        this.keepOtherLive();
        this.move(loser, 1, "");
        assertEq(vault.record(loser).venue, other, "there");
    }

    function test_port_ofAFailedVenue_registersWhatIsOwing() public {
        postRoot();
        book(300e6);
        postRoot();
        fail();
        this.keepOtherLive();
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.NotConclusive.selector, 1));
        this.move(winner, 1, "");
        vm.expectEmit(address(vault));
        emit IFailedVenue.OwingRegistered(venue, winner, 300e6);
        this.move(winner, 2, "");
    }

    // -- what it does not escape -------------------------------------------------------------------------------------

    function test_port_doesNotEscapeADebt() public {
        book(1_001e6);
        postRoot();
        bytes memory consent = portConsent(loser, 1, other, uint40(clock + 1 hours));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 1_001e6));
        this.move(loser, 1, consent);
        fail();
        this.keepOtherLive();
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 1_001e6));
        this.move(loser, 1, "");
    }

    function test_port_doesNotPassTheDailyCap() public {
        address capped = pledgeCapped(0xCA9, 100e6);
        deposit(capped, usdc, 1_000e6);
        setNet(capped, -101e6);
        setNet(winner, 101e6);
        postRoot();
        bytes memory consent = portConsent(capped, 1, other, uint40(clock + 1 hours));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, capped, 101e6));
        this.move(capped, 1, consent);
        PledgeTerms memory terms = termsOf(capped, other);
        AccountProof memory proof = proofOf(capped);
        bytes memory new_ = signAs(VENUE_KEY, pledgeDigest(terms));
        vm.prank(ownerOf(capped));
        releases.port(proof, terms, "", new_, consent);
        assertEq(usdc.balanceOf(capped), 899e6, "by the owner's hand");
    }

    function test_port_doesNotEscapeADefaultOrACall() public {
        ask(loser);
        setMargin(loser, type(uint96).max, type(uint96).max);
        postRoot();
        defaults.callMargin(proofOf(loser));
        bytes memory consent = portConsent(loser, 1, other, uint40(clock + 1 hours));
        vm.expectPartialRevert(ICollateralVault.NotActive.selector);
        this.move(loser, 1, consent);
        advance(31 minutes);
        postRoot();
        defaults.declareDefault(proofOf(loser), address(0));
        advance(3 days + 1 hours);
        this.keepOtherLive();
        vm.expectPartialRevert(ICollateralVault.NotActive.selector);
        this.move(loser, 2, "");
    }

    function test_port_doesNotEscapeADisputeOrAnExit() public {
        book(300e6);
        postRoot();
        disputeNewest(loser);
        fail();
        this.keepOtherLive();
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.DisputedSum.selector, loser));
        this.move(loser, 1, "");
        exits.startExitWithProof(proofOf(winner));
        vm.expectPartialRevert(ICollateralVault.NotActive.selector);
        this.move(winner, 1, "");
    }

    /// @dev A sum that is no longer disputed holds nobody: under a root from after the dispute's end the account may leave.
    function test_port_afterADisputeHasEnded_underALaterRoot() public {
        book(300e6);
        postRoot();
        disputeNewest(loser);
        lapse();
        advance(1);
        book(0);
        postRoot();
        this.keepOtherLive();
        this.move(loser, 2, portConsent(loser, 2, other, uint40(clock + 1 hours)));
        assertEq(vault.record(loser).venue, other, "it has moved");
    }

    function test_port_afterADisputeHasEnded_underARootFromBefore() public {
        book(300e6);
        postRoot();
        disputeNewest(loser);
        uint40 disputedAt = disputes.disputeOf(loser).disputedAt;
        vm.prank(ownerOf(loser));
        disputes.acceptDebit(loser, disputedAt);
        bytes memory consent = portConsent(loser, 1, other, uint40(clock + 1 hours));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.DisputedSum.selector, loser));
        this.move(loser, 1, consent);
        advance(1);
        postRoot();
        this.move(loser, 2, portConsent(loser, 2, other, uint40(clock + 1 hours)));
        assertEq(vault.record(loser).venue, other, "it has moved");
    }

    /// @dev The attack: pledge again and show the leaf of the pledge before.
    function test_replayedLeafAfterARepledge() public {
        book(300e6);
        postRoot();
        AccountProof memory old = proofOf(winner);
        this.move(winner, 1, portConsent(winner, 1, other, uint40(clock + 1 hours)));
        runOut(winner);
        vm.expectPartialRevert(IAttestationLog.LeafOfAnotherAccount.selector);
        exits.startExitWithProof(old);
    }

    // -- release with consent ----------------------------------------------------------------------------------------

    function test_releaseWithConsent_paysAndReleases() public {
        book(300e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        uint40 deadline = uint40(clock);
        bytes memory consent = releaseConsent(loser, 1, deadline);
        vm.expectPartialRevert(ICollateralVault.NotTheOwner.selector);
        releases.releaseWithConsent(proof, deadline, consent);
        ask(loser);
        releases.releaseWithConsent(proof, deadline, consent);
        assertTrue(isFree(loser), "anyone, once release was asked");
        assertEq(usdc.balanceOf(loser), 700e6, "less what was owed");
        proof = proofOf(winner);
        consent = releaseConsent(winner, 1, deadline);
        vm.prank(ownerOf(winner));
        releases.releaseWithConsent(proof, deadline, consent);
        assertEq(settlement.claim(venue, winner), 300e6, "and the other side is paid");
    }

    function test_releaseWithConsent_refusals() public {
        book(300e6);
        postRoot();
        ask(loser);
        AccountProof memory proof = proofOf(loser);
        uint40 deadline = uint40(clock);
        bytes memory consent = releaseConsent(loser, 1, deadline);
        vm.expectPartialRevert(ICollateralVault.VenueSignature.selector);
        releases.releaseWithConsent(proof, deadline + 1, consent);
        advance(1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ConsentExpired.selector, deadline));
        releases.releaseWithConsent(proof, deadline, consent);
        setMargin(loser, 1, 0);
        postRoot();
        proof = proofOf(loser);
        consent = releaseConsent(loser, 2, uint40(clock));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.PositionsOpen.selector, 1));
        releases.releaseWithConsent(proof, uint40(clock), consent);
        setMargin(loser, 0, 0);
        book(1_001e6);
        postRoot();
        proof = proofOf(loser);
        consent = releaseConsent(loser, 3, uint40(clock));
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 1_001e6));
        releases.releaseWithConsent(proof, uint40(clock), consent);
        disputeNewest(loser);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.DisputedSum.selector, loser));
        releases.releaseWithConsent(proof, uint40(clock), consent);
        fail();
        proof = proofOf(second);
        vm.prank(ownerOf(second));
        vm.expectPartialRevert(ICollateralVault.VenueNotLive.selector);
        releases.releaseWithConsent(proof, uint40(clock), consent);
    }

    function move(address account, uint256 epoch, bytes memory consent) external returns (uint32) {
        PledgeTerms memory terms = termsOf(account, other);
        AccountProof memory proof = proofAt(venue, epoch, vault.record(account).index);
        bytes32 digest = pledgeDigest(terms);
        return releases.port(proof, terms, signAs(ownerKeyOf[account], digest), signAs(VENUE_KEY, digest), consent);
    }

    /// @notice The new venue posts a root, so that it takes pledges.
    function keepOtherLive() external {
        postRoot(other, VENUE_KEY, livePrices(other), true);
    }

    /// @dev A shortfall that is in no root yet: what is owing in the one from before it has to be cut first.
    function test_releaseWithConsent_ofAWinner_waitsForTheRootThatCutsAShortfall() public {
        setNet(second, -300e6);
        setNet(winner, 300e6);
        postRoot();
        runOut(second);
        advance(1 hours);
        exitWithNewest(second);
        postRoot();
        exits.finishExit(second);
        assertEq(settlement.book(venue).shortfalls, 300e6, "nobody has paid");
        uint40 deadline = uint40(clock);
        AccountProof memory proof = proofOf(winner);
        bytes memory consent = releaseConsent(winner, 2, deadline);
        vm.prank(ownerOf(winner));
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 3, 2));
        releases.releaseWithConsent(proof, deadline, consent);
        clearLeaf(venue, 2);
        setNet(winner, 0);
        postRoot();
        proof = proofOf(winner);
        deadline = uint40(clock);
        consent = releaseConsent(winner, 3, deadline);
        vm.prank(ownerOf(winner));
        releases.releaseWithConsent(proof, deadline, consent);
        assertTrue(isFree(winner), "cut, it goes");
        assertEq(settlement.claims(venue, winner), 0, "with nothing to claim");
    }
}
