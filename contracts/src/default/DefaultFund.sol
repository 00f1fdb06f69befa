// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IFundCore} from "../interfaces/IFundCore.sol";
import {IMemberSeries} from "../interfaces/IMemberSeries.sol";
import {MemberSeries} from "./MemberSeries.sol";

/// @title A venue's default fund
/// @notice Holds the money of both tranches and is the only one to send it; a series only says who is a member.
/// @dev Trusts the core for `IFundCore`, for having sent a penalty before `addPenalty`, and for holding its lock whenever it calls. The
/// settlement asset may charge, refuse or call back: whatever does not move exactly what was asked reverts the call, and money is counted
/// out before it is sent and in after it has arrived, so a callback never sees a torn price.
/// Its share of the invariants: `lossConserved` (the venue's tranche first, members up to the cap, to the unit), `reentrancySafe`.
contract DefaultFund is IDefaultFund {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using Math for uint256;

    /// @notice How long a penalty takes to reach the shares: who joins just before it comes gains nothing by that.
    uint256 public constant STREAM = 7 days;

    /// @dev One slot: a loss that reaches both tranches writes once.
    struct Tranches {
        uint128 venue;
        uint128 members;
    }

    struct Stream {
        uint128 left;
        uint40 since;
        uint40 endsAt;
        uint32 seriesCount;
    }

    IFundCore public immutable core;
    /// @inheritdoc IDefaultFund
    uint32 public immutable venue;
    /// @inheritdoc IDefaultFund
    address public immutable asset;
    address private immutable IMPLEMENTATION;

    Tranches private _tranches;
    Stream private _stream;
    /// @inheritdoc IDefaultFund
    address public series;
    mapping(address series => uint256) private _residues;

    bool private transient _busy;

    constructor(IFundCore core_, uint32 venue_, IERC20 asset_) {
        core = core_;
        venue = venue_;
        asset = address(asset_);
        IMPLEMENTATION = address(new MemberSeries(core_, venue_, asset_));
        _open();
    }

    modifier onlyCore() {
        if (msg.sender != address(core)) revert NotTheCore(msg.sender);
        _;
    }

    modifier onlySeries() {
        if (msg.sender != series) revert NotASeries(msg.sender);
        _;
    }

    /// @dev The core comes with its own lock held; the fund's keeps a token's callback from resolving a default in mid-deposit.
    modifier nonReentrant() {
        if (_busy) revert FundLocked();
        _busy = true;
        _;
        _busy = false;
    }

    /// @dev Members and payers are kept out while the core is at work.
    modifier quiet() {
        if (core.locked()) revert FundLocked();
        _;
    }

    // -- the core ----------------------------------------------------------------------------------------------------------

    /// @inheritdoc IDefaultFund
    function absorb(
        uint256 amount,
        uint256 memberCap,
        address to
    ) external onlyCore nonReentrant returns (uint256 fromVenue, uint256 fromMembers) {
        Tranches memory t = _tranches;
        fromVenue = amount.min(t.venue);
        fromMembers = (amount - fromVenue).min(memberCap).min(t.members);
        if (fromVenue + fromMembers == 0) return (0, 0);
        t.venue -= uint128(fromVenue);
        t.members -= uint128(fromMembers);
        _tranches = t;
        if (fromVenue != 0) emit TrancheChanged(1, -int256(fromVenue), t.venue);
        if (fromMembers != 0) {
            emit TrancheChanged(2, -int256(fromMembers), t.members);
            // What nobody has earned yet pays before what members put in.
            (uint256 left, uint40 endsAt) = _unreleased();
            if (left != 0) _setStream(left - left.min(fromMembers), endsAt);
        }
        _sendExactly(to, fromVenue + fromMembers);
    }

    /// @inheritdoc IDefaultFund
    function payFromVenueTranche(uint256 amount, address to) external onlyCore nonReentrant returns (uint256 paid) {
        uint128 held = _tranches.venue;
        paid = amount.min(held);
        if (paid == 0) return 0;
        _tranches.venue = held - uint128(paid);
        emit TrancheChanged(1, -int256(paid), held - paid);
        _sendExactly(to, paid);
    }

    /// @inheritdoc IDefaultFund
    function addPenalty(uint256 amount) external onlyCore nonReentrant {
        if (amount == 0) return;
        Tranches memory t = _tranches;
        // Without members, or with shares that losses have emptied, it would be a present to the next depositor or to the dead.
        if (t.members == 0) return _addToVenue(amount);
        _tranches.members = (t.members + amount).toUint128();
        emit TrancheChanged(2, int256(amount), t.members + amount);
        // The end is the average of both ends, weighted by money. A unit more hardly defers what is under way, and the sum never comes
        // faster than two streams side by side would: (a + b)^2 / (ax + by) <= a/x + b/y.
        (uint256 left, uint40 endsAt) = _unreleased();
        uint256 weighted = left == 0 ? 0 : left * (endsAt - block.timestamp);
        _setStream(left + amount, uint40(block.timestamp + (weighted + amount * STREAM).ceilDiv(left + amount)));
    }

    /// @inheritdoc IDefaultFund
    function addToVenueTranche(uint256 amount) external onlyCore nonReentrant {
        if (amount != 0) _addToVenue(amount);
    }

    // -- everybody ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IDefaultFund
    function fundVenueTranche(uint256 assets) external nonReentrant quiet {
        uint256 before = _balance(address(this));
        IERC20(asset).safeTransferFrom(msg.sender, address(this), assets);
        _requireExact(msg.sender, assets, _balance(address(this)) - before);
        _addToVenue(assets);
    }

    /// @inheritdoc IDefaultFund
    function openSeries() external nonReentrant quiet returns (address opened) {
        uint256 defaults = core.openDefaults(venue);
        uint256 caps = core.openMemberCaps(venue);
        if (defaults != 0 || caps != 0) revert DefaultsOpen(defaults, caps);
        address closing = series;
        if (!IMemberSeries(closing).spent()) revert SeriesNotSpent(closing);
        uint256 residue = _tranches.members;
        (uint256 left, ) = _unreleased();
        _residues[closing] = residue;
        _tranches.members = 0;
        if (left != 0) _setStream(0, 0);
        emit SeriesClosed(_stream.seriesCount, closing, residue);
        if (residue != 0) {
            emit TrancheChanged(2, -int256(residue), 0);
            emit TrancheChanged(3, int256(residue), residue);
        }
        return _open();
    }

    // -- series ------------------------------------------------------------------------------------------------------------

    /// @inheritdoc IDefaultFund
    function beginDeposit() external onlySeries quiet returns (uint256 balance) {
        if (_busy) revert FundLocked();
        _busy = true;
        return _balance(address(this));
    }

    /// @inheritdoc IDefaultFund
    function endDeposit(address from, uint256 assets, uint256 before) external onlySeries {
        _requireExact(from, assets, _balance(address(this)) - before);
        uint256 members = _tranches.members + assets;
        _tranches.members = members.toUint128();
        emit TrancheChanged(2, int256(assets), members);
        _busy = false;
    }

    /// @inheritdoc IDefaultFund
    function payMember(uint256 assets, address to, bool last) external nonReentrant quiet {
        if (msg.sender == series) _countOut(assets, last);
        else _countOutOfResidue(assets, last);
        if (assets != 0) _sendExactly(to, assets);
    }

    function _countOut(uint256 assets, bool last) private {
        Tranches memory t = _tranches;
        uint256 rest = last ? t.members - assets : 0;
        t.members = (t.members - assets - rest).toUint128();
        _tranches.members = t.members;
        if (assets + rest != 0) emit TrancheChanged(2, -int256(assets + rest), t.members);
        if (rest == 0) return;
        (uint256 left, ) = _unreleased();
        if (left != 0) _setStream(0, 0);
        _addToVenue(rest);
    }

    function _countOutOfResidue(uint256 assets, bool last) private {
        uint256 held = _residues[msg.sender];
        // A stranger has no residue, and may be paid the nothing it has.
        if (assets > held || held == 0) {
            if (assets == 0) return;
            revert NotASeries(msg.sender);
        }
        uint256 rest = last ? held - assets : 0;
        held -= assets + rest;
        _residues[msg.sender] = held;
        if (assets + rest != 0) emit TrancheChanged(3, -int256(assets + rest), held);
        if (rest != 0) _addToVenue(rest);
    }

    // -- views -------------------------------------------------------------------------------------------------------------

    /// @inheritdoc IDefaultFund
    function locked() external view returns (bool) {
        return _busy || core.locked();
    }

    /// @inheritdoc IDefaultFund
    function venueTranche() external view returns (uint256) {
        return _tranches.venue;
    }

    /// @inheritdoc IDefaultFund
    function memberTranche() external view returns (uint256) {
        return _tranches.members;
    }

    /// @inheritdoc IDefaultFund
    function unreleased() external view returns (uint256 left) {
        (left, ) = _unreleased();
    }

    /// @inheritdoc IDefaultFund
    function assetsOf(address series_) public view returns (uint256) {
        if (series_ != series) return _residues[series_];
        (uint256 left, ) = _unreleased();
        return _tranches.members - left;
    }

    /// @inheritdoc IDefaultFund
    function seriesCount() external view returns (uint32) {
        return _stream.seriesCount;
    }

    // -- within ------------------------------------------------------------------------------------------------------------

    /// @dev Rounded up: the released part, which prices shares, is rounded down.
    function _unreleased() private view returns (uint256 left, uint40 endsAt) {
        Stream memory s = _stream;
        endsAt = s.endsAt;
        if (block.timestamp >= endsAt) return (0, endsAt);
        left = uint256(s.left).mulDiv(endsAt - block.timestamp, endsAt - s.since, Math.Rounding.Ceil);
    }

    function _setStream(uint256 left, uint40 endsAt) private {
        Stream storage s = _stream;
        s.left = left.toUint128();
        s.since = uint40(block.timestamp);
        s.endsAt = endsAt;
        emit StreamChanged(left, endsAt);
    }

    function _addToVenue(uint256 amount) private {
        uint256 held = _tranches.venue + amount;
        _tranches.venue = held.toUint128();
        emit TrancheChanged(1, amount.toInt256(), held);
    }

    function _open() private returns (address opened) {
        uint32 number = ++_stream.seriesCount;
        opened = Clones.cloneWithImmutableArgs(IMPLEMENTATION, abi.encode(number));
        series = opened;
        emit SeriesOpened(number, opened);
    }

    function _balance(address who) private view returns (uint256) {
        return IERC20(asset).balanceOf(who);
    }

    function _requireExact(address party, uint256 asked, uint256 received) private view {
        if (received != asked) revert TransferNotExact(asset, party, asked, received);
    }

    /// @dev A receiver that ends up with less than before shows as nothing received, not as a panic without a name.
    function _sendExactly(address to, uint256 amount) private {
        uint256 before = _balance(to);
        IERC20(asset).safeTransfer(to, amount);
        _requireExact(to, amount, _balance(to).saturatingSub(before));
    }
}
