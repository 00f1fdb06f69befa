// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountRecord, DebitAllowance} from "./Types.sol";

/// @title What the vault knows, for whoever asks
interface IVaultReads {
    /// @notice The address of (`owner`, `number`), whether or not it exists yet; it can be funded before it does.
    function predict(address owner, uint96 number) external view returns (address account);

    /// @notice The owner written in `account`'s code. Reverts `NotAnAccount` for any address that this vault did not make.
    function ownerOf(address account) external view returns (address owner);

    /// @notice An account's record; all zero but for `Flags.BOOK` while it is unpledged.
    function record(address account) external view returns (AccountRecord memory);

    /// @notice How often an account has been pledged: the nonce of its next pledge.
    function pledges(address account) external view returns (uint32);

    /// @notice An account's daily debit cap, and what of it is used.
    function allowance(address account) external view returns (DebitAllowance memory);

    /// @notice The next nonce of an owner in one of its namespaces, see `IOwnerDesk.relay`.
    function nonceOf(address owner, uint192 namespace) external view returns (uint64);

    /// @notice From when on an entry of an account's address book is good, chain time; 0: it is not in it.
    function addressBook(address account, address to) external view returns (uint256 goodFrom);
}
