// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetConfig, VenueParameters} from "./Types.sol";

/// @title Venues: keys, attestors, accepted assets and parameters
interface IVenueRegistry {
    event VenueRegistered(
        uint32 indexed venue,
        address indexed venueKey,
        address settlementAsset,
        address pool,
        address fund,
        uint32 policyVersion
    );
    event VenuePolicy(
        uint32 indexed venue,
        uint32 policyVersion,
        VenueParameters parameters,
        AssetConfig[] assets,
        address[] attestors,
        uint8 threshold
    );

    error UnknownVenue(uint32 venue);
    error OutOfBounds(string what, uint256 given, uint256 lowest, uint256 highest);
    error AssetTwice(address token);
    error NotAToken(address token);
    error NotAFeed(address feed);
    error AttestorsNotAscending(address attestor);
    error AttestorIsVenue(address attestor);
    error VenueSignatureInvalid(address venueKey);
    error AttestorSignatureInvalid(address recovered);
    error TooFewAttestors(uint256 given, uint256 needed);
    error ZeroVenueKey();

    /// @notice Registers a venue, its pool and its fund. The caller has no special right afterwards: the venue is its key.
    /// @param venueKey signs headers, pledges, consents and close-out reports; an EOA or an ERC-1271 wallet
    /// @param assets the settlement asset first; at most 8. Decimals are read from tokens and feeds
    /// @param attestors ascending, none of them the venue's key
    /// @param threshold how many attestors a header needs
    function register(
        address venueKey,
        AssetConfig[] calldata assets,
        address[] calldata attestors,
        uint8 threshold,
        VenueParameters calldata parameters
    ) external returns (uint32 venue);

    /// @notice Reverts unless `digest` is signed by the venue and by at least `threshold` attestors.
    /// @param attestorSignatures 65 bytes each, in ascending order of their signers
    function requireQuorum(uint32 venue, bytes32 digest, bytes calldata venueSignature, bytes calldata attestorSignatures) external view;

    function venues() external view returns (uint32);
    function venueKey(uint32 venue) external view returns (address);
    function heartbeat(uint32 venue) external view returns (uint256);
    function policyVersion(uint32 venue) external view returns (uint32);
    function parameters(uint32 venue) external view returns (VenueParameters memory);
    function assets(uint32 venue) external view returns (AssetConfig[] memory);
    function settlementAsset(uint32 venue) external view returns (address);
    function isAccepted(uint32 venue, address token) external view returns (bool);
    function attestors(uint32 venue) external view returns (address[] memory, uint8 threshold);
    /// @notice keccak256(abi.encode(attestors ascending, threshold)).
    function attestorSetHash(uint32 venue) external view returns (bytes32);
    function fundOf(uint32 venue) external view returns (address);
}
