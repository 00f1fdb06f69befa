// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Core} from "../core/Core.sol";
import {ISegregatedAccount} from "../interfaces/ISegregatedAccount.sol";

/// @title One client's collateral, at an address of its own
/// @notice An account is a clone of the vault that answers the vault alone (see `AccountCode`). Its owner and number are part of its code
/// and of its address; it has no storage, approves nobody, executes nothing, signs nothing, and `pay` is all that the vault ever asks of it.
/// @dev Trust: the vault's code. It stands in the vault because whoever pays out has touched that address already; at an address of its
/// own it would cost every payment a cold access. A pool of a venue is the same clone with owner zero and the venue as its number: it has
/// no owner who could withdraw, and the vault moves it only as settlement.
abstract contract SegregatedAccount is ISegregatedAccount, Core {
    using SafeERC20 for IERC20;

    /// @inheritdoc ISegregatedAccount
    function pay(IERC20 token, address to, uint256 amount) external {
        if (address(this) == VAULT || msg.sender != VAULT) revert OnlyAsAccount();
        token.safeTransfer(to, amount);
    }
}
