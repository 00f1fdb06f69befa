// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDefaultManager} from "../../../src/interfaces/IDefaultManager.sol";
import {AccountProof, AccountStatus} from "../../../src/interfaces/Types.sol";
import {CampaignFeed} from "./CampaignFeed.sol";
import {CampaignKeepers} from "./CampaignKeepers.sol";
import {Act, Inv} from "./CampaignKinds.sol";

/// @notice Whoever sends so little gas that a source has none to answer with, and would be called by the other one alone.
abstract contract CampaignStarvers is CampaignKeepers {
    /// @dev The account is short by its first source, the second contradicts that, and needs much gas to say so.
    function _starve(address account, uint256 seed) internal {
        uint32 v = _venueOf(account);
        if (v == 0 || _status(account) != AccountStatus.ACTIVE || registry.venueOf(v).failed) return;
        uint256 i = v % 2 == 0 ? 1 : 2;
        _sink(account, seed >> 64);
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known || _freeByHand(account, _record(account), i) == 0) return;
        CampaignFeed second = _secondFeed(v, i);
        (int256 told, CampaignFeed.Manner manner) = (second.answer(), second.manner());
        second.set(_feed(v, i).answer() * 2e10);
        second.behave(CampaignFeed.Manner.HUNGRY);
        // Without a first answer there is nothing to contradict.
        if (_feed(v, i).usable(1 hours) != 0 && second.usable(SECOND_AGE) != 0) _callOnLittle(proof, seed);
        second.set(told);
        second.behave(manner);
    }

    /// @dev Enough for all but the second source, and some more each time.
    function _callOnLittle(AccountProof memory proof, uint256 seed) private {
        bytes memory data = abi.encodeCall(IDefaultManager.callMargin, (proof));
        for (uint256 i; i < 3; ++i) {
            gasGiven = 150_000 + ((seed >> (24 * i)) % 1_200_000);
            _refused(Act.REFUSED_STARVED, Inv.SOLVENT_STAYS_WHOLE, STRANGER, data, "called for want of gas");
        }
    }
}
