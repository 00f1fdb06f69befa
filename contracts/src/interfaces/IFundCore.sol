// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What a default fund needs to know of the core
/// @notice The core is trusted for these numbers and for every function that the fund reserves to it. The fund asks for nothing else.
interface IFundCore {
    /// @notice Whether any contract of the deployment is at work: the one reentrancy lock.
    function locked() external view returns (bool);

    /// @notice Defaults of the venue that are not resolved yet.
    function openDefaults(uint32 venue) external view returns (uint256);

    /// @notice What members may still have to pay for the venue's open defaults and, once it has failed, for claims on it.
    /// @return settlement units: the sum of the caps; `absorb` never takes more than this from the members
    function openMemberCaps(uint32 venue) external view returns (uint256);

    /// @notice Seconds between a redemption's notice and its maturity: no less than heartbeat, cure, close-out and dispute together,
    /// so that a default which is coming when notice is given is declared, and one which is open ends, within it.
    function fundNotice(uint32 venue) external view returns (uint256);

    /// @notice Whether the venue has failed, for ever.
    function venueFailed(uint32 venue) external view returns (bool);
}
