// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Signatures} from "../core/Signatures.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../interfaces/IVenueStates.sol";
import {PolicyBounds} from "./PolicyBounds.sol";

/// @title A venue's keys as code
/// @notice Kept as the code of a contract that only stops, as policies are: two head words (venue key with count and threshold; guardian),
/// then a word for each attestor, ascending.
library Quorum {
    uint256 private constant SIGNATURE_BYTES = 65;

    /// @notice Checks a set of keys and writes it.
    /// @param list ascending, neither the venue's key nor the guardian among them
    function checkedStore(address key, address guardian_, address[] calldata list, uint8 threshold) internal returns (address) {
        if (key == address(0)) revert IVenueRegistry.ZeroVenueKey();
        PolicyBounds.within("attestors", list.length, 1, 32);
        PolicyBounds.within("threshold", threshold, 1, list.length);
        if (guardian_ == key) revert IVenueStates.GuardianIsKey(guardian_);
        address last;
        for (uint256 i; i < list.length; ++i) {
            address attestor = list[i];
            if (attestor <= last) revert IVenueRegistry.AttestorsNotAscending(attestor);
            if (attestor == key) revert IVenueRegistry.AttestorIsVenue(attestor);
            if (attestor == guardian_) revert IVenueStates.GuardianIsKey(guardian_);
            last = attestor;
        }
        return _store(key, guardian_, list, threshold);
    }

    function _store(address venueKey_, address guardian_, address[] memory attestors_, uint8 threshold_) private returns (address pointer) {
        bytes memory data = abi.encodePacked(
            bytes1(0),
            uint80(0),
            threshold_,
            uint8(attestors_.length),
            venueKey_,
            uint256(uint160(guardian_)),
            attestors_ // padded to words
        );
        bytes memory init = bytes.concat(hex"600b5981380380925939f3", data);
        assembly ("memory-safe") {
            pointer := create(0, add(init, 0x20), mload(init))
            if iszero(pointer) {
                revert(0, 0)
            }
        }
    }

    /// @notice The venue's key alone; zero if there is no such venue.
    function venueKey(address pointer) internal view returns (address key) {
        assembly ("memory-safe") {
            mstore(0, 0)
            extcodecopy(pointer, 0, 1, 0x20)
            key := shr(96, shl(96, mload(0)))
        }
    }

    /// @notice May pause, and nothing else; zero: nobody may.
    function guardian(address pointer) internal view returns (address key) {
        assembly ("memory-safe") {
            mstore(0, 0)
            extcodecopy(pointer, 0, 0x21, 0x20)
            key := shr(96, shl(96, mload(0)))
        }
    }

    function attestors(address pointer) internal view returns (address[] memory list, uint8 threshold) {
        uint256[] memory words = _load(pointer);
        list = new address[](uint8(words[0] >> 160));
        for (uint256 i; i < list.length; ++i) {
            list[i] = address(uint160(words[i + 2]));
        }
        threshold = uint8(words[0] >> 168);
    }

    /// @notice What confirms against an owner or changes keys: at least M + 1 and all but one, and never more than there are.
    function higherThreshold(uint256 count, uint256 threshold) internal pure returns (uint256 needed) {
        needed = threshold + 1 > count - 1 ? threshold + 1 : count - 1;
        if (needed > count) needed = count;
    }

    /// @notice Reverts unless `digest` is signed by the venue and by at least the threshold of attestors.
    /// @param attestorSignatures 65 bytes each, in ascending order of their signers
    /// @return higher whether the attestors who signed are the higher quorum
    function requireSigned(
        address pointer,
        bytes32 digest,
        bytes calldata venueSignature,
        bytes calldata attestorSignatures
    ) internal view returns (bool higher) {
        uint256[] memory words = _load(pointer);
        address key = address(uint160(words[0]));
        if (!Signatures.isBy(key, digest, venueSignature)) revert IVenueRegistry.VenueSignatureInvalid(key);
        return _requireAttested(words, digest, attestorSignatures);
    }

    /// @notice Reverts unless the higher quorum of attestors signed `digest`.
    function requireHigher(address pointer, bytes32 digest, bytes calldata attestorSignatures) internal view {
        uint256[] memory words = _load(pointer);
        if (!_requireAttested(words, digest, attestorSignatures)) {
            uint256 needed = higherThreshold(uint8(words[0] >> 160), uint8(words[0] >> 168));
            revert IVenueRegistry.TooFewAttestors(attestorSignatures.length / SIGNATURE_BYTES, needed);
        }
    }

    /// @dev Signers must be in the list, and ascending, which makes each count once.
    function _requireAttested(uint256[] memory words, bytes32 digest, bytes calldata signatures) private pure returns (bool) {
        (uint256 count, uint256 threshold) = (uint8(words[0] >> 160), uint8(words[0] >> 168));
        uint256 given = signatures.length / SIGNATURE_BYTES;
        if (given < threshold || signatures.length % SIGNATURE_BYTES != 0) revert IVenueRegistry.TooFewAttestors(given, threshold);
        uint256 next = 2;
        for (uint256 i; i < given; ++i) {
            (address signer, ECDSA.RecoverError failed, ) = ECDSA.tryRecoverCalldata(
                digest,
                signatures[i * SIGNATURE_BYTES:(i + 1) * SIGNATURE_BYTES]
            );
            while (next < count + 2 && words[next] != uint160(signer)) ++next;
            if (failed != ECDSA.RecoverError.NoError || next == count + 2) revert IVenueRegistry.AttestorSignatureInvalid(signer);
            ++next;
        }
        return given >= higherThreshold(count, threshold);
    }

    function _load(address pointer) private view returns (uint256[] memory words) {
        assembly ("memory-safe") {
            let size := sub(extcodesize(pointer), 1)
            words := mload(0x40)
            mstore(words, shr(5, size))
            extcodecopy(pointer, add(words, 0x20), 1, size)
            mstore(0x40, add(add(words, 0x20), size))
        }
    }
}
