// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A venue's default fund: its own tranche first, then its members'
/// @notice Both tranches are counted, never read from a balance: a donation moves nothing. Members hold shares of a series, an ERC-4626
/// vault of its own (`IMemberSeries`), whose money is here. Penalties join the members' tranche at once as what absorbs losses, and over
/// `STREAM` as what shares are worth. All amounts are settlement units.
/// @dev Everything can be rebuilt from the events: each states the value after it.
interface IDefaultFund {
    /// @notice A tranche's money changed.
    /// @param tranche 1: the venue's own; 2: the members', unreleased penalties included; 3: what a closed series left to its holders
    /// @param delta signed; the deltas of a transaction add up to what the fund received or sent
    /// @param assets the tranche after it; in tranche 3, of the series concerned
    event TrancheChanged(uint8 indexed tranche, int256 delta, uint256 assets);
    /// @notice The penalties on their way to the members changed other than by time.
    /// @param unreleased at this moment; it falls to zero on a straight line that ends at `endsAt`
    event StreamChanged(uint256 unreleased, uint40 endsAt);
    /// @notice A series of member shares opened; deposits go there from now on.
    event SeriesOpened(uint32 indexed number, address series);
    /// @notice A series closed for ever.
    /// @param residue what its holders share, out of reach of later losses
    event SeriesClosed(uint32 indexed number, address series, uint256 residue);

    /// @notice `caller` called what is reserved to the core.
    error NotTheCore(address caller);
    /// @notice `caller` called what is reserved to a series of this fund.
    error NotASeries(address caller);
    /// @notice `token` moved another amount than asked, between the fund and `party`.
    error TransferNotExact(address token, address party, uint256 asked, uint256 received);
    /// @notice This fund or the core is at work: nothing is done or quoted from within a callback.
    error FundLocked();
    /// @notice The open series can go on.
    error SeriesNotSpent(address series);
    /// @notice Members may still have to pay `caps` for `defaults` open defaults.
    error DefaultsOpen(uint256 defaults, uint256 caps);

    /// @notice Pays `assets` of the caller into the venue's own tranche, which nobody redeems. Anyone may, at any time.
    function fundVenueTranche(uint256 assets) external;

    /// @notice Pays up to `amount` of a loss to `to` in one transfer: the venue's tranche first, then the members' up to `memberCap`, of
    /// which penalties that are not released yet go first. Reserved to the core.
    /// @return fromVenue what the venue's tranche paid
    /// @return fromMembers what the members' tranche paid; `to` received exactly the sum
    function absorb(uint256 amount, uint256 memberCap, address to) external returns (uint256 fromVenue, uint256 fromMembers);

    /// @notice Pays up to `amount` to `to` from the venue's tranche only. Reserved to the core.
    function payFromVenueTranche(uint256 amount, address to) external returns (uint256 paid);

    /// @notice Books a penalty that the core has already sent. It is released to the members' shares over `STREAM`; with no money in the
    /// members' tranche it strengthens the venue's. Reserved to the core.
    function addPenalty(uint256 amount) external;

    /// @notice Books money for the venue's own tranche that the core has already sent. Reserved to the core.
    function addToVenueTranche(uint256 amount) external;

    /// @notice Opens a new series when losses have emptied the present one, or have left less than a millionth of par; what is left then
    /// stays with its holders. Anyone may, while no default is open.
    /// @return opened the new series
    function openSeries() external returns (address opened);

    /// @notice Locks the fund while a series pulls a deposit into it. Reserved to the open series.
    /// @return balance what the fund has before it
    function beginDeposit() external returns (uint256 balance);

    /// @notice Counts a deposit, which must have arrived to the unit, and unlocks. Reserved to the open series.
    /// @param from who paid, for the error
    /// @param before what `beginDeposit` returned
    function endDeposit(address from, uint256 assets, uint256 before) external;

    /// @notice Pays a member of a series. Reserved to series.
    /// @param last no share is left: what remains of the tranche, and unreleased penalties, are the venue's tranche's from now on, so that
    /// the next depositor cannot buy them for a unit
    function payMember(uint256 assets, address to, bool last) external;

    /// @notice Whether this fund or the core is at work.
    function locked() external view returns (bool);

    /// @notice The venue's own money here.
    function venueTranche() external view returns (uint256);

    /// @notice The members' money here, penalties that are not released included: all that can absorb a loss.
    function memberTranche() external view returns (uint256);

    /// @notice Penalties that are not released yet, rounded up.
    function unreleased() external view returns (uint256);

    /// @notice What the shares of `series` are worth together: for the open one the released part of the members' tranche, for a closed one
    /// its residue.
    function assetsOf(address series) external view returns (uint256);

    /// @notice The open series: where members deposit.
    function series() external view returns (address);

    /// @notice How many series have been opened.
    function seriesCount() external view returns (uint32);

    function venue() external view returns (uint32);
    function asset() external view returns (address);
}
