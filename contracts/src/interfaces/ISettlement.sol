// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EpochHeader, Leaf} from "./Types.sol";

/// @title Settlement of proven results between accounts and their venue's pool
interface ISettlement {
    /// @param refused the token refused the transfer, the account is in default, or its leaf is older than its last settlement
    event SettlementSkipped(address indexed account, uint32 indexed venue, uint64 epoch, string refused);

    error NotASettlingRoot(uint64 epoch);
    error SettlementTooEarly(uint256 until);
    error LengthMismatch(uint256 leaves, uint256 siblings);

    /// @notice Settles accounts under a settling root whose dispute window has passed: debits first come in as far as each account's
    /// settlement balance reaches, credits go out as far as the pool does. What cannot move is skipped and can be settled later.
    function settle(EpochHeader calldata header, Leaf[] calldata leaves, bytes[] calldata siblings) external;
}
