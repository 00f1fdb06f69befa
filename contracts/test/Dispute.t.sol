// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../src/attest/SumTree.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../src/interfaces/IDefaultFund.sol";
import {IDisputeDesk} from "../src/interfaces/IDisputeDesk.sol";
import {IOwnerDesk} from "../src/interfaces/IOwnerDesk.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../src/interfaces/IVenueRegistry.sol";
import {AccountProof, AccountStatus, AssetConfig, Dispute, PledgeTerms, VenueParameters} from "../src/interfaces/Types.sol";
import {DisputeScenario} from "./support/DisputeScenario.sol";
import {WalletOwner} from "./support/Owners.sol";
import {FeeToken} from "./support/Tokens.sol";

/// @notice Disputes of a settling root's debit.
contract DisputeTest is DisputeScenario {
    bytes32 private constant ACCEPT_TYPEHASH = keccak256("AcceptDebit(address account,uint40 disputedAt,uint256 nonce,uint40 deadline)");

    // -- disputeRoot -------------------------------------------------------------------------------------------------

    function test_disputeRoot_holdsTheDebit_acrossRoots() public {
        postLoss(300e6);
        disputeNewest();
        Dispute memory made = disputed();
        assertEqInt(made.capNet, 0, "held at what is settled");
        assertEqInt(made.net, -300e6, "what is disputed");
        assertEq(made.disputedAt, clock, "now");
        assertEq(made.epoch, 1, "the root");
        assertEqAddress(made.payer, ownerOf(loser), "who paid");
        assertEq(made.bond, BOND, "the bond");
        assertEq(usdc.balanceOf(address(vault)), BOND, "is in the vault");
        settleNewest();
        assertTaken(0, "nothing of the disputed sum");
        postLoss(700e6);
        settleNewest();
        assertTaken(0, "nor under a later root");
    }

    function test_disputeRoot_leavesWhatWasSettled_andPaysCredits() public {
        postLoss(100e6);
        settleNewest();
        postLoss(500e6);
        disputeNewest();
        assertEqInt(disputed().capNet, -100e6, "what is settled");
        settleNewest();
        assertTaken(100e6, "no more");
        postLoss(40e6);
        settleNewest();
        assertTaken(40e6, "a better result is paid");
        postLoss(600e6);
        settleNewest();
        assertTaken(100e6, "and the undisputed debit comes back with a worse one");
    }

    function test_disputeRoot_atTheLastMoment_andAfterIt() public {
        postLoss(300e6);
        uint256 until = clock + 30 minutes;
        AccountProof memory proof = proofOf(loser);
        advance(30 minutes);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.SettlementTooEarly.selector, until));
        this.settleExternally(1);
        uint256 state = vm.snapshotState();
        dispute(proof);
        vm.revertToState(state);
        advance(1);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.WindowOver.selector, until));
        disputes.disputeRoot(proof);
        settle(1, loser);
        assertTaken(300e6, "settlement begins where disputes end");
    }

    function test_disputeRoot_duringAPause_whichHoldsTheWindow() public {
        postLoss(300e6);
        AccountProof memory proof = proofOf(loser);
        vm.prank(vm.addr(GUARDIAN_KEY));
        states.pause(venue);
        advance(20 hours);
        dispute(proof);
        uint40 first = disputed().disputedAt;
        accept();
        nextBlock();
        // The clock stands still: the next dispute still has a name of its own.
        postLoss(400e6);
        disputeNewest();
        assertEq(disputed().disputedAt, first + 1, "another name");
    }

    function test_disputeRoot_refusesWhoIsNotTheOwner() public {
        postLoss(300e6);
        AccountProof memory proof = proofOf(loser);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, loser, address(this)));
        disputes.disputeRoot(proof);
    }

    function test_disputeRoot_refusesTwice() public {
        postLoss(300e6);
        disputeNewest();
        _expectDispute(proofOf(loser), abi.encodeWithSelector(IDisputeDesk.AlreadyDisputed.selector, loser));
        postLoss(500e6);
        _expectDispute(proofOf(loser), abi.encodeWithSelector(IDisputeDesk.AlreadyDisputed.selector, loser));
    }

    function test_disputeRoot_refusesWhatShowsNoDebitBeyondTheSettled() public {
        postRoot();
        _expectDispute(proofOf(loser), abi.encodeWithSelector(IDisputeDesk.NothingDisputable.selector, loser));
        postLoss(300e6);
        settleNewest();
        postRoot();
        _expectDispute(proofOf(loser), abi.encodeWithSelector(IDisputeDesk.NothingDisputable.selector, loser));
    }

    function test_disputeRoot_refusesARootThatALaterOneHasSettled() public {
        postLoss(300e6);
        AccountProof memory proof = proofOf(loser);
        postLoss(200e6);
        proof = proofUnder(1);
        AccountProof memory newest = proofOf(loser);
        vm.prank(ownerOf(loser));
        settlement.payOwed(newest, 200e6);
        _expectDispute(proof, abi.encodeWithSelector(IDisputeDesk.NothingDisputable.selector, loser));
    }

    function test_disputeRoot_refusesARootThatDoesNotSettle_isNotPosted_orFalse() public {
        bookLoss(300e6);
        postRoot(venue, VENUE_KEY, livePrices(venue), false);
        _expectDispute(proofOf(loser), abi.encodeWithSelector(ISettlementPool.NotASettlingRoot.selector, 1));
        postLoss(300e6);
        AccountProof memory proof = proofOf(loser);
        proof.header.totalDebit += 1;
        _expectDispute(proof, abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 2));
        proof = proofOf(loser);
        proof.leaf.debit += 1;
        vm.prank(ownerOf(loser));
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        disputes.disputeRoot(proof);
    }

    function test_disputeRoot_refusesAnAccountInDefault() public {
        bookLoss(300e6);
        defaultLoser();
        _expectDispute(proofOf(loser), abi.encodeWithSelector(ICollateralVault.NotActive.selector, loser, AccountStatus.CLOSING_OUT));
    }

    function test_disputeRoot_whileCalled() public {
        bookLoss(300e6);
        setMargin(loser, 5_000e6, 5_000e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        defaults.callMargin(proof);
        dispute(proof);
        assertStatus(AccountStatus.CALLED, "a dispute cures nothing");
    }

    function test_disputeRoot_withoutTheBond() public {
        postLoss(300e6);
        AccountProof memory proof = proofOf(loser);
        vm.prank(ownerOf(loser));
        usdc.approve(address(vault), BOND - 1);
        vm.prank(ownerOf(loser));
        vm.expectRevert();
        disputes.disputeRoot(proof);
    }

    function test_disputeRoot_withATokenThatKeepsAShare() public {
        FeeToken fee = new FeeToken(6, 100);
        AssetConfig[] memory assets = new AssetConfig[](1);
        assets[0] = assetOf(address(fee), 0, usdcFeed);
        uint32 other = registry.register(venueKey, address(0), assets, attestorAddresses(), 2, defaultParameters());
        address account = openAndPledge(LOSER_KEY, 1, other, VENUE_KEY);
        address counterparty = openAndPledge(WINNER_KEY, 1, other, VENUE_KEY);
        setNet(account, -50e6);
        setNet(counterparty, 50e6);
        postRoot(other, VENUE_KEY, livePrices(other), true);
        AccountProof memory proof = proofOf(account);
        address owner = ownerOf(account);
        fee.mint(owner, BOND);
        vm.prank(owner);
        fee.approve(address(vault), BOND);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(fee), BOND, 99e6));
        disputes.disputeRoot(proof);
        // A fee that comes later keeps nobody from confirming: the fund books what arrives.
        fee.setFee(0);
        vm.prank(owner);
        disputes.disputeRoot(proof);
        fee.setFee(100);
        loser = account;
        bytes32 structHash = keccak256(abi.encode(CONFIRMATION_TYPEHASH, account, other, 0, uint40(clock), int256(-50e6)));
        disputes.confirmDebit(account, -50e6, attest(digestFor(address(vault), structHash), 3));
        assertEq(IDefaultFund(registry.fundOf(other)).venueTranche(), 99e6, "what arrived");
    }

    function test_confirmDebit_whereNoBondIsAsked_paysNobody() public {
        VenueParameters memory parameters = defaultParameters();
        parameters.disputeBond = 0;
        uint32 other = registry.register(venueKey, address(0), defaultAssets(), attestorAddresses(), 2, parameters);
        venue = other;
        loser = openAndPledge(LOSER_KEY, 1, other, VENUE_KEY);
        winner = openAndPledge(WINNER_KEY, 1, other, VENUE_KEY);
        bookLoss(50e6);
        postRoot(other, VENUE_KEY, livePrices(other), true);
        uint256 before = usdc.balanceOf(ownerOf(loser));
        disputeNewest();
        assertEq(usdc.balanceOf(ownerOf(loser)), before, "nothing is asked");
        confirm(-50e6);
        assertEq(IDefaultFund(registry.fundOf(other)).venueTranche(), 0, "nothing is forfeit");
        assertEqInt(disputed().capNet, -50e6, "and it is confirmed");
    }

    // -- lowerCap ----------------------------------------------------------------------------------------------------

    function test_lowerCap_toTheLastUndisputed() public {
        postLoss(300e6);
        advance(31 minutes);
        postLoss(800e6);
        disputeNewest();
        settleNewest();
        assertTaken(0, "held at what is settled");
        disputes.lowerCap(proofUnder(1));
        assertEqInt(disputed().capNet, -300e6, "what was undisputed");
        _expectLowerCap(1, abi.encodeWithSelector(IDisputeDesk.CapNotLower.selector, int256(-300e6), int256(-300e6)));
        settle(2, loser);
        assertTaken(300e6, "is collected, under whatever root");
    }

    function test_lowerCap_refusesTheDisputedRoot_andOneInItsWindow() public {
        postLoss(300e6);
        advance(29 minutes);
        postLoss(800e6);
        // The first window ends in this very second: it could still have been disputed.
        advance(1 minutes - 12);
        disputeNewest();
        advance(1 hours);
        _expectLowerCap(1, abi.encodeWithSelector(IDisputeDesk.NotUndisputed.selector, 1));
        _expectLowerCap(2, abi.encodeWithSelector(IDisputeDesk.NotUndisputed.selector, 2));
    }

    function test_lowerCap_asSoonAsTheWindowHadPassed() public {
        postLoss(300e6);
        advance(29 minutes);
        postLoss(800e6);
        advance(1 minutes - 11);
        disputeNewest();
        disputes.lowerCap(proofUnder(1));
        assertEqInt(disputed().capNet, -300e6, "undisputed");
    }

    function test_lowerCap_doesNotTakeARecoveredAccountDownAgain() public {
        postLoss(600e6);
        settleNewest();
        postLoss(200e6);
        settleNewest();
        assertTaken(200e6, "recovered");
        postLoss(900e6);
        disputeNewest();
        _expectLowerCap(1, abi.encodeWithSelector(IDisputeDesk.NotUndisputed.selector, 1));
    }

    function test_lowerCap_refusesWithoutADispute_aRootThatDoesNotSettle_andAFalseLeaf() public {
        postLoss(300e6);
        _expectLowerCap(1, abi.encodeWithSelector(IDisputeDesk.NotDisputed.selector, loser));
        postRoot(venue, VENUE_KEY, livePrices(venue), false);
        advance(31 minutes);
        postLoss(800e6);
        disputeNewest();
        _expectLowerCap(2, abi.encodeWithSelector(ISettlementPool.NotASettlingRoot.selector, 2));
        AccountProof memory proof = proofUnder(1);
        proof.leaf.debit += 1;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        disputes.lowerCap(proof);
        proof = proofAt(venue, 1, vault.record(winner).index);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NotDisputed.selector, winner));
        disputes.lowerCap(proof);
    }

    // -- acceptDebit -------------------------------------------------------------------------------------------------

    function test_acceptDebit_collectsWhatWasDisputed_andNoMoreOfTheRootsUpToNow() public {
        postLoss(300e6);
        disputeNewest();
        postLoss(700e6);
        accept();
        assertEq(rewardsOf(ownerOf(loser)), BOND, "the bond waits");
        assertEq(disputed().bond, 0, "and is nobody else's");
        settleNewest();
        assertTaken(300e6, "what was accepted");
        postRoot();
        settleNewest();
        assertTaken(700e6, "a root from after it counts in full");
    }

    function test_acceptDebit_refusals() public {
        postLoss(300e6);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NotDisputed.selector, loser));
        disputes.acceptDebit(loser, 0);
        disputeNewest();
        uint40 disputedAt = disputed().disputedAt;
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, loser, address(this)));
        disputes.acceptDebit(loser, disputedAt);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.AnotherDispute.selector, disputedAt, disputedAt - 1));
        disputes.acceptDebit(loser, disputedAt - 1);
        accept();
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NotDisputed.selector, loser));
        disputes.acceptDebit(loser, disputedAt);
    }

    function test_acceptDebit_relayed_forThisDisputeOnly() public {
        postLoss(300e6);
        disputeNewest();
        bytes memory call = abi.encodeCall(IDisputeDesk.acceptDebit, (loser, disputed().disputedAt));
        uint40 deadline = uint40(clock + 30 days);
        bytes memory signature = signAs(LOSER_KEY, _acceptDigest(disputed().disputedAt, 0, deadline));
        uint256 state = vm.snapshotState();
        owners.relay(call, 0, deadline, signature);
        assertTrue(disputed().endedBlock != 0, "accepted");
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RelayNonce.selector, 1, 0));
        owners.relay(call, 0, deadline, signature);
        vm.revertToState(state);
        // The signature was kept back, the dispute lapsed, and there is another.
        advance(2 days + 1);
        disputes.lapseDispute(loser);
        nextBlock();
        postLoss(500e6);
        disputeNewest();
        vm.expectPartialRevert(IDisputeDesk.AnotherDispute.selector);
        owners.relay(call, 0, deadline, signature);
        bytes memory other = abi.encodeCall(IDisputeDesk.acceptDebit, (loser, disputed().disputedAt));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, ownerOf(loser)));
        owners.relay(other, 0, deadline, signature);
    }

    function test_contractWallet_disputesAndAccepts() public {
        WalletOwner wallet = new WalletOwner();
        address account = vault.open(address(wallet), 0);
        PledgeTerms memory terms = termsOf(account, venue);
        wallet.approve(pledgeDigest(terms));
        enterLeaf(venue, account, vault.pledge(terms, "", signAs(VENUE_KEY, pledgeDigest(terms))));
        setNet(account, -200e6);
        setNet(winner, 200e6);
        postRoot();
        AccountProof memory proof = proofOf(account);
        usdc.mint(address(wallet), BOND);
        wallet.execute(address(usdc), abi.encodeCall(usdc.approve, (address(vault), BOND)));
        wallet.execute(address(vault), abi.encodeCall(IDisputeDesk.disputeRoot, (proof)));
        loser = account;
        bytes memory call = abi.encodeCall(IDisputeDesk.acceptDebit, (account, disputed().disputedAt));
        bytes32 digest = _acceptDigest(disputed().disputedAt, 0, uint40(clock));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, address(wallet)));
        owners.relay(call, 0, uint40(clock), "");
        wallet.approve(digest);
        owners.relay(call, 0, uint40(clock), "");
        assertEq(rewardsOf(address(wallet)), BOND, "accepted by ERC-1271");
    }

    // -- confirmDebit ------------------------------------------------------------------------------------------------

    function test_confirmDebit_downToItsFigure_andTheBondIsTheVenues() public {
        postLoss(800e6);
        disputeNewest();
        postLoss(900e6);
        confirm(-500e6);
        assertEq(fund.venueTranche(), BOND, "the bond");
        assertEq(usdc.balanceOf(address(fund)), BOND, "is there");
        assertEq(rewardsOf(ownerOf(loser)), 0, "and not the owner's");
        settleNewest();
        assertTaken(500e6, "no further under roots up to now");
        settle(1, loser);
        assertTaken(500e6, "nor under the disputed one");
        postRoot();
        settleNewest();
        assertTaken(900e6, "a later root counts, and can be disputed");
    }

    function test_confirmDebit_beyondTheLeaf_takesNoMoreThanTheLeafSays() public {
        postLoss(300e6);
        disputeNewest();
        confirm(-800e6);
        settleNewest();
        assertTaken(300e6, "N of the leaf");
    }

    function test_confirmDebit_needsTheHigherQuorum() public {
        postLoss(300e6);
        disputeNewest();
        bytes memory two = confirmation(-300e6, 2);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 2, 3));
        disputes.confirmDebit(loser, -300e6, two);
        bytes memory another = confirmation(-200e6, 3);
        vm.expectPartialRevert(IVenueRegistry.AttestorSignatureInvalid.selector);
        disputes.confirmDebit(loser, -300e6, another);
    }

    function test_confirmDebit_untilTheLimit_whereLapseBegins() public {
        postLoss(300e6);
        disputeNewest();
        uint256 until = clock + 2 days;
        bytes memory signatures = confirmation(-300e6, 3);
        advance(2 days);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.ConfirmTimeNotOver.selector, until));
        disputes.lapseDispute(loser);
        uint256 state = vm.snapshotState();
        disputes.confirmDebit(loser, -300e6, signatures);
        vm.revertToState(state);
        advance(1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.ConfirmTimeOver.selector, until));
        disputes.confirmDebit(loser, -300e6, signatures);
        disputes.lapseDispute(loser);
    }

    function test_confirmDebit_neverLiftsTheCap() public {
        postLoss(300e6);
        disputeNewest();
        bytes memory signatures = confirmation(0, 3);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.CapNotLower.selector, int256(0), int256(0)));
        disputes.confirmDebit(loser, 0, signatures);
        signatures = confirmation(type(int256).min, 3);
        vm.expectRevert();
        disputes.confirmDebit(loser, type(int256).min, signatures);
    }

    function test_confirmDebit_signatureOfAnEarlierDispute() public {
        postLoss(300e6);
        disputeNewest();
        bytes memory signatures = confirmation(-300e6, 3);
        accept();
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NotDisputed.selector, loser));
        disputes.confirmDebit(loser, -300e6, signatures);
        nextBlock();
        postLoss(900e6);
        disputeNewest();
        vm.expectPartialRevert(IVenueRegistry.AttestorSignatureInvalid.selector);
        disputes.confirmDebit(loser, -300e6, signatures);
    }

    function test_confirmDebit_isNotReopened() public {
        postLoss(500e6);
        disputeNewest();
        confirm(-500e6);
        // The confirmed root itself, and one that was posted meanwhile.
        _expectDispute(proofUnder(1), abi.encodeWithSelector(IDisputeDesk.NothingDisputable.selector, loser));
        // A later root can be disputed; what was confirmed is collected all the same.
        nextBlock();
        postLoss(900e6);
        disputeNewest();
        disputes.lowerCap(proofUnder(1));
        assertEqInt(disputed().capNet, -500e6, "the confirmed sum");
        settleNewest();
        assertTaken(500e6, "and nothing of the new one");
    }

    // -- lapseDispute ------------------------------------------------------------------------------------------------

    function test_lapseDispute_forTheOwner() public {
        postLoss(300e6);
        disputeNewest();
        postLoss(350e6);
        advance(2 days + 1);
        disputes.lapseDispute(loser);
        assertEq(rewardsOf(ownerOf(loser)), BOND, "the bond is the payer's");
        settle(1, loser);
        settle(2, loser);
        assertTaken(0, "no root from before collects it");
        // The house takes the debit; a new loss is collected.
        nextBlock();
        setNet(loser, -50e6);
        setNet(house, -300e6);
        postRoot();
        settleNewest();
        assertTaken(50e6, "a root from after it counts");
        vm.prank(ownerOf(loser));
        closeOut.collectReward(address(usdc), address(0xB0B));
        assertEq(usdc.balanceOf(address(0xB0B)), BOND, "paid");
    }

    function test_lapseDispute_refusesTwice_andWithoutOne() public {
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NotDisputed.selector, loser));
        disputes.lapseDispute(loser);
        postLoss(300e6);
        disputeNewest();
        advance(2 days + 1);
        disputes.lapseDispute(loser);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NotDisputed.selector, loser));
        disputes.lapseDispute(loser);
    }

    function test_lapseDispute_waitsForAPause() public {
        postLoss(300e6);
        disputeNewest();
        vm.prank(vm.addr(GUARDIAN_KEY));
        states.pause(venue);
        advance(2 days + 1);
        vm.expectPartialRevert(IDisputeDesk.ConfirmTimeNotOver.selector);
        disputes.lapseDispute(loser);
        advance(1 days);
        disputes.lapseDispute(loser);
    }

    function test_lapseDispute_thenAnother_whichTheLapsedRootCannotLower() public {
        postLoss(300e6);
        disputeNewest();
        advance(2 days + 1);
        disputes.lapseDispute(loser);
        // A root of the very block in which it ended is from before its end.
        postLoss(400e6);
        _expectDispute(proofOf(loser), abi.encodeWithSelector(IDisputeDesk.NothingDisputable.selector, loser));
        postRoot();
        disputeNewest();
        assertEq(disputed().bond, BOND, "another bond");
        _expectLowerCap(1, abi.encodeWithSelector(IDisputeDesk.CapNotLower.selector, int256(0), int256(0)));
        settleNewest();
        assertTaken(0, "held again");
        accept();
        settle(1, loser);
        assertTaken(300e6, "no root up to now collects beyond what was accepted, and the lapsed one says less");
    }

    function test_lapsedRoots_stayHeld_whenALaterDisputeIsAccepted() public {
        postLoss(900e6);
        disputeNewest();
        advance(2 days + 1);
        disputes.lapseDispute(loser);
        nextBlock();
        postLoss(100e6);
        disputeNewest();
        accept();
        settle(1, loser);
        assertTaken(100e6, "the lapsed root collects no further than what was accepted");
    }

    // -- around ------------------------------------------------------------------------------------------------------

    function test_cap_neverMakesACredit() public {
        postLoss(300e6);
        disputeNewest();
        AccountProof memory proof = proofOf(loser);
        vm.prank(ownerOf(loser));
        settlement.payOwed(proof, 120e6);
        settleNewest();
        assertTaken(120e6, "what the owner paid by its own hand stays paid");
        postLoss(50e6);
        settleNewest();
        assertTaken(50e6, "and is paid back as far as N says");
    }

    function test_withdrawal_stillCountsTheDisputedDebit() public {
        bookLoss(300e6);
        vm.prank(ownerOf(loser));
        owners.requestWithdrawal(loser, address(usdc), 800e6, address(0xB0B));
        nextBlock();
        postRoot();
        disputeNewest();
        AccountProof memory proof = proofOf(loser);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RequirementNotMet.selector, 200e6, 300e6));
        owners.finaliseWithdrawal(address(usdc), proof);
    }

    function test_adoptPolicy_waitsForADispute_andNotForOneThatEnded() public {
        postLoss(300e6);
        disputeNewest();
        AssetConfig[] memory assets = defaultAssets();
        VenueParameters memory parameters = defaultParameters();
        vm.prank(venueKey);
        registry.publishPolicy(venue, assets, parameters);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.NotAdoptable.selector, loser));
        registry.adoptPolicy(loser, 2);
        accept();
        vm.prank(ownerOf(loser));
        registry.adoptPolicy(loser, 2);
        assertEq(vault.record(loser).policyVersion, 2, "bound");
    }

    function test_window_isThatOfTheAccountsOwnPolicy() public {
        VenueParameters memory parameters = defaultParameters();
        parameters.disputeWindow = 10 minutes;
        parameters.fundNotice = 30 days;
        AssetConfig[] memory assets = defaultAssets();
        vm.prank(venueKey);
        registry.publishPolicy(venue, assets, parameters);
        postLoss(300e6);
        advance(10 minutes + 1);
        settle(1, loser);
        assertTaken(0, "its owner signed for half an hour");
        disputeNewest();
    }

    function testFuzz_settledOnce_overDisputes(uint256 seed) public {
        int256 undisputed;
        for (uint256 i; i < 6; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            postLoss(bound(dice, 0, 900e6));
            bool hold = (dice >> 200) % 4 == 0 && disputed().disputedAt == 0;
            if (hold && proofOf(loser).leaf.debit > uint256(-settledOf(loser))) {
                undisputed = settledOf(loser);
                disputeNewest();
            }
            settleNewest();
            Dispute memory present = disputed();
            if (present.disputedAt != 0 && present.endedBlock == 0) {
                assertTrue(settledOf(loser) >= undisputed, "nothing of a disputed sum");
            } else {
                assertEqInt(settledOf(loser), -int256(uint256(proofOf(loser).leaf.debit)), "all of an undisputed one");
            }
        }
        assertEqInt(settlement.base(venue), 0, "the books balance");
        assertEq(usdc.balanceOf(loser), uint256(1_000e6 + settledOf(loser)), "and follow the tokens");
    }

    function settleExternally(uint256 epoch) external {
        settle(epoch, loser);
    }

    function _expectDispute(AccountProof memory proof, bytes memory refusal) private {
        vm.prank(ownerOf(loser));
        vm.expectRevert(refusal);
        disputes.disputeRoot(proof);
    }

    function _expectLowerCap(uint256 epoch, bytes memory refusal) private {
        AccountProof memory proof = proofUnder(epoch);
        vm.expectRevert(refusal);
        disputes.lowerCap(proof);
    }

    function _acceptDigest(uint40 disputedAt, uint256 nonce, uint40 deadline) private view returns (bytes32) {
        return digestFor(address(vault), keccak256(abi.encode(ACCEPT_TYPEHASH, loser, disputedAt, nonce, deadline)));
    }
}
