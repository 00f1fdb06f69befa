// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {SegregatedAccount} from "./SegregatedAccount.sol";

/// @title Accounts at addresses that are known before they exist
/// @notice The address commits to (owner, number) and to nothing else, so anyone may create it, at any time, for anybody, and nobody
/// can create anything else there.
abstract contract AccountRegistry is ICollateralVault {
    address internal immutable IMPLEMENTATION;

    constructor() {
        IMPLEMENTATION = address(new SegregatedAccount(address(this)));
    }

    /// @inheritdoc ICollateralVault
    function open(address owner, uint96 number) external returns (address account) {
        if (owner == address(0)) revert ZeroAddress();
        account = _create(owner, number);
        emit AccountOpened(account, owner, number);
    }

    /// @inheritdoc ICollateralVault
    function predict(address owner, uint96 number) public view returns (address) {
        bytes32 word = _word(owner, number);
        return Clones.predictDeterministicAddressWithImmutableArgs(IMPLEMENTATION, abi.encodePacked(word), word);
    }

    /// @inheritdoc ICollateralVault
    function ownerOf(address account) public view returns (address owner) {
        // The code of an unknown address proves nothing by itself: what it claims must lead back to the same address.
        bytes32 word;
        assembly ("memory-safe") {
            extcodecopy(account, 0x00, 0x2d, 0x20)
            word := mload(0x00)
        }
        owner = address(uint160(uint256(word) >> 96));
        if (owner == address(0) || predict(owner, uint96(uint256(word))) != account || account.code.length == 0)
            revert NotAnAccount(account);
    }

    function _create(address owner, uint96 number) internal returns (address) {
        bytes32 word = _word(owner, number);
        return Clones.cloneDeterministicWithImmutableArgs(IMPLEMENTATION, abi.encodePacked(word), word);
    }

    function _word(address owner, uint96 number) private pure returns (bytes32) {
        return bytes32((uint256(uint160(owner)) << 96) | number);
    }
}
