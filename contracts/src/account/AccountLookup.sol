// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Core} from "../core/Core.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";

/// @title Accounts at addresses that are known before they exist
/// @notice The address commits to (owner, number) and to nothing else, so anyone may create it, at any time, for anybody, and nobody
/// can create anything else there.
abstract contract AccountLookup is Core {
    /// @dev The 55 bytes before a clone's word: init code, the implementation's address, the rest of the clone.
    bytes32 private immutable CLONE_FIRST;
    bytes32 private immutable CLONE_SECOND;

    constructor() {
        bytes memory clone = abi.encodePacked(
            hex"61004d3d81600a3d39f3363d3d373d3d3d363d73",
            IMPLEMENTATION,
            hex"5af43d82803e903d91602b57fd5bf3"
        );
        CLONE_FIRST = bytes32(clone);
        assert(clone.length == 55);
        bytes32 second;
        assembly ("memory-safe") {
            second := mload(add(clone, 0x40))
        }
        CLONE_SECOND = second;
    }

    /// @dev The owner written in an account's code. The code of an unknown address proves nothing by itself: what it claims must lead
    /// back to the same address.
    function _ownerOf(address account) internal view returns (address owner) {
        bytes32 word;
        assembly ("memory-safe") {
            mstore(0x00, 0)
            extcodecopy(account, 0x00, 0x2d, 0x20)
            word := mload(0x00)
        }
        owner = address(uint160(uint256(word) >> 96));
        if (owner == address(0) || _addressOf(word) != account) revert ICollateralVault.NotAnAccount(account);
    }

    function _requireOwner(address account) internal view returns (address owner) {
        owner = _actor();
        if (owner != _ownerOf(account)) revert ICollateralVault.NotTheOwner(account, owner);
    }

    /// @dev Where the account of `word` (owner 160 | number 96) is: CREATE2 of a minimal clone that has the word behind its code. As
    /// OpenZeppelin's `Clones` predicts it, which `_create` uses, with what never changes computed once.
    function _addressOf(bytes32 word) internal view returns (address account) {
        (bytes32 first, bytes32 second, address vault) = (CLONE_FIRST, CLONE_SECOND, VAULT);
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, first)
            mstore(add(free, 0x20), second)
            mstore(add(free, 0x37), word)
            let initHash := keccak256(free, 0x57)
            mstore(free, or(shl(248, 0xff), shl(88, vault)))
            mstore(add(free, 0x15), word)
            mstore(add(free, 0x35), initHash)
            account := shr(96, shl(96, keccak256(free, 0x55)))
        }
    }

    function _create(address owner, uint96 number) internal returns (address) {
        bytes32 word = _wordOf(owner, number);
        return Clones.cloneDeterministicWithImmutableArgs(IMPLEMENTATION, abi.encodePacked(word), word);
    }

    function _wordOf(address owner, uint96 number) internal pure returns (bytes32) {
        return bytes32((uint256(uint160(owner)) << 96) | number);
    }
}
