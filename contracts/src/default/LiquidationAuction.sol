// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IAuctionTaker, ILiquidationAuction} from "../interfaces/ILiquidationAuction.sol";
import {AccountRecord, AccountStatus, Deployment, SeizeCause, VenueParameters} from "../interfaces/Types.sol";
import {Wired} from "../lib/Wired.sol";

/// @title Dutch auctions of a defaulter's collateral
/// @notice The collateral stays in the defaulter's account until it is taken, and the payment goes there: an auction converts in place.
/// @dev Trusts the venue's feeds at the start of a run and nobody during it. Invariants kept here: `auctionBounded`, its part of
/// `solventStaysWhole` (never sells past the need by more than `minLot`) and of `neverPaysForAnother`.
contract LiquidationAuction is ILiquidationAuction, Wired {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    uint256 private constant PRICE_UNIT = 1e18;
    uint256 private constant BPS = 10_000;

    mapping(uint256 lot => Lot) private _lots;
    mapping(uint64 pledgeKey => mapping(address token => uint256)) private _lotFor;
    uint256[] private _live;
    mapping(uint256 lot => uint256) private _livePosition;
    uint256 private _lastLot;

    constructor(Deployment memory d) Wired(d, d.liquidationAuction) {}

    /// @dev During a callback balances are in motion: nobody is told a price then.
    modifier quiet() {
        if (VAULT.locked()) revert QuoteDuringCallback();
        _;
    }

    /// @inheritdoc ILiquidationAuction
    function start(address account, address token) external withLock returns (uint256) {
        return _start(account, token);
    }

    /// @inheritdoc ILiquidationAuction
    function startFirst(address account, address token) external returns (uint256) {
        if (msg.sender != address(DEFAULTS)) revert NotTheManager(msg.sender);
        return _start(account, token);
    }

    /// @inheritdoc ILiquidationAuction
    function take(
        uint256 lot,
        uint256 amount,
        uint256 maxPrice,
        address receiver,
        bytes calldata data
    ) external withLock returns (uint256 taken, uint256 paid) {
        Lot memory sale = _known(lot);
        (uint256 price, uint256 available) = _quote(sale, block.timestamp);
        if (price > maxPrice) revert PriceAboveMax(price, maxPrice);
        if (available == 0) revert NothingNeeded(sale.account);
        taken = _fill(sale, amount, available, price);
        paid = Math.mulDiv(taken, price, PRICE_UNIT, Math.Rounding.Ceil);

        _lots[lot].amount = sale.amount - taken.toUint128();
        emit LotTaken(lot, msg.sender, receiver, taken, price, paid);
        VAULT.seize(sale.account, sale.token, receiver, taken, SeizeCause.SALE);
        if (data.length != 0) IAuctionTaker(msg.sender).onAuctionTake(lot, sale.token, taken, paid, data);
        _pullPayment(sale, paid);

        if (taken == sale.amount || DEFAULTS.need(sale.account) == 0) _close(lot, sale);
    }

    /// @inheritdoc ILiquidationAuction
    function reset(uint256 lot) external withLock {
        Lot memory sale = _known(lot);
        VenueParameters memory p = REGISTRY.parameters(sale.venue);
        if (block.timestamp <= uint256(sale.startTime) + sale.duration) revert RunNotOver(lot);
        if (sale.resets >= p.maxResets) revert NoResetsLeft(lot);
        sale.resets++;
        _price(sale, p);
        _lots[lot] = sale;
        emit LotReset(lot, sale.startPrice, sale.floorPrice, sale.startTime, sale.resets);
    }

    /// @inheritdoc ILiquidationAuction
    function close(uint256 lot) external withLock {
        Lot memory sale = _known(lot);
        uint256 need = DEFAULTS.need(sale.account);
        if (need != 0) revert StillNeeded(lot, need);
        _close(lot, sale);
    }

    /// @inheritdoc ILiquidationAuction
    function sellToFund(uint256 lot) external withLock {
        Lot memory sale = _known(lot);
        if (block.timestamp <= uint256(sale.startTime) + sale.duration) revert RunNotOver(lot);
        if (sale.resets < REGISTRY.parameters(sale.venue).maxResets) revert ResetsLeft(lot);
        (uint256 price, uint256 available) = _quote(sale, block.timestamp);
        if (available == 0) revert NothingNeeded(sale.account);
        IDefaultFund fund = IDefaultFund(REGISTRY.fundOf(sale.venue));
        uint256 tranche = fund.venueTranche();
        uint256 affordable = Math.mulDiv(tranche, PRICE_UNIT, price);
        uint256 taken = Math.min(available, affordable);
        if (taken == 0) revert FundIsEmpty(lot);
        uint256 due = Math.mulDiv(taken, price, PRICE_UNIT, Math.Rounding.Ceil);

        _lots[lot].amount = sale.amount - taken.toUint128();
        emit LotToFund(lot, taken, due);
        // The collateral becomes the venue's, whose money paid for it.
        VAULT.seize(sale.account, sale.token, REGISTRY.venueKey(sale.venue), taken, SeizeCause.SALE);
        uint256 paid = fund.payFromVenueTranche(due, sale.account);
        if (paid != due) revert PaymentShort(due, paid);
        if (taken == sale.amount || DEFAULTS.need(sale.account) == 0) _close(lot, sale);
    }

    /// @inheritdoc ILiquidationAuction
    function quote(uint256 lot, uint256 time) external view quiet returns (uint256 price, uint256 available) {
        return _quote(_known(lot), time);
    }

    /// @inheritdoc ILiquidationAuction
    function lotOf(uint256 lot) external view returns (Lot memory) {
        return _known(lot);
    }

    /// @inheritdoc ILiquidationAuction
    function liveLots() external view quiet returns (uint256[] memory) {
        return _live;
    }

    /// @inheritdoc ILiquidationAuction
    function lotFor(address account, address token) external view returns (uint256) {
        AccountRecord memory record = VAULT.record(account);
        return _lotFor[_key(record.venue, record.index)][token];
    }

    function _start(address account, address token) private returns (uint256 lot) {
        AccountRecord memory record = VAULT.record(account);
        if (record.status != AccountStatus.CLOSING_OUT && record.status != AccountStatus.LOSS_FIXED) revert NotForSale(account, token);
        if (!REGISTRY.isAccepted(record.venue, token) || REGISTRY.settlementAsset(record.venue) == token) revert NotForSale(account, token);
        uint64 key = _key(record.venue, record.index);
        if (_lotFor[key][token] != 0) revert LotLive(_lotFor[key][token]);
        uint256 balance = IERC20(token).balanceOf(account);
        if (balance == 0) revert NotForSale(account, token);
        if (DEFAULTS.need(account) == 0) revert NothingNeeded(account);

        lot = ++_lastLot;
        Lot memory sale = Lot({
            account: account,
            startTime: 0,
            duration: 0,
            resets: 0,
            token: token,
            venue: record.venue,
            index: record.index,
            amount: balance.toUint128(),
            startPrice: 0,
            floorPrice: 0
        });
        _price(sale, REGISTRY.parameters(record.venue));
        _lots[lot] = sale;
        _lotFor[key][token] = lot;
        _live.push(lot);
        _livePosition[lot] = _live.length;
        DEFAULTS.lotOpened(account, token);
        emit LotStarted(lot, account, token, sale.amount, sale.startPrice, sale.floorPrice, sale.startTime, sale.duration);
    }

    /// @dev The curve is fixed here for the whole run, so that takes read no feed.
    function _price(Lot memory sale, VenueParameters memory p) private view {
        uint256 oracle = VALUER.price(sale.venue, sale.token);
        // At least one unit, both: a price that rounds to nothing must neither divide by zero nor turn the curve upside down.
        sale.startPrice = Math.max(Math.mulDiv(oracle, p.startBps, BPS, Math.Rounding.Ceil), 1).toUint128();
        sale.floorPrice = Math.max(Math.mulDiv(oracle, p.floorBps, BPS), 1).toUint128();
        sale.startTime = uint40(block.timestamp);
        sale.duration = p.auctionDuration;
    }

    /// @dev Falls linearly from start to floor, rounded up, and stands at the floor once the run is over.
    function _quote(Lot memory sale, uint256 time) private view returns (uint256 price, uint256 available) {
        uint256 elapsed = time > sale.startTime ? time - sale.startTime : 0;
        price =
            elapsed >= sale.duration
                ? sale.floorPrice
                : sale.startPrice - ((uint256(sale.startPrice) - sale.floorPrice) * elapsed) / sale.duration;
        uint256 need = DEFAULTS.need(sale.account);
        if (need == 0) return (price, 0);
        available = Math.min(sale.amount, Math.mulDiv(need, PRICE_UNIT, price, Math.Rounding.Ceil));
        if (_isDust(sale, sale.amount - available, price)) available = sale.amount;
    }

    function _fill(Lot memory sale, uint256 amount, uint256 available, uint256 price) private view returns (uint256) {
        if (amount == 0) revert ZeroAmount();
        if (amount >= available || _isDust(sale, available - amount, price)) return available;
        return amount;
    }

    function _isDust(Lot memory sale, uint256 rest, uint256 price) private view returns (bool) {
        return rest != 0 && Math.mulDiv(rest, price, PRICE_UNIT) < REGISTRY.parameters(sale.venue).minLot;
    }

    function _pullPayment(Lot memory sale, uint256 paid) private {
        IERC20 asset = IERC20(REGISTRY.settlementAsset(sale.venue));
        uint256 before = asset.balanceOf(sale.account);
        asset.safeTransferFrom(msg.sender, sale.account, paid);
        uint256 received = asset.balanceOf(sale.account) - before;
        if (received < paid) revert PaymentShort(paid, received);
    }

    function _close(uint256 lot, Lot memory sale) private {
        uint256 unsold = _lots[lot].amount;
        uint256 position = _livePosition[lot];
        uint256 moved = _live[_live.length - 1];
        _live[position - 1] = moved;
        _livePosition[moved] = position;
        _live.pop();
        delete _livePosition[lot];
        delete _lotFor[_key(sale.venue, sale.index)][sale.token];
        delete _lots[lot];
        DEFAULTS.lotClosed(sale.account);
        emit LotClosed(lot, unsold);
    }

    function _known(uint256 lot) private view returns (Lot memory sale) {
        sale = _lots[lot];
        if (sale.account == address(0)) revert UnknownLot(lot);
    }

    function _key(uint32 venue, uint32 index) private pure returns (uint64) {
        return (uint64(venue) << 32) | index;
    }
}
