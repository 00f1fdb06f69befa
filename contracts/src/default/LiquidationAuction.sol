// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Core} from "../core/Core.sol";
import {LiveLots} from "../core/LiveLots.sol";
import {Lots} from "../core/Lots.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IAuctionTaker, ILiquidationAuction} from "../interfaces/ILiquidationAuction.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {
    AccountProof,
    AccountRecord,
    AccountStatus,
    DefaultCase,
    Deployment,
    Flags,
    Lot,
    SeizeCause,
    SettledCause
} from "../interfaces/Types.sol";
import {PriceOracle} from "../oracle/PriceOracle.sol";
import {Policy} from "../venue/Policy.sol";
import {PolicyBounds} from "../venue/PolicyBounds.sol";
import {Quorum} from "../venue/Quorum.sol";

/// @title Dutch auctions of an account's collateral for what it owes
/// @notice The collateral stays in the account until it is taken, and the payment goes there: an auction converts in place.
/// @dev Trusts the venue's feeds at the start of a run and nobody during it. Invariants kept here: `auctionBounded`, its part of
/// `solventStaysWhole` (never sells past the need by more than `minLot`) and of `neverPaysForAnother`.
contract LiquidationAuction is ILiquidationAuction, Lots {
    using LiveLots for mapping(uint256 word => uint256);
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using SafeCast for int256;

    /// @notice How long an exit stays the owner's to sell for, after its challenge.
    uint256 public constant EXIT_SALE_AFTER = 7 days;

    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc ILiquidationAuction
    function start(address account, address token) external alone returns (uint256) {
        AccountRecord memory record = _records[account];
        if (record.status != AccountStatus.CLOSING_OUT && record.status != AccountStatus.LOSS_FIXED) revert NotForSale(account, token);
        _requireNotPaused(record.venue);
        return _startLot(account, record, _policyOf(record), token);
    }

    /// @inheritdoc ILiquidationAuction
    function startOwed(AccountProof calldata settling, AccountProof calldata current, address token) external alone returns (uint256) {
        address account = current.leaf.account;
        if (settling.leaf.account != account) revert NotTheSameAccount(settling.leaf.account, account);
        AccountRecord memory record = _pledged(account);
        if (record.status != AccountStatus.ACTIVE && record.status != AccountStatus.CALLED) {
            revert ICollateralVault.NotActive(account, record.status);
        }
        _requireNotPaused(record.venue);
        Policy policy = _policyOf(record);
        _requireCurrent(current, record, policy);
        _requireSettling(settling, record, policy);
        _cases[_keyOf(record)].finalNet = _betterNet(settling, current, record).toInt104();
        if (record.flags & Flags.OWED_AUCTION == 0) {
            record.flags |= Flags.OWED_AUCTION;
            _records[account] = record;
        }
        return _startLot(account, record, policy, token);
    }

    /// @inheritdoc ILiquidationAuction
    function startExit(address account, address token) external alone returns (uint256) {
        AccountRecord memory record = _records[account];
        if (record.status != AccountStatus.EXITING) revert NotForSale(account, token);
        uint256 challengeUntil = _exits[_keyOf(record)].challengeUntil;
        if (block.timestamp <= challengeUntil) revert SaleTooEarly(challengeUntil);
        if (block.timestamp <= challengeUntil + EXIT_SALE_AFTER) _requireOwner(account);
        return _startLot(account, record, _policyOf(record), token);
    }

    /// @inheritdoc ILiquidationAuction
    function take(
        uint256 lot,
        uint256 amount,
        uint256 maxPrice,
        address receiver,
        bytes calldata data
    ) external alone returns (uint256 taken, uint256 paid) {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        // No exit waits for a pause.
        if (record.status != AccountStatus.EXITING) _requireNotPaused(record.venue);
        _requireUninterrupted(lot, sale, record.venue);
        uint256 price = _priceAt(sale, policy, _clock(record.venue));
        if (price > maxPrice) revert PriceAboveMax(price, maxPrice);
        taken = _fill(sale, policy, amount, _available(sale, record, policy, price), price);
        paid = Math.mulDiv(taken, price, PRICE_UNIT, Math.Rounding.Ceil);

        address token = policy.token(uint8(lot));
        _lots[uint72(lot)].amount = sale.amount - taken.toUint128();
        emit LotTaken(lot, msg.sender, receiver, taken, price, paid);
        _seize(sale.account, token, receiver, taken, SeizeCause.SALE);
        if (data.length != 0) IAuctionTaker(msg.sender).onAuctionTake(lot, token, taken, paid, data);
        _pullPayment(sale.account, policy.settlementAsset(), paid);
        _afterSale(uint72(lot), sale, record, policy, taken);
    }

    /// @inheritdoc ILiquidationAuction
    function reset(uint256 lot) external alone {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        if (record.status != AccountStatus.EXITING) _requireNotPaused(record.venue);
        uint40 time = _clock(record.venue);
        if (!_isInterrupted(sale, record.venue)) {
            if (time <= sale.startTime + policy.auctionDuration()) revert RunNotOver(lot);
            if (sale.resets >= policy.maxResets()) revert NoResetsLeft(lot);
            sale.resets++;
        }
        sale.price = _resetPrice(lot, sale, policy, time);
        sale.startTime = time;
        _lots[uint72(lot)] = sale;
        emit LotReset(lot, _startPrice(sale.price, policy), _floorPrice(sale.price, policy), time, sale.resets);
    }

    /// @inheritdoc ILiquidationAuction
    function close(uint256 lot) external alone {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        uint256 need = _need(sale.account, record, policy);
        if (need != 0) revert StillNeeded(lot, need);
        _close(uint72(lot), sale, record);
    }

    /// @inheritdoc ILiquidationAuction
    function sellToFund(uint256 lot) external alone {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        _requireNotPaused(record.venue);
        _requireLastRunOver(lot, sale, record, policy);
        uint256 price = _floorPrice(sale.price, policy);
        IDefaultFund fund = IDefaultFund(policy.fund());
        uint256 affordable = Math.mulDiv(fund.venueTranche(), PRICE_UNIT, price);
        uint256 taken = Math.min(_available(sale, record, policy, price), affordable);
        if (taken == 0) revert FundIsEmpty(lot);
        uint256 due = Math.mulDiv(taken, price, PRICE_UNIT, Math.Rounding.Ceil);

        _lots[uint72(lot)].amount = sale.amount - taken.toUint128();
        emit LotToFund(lot, taken, due);
        _holdForVenue(sale.account, record.venue, policy.token(uint8(lot)), taken);
        uint256 paid = fund.payFromVenueTranche(due, sale.account);
        if (paid != due) revert PaymentShort(due, paid);
        _afterSale(uint72(lot), sale, record, policy, taken);
    }

    /// @inheritdoc ILiquidationAuction
    function passInKind(uint256 lot) external alone {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        _requireNotPaused(record.venue);
        if (record.status != AccountStatus.LOSS_FIXED) revert NotForSale(sale.account, policy.token(uint8(lot)));
        _requireLastRunOver(lot, sale, record, policy);
        uint256 price = _floorPrice(sale.price, policy);
        if (Math.mulDiv(IDefaultFund(policy.fund()).venueTranche(), PRICE_UNIT, price) != 0) revert FundNotEmpty(lot);
        uint256 needed = _lossNotCovered(sale.account, record, policy);
        // Never more than the daily cap lets a default take: the rest on another day.
        uint256 wanted = Math.min(needed, _inKindCap(sale.account, record));
        if (wanted == 0 && needed != 0) revert ICloseOut.DebitCapReached(sale.account, needed);
        uint256 amount = Math.min(sale.amount, Math.mulDiv(wanted, PRICE_UNIT, price, Math.Rounding.Ceil));
        uint256 value = Math.min(wanted, Math.mulDiv(amount, price, PRICE_UNIT));
        address token = policy.token(uint8(lot));
        if (value != 0) {
            if (!_cases[_keyOf(record)].confirmed) _useCap(sale.account, record, value);
            _payInKind(sale.account, record, policy, token, amount, value);
        }
        _lots[uint72(lot)].amount = sale.amount - amount.toUint128();
        if (value == needed || amount == sale.amount) _close(uint72(lot), sale, record);
    }

    /// @inheritdoc ILiquidationAuction
    function quote(uint256 lot, uint256 time) external view quiet returns (uint256 price, uint256 available) {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        price = _priceAt(sale, policy, _clockAt(record.venue, time));
        available = _available(sale, record, policy, price);
    }

    /// @inheritdoc ILiquidationAuction
    function lotOf(uint256 lot) external view returns (Lot memory sale) {
        (sale, , ) = _known(lot);
    }

    /// @inheritdoc ILiquidationAuction
    function liveLots(uint256 from, uint256 most) external view quiet returns (uint256[] memory ids, Lot[] memory lots, uint256 total) {
        total = _live.length();
        uint256 n = from < total ? Math.min(most, total - from) : 0;
        ids = new uint256[](n);
        lots = new Lot[](n);
        for (uint256 i; i < n; ++i) {
            ids[i] = _live.at(from + i);
            lots[i] = _lots[uint72(ids[i])];
        }
    }

    /// @inheritdoc ILiquidationAuction
    function lotFor(address account, address token) external view returns (uint256) {
        AccountRecord memory record = _pledged(account);
        return _lotId(record, _policyOf(record).placeOf(token));
    }

    /// @dev The collateral becomes the venue's, whose money paid for it. It waits to be collected: a token that refuses the venue's key must
    /// not keep its tranche from paying, and the default open.
    function _holdForVenue(address account, uint32 venue, address token, uint256 amount) private {
        uint256 before = IERC20(token).balanceOf(address(this));
        _seize(account, token, address(this), amount, SeizeCause.SALE);
        _accrue(Quorum.venueKey(_venues[venue].quorum), token, IERC20(token).balanceOf(address(this)) - before);
    }

    /// @dev Door 2: what the auction of an owed sum brings in settles in the same call. Otherwise it waits in the account.
    function _afterSale(uint72 lot, Lot memory sale, AccountRecord memory record, Policy policy, uint256 taken) private {
        if (record.status == AccountStatus.ACTIVE || record.status == AccountStatus.CALLED) {
            uint256 owed = _remaining(record, _cases[_keyOf(record)].finalNet);
            uint256 balance = IERC20(policy.settlementAsset()).balanceOf(sale.account);
            uint256 amount = Math.min(Math.min(owed, balance), _capLeft(sale.account, record));
            if (amount != 0) {
                _useCap(sale.account, record, amount);
                _collect(sale.account, record, policy, amount, SettledCause.SETTLEMENT);
            }
        } else if (record.status == AccountStatus.EXITING) {
            uint256 balance = IERC20(policy.settlementAsset()).balanceOf(sale.account);
            // Anyone may sell for an exit in the end, so the daily cap stands here too; the rest waits in the account.
            uint256 amount = Math.min(Math.min(_exitOwed(record), balance), _capLeft(sale.account, record));
            if (amount != 0) {
                _useCap(sale.account, record, amount);
                _collect(sale.account, record, policy, amount, SettledCause.EXIT);
            }
        }
        if (taken == sale.amount || _need(sale.account, record, policy) == 0) _close(lot, sale, record);
    }

    function _close(uint72 lot, Lot memory sale, AccountRecord memory record) private {
        _closeLot(lot, record);
        if (record.flags & Flags.OWED_AUCTION != 0 && _cases[_keyOf(record)].openLots == 0) {
            record.flags &= ~Flags.OWED_AUCTION;
            _records[sale.account] = record;
        }
    }

    /// @dev A fresh price, or, once none has been there for `feedLimit` after the run, the last floor: an auction ends without a feed too.
    function _resetPrice(uint256 lot, Lot memory sale, Policy policy, uint40 time) private view returns (uint128) {
        uint256 live = PriceOracle.tryRelative(policy, uint8(lot));
        if (live != 0) return live.toUint128();
        uint256 from = uint256(sale.startTime) + policy.auctionDuration() + policy.feedLimit();
        if (time <= from) revert ICollateralValuer.NoPrice(policy.feed(uint8(lot)));
        return uint128(Math.max((_floorPrice(sale.price, policy) * BPS) / policy.startBps(), 1));
    }

    function _requireSettling(AccountProof calldata settling, AccountRecord memory record, Policy policy) private view {
        _requirePosted(settling.header);
        if (!settling.header.settles) revert ISettlementPool.NotASettlingRoot(settling.header.epoch);
        _requireLeaf(settling.header, settling.leaf, settling.siblings, record);
        if (_isFrozen(settling.header.epoch, record)) revert RootAfterFreeze(settling.header.epoch);
        uint256 from = uint256(_facts[record.venue][settling.header.epoch].postedAt) + policy.disputeWindow() + PolicyBounds.MIN_CURE;
        if (_clock(record.venue) <= from) revert ISettlementPool.SettlementTooEarly(from);
    }

    function _betterNet(
        AccountProof calldata settling,
        AccountProof calldata current,
        AccountRecord memory record
    ) private view returns (int256) {
        int256 then_ = _collectable(record, _net(settling.leaf), settling.header.snapshotBlock);
        int256 now_ = _collectable(record, _net(current.leaf), current.header.snapshotBlock);
        return then_ > now_ ? then_ : now_;
    }

    function _requireLastRunOver(uint256 lot, Lot memory sale, AccountRecord memory record, Policy policy) private view {
        if (_clock(record.venue) <= sale.startTime + policy.auctionDuration()) revert RunNotOver(lot);
        if (sale.resets < policy.maxResets()) revert ResetsLeft(lot);
        if (_need(sale.account, record, policy) == 0) revert NothingNeeded(sale.account);
    }

    /// @dev What of a fixed loss the account's settlement asset does not pay, once the reward has been taken out of it.
    function _lossNotCovered(address account, AccountRecord memory record, Policy policy) private view returns (uint256) {
        DefaultCase storage entry = _cases[_keyOf(record)];
        uint256 owed = _remaining(record, entry.finalNet);
        uint256 balance = IERC20(policy.settlementAsset()).balanceOf(account);
        balance -= Math.min(_reward(entry.loss, policy), balance);
        return owed > balance ? owed - balance : 0;
    }

    function _inKindCap(address account, AccountRecord memory record) private view returns (uint256) {
        return _cases[_keyOf(record)].confirmed ? type(uint256).max : _capLeft(account, record);
    }

    /// @dev Falls linearly from start to floor, rounded up, and stands at the floor once the run is over.
    function _priceAt(Lot memory sale, Policy policy, uint256 time) private pure returns (uint256) {
        uint256 elapsed = time > sale.startTime ? time - sale.startTime : 0;
        uint256 duration = policy.auctionDuration();
        uint256 floor = _floorPrice(sale.price, policy);
        if (elapsed >= duration) return floor;
        uint256 top = _startPrice(sale.price, policy);
        return top - ((top - floor) * elapsed) / duration;
    }

    function _available(
        Lot memory sale,
        AccountRecord memory record,
        Policy policy,
        uint256 price
    ) private view returns (uint256 available) {
        uint256 need = _need(sale.account, record, policy);
        if (need == 0) return 0;
        available = Math.min(sale.amount, Math.mulDiv(need, PRICE_UNIT, price, Math.Rounding.Ceil));
        if (_isDust(policy, sale.amount - available, price)) available = sale.amount;
    }

    function _fill(Lot memory sale, Policy policy, uint256 amount, uint256 available, uint256 price) private pure returns (uint256) {
        if (available == 0) revert NothingNeeded(sale.account);
        if (amount == 0) revert ZeroAmount();
        if (amount >= available || _isDust(policy, available - amount, price)) return available;
        return amount;
    }

    function _isDust(Policy policy, uint256 rest, uint256 price) private pure returns (bool) {
        return rest != 0 && Math.mulDiv(rest, price, PRICE_UNIT) < policy.minLot();
    }

    /// @dev While the sequencer was down nobody could bid, and the price went on falling: such a run starts again.
    function _requireUninterrupted(uint256 lot, Lot memory sale, uint32 venue) private view {
        if (_isInterrupted(sale, venue)) revert RunInterrupted(lot, _sequencerUpSince());
    }

    function _isInterrupted(Lot memory sale, uint32 venue) private view returns (bool) {
        uint256 upSince = _sequencerUpSince();
        return upSince != 0 && _clockAt(venue, upSince) > sale.startTime;
    }

    function _pullPayment(address account, address asset, uint256 paid) private {
        uint256 before = IERC20(asset).balanceOf(account);
        IERC20(asset).safeTransferFrom(msg.sender, account, paid);
        uint256 received = IERC20(asset).balanceOf(account) - before;
        if (received < paid) revert PaymentShort(paid, received);
    }

    function _known(uint256 lot) private view returns (Lot memory sale, AccountRecord memory record, Policy policy) {
        if (lot > type(uint72).max) revert UnknownLot(lot);
        sale = _lots[uint72(lot)];
        if (sale.position == 0) revert UnknownLot(lot);
        record = _records[sale.account];
        policy = _policyOf(record);
    }
}
