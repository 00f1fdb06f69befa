// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {IReleases} from "../../src/interfaces/IReleases.sol";
import {IVenueRegistry} from "../../src/interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../../src/interfaces/IVenueStates.sol";
import {AccountProof, CloseOutReport, PledgeTerms} from "../../src/interfaces/Types.sol";
import {ExitScenario} from "../support/ExitScenario.sol";

/// @notice Signatures used elsewhere, by somebody else, in another form, or in part. What the relay and the roots do with them is in
/// `RelayTest`, `PledgeTest`, `WithdrawTest` and `QuorumTest`; here are the other signed types.
contract SignatureAttacksTest is ExitScenario {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    address private constant ATTACKER = address(0xBAD);
    address private constant TO = address(0xCAFE);
    uint32 private other;
    /// @dev Kept, for the optimiser may read `block.chainid` again where it is used.
    uint256 private home;

    function setUp() public override {
        super.setUp();
        other = secondVenue();
        deposit(loser, usdc, 1_000e6);
        home = block.chainid;
    }

    // -- somebody else sends it first ----------------------------------------------------------------------------------

    function test_frontRun_ofARelayedRequest_doesWhatWasSignedAndNoMore() public {
        bytes memory call = abi.encodeCall(owners.requestWithdrawal, (loser, address(usdc), 400e6, TO));
        bytes memory signature = _relaySignature(call, 0);
        vm.prank(ATTACKER);
        owners.relay(call, 0, uint40(clock + 1 hours), signature);
        assertEq(owners.pendingOf(loser, address(usdc)), 400e6, "the owner has what it asked for");
        assertEqAddress(owners.request(loser, address(usdc)).to, TO, "to whom it asked for");
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RelayNonce.selector, 1, 0));
        owners.relay(call, 0, uint40(clock + 1 hours), signature);
    }

    /// @dev Too little gas for the call inside, enough for the nonce: the owner's signature would be spent on nothing.
    function test_frontRun_ofARelayedRequest_withAnyAmountOfGas_spendsNoNonceOnNothing() public {
        bytes memory call = abi.encodeCall(owners.requestWithdrawal, (loser, address(usdc), 400e6, TO));
        bytes memory relayed = abi.encodeCall(owners.relay, (call, 0, uint40(clock + 1 hours), _relaySignature(call, 0)));
        uint256 before = vm.snapshotState();
        bool done;
        for (uint256 gas = 20_000; gas < 400_000; gas += 3_001) {
            (bool ok, ) = address(vault).call{gas: gas}(relayed);
            bool asked = owners.pendingOf(loser, address(usdc)) == 400e6;
            assertTrue(ok == asked, "done or undone");
            assertEq(vault.nonceOf(ownerOf(loser), 0), ok ? 1 : 0, "and counted only if done");
            assertTrue(!vault.locked(), "the lock is open");
            done = done || ok;
            vm.revertToState(before);
            before = vm.snapshotState();
        }
        assertTrue(done, "with enough it is done");
    }

    function test_frontRun_ofAPledge_pledgesAsWasSigned() public {
        address account = vault.open(vm.addr(0xF00), 0);
        PledgeTerms memory terms = termsOf(account, venue);
        bytes32 digest = pledgeDigest(terms);
        (bytes memory own, bytes memory its) = (signAs(0xF00, digest), signAs(VENUE_KEY, digest));
        vm.prank(ATTACKER);
        vault.pledge(terms, own, its);
        assertEq(vault.record(account).venue, venue, "where its owner wanted");
        assertEq(vault.allowance(account).debitCap, terms.debitCap, "on its owner's terms");
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.AlreadyPledged.selector, account));
        vault.pledge(terms, own, its);
    }

    function test_frontRun_ofAConsent_isTheOwnersAlone() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = signAs(VENUE_KEY, consentDigest(loser, address(usdc), 400e6, TO, 0, deadline));
        vm.prank(ATTACKER);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, loser, ATTACKER));
        vault.withdrawWithConsent(loser, address(usdc), 400e6, TO, deadline, consent);
        // Nor does a signature that is none use the consent's nonce up.
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey));
        vault.withdrawWithConsent(loser, address(usdc), 400e6, TO, deadline, "");
        vm.prank(ownerOf(loser));
        vault.withdrawWithConsent(loser, address(usdc), 400e6, TO, deadline, consent);
        assertEq(usdc.balanceOf(TO), 400e6, "it is still good");
    }

    function test_frontRun_ofAPort_portsAsWasSigned() public {
        postRoot();
        bytes memory call = _port(loser, 1, portConsent(loser, 1, other, uint40(clock + 1 hours)));
        vm.prank(ATTACKER);
        (bool ok, ) = address(vault).call(call);
        assertTrue(ok, "anybody may send it");
        assertEq(vault.record(loser).venue, other, "where its owner wanted");
        assertEq(usdc.balanceOf(loser), 1_000e6, "with all it has");
    }

    /// @dev The venue and all attestors sign; the defaulter sends it first, with as few of them as will do, to stay under its daily cap.
    function test_frontRun_ofAReport_withFewerAttestors_doesNotWeakenIt() public {
        (CloseOutReport memory filed, bytes32 digest) = _defaultWithReport();
        bytes memory its = signAs(VENUE_KEY, digest);
        vm.prank(ATTACKER);
        closeOut.report(filed, its, attest(digest, 2));
        uint40 reportedAt = defaults.caseOf(loser).reportedAt;
        advance(5 minutes);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.ReportTwice.selector, loser));
        closeOut.report(filed, its, attest(digest, 2));
        closeOut.report(filed, its, attest(digest, 3));
        assertTrue(defaults.caseOf(loser).confirmed, "the higher quorum's word counts");
        assertEq(defaults.caseOf(loser).reportedAt, reportedAt, "from the time of the first");
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.ReportTwice.selector, loser));
        closeOut.report(filed, its, attest(digest, 3));
    }

    function test_frontRun_ofAReport_anotherFigureStaysRefused() public {
        (CloseOutReport memory filed, bytes32 digest) = _defaultWithReport();
        closeOut.report(filed, signAs(VENUE_KEY, digest), attest(digest, 2));
        filed.finalNet -= 1;
        digest = reportDigest(filed);
        (bytes memory its, bytes memory all) = (signAs(VENUE_KEY, digest), attest(digest, 3));
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.ReportTwice.selector, loser));
        closeOut.report(filed, its, all);
    }

    /// @dev What the owner has disputed is decided by `confirmDebit` within its limit, and not by a second sending of the report.
    function test_frontRun_ofAReport_endsNoDispute() public {
        (CloseOutReport memory filed, bytes32 digest) = _defaultWithReport();
        (bytes memory its, bytes memory all) = (signAs(VENUE_KEY, digest), attest(digest, 3));
        closeOut.report(filed, its, attest(digest, 2));
        address owner = ownerOf(loser);
        usdc.mint(owner, 100e6);
        vm.prank(owner);
        usdc.approve(address(vault), 100e6);
        vm.prank(owner);
        disputes.disputeReport(loser);
        vm.expectRevert(abi.encodeWithSelector(ICloseOut.ReportTwice.selector, loser));
        closeOut.report(filed, its, all);
        disputes.confirmDebit(loser, -500e6, _confirmation(loser, -500e6, address(vault)));
        assertTrue(defaults.caseOf(loser).confirmed, "there the higher quorum has its say");
    }

    // -- another chain, another contract, another account ----------------------------------------------------------------

    function test_replay_ofAReport_onAnotherChainVaultOrAccount() public {
        (CloseOutReport memory filed, bytes32 digest) = _defaultWithReport();
        bytes4 refused = IVenueRegistry.VenueSignatureInvalid.selector;
        bytes memory good = abi.encodeCall(closeOut.report, (filed, signAs(VENUE_KEY, digest), attest(digest, 2)));
        _refusedOnAnotherChain(good, refused);
        bytes32 foreign = digestFor(address(fund), keccak256(abi.encode(REPORT_TYPEHASH, filed)));
        _refused(abi.encodeCall(closeOut.report, (filed, signAs(VENUE_KEY, foreign), attest(foreign, 2))), refused);
        // The same figures for another account in default: what was signed names the first.
        setMargin(second, type(uint96).max, type(uint96).max);
        postRoot();
        defaults.callMargin(proofOf(second));
        advance(31 minutes);
        postRoot();
        defaults.declareDefault(proofOf(second), address(0));
        CloseOutReport memory twisted = filed;
        (twisted.account, twisted.index) = (second, vault.record(second).index);
        _refused(abi.encodeCall(closeOut.report, (twisted, signAs(VENUE_KEY, digest), attest(digest, 2))), refused);
        _accepted(good);
    }

    function test_replay_ofADebitConfirmation_onAnotherChainVaultOrAccount() public {
        address sister = openAndPledge(0x105E, 1, venue, VENUE_KEY);
        deposit(sister, usdc, 1_000e6);
        setNet(loser, -300e6);
        setNet(sister, -300e6);
        setNet(winner, 600e6);
        postRoot();
        _disputeRoot(loser);
        _disputeRoot(sister);
        bytes4 refused = IVenueRegistry.AttestorSignatureInvalid.selector;
        bytes memory good = abi.encodeCall(disputes.confirmDebit, (loser, -300e6, _confirmation(loser, -300e6, address(vault))));
        _refusedOnAnotherChain(good, refused);
        _refused(abi.encodeCall(disputes.confirmDebit, (loser, -300e6, _confirmation(loser, -300e6, address(fund)))), refused);
        _refused(abi.encodeCall(disputes.confirmDebit, (sister, -300e6, _confirmation(loser, -300e6, address(vault)))), refused);
        _accepted(good);
    }

    function test_replay_ofAnAcceptedDebit_onAnotherAccountOfTheOwner() public {
        address sister = openAndPledge(0x105E, 1, venue, VENUE_KEY);
        setNet(loser, -300e6);
        setNet(sister, -300e6);
        setNet(winner, 600e6);
        postRoot();
        _disputeRoot(loser);
        _disputeRoot(sister);
        uint40 named = disputes.disputeOf(loser).disputedAt;
        assertEq(disputes.disputeOf(sister).disputedAt, named, "disputes of one name");
        bytes memory signature = _relaySignature(abi.encodeCall(disputes.acceptDebit, (loser, named)), 0);
        bytes memory twisted = abi.encodeCall(disputes.acceptDebit, (sister, named));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, ownerOf(loser)));
        owners.relay(twisted, 0, uint40(clock + 1 hours), signature);
        owners.relay(abi.encodeCall(disputes.acceptDebit, (loser, named)), 0, uint40(clock + 1 hours), signature);
        assertEq(disputes.disputeOf(sister).endedBlock, 0, "the other stays open");
    }

    function test_replay_ofAKeyRotation_onAnotherChainVaultOrVenue() public {
        bytes4 refused = IVenueRegistry.AttestorSignatureInvalid.selector;
        bytes memory signatures = attest(_rotationDigest(address(vault)), 3);
        bytes memory good = _rotation(venue, signatures);
        _refusedOnAnotherChain(good, refused);
        _refused(_rotation(venue, attest(_rotationDigest(address(fund)), 3)), refused);
        _refused(_rotation(other, signatures), refused);
        _accepted(good);
    }

    function test_replay_ofAPortConsent_onAnotherChainVaultOrAccount() public {
        postRoot();
        uint40 deadline = uint40(clock + 1 hours);
        bytes memory consent = portConsent(loser, 1, other, deadline);
        bytes memory good = _port(loser, 1, consent);
        bytes4 refused = ICollateralVault.VenueSignature.selector;
        _refusedOnAnotherChain(good, refused);
        bytes32 typeHash = keccak256("PortConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint32 newVenue,uint40 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, loser, venue, vault.record(loser).index, uint64(1), other, deadline));
        _refused(_port(loser, 1, signAs(VENUE_KEY, digestFor(address(fund), structHash))), refused);
        _refused(_port(second, 1, consent), refused);
        _accepted(good);
    }

    function test_replay_ofAReleaseConsent_onAnotherChainVaultOrAccount() public {
        ask(loser);
        ask(second);
        postRoot();
        uint40 deadline = uint40(clock + 1 hours);
        bytes memory consent = releaseConsent(loser, 1, deadline);
        bytes memory good = abi.encodeCall(IReleases.releaseWithConsent, (proofOf(loser), deadline, consent));
        bytes4 refused = ICollateralVault.VenueSignature.selector;
        _refusedOnAnotherChain(good, refused);
        bytes32 typeHash = keccak256("ReleaseConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint40 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, loser, venue, vault.record(loser).index, uint64(1), deadline));
        bytes memory foreign = signAs(VENUE_KEY, digestFor(address(fund), structHash));
        _refused(abi.encodeCall(IReleases.releaseWithConsent, (proofOf(loser), deadline, foreign)), refused);
        _refused(abi.encodeCall(IReleases.releaseWithConsent, (proofOf(second), deadline, consent)), refused);
        _accepted(good);
    }

    /// @dev An owner co-signs a settlement by sending it: there is no signature that another chain or account could see again.
    function test_replay_ofASettlementCoSign_thereIsNothingToReplay() public {
        book(300e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        vm.prank(ownerOf(winner));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, loser, ownerOf(winner)));
        settlement.payOwed(proof, 300e6);
        bytes memory call = abi.encodeCall(settlement.payOwed, (proof, 300e6));
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NotRelayable.selector, settlement.payOwed.selector));
        owners.relay(call, 0, uint40(clock + 1 hours), "");
        vm.prank(ownerOf(loser));
        settlement.payOwed(proof, 300e6);
        vm.prank(ownerOf(loser));
        vm.expectPartialRevert(bytes4(keccak256("NotOwed(uint256,uint256)")));
        settlement.payOwed(proof, 300e6);
    }

    // -- malleable, compact and missing signatures ---------------------------------------------------------------------

    function test_malleableOrShort_signaturesOfAPledge() public {
        address account = vault.open(vm.addr(0xF00), 0);
        PledgeTerms memory terms = termsOf(account, venue);
        bytes32 digest = pledgeDigest(terms);
        (bytes memory own, bytes memory its) = (signAs(0xF00, digest), signAs(VENUE_KEY, digest));
        bytes[5] memory bad = _misshapen(own);
        for (uint256 i; i < 5; ++i) {
            _refused(abi.encodeCall(vault.pledge, (terms, bad[i], its)), ICollateralVault.OwnerSignature.selector);
        }
        bad = _misshapen(its);
        for (uint256 i; i < 5; ++i) {
            _refused(abi.encodeCall(vault.pledge, (terms, own, bad[i])), ICollateralVault.VenueSignature.selector);
        }
        _accepted(abi.encodeCall(vault.pledge, (terms, own, its)));
    }

    function test_malleableOrShort_consents() public {
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory good = signAs(VENUE_KEY, consentDigest(loser, address(usdc), 400e6, TO, 0, deadline));
        bytes[5] memory bad = _misshapen(good);
        for (uint256 i; i < 5; ++i) {
            vm.prank(ownerOf(loser));
            vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueSignature.selector, venueKey));
            vault.withdrawWithConsent(loser, address(usdc), 400e6, TO, deadline, bad[i]);
        }
        ask(loser);
        postRoot();
        deadline = uint40(clock + 1 hours);
        bad = _misshapen(releaseConsent(loser, 1, deadline));
        for (uint256 i; i < 5; ++i) {
            bytes memory call = abi.encodeCall(IReleases.releaseWithConsent, (proofOf(loser), deadline, bad[i]));
            _refused(call, ICollateralVault.VenueSignature.selector);
        }
        good = portConsent(loser, 1, other, deadline);
        bad = _misshapen(good);
        for (uint256 i; i < 5; ++i) {
            // Without any consent a port has to show that the account may leave.
            bytes4 reason = bad[i].length == 0 ? bytes4(keccak256("NotEntitled(address)")) : ICollateralVault.VenueSignature.selector;
            _refused(_port(loser, 1, bad[i]), reason);
        }
        _accepted(_port(loser, 1, good));
    }

    function test_malleableOrShort_signaturesOfAReport() public {
        (CloseOutReport memory filed, bytes32 digest) = _defaultWithReport();
        (bytes memory its, bytes memory two) = (signAs(VENUE_KEY, digest), attest(digest, 2));
        bytes[5] memory bad = _misshapen(its);
        for (uint256 i; i < 5; ++i) {
            _refused(abi.encodeCall(closeOut.report, (filed, bad[i], two)), IVenueRegistry.VenueSignatureInvalid.selector);
        }
        bad = _misshapenList(digest, 2);
        for (uint256 i; i < 5; ++i) {
            bytes4 reason = i < 2 ? IVenueRegistry.AttestorSignatureInvalid.selector : IVenueRegistry.TooFewAttestors.selector;
            _refused(abi.encodeCall(closeOut.report, (filed, its, bad[i])), reason);
        }
        _accepted(abi.encodeCall(closeOut.report, (filed, its, two)));
    }

    function test_malleableOrShort_signaturesOfTheHigherQuorum() public {
        book(300e6);
        postRoot();
        _disputeRoot(loser);
        bytes[5] memory bad = _misshapenList(_confirmationDigest(loser, -300e6, address(vault)), 3);
        bytes[5] memory worse = _misshapenList(_rotationDigest(address(vault)), 3);
        for (uint256 i; i < 5; ++i) {
            bytes4 reason = i < 2 ? IVenueRegistry.AttestorSignatureInvalid.selector : IVenueRegistry.TooFewAttestors.selector;
            _refused(abi.encodeCall(disputes.confirmDebit, (loser, -300e6, bad[i])), reason);
            _refused(_rotation(venue, worse[i]), reason);
        }
        _accepted(_rotation(venue, attest(_rotationDigest(address(vault)), 3)));
        _accepted(abi.encodeCall(disputes.confirmDebit, (loser, -300e6, _confirmation(loser, -300e6, address(vault)))));
    }

    // -- making them ---------------------------------------------------------------------------------------------------

    /// @dev The twin with a high s; a recovery byte that is none; the compact form of 64 bytes; nothing; a byte too many.
    function _misshapen(bytes memory good) private pure returns (bytes[5] memory bad) {
        bytes32 r;
        bytes32 s;
        assembly ("memory-safe") {
            r := mload(add(good, 0x20))
            s := mload(add(good, 0x40))
        }
        uint8 v = uint8(good[64]);
        bad[0] = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? 28 : 27);
        bad[1] = abi.encodePacked(r, s, v - 27);
        bad[2] = abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        bad[3] = "";
        bad[4] = bytes.concat(good, bytes1(0));
    }

    /// @dev A list of attestors' signatures whose first one is misshapen.
    function _misshapenList(bytes32 digest, uint256 count) private view returns (bytes[5] memory bad) {
        bad = _misshapen(signAs(attestorKeys[0], digest));
        for (uint256 i; i < 5; ++i) {
            for (uint256 k = 1; k < count; ++k) {
                bad[i] = bytes.concat(bad[i], signAs(attestorKeys[k], digest));
            }
        }
    }

    function _relaySignature(bytes memory call, uint256 nonce) private view returns (bytes memory) {
        (bytes32 typeHash, uint256 words) = owners.callTypeHash(bytes4(call));
        bytes memory arguments = new bytes(words * 32);
        for (uint256 i; i < arguments.length; ++i) {
            arguments[i] = call[4 + i];
        }
        bytes32 structHash = keccak256(abi.encodePacked(typeHash, arguments, nonce, clock + 1 hours));
        return signAs(ownerKeyOf[loser], digestFor(address(vault), structHash));
    }

    function _defaultWithReport() private returns (CloseOutReport memory filed, bytes32 digest) {
        book(500e6);
        defaultLoser();
        filed = CloseOutReport({
            venue: venue,
            account: loser,
            index: vault.record(loser).index,
            finalNet: -500e6,
            evidence: keccak256("fills")
        });
        digest = reportDigest(filed);
    }

    function _disputeRoot(address account) private {
        address owner = ownerOf(account);
        usdc.mint(owner, 100e6);
        vm.prank(owner);
        usdc.approve(address(vault), 100e6);
        AccountProof memory proof = proofOf(account);
        vm.prank(owner);
        disputes.disputeRoot(proof);
    }

    function _confirmation(address account, int256 net, address verifyingContract) private view returns (bytes memory) {
        return attest(_confirmationDigest(account, net, verifyingContract), 3);
    }

    function _confirmationDigest(address account, int256 net, address verifyingContract) private view returns (bytes32) {
        bytes32 typeHash = keccak256("DebitConfirmation(address account,uint32 venue,uint32 index,uint40 disputedAt,int256 net)");
        uint32 index = vault.record(account).index;
        uint40 disputedAt = disputes.disputeOf(account).disputedAt;
        return digestFor(verifyingContract, keccak256(abi.encode(typeHash, account, venue, index, disputedAt, net)));
    }

    function _rotation(uint32 of_, bytes memory signatures) private pure returns (bytes memory) {
        return abi.encodeCall(IVenueStates.changeQuorum, (of_, vm.addr(0xFEED), address(0), _newSet(), 1, signatures));
    }

    function _rotationDigest(address verifyingContract) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "QuorumChange(uint32 venue,address present,uint40 waiting,address venueKey,address guardian,address[] attestors,uint8 threshold)"
        );
        address present = registry.venueOf(venue).quorum;
        bytes32 list = keccak256(abi.encodePacked(_newSet()));
        bytes32 structHash = keccak256(abi.encode(typeHash, venue, present, uint40(0), vm.addr(0xFEED), address(0), list, uint8(1)));
        return digestFor(verifyingContract, structHash);
    }

    function _newSet() private pure returns (address[] memory set) {
        set = new address[](1);
        set[0] = address(0xA7);
    }

    function _port(address account, uint256 epoch, bytes memory consent) private view returns (bytes memory) {
        PledgeTerms memory terms = termsOf(account, other);
        AccountProof memory proof = proofAt(venue, epoch, vault.record(account).index);
        bytes32 digest = pledgeDigest(terms);
        return abi.encodeCall(IReleases.port, (proof, terms, signAs(ownerKeyOf[account], digest), signAs(VENUE_KEY, digest), consent));
    }

    // -- sending them --------------------------------------------------------------------------------------------------

    function _refusedOnAnotherChain(bytes memory call, bytes4 reason) private {
        vm.chainId(10);
        _refused(call, reason);
        vm.chainId(home);
    }

    function _refused(bytes memory call, bytes4 reason) private {
        (bool ok, bytes memory answer) = address(vault).call(call);
        assertTrue(!ok, "refused");
        assertEqHash(bytes32(bytes4(answer)), bytes32(reason), "for its signature");
    }

    /// @dev What was refused elsewhere was good all the time.
    function _accepted(bytes memory call) private {
        (bool ok, ) = address(vault).call(call);
        assertTrue(ok, "accepted where it belongs");
    }
}
