// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Whether a venue still works: its keys' rotation, its pauses, its failing
interface IVenueStates {
    /// @param effectiveAt chain time
    event QuorumChanging(
        uint32 indexed venue,
        address venueKey,
        address guardian,
        address[] attestors,
        uint8 threshold,
        uint256 effectiveAt
    );
    event QuorumChanged(uint32 indexed venue, address venueKey, address guardian, address[] attestors, uint8 threshold);
    event VenuePaused(uint32 indexed venue, uint256 until);
    event VenueFoundSuspended(uint32 indexed venue, uint256 failsAt);
    event VenueFailed(uint32 indexed venue);

    error GuardianIsKey(address guardian);
    error NotTheGuardian(address caller);
    error NothingChanging(uint32 venue);
    error NotSuspended(uint32 venue);
    error AlreadyFailed(uint32 venue);
    error PausedLately(uint256 notBefore);

    /// @notice Begins a change of keys (an emergency rotation): the higher quorum of attestors signs it; it takes effect after 24 h.
    /// The signature names the present set (`Venue.quorum`) and when a change that waits, which this one replaces, would have taken effect
    /// (0: none waits): `QuorumChange(uint32 venue,address present,uint40 waiting,address venueKey,address guardian,address[] attestors,uint8
    /// threshold)`.
    function changeQuorum(
        uint32 venue,
        address venueKey,
        address guardian,
        address[] calldata attestors,
        uint8 threshold,
        bytes calldata attestorSignatures
    ) external;

    /// @notice Puts a change of keys into effect whose time has come. Anyone may call.
    function applyQuorum(uint32 venue) external;

    /// @notice Stops calls, defaults, takes, settlement, consents by root and pledges for `PAUSE`, with all deadlines on the venue's clock.
    /// Not again before `PAUSE_COOLDOWN` after its end. The guardian calls.
    function pause(uint32 venue) external;

    /// @notice Notes that a venue is suspended: without a root for another 24 h it fails. Anyone may call.
    function poke(uint32 venue) external;

    /// @notice Declares a venue failed, for good: found suspended and 24 h without a root since, or too many distinct accounts whose
    /// demands went unanswered. Anyone may call.
    function fail(uint32 venue) external;
}
