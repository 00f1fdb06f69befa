// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {VenueParameters} from "../interfaces/Types.sol";

/// @title The limits within which a venue may set its figures
/// @notice They are bytecode: no venue, key or quorum can step over them.
library PolicyBounds {
    /// @notice Least time between a call and a default, whatever the policy says.
    uint256 internal constant MIN_CURE = 10 minutes;

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
    }
}
