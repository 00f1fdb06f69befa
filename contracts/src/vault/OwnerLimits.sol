// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../interfaces/IOwnerDesk.sol";
import {AccountRecord, Flags} from "../interfaces/Types.sol";
import {AccountLookup} from "../account/AccountLookup.sol";

/// @title What an owner sets for itself: where withdrawals may go, and how much may be taken in a day
/// @notice Whoever steals an owner's key can add an address or switch the book off only with a delay in which the owner sees it.
abstract contract OwnerLimits is IOwnerDesk, AccountLookup {
    /// @dev Seconds between asking for something that widens where withdrawals go and its effect.
    uint256 internal constant BOOK_DELAY = 2 days;

    /// @inheritdoc IOwnerDesk
    function switchAddressBook(address account, bool on) external alone {
        _requireOwner(account);
        AccountRecord memory entry = _recordOf(account);
        bool present = entry.flags & Flags.BOOK != 0;
        if (!on && !present) revert AddressBookOff(account);
        uint256 endsAt = on ? 0 : block.timestamp + BOOK_DELAY;
        _bookEnds[account] = endsAt;
        if (!present) {
            entry.flags |= Flags.BOOK;
            _store(account, entry);
        }
        emit AddressBookSwitched(account, endsAt);
    }

    /// @inheritdoc IOwnerDesk
    function addToBook(address account, address to) external alone {
        _requireOwner(account);
        if (to == address(0)) revert ICollateralVault.ZeroAddress();
        // An entry that is good already stays so.
        if (_addressBook[account][to] == 0) _addressBook[account][to] = block.timestamp + BOOK_DELAY;
        emit AddressBookEntry(account, to, _addressBook[account][to]);
    }

    /// @inheritdoc IOwnerDesk
    function removeFromBook(address account, address to) external alone {
        _requireOwner(account);
        delete _addressBook[account][to];
        emit AddressBookEntry(account, to, 0);
    }

    /// @inheritdoc IOwnerDesk
    function lowerDebitCap(address account, uint96 cap) external alone {
        _requireOwner(account);
        AccountRecord memory entry = _pledged(account);
        uint96 present = _allowances[account].debitCap;
        if (cap >= present) revert DebitCapNotLower(cap, present);
        uint256 least = _policyOf(entry).minDebitCap();
        if (cap < least) revert ICollateralVault.DebitCapTooLow(cap, least);
        uint256 effectiveAt = block.timestamp + _policyOf(entry).releaseLimit();
        _lowerCaps[_keyOf(entry)] = (effectiveAt << 96) | cap;
        emit DebitCapLowered(account, cap, effectiveAt, false);
    }

    /// @inheritdoc IOwnerDesk
    function applyDebitCap(address account) external alone {
        AccountRecord memory entry = _pledged(account);
        uint256 waiting = _lowerCaps[_keyOf(entry)];
        uint256 effectiveAt = waiting >> 96;
        if (effectiveAt == 0 || block.timestamp < effectiveAt) revert NothingWaits(account);
        delete _lowerCaps[_keyOf(entry)];
        uint96 cap = uint96(waiting);
        _allowances[account].debitCap = cap;
        entry.flags |= Flags.CAPPED;
        _store(account, entry);
        emit DebitCapLowered(account, cap, effectiveAt, true);
    }
}
