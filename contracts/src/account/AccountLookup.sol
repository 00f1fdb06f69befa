// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Core} from "../core/Core.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";

/// @title Accounts at addresses that are known before they exist
/// @notice The address commits to (owner, number) and to nothing else, so anyone may create it, at any time, for anybody, and nobody
/// can create anything else there.
abstract contract AccountLookup is Core {
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

    /// @dev `word`: owner 160 | number 96.
    function _addressOf(bytes32 word) internal view returns (address) {
        return Clones.predictDeterministicAddressWithImmutableArgs(IMPLEMENTATION, abi.encodePacked(word), word, VAULT);
    }

    function _create(address owner, uint96 number) internal returns (address) {
        bytes32 word = _wordOf(owner, number);
        return Clones.cloneDeterministicWithImmutableArgs(IMPLEMENTATION, abi.encodePacked(word), word);
    }

    function _wordOf(address owner, uint96 number) internal pure returns (bytes32) {
        return bytes32((uint256(uint160(owner)) << 96) | number);
    }
}
