// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountLookup} from "../account/AccountLookup.sol";
import {IVaultReads} from "../interfaces/IVaultReads.sol";
import {AccountRecord, DebitAllowance} from "../interfaces/Types.sol";

/// @title What the vault knows, for whoever asks
/// @dev In a part, and not in the vault's own code: each function there makes every call of the vault a comparison dearer.
abstract contract VaultReads is IVaultReads, AccountLookup {
    /// @inheritdoc IVaultReads
    function predict(address owner, uint96 number) external view returns (address) {
        return _addressOf(_wordOf(owner, number));
    }

    /// @inheritdoc IVaultReads
    function ownerOf(address account) external view returns (address) {
        return _ownerOf(account);
    }

    /// @inheritdoc IVaultReads
    function record(address account) external view returns (AccountRecord memory) {
        return _recordOf(account);
    }

    /// @inheritdoc IVaultReads
    function pledges(address account) external view returns (uint32) {
        return _allowances[account].pledges;
    }

    /// @inheritdoc IVaultReads
    function allowance(address account) external view returns (DebitAllowance memory) {
        return _allowances[account];
    }

    /// @inheritdoc IVaultReads
    function nonceOf(address owner, uint192 namespace) external view returns (uint64) {
        return _nonces[owner][namespace];
    }

    /// @inheritdoc IVaultReads
    function addressBook(address account, address to) external view returns (uint256) {
        return _addressBook[account][to];
    }
}
