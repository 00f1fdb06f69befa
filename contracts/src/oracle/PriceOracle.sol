// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {Policy} from "../venue/Policy.sol";

/// @title Prices from AggregatorV3 feeds
/// @notice A price that is stale, zero, negative, in the future or outside its bounds is no price. With a second source, one usable price
/// is enough, and two must agree. Without any it reverts: nobody is called on a guess.
library PriceOracle {
    uint256 internal constant ONE = 1e18;
    uint256 private constant BPS = 10_000;
    /// @dev A read that fails with less than this left may have failed for want of gas: a feed that needs a million leaves a 63rd of it. Who
    /// sends little gas must not choose which of two sources counts, nor make a live feed a dead one.
    uint256 private constant FAILED_READ_GAS = 16_000;

    /// @notice Settlement units for 1e18 smallest units of the asset at place `i`, rounded down. Reverts without a usable price.
    /// @param settlementPrice see `settlementAnswer`
    function relative(Policy policy, uint256 i, uint256 settlementPrice) internal view returns (uint128) {
        (uint256 price, uint256 second) = _answer(policy, i);
        _requireUsable(policy, i, price, second);
        return uint128(_relative(policy, i, price, settlementPrice));
    }

    /// @notice The same; zero if there is no usable price of the asset or of the settlement asset.
    function tryRelative(Policy policy, uint256 i) internal view returns (uint256) {
        (uint256 price, uint256 second) = _answer(policy, i);
        (uint256 settlement, uint256 settlementSecond) = _answer(policy, 0);
        if (price == 0 || second != 0 || settlement == 0 || settlementSecond != 0) return 0;
        return _relative(policy, i, price, _clamped(policy, settlement));
    }

    /// @notice The settlement asset's price, 18 decimals, clamped to [pegFloor, 1]: a depeg lowers what collateral is worth in it only so
    /// far, and a premium never raises it. Reverts without a usable price.
    function settlementAnswer(Policy policy) internal view returns (uint256) {
        (uint256 price, uint256 second) = _answer(policy, 0);
        _requireUsable(policy, 0, price, second);
        return _clamped(policy, price);
    }

    /// @dev Price of the asset at place `i`, 18 decimals, in the feeds' common currency; 0: none. `second` is the other source's price if
    /// it contradicts the first, else 0.
    function _answer(Policy policy, uint256 i) private view returns (uint256 price, uint256 second) {
        price = _read(policy, i, policy.feed(i), policy.feedDecimals(i), policy.maxAge(i));
        address secondFeed = policy.secondFeed(i);
        if (secondFeed == address(0)) return (price, 0);
        second = _read(policy, i, secondFeed, policy.secondDecimals(i), policy.secondMaxAge(i));
        if (price == 0) return (second, 0);
        if (second == 0 || _apart(price, second) <= policy.deviationBps(i)) return (price, 0);
    }

    function _requireUsable(Policy policy, uint256 i, uint256 price, uint256 second) private pure {
        if (price == 0) revert ICollateralValuer.NoPrice(policy.feed(i));
        if (second != 0) revert ICollateralValuer.SourcesDisagree(policy.feed(i), price, second);
    }

    function _clamped(Policy policy, uint256 price) private pure returns (uint256) {
        unchecked {
            return Math.min(Math.max(price, (ONE * policy.pegFloorBps()) / BPS), ONE);
        }
    }

    function _relative(Policy policy, uint256 i, uint256 price, uint256 settlementPrice) private pure returns (uint256 result) {
        // Tokens have at most 18 decimals (see `PolicyBounds`), and the settlement price at most 18 digits after the point.
        unchecked {
            uint256 factor = 10 ** (18 + policy.decimals(0));
            uint256 divisor = settlementPrice * 10 ** policy.decimals(i);
            // 10 ** 36 has 120 bits; no price that anything was ever sold at has more than the rest of a word.
            result = price >> 136 == 0 ? (price * factor) / divisor : Math.mulDiv(price, factor, divisor);
        }
        // A bit less than a price has: what a lot starts at, up to a third above it, has 128 bits as well.
        if (result > type(uint128).max >> 1) revert ICollateralValuer.PriceOverflow(policy.feed(i));
    }

    /// @dev Zero if the feed has no usable answer, also if it reverts: a dead second source must not silence the first.
    function _read(Policy policy, uint256 i, address feed, uint256 feedDecimals, uint256 maxAge) private view returns (uint256 price) {
        (bool ok, int256 given, uint256 updatedAt) = _latest(feed);
        if (!ok || given <= 0 || uint256(given) > type(uint128).max) return 0;
        // Feeds have at most 18 decimals, and what they gave has 128 bits.
        unchecked {
            if (updatedAt > block.timestamp || block.timestamp - updatedAt > maxAge) return 0;
            price = uint256(given) * 10 ** (18 - feedDecimals);
        }
        uint256 most = policy.maxPrice(i);
        if (price < policy.minPrice(i) || (most != 0 && price > most)) return 0;
    }

    /// @dev As a low-level call that takes the five words and no more: a feed cannot make its reader run out of memory.
    function _latest(address feed) private view returns (bool ok, int256 given, uint256 updatedAt) {
        bytes4 selector = AggregatorV3Interface.latestRoundData.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, selector)
            ok := staticcall(gas(), feed, at, 0x04, at, 0xa0)
            if lt(gas(), mul(iszero(ok), FAILED_READ_GAS)) {
                revert(0, 0)
            }
            ok := and(ok, gt(returndatasize(), 0x9f))
            given := mload(add(at, 0x20))
            updatedAt := mload(add(at, 0x60))
        }
    }

    function _apart(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? ((a - b) * BPS) / a : ((b - a) * BPS) / a;
    }
}
