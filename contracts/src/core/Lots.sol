// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILotDesk} from "../interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../interfaces/ILotTaking.sol";
import {AccountRecord, AccountStatus, DefaultCase, Exit, Flags, Leaf, Lot, Venue} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Ledger} from "./Ledger.sol";
import {LiveLots} from "./LiveLots.sol";
import {Money} from "./Money.sol";
import {Valuing} from "./Valuing.sol";

/// @title Lots, and what they still have to bring in
/// @notice A lot's id is its pledge and the place of its asset, so there is at most one of each, and none outlives a pledge.
abstract contract Lots is Valuing, Ledger {
    using LiveLots for mapping(uint256 word => uint256);
    using SafeCast for uint256;

    uint256 internal constant PRICE_UNIT = 1e18;
    /// @dev Stands for the epoch of an exit whose N a close-out had fixed: no leaf replaces it.
    uint32 internal constant FIXED_LOSS = type(uint32).max;

    /// @dev What sales must still bring in, settlement units: in a default what is owed (once fixed: what is left of the loss) with reward
    /// and penalty, else just what is owed; less the account's balance.
    function _need(address account, AccountRecord memory record, Policy policy) internal view returns (uint256) {
        uint256 target = _target(account, record, policy);
        return target == 0 ? 0 : _beyond(target, Money.balance(policy.settlementAsset(), account));
    }

    /// @dev What a balance leaves of a target.
    function _beyond(uint256 target, uint256 balance) internal pure returns (uint256) {
        unchecked {
            return target > balance ? target - balance : 0;
        }
    }

    /// @dev What an account must have in settlement asset before nothing more of it is sold.
    function _target(address account, AccountRecord memory record, Policy policy) internal view returns (uint256) {
        AccountStatus status = record.status;
        if (status == AccountStatus.EXITING) return _exitOwed(record);
        DefaultCase storage entry = _cases[_keyOf(record)];
        if (status == AccountStatus.CLOSING_OUT) {
            uint256 owed = entry.owed;
            return owed + _reward(owed, policy) + _penalty(owed, policy);
        }
        if (status == AccountStatus.LOSS_FIXED) {
            uint256 loss = entry.loss;
            return _remaining(record, entry.finalNet) + _reward(loss, policy) + _penalty(loss, policy);
        }
        return Math.min(_remaining(record, entry.finalNet), _capLeft(account, record));
    }

    /// @dev What is left of a fixed loss: `settled` follows whatever has been paid of it, in whatever form.
    function _remaining(AccountRecord memory record, int256 finalNet) internal pure returns (uint256) {
        // N has no more than 97 bits, in a root and in a report.
        unchecked {
            int256 rest = int256(record.settled) - finalNet;
            return rest > 0 ? uint256(rest) : 0;
        }
    }

    function _owed(Leaf calldata leaf, AccountRecord memory record) internal pure returns (uint96) {
        return _remaining(record, _net(leaf)).toUint96();
    }

    /// @dev What members pay at most for one default, settlement units.
    function _memberCap(uint256 initialMargin, Policy policy) internal pure returns (uint112) {
        return ((initialMargin * policy.memberCapBps()) / BPS).toUint112();
    }

    /// @dev What an exit still has to pay: no more than a dispute leaves collectable.
    function _exitOwed(AccountRecord memory record) internal view returns (uint256) {
        return _remaining(record, _exitNet(record, _exits[_keyOf(record)]));
    }

    /// @dev N of an exit, as far as it may be collected. A dispute of a loss was dealt with when the loss was fixed.
    function _exitNet(AccountRecord memory record, Exit memory exit) internal view returns (int256) {
        if (exit.epoch == FIXED_LOSS || record.flags & Flags.DISPUTED == 0) return exit.net;
        return _collectable(record, exit.net, _facts[record.venue][exit.epoch].snapshotBlock);
    }

    /// @dev Ends a default: it is none of the venue's open ones any more, and members' money is not reserved for it.
    function _endCase(AccountRecord memory record, Policy policy, uint256 initialMargin) internal {
        delete _cases[_keyOf(record)];
        Venue storage venue = _venues[record.venue];
        (uint16 open_, uint112 caps) = (venue.openDefaults, venue.openMemberCaps);
        (venue.openDefaults, venue.openMemberCaps) = (open_ - 1, caps - _memberCap(initialMargin, policy));
    }

    /// @dev Fills `sale` with a lot, by hand, as `_loadInto` does with a record.
    function _lotInto(Lot memory sale, uint256 lot) internal view {
        Lot storage entry = _lots[uint72(lot)];
        assembly ("memory-safe") {
            let word := sload(entry.slot)
            mstore(sale, shr(96, shl(96, word)))
            mstore(add(sale, 0x20), and(shr(160, word), 0xffffffffff))
            mstore(add(sale, 0x40), and(shr(200, word), 0xff))
            mstore(add(sale, 0x60), and(shr(208, word), 0xffffffff))
            word := sload(add(entry.slot, 1))
            mstore(add(sale, 0x80), shr(128, shl(128, word)))
            mstore(add(sale, 0xa0), shr(128, word))
        }
    }

    /// @dev Writes what is left of a lot, whose price stays.
    /// @param left 128 bits
    function _storeLeft(Lot memory sale, uint256 lot, uint256 left) internal {
        Lot storage entry = _lots[uint72(lot)];
        assembly ("memory-safe") {
            sstore(add(entry.slot, 1), or(shl(128, mload(add(sale, 0xa0))), left))
        }
    }

    /// @dev Takes all lots of an account off sale: at most one for each accepted asset but the first, so at most seven.
    function _closeLots(AccountRecord memory record, Policy policy) internal {
        uint256 n = policy.count();
        for (uint256 i = 1; i < n; ++i) {
            uint72 lot = _lotId(record, i);
            if (_lots[lot].position != 0) _closeLot(lot, record);
        }
    }

    function _reward(uint256 debt, Policy policy) internal pure returns (uint256) {
        // Debts have no more than 105 bits.
        unchecked {
            return Math.min(policy.declareReward(), (debt * policy.rewardBps()) / BPS);
        }
    }

    function _penalty(uint256 debt, Policy policy) internal pure returns (uint256) {
        unchecked {
            return (debt * policy.penaltyBps()) / BPS;
        }
    }

    function _lotId(AccountRecord memory record, uint256 place) internal pure returns (uint72) {
        return uint72((uint256(_keyOf(record)) << 8) | place);
    }

    /// @dev Puts an account's whole balance of `token` on sale.
    function _startLot(address account, AccountRecord memory record, Policy policy, address token) internal returns (uint72) {
        Seen memory seen;
        seen.place = _placeForSale(account, policy, token);
        seen.balance = Money.balance(token, account);
        if (seen.balance == 0) revert ILotDesk.NotForSale(account, token);
        seen.cash = Money.balance(policy.settlementAsset(), account);
        seen.price = _livePrice(policy, seen.place);
        return _startLot(account, record, policy, seen);
    }

    function _placeForSale(address account, Policy policy, address token) internal pure returns (uint256 place) {
        place = policy.placeOf(token);
        if (place == 0 || place == policy.count()) revert ILotDesk.NotForSale(account, token);
    }

    /// @dev The same, with balances and price known. The curve is fixed here for the whole run, so that takes read no feed.
    function _startLot(address account, AccountRecord memory record, Policy policy, Seen memory seen) internal returns (uint72 lot) {
        uint256 place = seen.place;
        uint256 balance = seen.balance;
        lot = _lotId(record, place);
        if (_lots[lot].position != 0) revert ILotDesk.LotLive(lot);
        if (_beyond(_target(account, record, policy), seen.cash) == 0) revert ILotTaking.NothingNeeded(account);

        // At least one unit: a price that rounds to nothing must neither divide by zero nor turn the curve upside down.
        uint128 price = uint128(Math.max(seen.price, 1));
        Lot memory sale = Lot({
            account: account,
            startTime: _clock(record.venue),
            resets: 0,
            position: _live.push(lot),
            amount: balance.toUint128(),
            price: price
        });
        _lots[lot] = sale;
        DefaultCase storage entry = _cases[_keyOf(record)];
        (uint8 openLots, uint8 toSell) = (entry.openLots, entry.toSell);
        (entry.openLots, entry.toSell) = (openLots + 1, toSell & ~uint8(1 << place));
        emit ILotDesk.LotStarted(
            lot,
            account,
            policy.token(place),
            balance,
            _startPrice(price, policy),
            _floorPrice(price, policy),
            sale.startTime,
            uint32(policy.auctionDuration())
        );
    }

    /// @dev Takes a lot off sale. What is unsold stays in the account.
    function _closeLot(uint72 lot, AccountRecord memory record) internal {
        Lot memory sale = _lots[lot];
        uint72 moved = _live.remove(sale.position);
        if (moved != lot) _lots[moved].position = sale.position;
        delete _lots[lot];
        --_cases[_keyOf(record)].openLots;
        emit ILotDesk.LotClosed(lot, sale.amount);
    }

    function _startPrice(uint256 price, Policy policy) internal pure returns (uint256) {
        // Prices have 128 bits.
        unchecked {
            return Math.ceilDiv(price * policy.startBps(), BPS);
        }
    }

    /// @dev Never zero, never above the start.
    function _floorPrice(uint256 price, Policy policy) internal pure returns (uint256) {
        unchecked {
            return Math.max((price * policy.floorBps()) / BPS, 1);
        }
    }
}
