// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {AssetConfig} from "../interfaces/Types.sol";

/// @title Prices from AggregatorV3 feeds
/// @notice A price that is stale, zero, negative or in the future is no price: it reverts.
library PriceOracle {
    uint256 internal constant ONE = 1e18;
    uint256 private constant BPS = 10_000;

    /// @notice The feed's answer with 18 decimals.
    function answer(AssetConfig memory asset) internal view returns (uint256) {
        (, int256 given, , uint256 updatedAt, ) = AggregatorV3Interface(asset.feed).latestRoundData();
        if (given <= 0) revert ICollateralValuer.BadPrice(asset.feed, given);
        if (updatedAt > block.timestamp || block.timestamp - updatedAt > asset.maxAge) {
            revert ICollateralValuer.StalePrice(asset.feed, updatedAt, asset.maxAge);
        }
        if (uint256(given) > type(uint128).max) revert ICollateralValuer.PriceOverflow(asset.feed);
        return uint256(given) * 10 ** (18 - asset.feedDecimals);
    }

    /// @notice The settlement asset's answer, clamped to [pegFloor, 1]: a depeg lowers what collateral is worth in it only so far,
    /// and a premium never raises it.
    function settlementAnswer(AssetConfig memory settlement, uint256 pegFloorBps) internal view returns (uint256) {
        uint256 floor = (ONE * pegFloorBps) / BPS;
        return Math.min(Math.max(answer(settlement), floor), ONE);
    }

    /// @notice Settlement units for 1e18 of the asset's smallest units, rounded down.
    function relative(AssetConfig memory asset, AssetConfig memory settlement, uint256 settlementPrice) internal view returns (uint128) {
        uint256 price = Math.mulDiv(answer(asset), 10 ** (18 + uint256(settlement.decimals)), settlementPrice * 10 ** asset.decimals);
        if (price > type(uint128).max) revert ICollateralValuer.PriceOverflow(asset.feed);
        return uint128(price);
    }
}
