// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../core/Core.sol";
import {Valuing} from "../core/Valuing.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {AccountRecord, Deployment} from "../interfaces/Types.sol";
import {VaultReads} from "../vault/VaultReads.sol";
import {Policy} from "../venue/Policy.sol";

/// @title Accounts, prices and values, for whoever asks
/// @notice Values by the same code that calls and withdrawals decide by. Silent while the lock is held: an answer given in the middle of a take
/// could be read by some other protocol as true.
contract CollateralValuer is ICollateralValuer, VaultReads, Valuing {
    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc ICollateralValuer
    function prices(uint32 venue) external view quiet returns (uint128[] memory live) {
        Policy policy = _newestPolicy(venue);
        live = new uint128[](policy.count());
        for (uint256 i; i < live.length; ++i) {
            live[i] = _livePrice(policy, i);
        }
    }

    /// @inheritdoc ICollateralValuer
    function price(uint32 venue, address token) external view quiet returns (uint128) {
        Policy policy = _newestPolicy(venue);
        uint256 place = policy.placeOf(token);
        if (place == policy.count()) revert ICollateralVault.NotAccepted(venue, token);
        return _livePrice(policy, place);
    }

    /// @inheritdoc ICollateralValuer
    function values(address account, uint128[] calldata rootPrices) external view quiet returns (uint256 atRoot, uint256 live) {
        AccountRecord memory record = _pledged(account);
        return _values(_policyOf(record), account, record, rootPrices);
    }
}
