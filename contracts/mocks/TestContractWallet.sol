// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title The smallest contract wallet: one key owns it, signs for it (ERC-1271) and makes it call
contract TestContractWallet is Ownable, IERC1271 {
    bytes4 private constant INVALID = 0xffffffff;

    constructor(address owner_) Ownable(owner_) {}

    receive() external payable {}

    /// @notice Calls `to` with `data` as this wallet and returns the answer; a revert comes through unchanged.
    function execute(address to, bytes calldata data) external onlyOwner returns (bytes memory) {
        return Address.functionCall(to, data);
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        (address signer, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(hash, signature);
        return failure == ECDSA.RecoverError.NoError && signer == owner() ? IERC1271.isValidSignature.selector : INVALID;
    }
}
