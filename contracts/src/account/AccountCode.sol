// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The code of an account
/// @notice 52 bytes and a word. Called by the vault it runs the vault's code on its own behalf; called by anybody else it reverts. The word
/// (owner 160 | number 96) is never run: it is what the account says of itself, and what its address follows from.
/// @dev A minimal clone (ERC-1167) with a look at the caller before it delegates:
/// `calldatacopy(0, 0, calldatasize())`, `if xor(caller(), vault) { revert }`, `delegatecall(gas(), vault, ...)`, and the answer handed on.
library AccountCode {
    /// @dev Returns what follows it: 84 bytes.
    bytes10 private constant CREATION = 0x6100543d81600a3d39f3;
    bytes10 private constant BEFORE_VAULT = 0x363d3d373d3d3d363d73;
    bytes22 private constant AFTER_VAULT = 0x8033186030575af43d82803e903d916032575bfd5bf3;

    /// @notice Bytes of an account's code before its word.
    uint256 internal constant WORD_AT = 52;

    /// @notice What creates an account, without the word that has to follow.
    function creation(address vault) internal pure returns (bytes memory) {
        return abi.encodePacked(CREATION, BEFORE_VAULT, vault, AFTER_VAULT);
    }
}
