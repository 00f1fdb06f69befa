// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Lots} from "../core/Lots.sol";
import {ILotTaking} from "../interfaces/ILotTaking.sol";
import {AccountRecord, AccountStatus, Flags, Lot, SettledCause} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";

/// @title A lot's price, how much of it may be sold, and what a sale leads to
/// @dev Invariants kept here: `auctionBounded`, and its part of `solventStaysWhole` (never sells past the need by more than `minLot`).
abstract contract Selling is Lots {
    function _known(uint256 lot) internal view returns (Lot memory sale, AccountRecord memory record, Policy policy) {
        if (lot > type(uint72).max) revert ILotTaking.UnknownLot(lot);
        sale = _lots[uint72(lot)];
        if (sale.position == 0) revert ILotTaking.UnknownLot(lot);
        _loadInto(record, sale.account);
        policy = _policyOf(record);
    }

    /// @dev Falls linearly from start to floor, rounded up, and stands at the floor once the run is over.
    function _priceAt(Lot memory sale, Policy policy, uint256 time) internal pure returns (uint256) {
        uint256 duration = policy.auctionDuration();
        uint256 floor = _floorPrice(sale.price, policy);
        // Prices have 128 bits and times 40: nothing here overflows.
        unchecked {
            uint256 elapsed = time > sale.startTime ? time - sale.startTime : 0;
            if (elapsed >= duration) return floor;
            uint256 top = _startPrice(sale.price, policy);
            return top - ((top - floor) * elapsed) / duration;
        }
    }

    /// @param need what the sale has still to bring in, settlement units
    function _available(Lot memory sale, Policy policy, uint256 need, uint256 price) internal pure returns (uint256 available) {
        if (need == 0) return 0;
        available = Math.min(sale.amount, Math.mulDiv(need, PRICE_UNIT, price, Math.Rounding.Ceil));
        if (_isDust(policy, sale.amount - available, price)) available = sale.amount;
    }

    function _isDust(Policy policy, uint256 rest, uint256 price) internal pure returns (bool) {
        return rest != 0 && Math.mulDiv(rest, price, PRICE_UNIT) < policy.minLot();
    }

    /// @dev While the sequencer was down nobody could bid, and the price went on falling: such a run starts again.
    function _isInterrupted(Lot memory sale, uint32 venue) internal view returns (bool) {
        uint256 upSince = _sequencerUpSince();
        return upSince != 0 && _clockAt(venue, upSince) > sale.startTime;
    }

    /// @dev Door 2: what the auction of an owed sum brings in settles in the same call. Otherwise it waits in the account.
    /// @param balance the account's settlement asset after the sale
    function _afterSale(uint72 lot, Lot memory sale, AccountRecord memory record, Policy policy, uint256 taken, uint256 balance) internal {
        AccountStatus status = record.status;
        if (status < AccountStatus.CLOSING_OUT) {
            balance -= _settleSale(sale.account, record, policy, _saleOwed(record), balance, SettledCause.SETTLEMENT);
        } else if (status == AccountStatus.EXITING) {
            // Anyone may sell for an exit in the end, so the daily cap stands here too; the rest waits in the account.
            balance -= _settleSale(sale.account, record, policy, _exitOwed(record), balance, SettledCause.EXIT);
        }
        if (taken == sale.amount || _beyond(_target(sale.account, record, policy), balance) == 0) _close(lot, sale, record);
    }

    function _close(uint72 lot, Lot memory sale, AccountRecord memory record) internal {
        _closeLot(lot, record);
        if (record.flags & Flags.OWED_AUCTION != 0 && _cases[_keyOf(record)].openLots == 0) {
            record.flags &= ~Flags.OWED_AUCTION;
            _store(sale.account, record);
        }
    }

    function _saleOwed(AccountRecord memory record) private view returns (uint256) {
        return _remaining(record, _cases[_keyOf(record)].finalNet);
    }

    function _settleSale(
        address account,
        AccountRecord memory record,
        Policy policy,
        uint256 owed,
        uint256 balance,
        SettledCause cause
    ) private returns (uint256 amount) {
        amount = Math.min(Math.min(owed, balance), _capLeft(account, record));
        if (amount == 0) return 0;
        _useCap(account, record, amount);
        _collect(account, record, policy, amount, cause);
    }
}
