// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title One client's collateral, at an address of its own
/// @notice A minimal clone. Its owner and number are part of its code and of its address; it has no storage, approves nobody,
/// executes nothing, signs nothing and obeys one contract.
/// @dev Trust: the vault's code. A pool of a venue is the same clone with owner zero and the venue as its number: it has no owner
/// who could withdraw, and the vault moves it only as settlement.
contract SegregatedAccount {
    using SafeERC20 for IERC20;

    error OnlyTheVault(address caller);

    address private immutable VAULT;

    constructor(address vault) {
        VAULT = vault;
    }

    /// @notice Sends `amount` of `token` to `to`. Tokens that return nothing are understood; a refusal reverts.
    function pay(IERC20 token, address to, uint256 amount) external {
        if (msg.sender != VAULT) revert OnlyTheVault(msg.sender);
        token.safeTransfer(to, amount);
    }

    /// @notice The owner and the number this account was made for.
    function identity() external view returns (address owner, uint96 number) {
        uint256 word = uint256(bytes32(Clones.fetchCloneArgs(address(this))));
        return (address(uint160(word >> 96)), uint96(word));
    }
}
