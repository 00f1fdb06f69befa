// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IVaultReads} from "./IVaultReads.sol";
import {ICollateralVault} from "./ICollateralVault.sol";

/// @title An account's owner's view of the vault: what it can be asked to do, and what it knows
// What it has, it has from both.
// solhint-disable-next-line no-empty-blocks
interface IVault is ICollateralVault, IVaultReads {}
