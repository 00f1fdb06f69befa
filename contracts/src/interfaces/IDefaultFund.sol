// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A venue's default fund: its own tranche first, then its members'
/// @notice The members' tranche is an ERC-4626 vault over internally counted assets: a donation changes no share price.
interface IDefaultFund {
    /// @notice A tranche's money changed.
    /// @param tranche 1: the venue's own; 2: the members'
    /// @param delta settlement units, signed
    event TrancheChanged(uint8 indexed tranche, int256 delta, uint256 assets);
    event RedemptionNoticed(address indexed member, uint256 shares, uint40 maturesAt);

    error NotTheManager(address caller);
    error TransferNotExact(uint256 asked, uint256 received);
    error FundLocked();

    /// @notice Pays into the venue's own tranche. Anyone may; it is the venue's money that is lost first.
    function fundVenueTranche(uint256 assets) external;

    /// @notice Announces a redemption; matures after the venue's notice, and until paid keeps absorbing losses.
    function noticeRedemption(uint256 shares) external;

    /// @notice Pays up to `amount` of a default into the pool, the venue's tranche first, the members' up to `memberCap`.
    function absorb(uint256 amount, uint256 memberCap, address pool) external returns (uint256 fromVenue, uint256 fromMembers);

    /// @notice Pays from the venue's tranche only: a reward whose default turned out lossless, or a lot at its floor.
    function payFromVenueTranche(uint256 amount, address to) external returns (uint256 paid);

    /// @notice Books a penalty that has arrived, for the members.
    function addPenalty(uint256 amount) external;

    function venue() external view returns (uint32);
    function venueTranche() external view returns (uint256);
    function memberTranche() external view returns (uint256);
}
