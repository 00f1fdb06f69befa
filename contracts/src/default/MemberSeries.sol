// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IFundCore} from "../interfaces/IFundCore.sol";
import {IMemberSeries} from "../interfaces/IMemberSeries.sol";

/// @title One series of a default fund's members' shares
/// @notice A clone of one implementation per fund. It holds shares under notice and never any money: deposits go straight to the fund.
/// @dev Six decimals of virtual shares make first-depositor inflation cost more than it takes, and the fund's counted assets make
/// donations pointless. Trusts the fund, which made it, and the core for what members may still have to pay.
/// Its share of the invariants: `lossConserved` (what open defaults may cost members does not leave), `reentrancySafe`.
contract MemberSeries is IMemberSeries, ERC4626 {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using Math for uint256;

    /// @notice A matured notice that is not redeemed within this time lapses. Without an end, a notice given once would be an exit for ever,
    /// to be used just before a loss; and since anyone may redeem a matured notice, nobody can count on keeping one even that long.
    uint256 public constant REDEEM_WINDOW = 1 days;
    /// @notice What `redeem` looks through stays bounded.
    uint256 public constant MOST_NOTICES = 16;

    /// @notice A series is spent when its shares have fallen to par divided by this. Past it, a few more such losses and deposits would carry
    /// the number of shares out of 128 bits, and nobody could join any more.
    uint256 public constant SPENT = 1e6;
    /// @dev Shares per unit at par.
    uint256 private constant PAR = 1e6;

    /// @dev How far members can leave at this moment.
    /// @param retired the series is closed: no notice, no losses, no waiting
    /// @param blocked defaults are open, or claims on a failed venue
    /// @param free shares that can be redeemed before assets reach what members may have to pay
    /// @param supply all shares
    /// @param left shares redeemed since defaults have been open
    struct Exit {
        bool retired;
        bool blocked;
        uint256 free;
        uint256 supply;
        uint256 left;
    }

    IDefaultFund public immutable fund;
    IFundCore private immutable CORE;
    uint32 private immutable VENUE;

    mapping(uint256 id => Notice) private _notices;
    mapping(address member => uint256[]) private _noticesOf;
    uint256 private _lastId;
    /// @dev Shares redeemed while defaults were open, since they have been: with them, each notice's part is independent of the order.
    uint128 private _left;
    uint16 private _episode;

    constructor(IFundCore core, uint32 venue, IERC20 asset_) ERC20("", "") ERC4626(asset_) {
        fund = IDefaultFund(msg.sender);
        CORE = core;
        VENUE = venue;
    }

    modifier quiet() {
        if (fund.locked()) revert IDefaultFund.FundLocked();
        _;
    }

    // -- notices -----------------------------------------------------------------------------------------------------------

    /// @inheritdoc IMemberSeries
    function noticeRedemption(uint256 shares) external quiet returns (uint256 id) {
        if (shares == 0) revert NothingToDo();
        if (_retired()) revert SeriesIsClosed();
        if (_noticesOf[msg.sender].length == MOST_NOTICES) revert TooManyNotices(msg.sender, MOST_NOTICES);
        _transfer(msg.sender, address(this), shares);
        id = ++_lastId;
        uint40 maturesAt = (block.timestamp + CORE.fundNotice(VENUE)).toUint40();
        uint40 closesAt = (maturesAt + REDEEM_WINDOW).toUint40();
        _notices[id] = Notice({
            owner: msg.sender,
            maturesAt: maturesAt,
            closesAt: closesAt,
            episode: _episode,
            shares: shares.toUint128(),
            paid: 0
        });
        _noticesOf[msg.sender].push(id);
        emit RedemptionNoticed(id, msg.sender, shares, maturesAt, closesAt);
    }

    /// @inheritdoc IMemberSeries
    function redeemNotice(uint256 id) external quiet returns (uint256 assets) {
        Notice memory n = _known(id);
        Exit memory exit = _exit();
        if (!exit.retired && !_isOpen(n)) revert NoticeNotOpen(id, n.maturesAt, n.closesAt);
        uint256 shares = _redeemable(n, exit);
        assets = _convertToAssets(shares, Math.Rounding.Floor);
        _take(id, n, shares, exit);
        _payOut(msg.sender, n.owner, n.owner, assets, shares, address(this));
    }

    /// @inheritdoc IMemberSeries
    function cancelNotice(uint256 id) external quiet {
        Notice memory n = _known(id);
        if (msg.sender != n.owner && (_retired() || block.timestamp <= n.closesAt)) revert NotTheNoticesOwner(id, n.owner, msg.sender);
        _forget(id, n.owner);
        emit NoticeCancelled(id, n.shares);
        _transfer(address(this), n.owner, n.shares);
    }

    /// @inheritdoc IMemberSeries
    function notice(uint256 id) external view returns (Notice memory) {
        return _known(id);
    }

    /// @inheritdoc IMemberSeries
    function redeemable(uint256 id) external view returns (uint256 shares) {
        return fund.locked() ? 0 : _redeemable(_known(id), _exit());
    }

    /// @inheritdoc IMemberSeries
    function noticesOf(address member) external view returns (uint256[] memory ids) {
        return _noticesOf[member];
    }

    // -- ERC-4626 ----------------------------------------------------------------------------------------------------------

    /// @inheritdoc IERC4626
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256) {
        return fund.assetsOf(address(this));
    }

    /// @notice Zero while a default is open (nobody buys into a loss in progress), once the venue has failed, and once losses have emptied
    /// the series. Both counters stay within 128 bits.
    function maxDeposit(address) public view override(ERC4626, IERC4626) returns (uint256) {
        if (!_joinable()) return 0;
        uint256 forShares = _convertToAssets(type(uint128).max - totalSupply(), Math.Rounding.Floor);
        return forShares.min(type(uint128).max - fund.memberTranche());
    }

    /// @notice See `maxDeposit`.
    function maxMint(address) public view override(ERC4626, IERC4626) returns (uint256) {
        if (!_joinable()) return 0;
        uint256 room = type(uint128).max - fund.memberTranche();
        return _convertToShares(room, Math.Rounding.Floor).min(type(uint128).max - totalSupply());
    }

    /// @notice Shares of a member's matured notices that can be redeemed now; of a closed series, all that are not under notice.
    function maxRedeem(address member) public view override(ERC4626, IERC4626) returns (uint256 shares) {
        if (fund.locked()) return 0;
        Exit memory exit = _exit();
        if (exit.retired) return balanceOf(member);
        uint256[] memory ids = _noticesOf[member];
        for (uint256 i; i < ids.length; ++i) {
            shares += _redeemable(_notices[ids[i]], exit);
        }
        if (exit.blocked) shares = shares.min(exit.free);
    }

    /// @notice Assets of `maxRedeem`, rounded down.
    function maxWithdraw(address member) public view override(ERC4626, IERC4626) returns (uint256) {
        return _convertToAssets(maxRedeem(member), Math.Rounding.Floor);
    }

    /// @notice No quotes from within a callback, here and below.
    function previewDeposit(uint256 assets) public view override(ERC4626, IERC4626) quiet returns (uint256) {
        return super.previewDeposit(assets);
    }

    function previewMint(uint256 shares) public view override(ERC4626, IERC4626) quiet returns (uint256) {
        return super.previewMint(shares);
    }

    function previewWithdraw(uint256 assets) public view override(ERC4626, IERC4626) quiet returns (uint256) {
        return super.previewWithdraw(assets);
    }

    function previewRedeem(uint256 shares) public view override(ERC4626, IERC4626) quiet returns (uint256) {
        return super.previewRedeem(shares);
    }

    function name() public view override(ERC20, IERC20Metadata) returns (string memory) {
        return string.concat("Ringfence default fund of venue ", Strings.toString(VENUE), ", series ", Strings.toString(number()));
    }

    function symbol() public view override(ERC20, IERC20Metadata) returns (string memory) {
        return string.concat("RDF-", Strings.toString(VENUE), "-", Strings.toString(number()));
    }

    /// @inheritdoc IMemberSeries
    function spent() public view returns (bool) {
        uint256 supply = totalSupply();
        return supply != 0 && supply / (PAR * SPENT) >= totalAssets();
    }

    /// @inheritdoc IMemberSeries
    function number() public view returns (uint32) {
        return abi.decode(Clones.fetchCloneArgs(address(this)), (uint32));
    }

    function decimals() public view override(ERC4626, IERC20Metadata) returns (uint8) {
        return super.decimals();
    }

    // -- within ------------------------------------------------------------------------------------------------------------

    /// @dev Fewer units than a share is worth would be a present to the others.
    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        if (assets == 0 || shares == 0) revert NothingToDo();
        uint256 before = fund.beginDeposit();
        IERC20(asset()).safeTransferFrom(caller, address(fund), assets);
        fund.endDeposit(caller, assets, before);
        _endEpisode();
        _mint(receiver, shares);
        emit Deposit(caller, receiver, assets, shares);
    }

    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares) internal override {
        if (caller != owner) _spendAllowance(owner, caller, shares);
        Exit memory exit = _exit();
        if (exit.retired) return _payOut(caller, receiver, owner, assets, shares, owner);
        uint256[] memory ids = _noticesOf[owner];
        uint256 wanted = shares;
        for (uint256 i; i < ids.length && wanted != 0; ++i) {
            Notice memory n = _notices[ids[i]];
            uint256 part = _redeemable(n, exit).min(wanted);
            if (part == 0) continue;
            wanted -= part;
            _take(ids[i], n, part, exit);
        }
        _payOut(caller, receiver, owner, assets, shares, address(this));
    }

    /// @dev Takes shares out of a notice, and keeps what open defaults hold back from lapsing.
    function _take(uint256 id, Notice memory n, uint256 shares, Exit memory exit) private {
        uint128 part = shares.toUint128();
        if (exit.blocked) {
            if (n.episode != _episode) (n.episode, n.paid) = (_episode, 0);
            n.paid += part;
            _left += part;
            // No default that is open now is open for longer than a notice takes.
            n.closesAt = uint256(n.closesAt).max(block.timestamp + CORE.fundNotice(VENUE) + REDEEM_WINDOW).toUint40();
        } else {
            _endEpisode();
        }
        n.shares -= part;
        if (n.shares == 0) _forget(id, n.owner);
        else _notices[id] = n;
        emit NoticeRedeemed(id, shares, n.shares, n.closesAt);
    }

    /// @dev No default is open: what notices were paid in the last ones counts no more.
    function _endEpisode() private {
        if (_left == 0) return;
        _left = 0;
        unchecked {
            ++_episode;
        }
    }

    /// @param holder whose shares are burnt: the owner's own or, under notice, this contract's
    function _payOut(address caller, address receiver, address owner, uint256 assets, uint256 shares, address holder) private {
        if (shares == 0) return;
        _burn(holder, shares);
        emit Withdraw(caller, receiver, owner, assets, shares);
        fund.payMember(assets, receiver, totalSupply() == 0);
    }

    function _forget(uint256 id, address owner) private {
        delete _notices[id];
        uint256[] storage ids = _noticesOf[owner];
        uint256 last = ids[ids.length - 1];
        for (uint256 i; last != id; ++i) {
            if (ids[i] != id) continue;
            ids[i] = last;
            break;
        }
        ids.pop();
    }

    function _known(uint256 id) private view returns (Notice memory n) {
        n = _notices[id];
        if (n.owner == address(0)) revert NoticeUnknown(id);
    }

    function _retired() private view returns (bool) {
        return fund.series() != address(this);
    }

    function _isOpen(Notice memory n) private view returns (bool) {
        return block.timestamp >= n.maturesAt && block.timestamp <= n.closesAt;
    }

    function _exit() private view returns (Exit memory exit) {
        exit.retired = _retired();
        if (exit.retired) return exit;
        uint256 caps = CORE.openMemberCaps(VENUE);
        exit.blocked = caps != 0 || CORE.openDefaults(VENUE) != 0;
        if (!exit.blocked) return exit;
        uint256 assets = totalAssets();
        exit.supply = totalSupply();
        exit.left = _left;
        exit.free = assets > caps ? exit.supply.mulDiv(assets - caps, assets) : 0;
    }

    /// @dev While defaults are open, of the shares there were when they began each notice may have the same part: those that have left
    /// since and those still free, of all. Redeeming moves shares from the second to the first and changes neither sum, so who comes first
    /// gets no more. After a new default the part is smaller than some already had: what is free then bounds the rest.
    function _redeemable(Notice memory n, Exit memory exit) private view returns (uint256) {
        if (exit.retired) return n.shares;
        if (!_isOpen(n)) return 0;
        if (!exit.blocked) return n.shares;
        uint256 paid = n.episode == _episode ? n.paid : 0;
        uint256 due = (n.shares + paid).mulDiv(exit.left + exit.free, exit.supply + exit.left);
        return due.saturatingSub(paid).min(n.shares).min(exit.free);
    }

    function _joinable() private view returns (bool) {
        if (fund.locked() || _retired() || CORE.venueFailed(VENUE)) return false;
        if (CORE.openDefaults(VENUE) != 0 || CORE.openMemberCaps(VENUE) != 0) return false;
        return !spent();
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }
}
