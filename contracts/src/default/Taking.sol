// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Money} from "../core/Money.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IAuctionTaker, ILotTaking} from "../interfaces/ILotTaking.sol";
import {AccountRecord, AccountStatus, Lot, Venue} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Selling} from "./Selling.sol";

/// @title Taking a lot
/// @notice The vault has this one function of the auction in its own code: who is cheapest to take from is whom takers take from.
/// @dev Trusts no feed: the curve was fixed when the run began. Invariants kept here: `auctionBounded`, its part of `neverPaysForAnother`
/// (collateral out of one account, payment into the same) and of `reentrancySafe`.
abstract contract Taking is ILotTaking, Selling {
    using SafeERC20 for IERC20;

    /// @dev What changes hands.
    /// @param balance the account's settlement asset before
    struct Trade {
        address receiver;
        uint256 taken;
        uint256 paid;
        uint256 balance;
    }

    /// @inheritdoc ILotTaking
    function take(
        uint256 lot,
        uint256 amount,
        uint256 maxPrice,
        address receiver,
        bytes calldata data
    ) external alone returns (uint256 taken, uint256 paid) {
        (Lot memory sale, AccountRecord memory record) = _lotAndRecord(lot);
        Venue storage venue = _venues[record.venue];
        // No exit waits for a pause.
        (Policy policy, uint40 time) = record.status == AccountStatus.EXITING
            ? (_policyOf(record, venue), _clockAt(venue, block.timestamp))
            : _policyAndTime(record, venue);
        if (_isInterrupted(sale, venue)) revert RunInterrupted(lot, _sequencerUpSince());
        uint256 price = _priceAt(sale, policy, time);
        if (price > maxPrice) revert PriceAboveMax(price, maxPrice);
        uint256 balance = Money.balance(policy.settlementAsset(), sale.account);
        uint256 target = _target(sale.account, record, policy);
        taken = _fill(sale, policy, amount, _available(sale, policy, _beyond(target, balance), price), price);
        // No more than the lot has, so no more than 128 bits; a price has as many.
        unchecked {
            paid = Math.ceilDiv(taken * price, PRICE_UNIT);
            _storeLeft(sale, lot, sale.amount - taken);
        }
        emit LotTaken(lot, msg.sender, receiver, taken, price, paid);
        balance = _exchange(lot, sale.account, policy, Trade(receiver, taken, paid, balance), data);
        _afterSale(uint72(lot), sale, record, policy, taken, balance, target);
    }

    /// @dev Collateral out, then the callback, then the payment in.
    /// @return balance the account's settlement asset after
    function _exchange(
        uint256 lot,
        address account,
        Policy policy,
        Trade memory trade,
        bytes calldata data
    ) private returns (uint256 balance) {
        address token = policy.token(uint8(lot));
        address asset = policy.settlementAsset();
        Money.pay(account, token, trade.receiver, trade.taken);
        if (data.length != 0) {
            IAuctionTaker(msg.sender).onAuctionTake(lot, token, trade.taken, trade.paid, data);
            // Whatever else came into the account meanwhile is no part of the payment.
            trade.balance = Money.balance(asset, account);
        }
        IERC20(asset).safeTransferFrom(msg.sender, account, trade.paid);
        balance = Money.balance(asset, account);
        uint256 received = balance - trade.balance;
        if (received < trade.paid) revert PaymentShort(trade.paid, received);
    }

    function _fill(Lot memory sale, Policy policy, uint256 amount, uint256 available, uint256 price) private pure returns (uint256) {
        if (available == 0) revert NothingNeeded(sale.account);
        if (amount == 0) revert ICollateralVault.ZeroAmount();
        if (amount >= available || _isDust(policy, available - amount, price)) return available;
        return amount;
    }
}
