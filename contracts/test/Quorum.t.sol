// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IVenueRegistry} from "../src/interfaces/IVenueRegistry.sol";
import {EpochHeader, RootPrices} from "../src/interfaces/Types.sol";
import {Quorum} from "../src/venue/Quorum.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";

/// @notice Who must have signed a header: the venue, and enough different attestors.
contract QuorumTest is RingfenceTest {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    EpochHeader private header;
    RootPrices private prices;
    bytes32 private digest;
    bytes private its;

    function setUp() public override {
        super.setUp();
        openAndPledge(1);
        prices = livePrices(venue);
        settlement.checkpoint(venue);
        nextBlock();
        header = headerOf(venue, uint64(height - 1), prices, false);
        digest = headerDigest(header);
        its = signAs(VENUE_KEY, digest);
    }

    function test_post_withTwoOfThree() public {
        _accept(_signatures(0, 1));
    }

    function test_post_withAnyTwoOfThree() public {
        _accept(_signatures(1, 2));
    }

    function test_post_withAllThree() public {
        _accept(attest(digest, 3));
    }

    /// @dev M + 1 and all but one, whichever is more, and never more than there are.
    function test_higherQuorum_ofEverySize() public pure {
        uint256[3][9] memory cases = [
            [uint256(1), 1, 1],
            [uint256(2), 1, 2],
            [uint256(2), 2, 2],
            [uint256(3), 1, 2],
            [uint256(3), 2, 3],
            [uint256(4), 1, 3],
            [uint256(5), 2, 4],
            [uint256(5), 3, 4],
            [uint256(5), 4, 5]
        ];
        for (uint256 i; i < cases.length; ++i) {
            assertEq(Quorum.higherThreshold(cases[i][0], cases[i][1]), cases[i][2], "of so many, of whom so many sign a root");
        }
    }

    function test_post_withTooFew() public {
        _refuse(its, "", abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 0, 2));
        _refuse(its, attest(digest, 1), abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 1, 2));
    }

    function test_post_withAShortOrLongSignature() public {
        bytes memory two = attest(digest, 2);
        _refuse(its, bytes.concat(two, bytes1(0)), abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 2, 2));
        bytes memory short = new bytes(129);
        for (uint256 i; i < 129; ++i) {
            short[i] = two[i];
        }
        _refuse(its, short, abi.encodeWithSelector(IVenueRegistry.TooFewAttestors.selector, 1, 2));
    }

    function test_post_withOneAttestorTwice() public {
        _refuse(its, _signatures(0, 0), _invalid(vm.addr(attestorKeys[0])));
    }

    function test_post_withAttestorsOutOfOrder() public {
        _refuse(its, _signatures(1, 0), _invalid(vm.addr(attestorKeys[0])));
    }

    function test_post_withAStranger() public {
        bytes memory stranger = signAs(0xBAD, digest);
        bytes memory signatures = abi.encodePacked(stranger, stranger);
        _refuse(its, signatures, _invalid(vm.addr(0xBAD)));
    }

    function test_post_withTheVenueAsItsOwnAttestor() public {
        _refuse(its, bytes.concat(its, its), _invalid(venueKey));
    }

    function test_post_withAMalleatedSignature() public {
        // The other solution for the same key: accepted, one attestor would count under two signatures.
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(attestorKeys[0], digest);
        bytes memory twin = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? 28 : 27);
        bytes memory other = signAs(attestorKeys[1], digest);
        _refuse(its, bytes.concat(twin, other), _invalid(address(0)));
    }

    function test_post_withZeroes() public {
        _refuse(its, new bytes(130), _invalid(address(0)));
    }

    function test_post_withoutTheVenue() public {
        bytes memory two = attest(digest, 2);
        bytes memory reason = abi.encodeWithSelector(IVenueRegistry.VenueSignatureInvalid.selector, venueKey);
        _refuse("", two, reason);
        _refuse(signAs(attestorKeys[0], digest), two, reason);
        _refuse(signAs(VENUE_KEY, keccak256("something else")), two, reason);
    }

    function test_post_withAttestationsOfAnotherHeader() public {
        EpochHeader memory other = header;
        other.paramsHash = keccak256("other parameters");
        bytes memory two = attest(headerDigest(other), 2);
        vm.expectPartialRevert(IVenueRegistry.AttestorSignatureInvalid.selector);
        attestationLog.post(header, prices, its, two);
    }

    function test_post_whatWasSignedForAnotherChain() public {
        vm.chainId(10);
        _refuse(its, attest(digest, 2), abi.encodeWithSelector(IVenueRegistry.VenueSignatureInvalid.selector, venueKey));
    }

    function test_post_whatWasSignedForAnotherVenueOfTheSameKeys() public {
        uint32 second = registry.register(venueKey, address(0), defaultAssets(), attestorAddresses(), 2, defaultParameters());
        openAndPledge(1, 1, second, VENUE_KEY);
        settlement.checkpoint(second);
        nextBlock();
        EpochHeader memory foreign = headerOf(second, uint64(height - 1), prices, false);
        bytes memory two = attest(digest, 2);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.VenueSignatureInvalid.selector, venueKey));
        attestationLog.post(foreign, prices, its, two);
    }

    function _signatures(uint256 first, uint256 second) private view returns (bytes memory) {
        return bytes.concat(signAs(attestorKeys[first], digest), signAs(attestorKeys[second], digest));
    }

    function _invalid(address signer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IVenueRegistry.AttestorSignatureInvalid.selector, signer);
    }

    function _accept(bytes memory theirs) private {
        attestationLog.post(header, prices, its, theirs);
        assertEq(attestationLog.newest(venue), 1, "posted");
    }

    function _refuse(bytes memory venues, bytes memory theirs, bytes memory reason) private {
        (EpochHeader memory given, RootPrices memory live) = (header, prices);
        vm.expectRevert(reason);
        attestationLog.post(given, live, venues, theirs);
        assertEq(attestationLog.newest(venue), 0, "nothing posted");
    }
}
