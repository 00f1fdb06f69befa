// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountRecord} from "../../../src/interfaces/Types.sol";
import {CampaignFeed} from "./CampaignFeed.sol";
import {CampaignMaking} from "./CampaignMaking.sol";
import {CampaignToken} from "./CampaignToken.sol";

/// @notice What prices, values and the base must be, worked out here.
abstract contract CampaignPrices is CampaignMaking {
    /// @notice pool + what it holds in kind + sum of settled over pledged accounts, less what released accounts still claim.
    function _baseByHand(uint32 v) internal view returns (int256 base) {
        base = int256(uint256(settlement.book(v).pool));
        for (uint256 i = 1; i < ASSETS; ++i) {
            base += int256(uint256(settlement.inKind(v, address(_asset(v, i))).value));
        }
        for (uint256 i; i < players.length; ++i) {
            AccountRecord memory record = _record(players[i]);
            if (record.venue == v) base += record.settled;
            base -= int256(settlement.claims(v, players[i]));
        }
    }

    /// @notice An asset's price by the rules for one source or two, 18 decimals; 0: there is none, or the two contradict each other.
    function _sourceByHand(uint32 v, uint256 i) internal view returns (uint256) {
        uint256 first = _feed(v, i).usable(1 hours);
        if (!_hasSecond(v, i)) return first;
        uint256 second = _secondFeed(v, i).usable(SECOND_AGE);
        if (first == 0) return second;
        uint256 apart = first > second ? first - second : second - first;
        return second == 0 || (apart * 10_000) / first <= DEVIATION ? first : 0;
    }

    /// @notice Settlement units for 1e18 smallest units, by the rules of the feeds; not usable: there is no such price.
    function _livePrice(uint32 v, uint256 i) internal view returns (bool usable, uint256) {
        if (i == 0) return (true, WORD);
        (uint256 answer, uint256 cash) = (_sourceByHand(v, i), _sourceByHand(v, 0));
        if (answer == 0 || cash == 0) return (false, 0);
        // Clamped to [95%, 1].
        if (cash > 1e18) cash = 1e18;
        if (cash < 95e16) cash = 95e16;
        return (true, (answer * 10 ** (18 + _cash(v).decimals())) / (cash * 10 ** _asset(v, i).decimals()));
    }

    /// @dev Whether a source of the venue's takes all gas it is given: whoever reads two of them has none left to go on with.
    function _isGreedy(uint32 v) internal view returns (bool greedy) {
        for (uint256 i; i < ASSETS; ++i) {
            bool second = _hasSecond(v, i) && _secondFeed(v, i).manner() == CampaignFeed.Manner.TAKES_ALL_GAS;
            greedy = greedy || second || _feed(v, i).manner() == CampaignFeed.Manner.TAKES_ALL_GAS;
        }
    }

    /// @notice Value after haircuts worked out here; what waits to be withdrawn counts as gone.
    function _valueByHand(address account, AccountRecord memory record, uint128[] memory prices) internal view returns (uint256 value) {
        for (uint256 i; i < ASSETS; ++i) {
            value += (_freeByHand(account, record, i) * prices[i] * (i == 0 ? 10_000 : 9_000)) / WORD / 10_000;
        }
    }

    function _freeByHand(address account, AccountRecord memory record, uint256 i) internal view returns (uint256) {
        CampaignToken token = _asset(record.venue, i);
        uint256 held = token.balanceOf(account);
        uint256 pending = record.pendingMask & (1 << i) == 0 ? 0 : owners.pendingOf(account, address(token));
        return held > pending ? held - pending : 0;
    }

    /// @notice The same at live prices; not known: the account holds something that has no price.
    function _liveValueByHand(address account, AccountRecord memory record) internal view returns (bool known, uint256 value) {
        for (uint256 i; i < ASSETS; ++i) {
            uint256 held = _freeByHand(account, record, i);
            if (held == 0) continue;
            (bool usable, uint256 price) = _livePrice(record.venue, i);
            if (!usable) return (false, 0);
            value += (held * price * (i == 0 ? 10_000 : 9_000)) / WORD / 10_000;
        }
        return (true, value);
    }
}
