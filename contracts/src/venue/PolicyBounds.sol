// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {AssetConfig, VenueParameters} from "../interfaces/Types.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title The limits within which a venue may set its figures
/// @notice They are bytecode: no venue, key or quorum can step over them.
library PolicyBounds {
    /// @notice Least time between a call and a default, whatever the policy says.
    uint256 internal constant MIN_CURE = 10 minutes;
    /// @notice Longest time for which a live venue may hold an account that wants to leave.
    uint256 internal constant MOST_RELEASE = 14 days;

    /// @notice Reverts `OutOfBounds` naming the figure unless lowest <= given <= highest.
    function within(string memory what, uint256 given, uint256 lowest, uint256 highest) internal pure {
        if (given < lowest || given > highest) revert IVenueRegistry.OutOfBounds(what, given, lowest, highest);
    }

    /// @notice Reverts unless every figure is within its bounds.
    function requireWithin(VenueParameters calldata p) internal pure {
        within("heartbeat", p.heartbeat, 1 minutes, 1 days);
        within("cureWindow", p.cureWindow, MIN_CURE, 7 days);
        within("callTtl", p.callTtl, 1 hours, 7 days);
        within("closeOutDeadline", p.closeOutDeadline, 1 hours, 14 days);
        within("disputeWindow", p.disputeWindow, 10 minutes, 7 days);
        within("auctionDuration", p.auctionDuration, 10 minutes, 2 days);
        // A member cannot leave faster than a default that has already begun is resolved.
        uint256 longest = uint256(p.heartbeat) + p.cureWindow + p.closeOutDeadline + p.disputeWindow;
        within("fundNotice", p.fundNotice, longest, 90 days);
        within("startBps", p.startBps, 10_000, 13_000);
        within("floorBps", p.floorBps, 2_000, 10_000);
        within("maxResets", p.maxResets, 0, 10);
        within("rewardBps", p.rewardBps, 0, 500);
        within("penaltyBps", p.penaltyBps, 0, 1_000);
        within("memberCapBps", p.memberCapBps, 0, 1_000_000);
        within("pegFloorBps", p.pegFloorBps, 5_000, 10_000);
        within("suspendAfter", p.suspendAfter, p.heartbeat, 7 days);
        within("releaseLimit", p.releaseLimit, 1 hours, MOST_RELEASE);
        // Whoever does not like a later version can be out before it binds.
        within("policyDelay", p.policyDelay, uint256(p.releaseLimit) + 7 days, 90 days);
        within("exitChallenge", p.exitChallenge, 1 hours, 7 days);
        within("confirmLimit", p.confirmLimit, 1 hours, 14 days);
        // Whoever starts an exit in the first week after the failure is through its challenge in time to register.
        within("claimWindow", p.claimWindow, uint256(p.exitChallenge) + 7 days, 90 days);
        within("demandWindow", p.demandWindow, 10 minutes, 7 days);
        within("feedLimit", p.feedLimit, 10 minutes, 7 days);
        within("maxDemands", p.maxDemands, 1, 10_000);
        within("failingDemands", p.failingDemands, 1, p.maxDemands);
    }

    /// @notice Reads an asset's decimals from its token and feeds, and checks its figures.
    function checked(AssetConfig calldata given) internal view returns (AssetConfig memory asset) {
        asset = given;
        if (asset.token.code.length == 0) revert IVenueRegistry.NotAToken(asset.token);
        within("haircutBps", asset.haircutBps, 0, 10_000);
        within("maxAge", asset.maxAge, 1 minutes, 2 days);
        if (asset.maxPrice != 0) within("maxPrice", asset.maxPrice, uint256(asset.minPrice) + 1, type(uint128).max);
        asset.decimals = IERC20Metadata(asset.token).decimals();
        within("decimals", asset.decimals, 0, 18);
        asset.feedDecimals = _decimals(asset.feed);
        if (asset.secondFeed == address(0)) return asset;
        within("secondMaxAge", asset.secondMaxAge, 1 minutes, 2 days);
        within("deviationBps", asset.deviationBps, 1, 5_000);
        asset.secondDecimals = _decimals(asset.secondFeed);
    }

    function _decimals(address feed) private view returns (uint8 decimals) {
        if (feed.code.length == 0) revert IVenueRegistry.NotAFeed(feed);
        decimals = AggregatorV3Interface(feed).decimals();
        within("feedDecimals", decimals, 0, 18);
    }
}
