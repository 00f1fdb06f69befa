// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What a failed venue still pays
/// @notice Winners register what they are owed, by their exits or here, within `claimWindow` of the failure. After it the pool, the
/// venue's own tranche and a part of the members' pay them pro rata.
interface IFailedVenue {
    event OwingRegistered(uint32 indexed venue, address indexed account, uint256 owing);
    event Distributed(uint32 indexed venue, address indexed account, uint256 amount);

    error NothingToRegister(address account);
    error ClaimWindow(uint256 until);
    error NothingToDistribute(uint32 venue);
    error NotFailed(uint32 venue);

    /// @notice In a failed venue: registers what an account released earlier still claims, within `claimWindow`. Anyone may call.
    function registerClaim(uint32 venue, address account) external;

    /// @notice In a failed venue, once, after `claimWindow`: draws into the pool what the registered claims lack, from its own tranche, then
    /// from the members' at most half of what that held when the venue failed. Until then so much of it cannot be redeemed. Anyone may call.
    function collectTranches(uint32 venue) external returns (uint256 amount);

    /// @notice In a failed venue, after `claimWindow`: pays a registered account its share of what has come in so far, pro rata, again
    /// whenever money arrives. Anyone may call.
    function distribute(uint32 venue, address account) external returns (uint256 amount);
}
