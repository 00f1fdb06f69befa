// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../core/Core.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {AccountCode} from "./AccountCode.sol";

/// @title Accounts at addresses that are known before they exist
/// @notice The address commits to (owner, number) and to nothing else, so anyone may create it, at any time, for anybody, and nobody
/// can create anything else there.
abstract contract AccountLookup is Core {
    /// @dev What creates an account, without its word: 62 bytes.
    bytes32 private immutable CREATION_FIRST;
    bytes32 private immutable CREATION_SECOND;
    uint256 private constant CREATION_BYTES = 62;

    constructor() {
        bytes memory creation = AccountCode.creation(VAULT);
        assert(creation.length == CREATION_BYTES);
        bytes32 second;
        assembly ("memory-safe") {
            second := mload(add(creation, 0x40))
        }
        (CREATION_FIRST, CREATION_SECOND) = (bytes32(creation), second);
    }

    /// @dev The owner written in an account's code. The code of an unknown address proves nothing by itself: what it claims must lead
    /// back to the same address.
    function _ownerOf(address account) internal view returns (address owner) {
        bytes32 word;
        uint256 at = AccountCode.WORD_AT;
        assembly ("memory-safe") {
            mstore(0x00, 0)
            extcodecopy(account, 0x00, at, 0x20)
            word := mload(0x00)
        }
        owner = address(uint160(uint256(word) >> 96));
        if (owner == address(0) || _addressOf(word) != account) revert ICollateralVault.NotAnAccount(account);
    }

    function _requireOwner(address account) internal view returns (address owner) {
        owner = _actor();
        if (owner != _ownerOf(account)) revert ICollateralVault.NotTheOwner(account, owner);
    }

    /// @dev Where the account of `word` (owner 160 | number 96) is: what CREATE2 makes of its code, with the word as salt.
    function _addressOf(bytes32 word) internal view returns (address account) {
        uint256 creation = _creationOf(word);
        address vault = VAULT;
        assembly ("memory-safe") {
            let initHash := keccak256(creation, add(CREATION_BYTES, 0x20))
            mstore(creation, or(shl(248, 0xff), shl(88, vault)))
            mstore(add(creation, 0x15), word)
            mstore(add(creation, 0x35), initHash)
            account := shr(96, shl(96, keccak256(creation, 0x55)))
        }
    }

    /// @dev Reverts if the account exists.
    function _create(address owner, uint96 number) internal returns (address account) {
        bytes32 word = _wordOf(owner, number);
        uint256 creation = _creationOf(word);
        assembly ("memory-safe") {
            account := create2(0, creation, add(CREATION_BYTES, 0x20), word)
        }
        if (account == address(0)) revert ICollateralVault.NotCreated(owner, number);
    }

    /// @dev Creation code and word of an account, in memory of their own: 94 bytes of three words.
    function _creationOf(bytes32 word) private view returns (uint256 creation) {
        (bytes32 first, bytes32 second) = (CREATION_FIRST, CREATION_SECOND);
        assembly ("memory-safe") {
            creation := mload(0x40)
            mstore(0x40, add(creation, 0x60))
            mstore(creation, first)
            mstore(add(creation, 0x20), second)
            mstore(add(creation, CREATION_BYTES), word)
        }
    }

    function _wordOf(address owner, uint96 number) internal pure returns (bytes32) {
        return bytes32((uint256(uint160(owner)) << 96) | number);
    }
}
