// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../interfaces/IDefaultManager.sol";
import {ILiquidationAuction} from "../interfaces/ILiquidationAuction.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {Deployment} from "../interfaces/Types.sol";

/// @title The other contracts of one deployment, fixed in bytecode
/// @dev They refer to each other, so their addresses are predicted from the deployer's nonce and each checks that it landed on its own.
abstract contract Wired {
    error DeployedElsewhere(address expected, address actual);

    ICollateralVault internal immutable VAULT;
    IVenueRegistry internal immutable REGISTRY;
    IAttestationLog internal immutable LOG;
    ICollateralValuer internal immutable VALUER;
    IDefaultManager internal immutable DEFAULTS;
    ILiquidationAuction internal immutable AUCTION;
    address internal immutable SETTLEMENT;
    address internal immutable FUNDS;

    constructor(Deployment memory d, address self) {
        if (self != address(this)) revert DeployedElsewhere(self, address(this));
        VAULT = ICollateralVault(d.vault);
        REGISTRY = IVenueRegistry(d.venueRegistry);
        LOG = IAttestationLog(d.attestationLog);
        VALUER = ICollateralValuer(d.collateralValuer);
        DEFAULTS = IDefaultManager(d.defaultManager);
        AUCTION = ILiquidationAuction(d.liquidationAuction);
        SETTLEMENT = d.settlement;
        FUNDS = d.defaultFundFactory;
    }

    /// @dev One lock for all contracts: whoever holds it, a callback cannot re-enter any other of them.
    modifier withLock() {
        VAULT.lock();
        _;
        VAULT.unlock();
    }
}
