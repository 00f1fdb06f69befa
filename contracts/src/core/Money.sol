// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ISegregatedAccount} from "../interfaces/ISegregatedAccount.sol";

/// @title Asking a token for a balance, and an account for a payment
/// @notice What the compiler would make of the two calls, without its copies: nearly every operation asks and pays more than once.
library Money {
    /// @notice What `holder` has of `token`, smallest units. Reverts as the token does, and without data if it gives no word.
    function balance(address token, address holder) internal view returns (uint256 amount) {
        bytes4 selector = IERC20.balanceOf.selector;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            mstore(0x04, shr(96, shl(96, holder)))
            let ok := staticcall(gas(), token, 0x00, 0x24, 0x00, 0x20)
            if iszero(and(ok, gt(returndatasize(), 0x1f))) {
                let at := mload(0x40)
                let size := mul(iszero(ok), returndatasize())
                returndatacopy(at, 0, size)
                revert(at, size)
            }
            amount := mload(0x00)
        }
    }

    /// @notice Lets `account` send `amount` of `token` to `to`. Reverts as the token does.
    /// @dev Whether there is an account is not asked: an address without code would pay nothing and say nothing. Callers have seen its code, or
    /// compare balances.
    function pay(address account, address token, address to, uint256 amount) internal {
        bytes4 selector = ISegregatedAccount.pay.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, selector)
            mstore(add(at, 0x04), shr(96, shl(96, token)))
            mstore(add(at, 0x24), shr(96, shl(96, to)))
            mstore(add(at, 0x44), amount)
            if iszero(call(gas(), account, 0, at, 0x64, 0, 0)) {
                returndatacopy(at, 0, returndatasize())
                revert(at, returndatasize())
            }
        }
    }
}
