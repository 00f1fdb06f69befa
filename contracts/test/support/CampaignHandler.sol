// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CampaignKeepers} from "./CampaignKeepers.sol";
import {CampaignMembers} from "./CampaignMembers.sol";
import {CampaignOwners} from "./CampaignOwners.sol";
import {CampaignVenue} from "./CampaignVenue.sol";

/// @notice Everything that owners, venue, members, keepers and strangers may do, and the invariants' checks.
abstract contract CampaignHandler is CampaignKeepers, CampaignMembers, CampaignOwners, CampaignVenue {
    /// @notice Fails with what broke the invariant of this name, if a step did.
    function check(string calldata name) external view {
        assertTrue(bytes(broken[name]).length == 0, string.concat(name, ": ", broken[name]));
    }

    function checkBase() external view {
        assertEqInt(settlement.base(venue), _baseByHand(), "poolCovers: base = pool + settled - claims");
        assertEq(usdc.balanceOf(pool), uint256(settlement.book(venue).pool) + donated, "poolCovers: the pool has what it counts");
    }

    function checkSettled() external view {
        for (uint256 i; i < players.length; ++i) {
            assertEqInt(settledOf(players[i]), moved[players[i]], "settledOnce: settled is what moved");
        }
    }

    function checkRoots() external view {
        assertEq(attestationLog.newest(venue), postedHashes.length, "rootsAppendOnly: as many as were posted");
        for (uint64 i; i < postedHashes.length; ++i) {
            (bytes32 structHash, ) = attestationLog.posted(venue, i + 1);
            assertEqHash(structHash, postedHashes[i], "rootsAppendOnly: never overwritten");
        }
    }
}
