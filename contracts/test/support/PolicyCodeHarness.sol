// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetConfig, VenueParameters} from "../../src/interfaces/Types.sol";
import {Policy, PolicyCode} from "../../src/venue/Policy.sol";

/// @notice Writes a policy and reads it again.
contract PolicyCodeHarness {
    function store(VenueParameters memory p, AssetConfig[] memory assets, address pool, address fund) external returns (address) {
        return PolicyCode.store(p, assets, pool, fund);
    }

    function read(
        address code
    ) external view returns (VenueParameters memory p, AssetConfig[] memory assets, address pool, address fund, address settlement) {
        Policy policy = PolicyCode.load(code);
        p = policy.parameters();
        assets = new AssetConfig[](policy.count());
        for (uint256 i; i < assets.length; ++i) {
            assets[i] = policy.config(i);
        }
        return (p, assets, policy.pool(), policy.fund(), policy.settlementAsset());
    }

    function placeOf(address code, address token) external view returns (uint256) {
        return PolicyCode.load(code).placeOf(token);
    }
}
