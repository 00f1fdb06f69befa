// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Core} from "../core/Core.sol";
import {LiveLots} from "../core/LiveLots.sol";
import {Money} from "../core/Money.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {ILotDesk} from "../interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../interfaces/ILotTaking.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {AccountProof, AccountRecord, AccountStatus, DefaultCase, Deployment, Flags, Lot} from "../interfaces/Types.sol";
import {PriceOracle} from "../oracle/PriceOracle.sol";
import {Policy} from "../venue/Policy.sol";
import {PolicyBounds} from "../venue/PolicyBounds.sol";
import {Quorum} from "../venue/Quorum.sol";
import {Selling} from "./Selling.sol";

/// @title Dutch auctions of an account's collateral for what it owes, except the taking
/// @notice The collateral stays in the account until it is taken, and the payment goes there: an auction converts in place.
/// @dev Trusts the venue's feeds at the start of a run and nobody during it. Invariants kept here: `auctionBounded`, its part of
/// `solventStaysWhole` (never sells past the need by more than `minLot`) and of `neverPaysForAnother`.
contract LiquidationAuction is ILotDesk, Selling {
    using LiveLots for mapping(uint256 word => uint256);
    using SafeCast for uint256;
    using SafeCast for int256;

    /// @notice How long an exit stays the owner's to sell for, after its challenge.
    uint256 public constant EXIT_SALE_AFTER = 7 days;

    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc ILotDesk
    function start(address account, address token) external alone returns (uint256) {
        AccountRecord memory record = _recordOf(account);
        if (record.status != AccountStatus.CLOSING_OUT && record.status != AccountStatus.LOSS_FIXED) revert NotForSale(account, token);
        _requireNotPaused(record.venue);
        return _startLot(account, record, _policyOf(record), token);
    }

    /// @inheritdoc ILotDesk
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
            _store(account, record);
        }
        return _startLot(account, record, policy, token);
    }

    /// @inheritdoc ILotDesk
    function startExit(address account, address token) external alone returns (uint256) {
        AccountRecord memory record = _recordOf(account);
        if (record.status != AccountStatus.EXITING) revert NotForSale(account, token);
        uint256 challengeUntil = _exits[_keyOf(record)].challengeUntil;
        if (block.timestamp <= challengeUntil) revert SaleTooEarly(challengeUntil);
        if (block.timestamp <= challengeUntil + EXIT_SALE_AFTER) _requireOwner(account);
        return _startLot(account, record, _policyOf(record), token);
    }

    /// @inheritdoc ILotDesk
    function reset(uint256 lot) external alone {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        if (record.status != AccountStatus.EXITING) _requireNotPaused(record.venue);
        uint40 time = _clock(record.venue);
        if (!_isInterrupted(sale, _venues[record.venue])) {
            if (time <= sale.startTime + policy.auctionDuration()) revert RunNotOver(lot);
            if (sale.resets >= policy.maxResets()) revert NoResetsLeft(lot);
            sale.resets++;
        }
        sale.price = _resetPrice(lot, sale, policy, time);
        sale.startTime = time;
        _lots[uint72(lot)] = sale;
        emit LotReset(lot, _startPrice(sale.price, policy), _floorPrice(sale.price, policy), time, sale.resets);
    }

    /// @inheritdoc ILotDesk
    function close(uint256 lot) external alone {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        uint256 need = _need(sale.account, record, policy);
        if (need != 0) revert StillNeeded(lot, need);
        _close(uint72(lot), sale, record);
    }

    /// @inheritdoc ILotDesk
    function sellToFund(uint256 lot) external alone {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        _requireNotPaused(record.venue);
        _requireLastRunOver(lot, sale, record, policy);
        uint256 price = _floorPrice(sale.price, policy);
        IDefaultFund fund = IDefaultFund(policy.fund());
        uint256 affordable = Math.mulDiv(fund.venueTranche(), PRICE_UNIT, price);
        uint256 target = _target(sale.account, record, policy);
        uint256 need = _beyond(target, Money.balance(policy.settlementAsset(), sale.account));
        uint256 taken = Math.min(_available(sale, policy, need, price), affordable);
        if (taken == 0) revert FundIsEmpty(lot);
        uint256 due = Math.mulDiv(taken, price, PRICE_UNIT, Math.Rounding.Ceil);

        _storeLeft(sale, lot, sale.amount - taken);
        emit LotToFund(lot, taken, due);
        _holdForVenue(sale.account, record.venue, policy.token(uint8(lot)), taken);
        uint256 paid = fund.payFromVenueTranche(due, sale.account);
        if (paid != due) revert ILotTaking.PaymentShort(due, paid);
        _afterSale(uint72(lot), sale, record, policy, taken, Money.balance(policy.settlementAsset(), sale.account), target);
    }

    /// @inheritdoc ILotDesk
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
        _storeLeft(sale, lot, sale.amount - amount);
        if (value == needed || amount == sale.amount) _close(uint72(lot), sale, record);
    }

    /// @inheritdoc ILotDesk
    function quote(uint256 lot, uint256 time) external view quiet returns (uint256 price, uint256 available) {
        (Lot memory sale, AccountRecord memory record, Policy policy) = _known(lot);
        price = _priceAt(sale, policy, _clockAt(_venues[record.venue], time));
        available = _available(sale, policy, _need(sale.account, record, policy), price);
    }

    /// @inheritdoc ILotDesk
    function lotOf(uint256 lot) external view returns (Lot memory sale) {
        (sale, , ) = _known(lot);
    }

    /// @inheritdoc ILotDesk
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

    /// @inheritdoc ILotDesk
    function lotFor(address account, address token) external view returns (uint256) {
        AccountRecord memory record = _pledged(account);
        return _lotId(record, _policyOf(record).placeOf(token));
    }

    /// @dev The collateral becomes the venue's, whose money paid for it. It waits to be collected: a token that refuses the venue's key must
    /// not keep its tranche from paying, and the default open.
    function _holdForVenue(address account, uint32 venue, address token, uint256 amount) private {
        uint256 before = Money.balance(token, address(this));
        Money.pay(account, token, address(this), amount);
        _accrue(Quorum.venueKey(_venues[venue].quorum), token, Money.balance(token, address(this)) - before);
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

    /// @dev A run that an outage fell into is not over, however long ago it began: nobody could bid, so it begins again first.
    function _requireLastRunOver(uint256 lot, Lot memory sale, AccountRecord memory record, Policy policy) private view {
        if (_isInterrupted(sale, _venues[record.venue])) revert ILotTaking.RunInterrupted(lot, _sequencerUpSince());
        if (_clock(record.venue) <= sale.startTime + policy.auctionDuration()) revert RunNotOver(lot);
        if (sale.resets < policy.maxResets()) revert ResetsLeft(lot);
        if (_need(sale.account, record, policy) == 0) revert ILotTaking.NothingNeeded(sale.account);
    }

    /// @dev What of a fixed loss the account's settlement asset does not pay, once the reward has been taken out of it.
    function _lossNotCovered(address account, AccountRecord memory record, Policy policy) private view returns (uint256) {
        DefaultCase storage entry = _cases[_keyOf(record)];
        uint256 owed = _remaining(record, entry.finalNet);
        uint256 balance = Money.balance(policy.settlementAsset(), account);
        balance -= Math.min(_reward(entry.loss, policy), balance);
        return owed > balance ? owed - balance : 0;
    }

    function _inKindCap(address account, AccountRecord memory record) private view returns (uint256) {
        return _cases[_keyOf(record)].confirmed ? type(uint256).max : _capLeft(account, record);
    }
}
