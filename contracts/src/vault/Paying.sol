// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountLookup} from "../account/AccountLookup.sol";
import {Money} from "../core/Money.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {Flags, WithdrawalDoor} from "../interfaces/Types.sol";

/// @title Where an owner's withdrawals may go, and how they are paid
abstract contract Paying is AccountLookup {
    /// @dev The owner's own address is always good: a book narrows where a stolen key can send to, and never locks the owner out.
    function _requireInBook(address account, uint8 flags, address owner, address to) internal view {
        if (flags & Flags.BOOK == 0 || to == owner) return;
        uint256 ends = _bookEnds[account];
        if (ends != 0 && block.timestamp >= ends) return;
        uint256 goodFrom = _addressBook[account][to];
        if (goodFrom == 0 || block.timestamp < goodFrom) revert ICollateralVault.NotInAddressBook(account, to);
    }

    function _withdraw(address account, address token, uint256 amount, address to, WithdrawalDoor door) internal {
        if (amount == 0) revert ICollateralVault.ZeroAmount();
        if (to == address(0)) revert ICollateralVault.ZeroAddress();
        Money.pay(account, token, to, amount);
        emit ICollateralVault.Withdrawn(account, token, to, amount, door);
    }
}
