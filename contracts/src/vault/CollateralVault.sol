// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SegregatedAccount} from "../account/SegregatedAccount.sol";
import {Core} from "../core/Core.sol";
import {LiveLots} from "../core/LiveLots.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {Deployment, Modules} from "../interfaces/Types.sol";
import {Taking} from "../default/Taking.sol";
import {OwnerDoors} from "./OwnerDoors.sol";
import {Parts} from "./Parts.sol";

/// @title The vault: the one address of a deployment
/// @notice Accounts, pledges, withdrawals at once and the taking of lots are here; everything else is run by delegatecall from parts whose
/// addresses are in this bytecode and cannot change. Nobody owns the vault and nothing of it can be upgraded.
contract CollateralVault is SegregatedAccount, OwnerDoors, Taking, Parts {
    error DeployedElsewhere(address expected, address actual);

    constructor(Deployment memory d, Modules memory m) Core(d) Parts(m) {
        if (d.vault != address(this)) revert DeployedElsewhere(d.vault, address(this));
        _coded(d.funds);
        LiveLots.mark(_live);
    }

    /// @inheritdoc ICollateralVault
    function locked() external view returns (bool) {
        return _held != 0;
    }

    /// @notice What every part has in its bytecode, for anybody who checks what is deployed.
    function deployment() external view returns (Deployment memory) {
        return Deployment({vault: VAULT, sequencerFeed: SEQUENCER, funds: FUNDS});
    }
}
