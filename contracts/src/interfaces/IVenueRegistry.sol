// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetConfig, PolicyVersion, Venue, VenueParameters, VenueState} from "./Types.sol";

/// @title Venues: keys, attestors, accepted assets, policy versions, and whether they still work
interface IVenueRegistry {
    event VenueRegistered(
        uint32 indexed venue,
        address indexed venueKey,
        address settlementAsset,
        address pool,
        address fund,
        uint32 policyVersion
    );
    /// @param bindsAt from when on anybody may bind accounts to it that have not agreed, chain time
    event VenuePolicy(uint32 indexed venue, uint32 policyVersion, VenueParameters parameters, AssetConfig[] assets, uint256 bindsAt);
    event PolicyAdopted(address indexed account, uint32 indexed venue, uint32 policyVersion);

    error UnknownVenue(uint32 venue);
    error OutOfBounds(string what, uint256 given, uint256 lowest, uint256 highest);
    error AssetTwice(address token);
    error AssetMoved(uint256 place, address expected, address given);
    error NotAToken(address token);
    error NotAFeed(address feed);
    error AttestorsNotAscending(address attestor);
    error AttestorIsVenue(address attestor);
    error VenueSignatureInvalid(address venueKey);
    error AttestorSignatureInvalid(address recovered);
    error TooFewAttestors(uint256 given, uint256 needed);
    error ZeroVenueKey();
    error NotTheVenue(address caller);
    error TooEarly(uint256 from);
    error NoSuchVersion(uint32 venue, uint256 version);
    error VersionNotLater(uint256 present, uint256 given);
    error NotAdoptable(address account);

    /// @notice Registers a venue, its pool and its fund. The caller has no special right afterwards: the venue is its key.
    /// @param venueKey signs headers, pledges, consents, close-out reports and changes of itself; an EOA or an ERC-1271 wallet
    /// @param guardian may pause, nothing else; zero: nobody may
    /// @param assets the settlement asset first; at most 8. Decimals are read from tokens and feeds
    /// @param attestors ascending, none of them the venue's key or guardian
    /// @param threshold how many attestors a header needs
    function register(
        address venueKey,
        address guardian,
        AssetConfig[] calldata assets,
        address[] calldata attestors,
        uint8 threshold,
        VenueParameters calldata parameters
    ) external returns (uint32 venue);

    /// @notice Publishes the next version of the policy. New pledges are under it at once; present ones by consent, or after
    /// `policyDelay` of the version before, and never before that one. Assets keep their places; new ones come behind.
    /// What makes the venue fail (`suspendAfter`, `failingDemands`) only ever gets stricter. The venue's key calls.
    function publishPolicy(
        uint32 venue,
        AssetConfig[] calldata assets,
        VenueParameters calldata parameters
    ) external returns (uint32 version);

    /// @notice Binds a pledge to a later version: its owner at any time, anybody once it `bindsAt`. Not while a call, a default, an
    /// auction, a release or an exit is under way.
    function adoptPolicy(address account, uint32 version) external;

    function venues() external view returns (uint32);
    function venueOf(uint32 venue) external view returns (Venue memory);
    function stateOf(uint32 venue) external view returns (VenueState);
    /// @notice The venue's clock: chain time less the time spent in pauses.
    function clock(uint32 venue) external view returns (uint40);
    function venueKey(uint32 venue) external view returns (address);
    function guardian(uint32 venue) external view returns (address);
    function heartbeat(uint32 venue) external view returns (uint256);
    function policyVersion(uint32 venue) external view returns (uint32);
    function policyAt(uint32 venue, uint32 version) external view returns (PolicyVersion memory);
    /// @notice Figures of the venue's newest policy.
    function parameters(uint32 venue) external view returns (VenueParameters memory);
    /// @notice Figures of the policy that binds a pledged account.
    function parametersOf(address account) external view returns (VenueParameters memory);
    function assets(uint32 venue) external view returns (AssetConfig[] memory);
    function settlementAsset(uint32 venue) external view returns (address);
    function isAccepted(uint32 venue, address token) external view returns (bool);
    function attestors(uint32 venue) external view returns (address[] memory, uint8 threshold);
    /// @notice keccak256(abi.encode(attestors ascending, threshold)).
    function attestorSetHash(uint32 venue) external view returns (bytes32);
    function fundOf(uint32 venue) external view returns (address);
}
