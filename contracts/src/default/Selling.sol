// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Lots} from "../core/Lots.sol";
import {ILotTaking} from "../interfaces/ILotTaking.sol";
import {AccountRecord, AccountStatus, Flags, Lot, SettledCause, Venue} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";

/// @title A lot's price, how much of it may be sold, and what a sale leads to
/// @dev Invariants kept here: `auctionBounded`, and its part of `solventStaysWhole` (never sells past the need by more than `minLot`).
abstract contract Selling is Lots {
    function _known(uint256 lot) internal view returns (Lot memory sale, AccountRecord memory record, Policy policy) {
        (sale, record) = _lotAndRecord(lot);
        policy = _policyOf(record);
    }

    function _lotAndRecord(uint256 lot) internal view returns (Lot memory sale, AccountRecord memory record) {
        if (lot > type(uint72).max) revert ILotTaking.UnknownLot(lot);
        _lotInto(sale, lot);
        if (sale.position == 0) revert ILotTaking.UnknownLot(lot);
        _loadInto(record, sale.account);
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
        // A need has little more than 105 bits, a unit 60.
        unchecked {
            available = Math.min(sale.amount, Math.ceilDiv(need * PRICE_UNIT, price));
        }
        if (_isDust(policy, sale.amount - available, price)) available = sale.amount;
    }

    function _isDust(Policy policy, uint256 rest, uint256 price) internal pure returns (bool) {
        // Amounts and prices have 128 bits.
        unchecked {
            return rest != 0 && (rest * price) / PRICE_UNIT < policy.minLot();
        }
    }

    /// @dev While the sequencer was down nobody could bid, and the price went on falling: such a run starts again.
    function _isInterrupted(Lot memory sale, Venue storage venue) internal view returns (bool) {
        uint256 upSince = _sequencerUpSince();
        return upSince != 0 && _clockAt(venue, upSince) > sale.startTime;
    }

    /// @dev Door 2: what the auction of an owed sum brings in settles in the same call. Otherwise it waits in the account.
    /// @param balance the account's settlement asset after the sale
    /// @param target what it has to be before nothing more is sold; in a default a sale does not change it
    function _afterSale(
        uint72 lot,
        Lot memory sale,
        AccountRecord memory record,
        Policy policy,
        uint256 taken,
        uint256 balance,
        uint256 target
    ) internal {
        AccountStatus status = record.status;
        if (status < AccountStatus.CLOSING_OUT) {
            balance -= _settleSale(sale.account, record, policy, _saleOwed(record), balance, SettledCause.SETTLEMENT);
            target = _target(sale.account, record, policy);
        } else if (status == AccountStatus.EXITING) {
            // Anyone may sell for an exit in the end, so the daily cap stands here too; the rest waits in the account.
            balance -= _settleSale(sale.account, record, policy, _exitOwed(record), balance, SettledCause.EXIT);
            target = _target(sale.account, record, policy);
        }
        if (taken == sale.amount || balance >= target) _close(lot, sale, record);
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
