// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../core/Core.sol";
import {LiveLots} from "../core/LiveLots.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {AccountRecord, DebitAllowance, Deployment, Modules} from "../interfaces/Types.sol";
import {Taking} from "../default/Taking.sol";
import {OwnerDoors} from "./OwnerDoors.sol";
import {Parts} from "./Parts.sol";

/// @title The vault: the one address of a deployment
/// @notice Accounts, pledges, withdrawals at once and the taking of lots are here; everything else is run by delegatecall from parts whose
/// addresses are in this bytecode and cannot change. Nobody owns the vault and nothing of it can be upgraded.
contract CollateralVault is OwnerDoors, Taking, Parts {
    error DeployedElsewhere(address expected, address actual);

    constructor(Deployment memory d, Modules memory m) Core(d) Parts(m) {
        if (d.vault != address(this)) revert DeployedElsewhere(d.vault, address(this));
        _coded(d.accountImplementation);
        _coded(d.funds);
        LiveLots.mark(_live);
    }

    /// @inheritdoc ICollateralVault
    function locked() external view returns (bool) {
        return _held != 0;
    }

    /// @inheritdoc ICollateralVault
    function record(address account) external view returns (AccountRecord memory) {
        return _recordOf(account);
    }

    /// @inheritdoc ICollateralVault
    function pledges(address account) external view returns (uint32) {
        return _allowances[account].pledges;
    }

    /// @inheritdoc ICollateralVault
    function allowance(address account) external view returns (DebitAllowance memory) {
        return _allowances[account];
    }

    /// @inheritdoc ICollateralVault
    function nonceOf(address owner, uint192 namespace) external view returns (uint64) {
        return _nonces[owner][namespace];
    }

    /// @inheritdoc ICollateralVault
    function addressBook(address account, address to) external view returns (uint256) {
        return _addressBook[account][to];
    }

    /// @notice What every part has in its bytecode, for anybody who checks what is deployed.
    function deployment() external view returns (Deployment memory) {
        return Deployment({vault: VAULT, accountImplementation: IMPLEMENTATION, sequencerFeed: SEQUENCER, funds: FUNDS});
    }
}
