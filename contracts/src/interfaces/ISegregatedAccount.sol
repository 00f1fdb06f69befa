// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title The one thing that an account does
/// @notice An account obeys the vault and nobody else: whoever else calls it gets a revert without data.
interface ISegregatedAccount {
    /// @notice Only an account pays: the vault itself holds nothing that this would move.
    error OnlyAsAccount();

    /// @notice Sends `amount` of `token` to `to`. Tokens that return nothing are understood; a refusal reverts.
    /// @param amount smallest units
    function pay(IERC20 token, address to, uint256 amount) external;
}
