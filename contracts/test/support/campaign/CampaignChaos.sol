// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CampaignInvariants} from "./CampaignInvariants.sol";
import {Act} from "./CampaignNames.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignWallet} from "./CampaignWallet.sol";

/// @notice Markets, oracles, tokens, contract owners and time, at their worst.
abstract contract CampaignChaos is CampaignInvariants {
    function _unrest(uint256 seed) internal {
        uint256 kind = (seed >> 8) % 14;
        seed >>= 16;
        if (kind < 3) _movePrice(seed);
        else if (kind == 3) _stopFeed(seed);
        else if (kind == 4) _zeroFeed(seed);
        else if (kind == 5) _spoilToken(seed);
        else if (kind == 6) _blacklist(seed);
        else if (kind == 7) _hookToken(seed);
        else if (kind == 8) _upsetWallet(seed);
        else if (kind < 11) _jump(seed);
        else _heal();
    }

    function _movePrice(uint256 seed) private {
        uint256 i = seed % TOKENS;
        int256 answer = (feeds[i].answer() * int256(7_000 + ((seed >> 8) % 6_500))) / 10_000;
        int256[TOKENS] memory fair = [int256(1e8), 60_000e8, 3_000e8, 1e8];
        if (answer < fair[i] / 4 || answer > fair[i] * 4) answer = fair[i];
        if (i == 0 || i == 3) answer = (fair[i] * int256(9_000 + ((seed >> 8) % 1_200))) / 10_000;
        feeds[i].set(answer);
        _count(Act.MOVE_PRICE, true);
    }

    function _stopFeed(uint256 seed) private {
        feeds[seed % TOKENS].stop(clock);
        _count(Act.STOP_FEED, true);
    }

    function _zeroFeed(uint256 seed) private {
        feeds[seed % TOKENS].set(_chance(seed >> 8, 2) ? int256(0) : int256(-1));
        _count(Act.ZERO_FEED, true);
    }

    function _spoilToken(uint256 seed) private {
        CampaignToken.Manner[3] memory manners = [
            CampaignToken.Manner.REFUSE,
            CampaignToken.Manner.ANSWER_FALSE,
            CampaignToken.Manner.CHARGE
        ];
        tokens[seed % TOKENS].behave(manners[(seed >> 8) % 3]);
        _count(Act.SPOIL_TOKEN, true);
    }

    function _blacklist(uint256 seed) private {
        tokens[seed % TOKENS].refuse(_client(seed >> 8), true);
        _count(Act.BLACKLIST, true);
    }

    function _hookToken(uint256 seed) private {
        tokens[seed % TOKENS].watch(address(probe));
        _count(Act.HOOK_TOKEN, true);
    }

    function _upsetWallet(uint256 seed) private {
        CampaignWallet wallet = walletOf[players[_chance(seed, 2) ? 2 : 5]];
        CampaignWallet.Mood mood = CampaignWallet.Mood(1 + ((seed >> 8) % 3));
        wallet.feel(mood, abi.encodeCall(valuer.prices, (venues[(seed >> 16) % venues.length])));
        _count(Act.UPSET_WALLET, true);
    }

    function _jump(uint256 seed) private {
        uint256[4] memory most = [uint256(20 minutes), 2 hours, 1 days, 9 days];
        _pass(1 + ((seed >> 8) % most[seed % 4]));
        _count(Act.JUMP, true);
    }

    /// @dev Hostility lasts until this: most of a run must get somewhere.
    function _heal() internal {
        int256[TOKENS] memory fair = [int256(1e8), 60_000e8, 3_000e8, 1e8];
        for (uint256 i; i < TOKENS; ++i) {
            if (feeds[i].answer() <= 0) feeds[i].set(fair[i]);
            feeds[i].stop(0);
            tokens[i].behave(CampaignToken.Manner.SERVE);
            tokens[i].watch(address(0));
            for (uint256 j; j < CLIENTS; ++j) {
                if (tokens[i].refused(players[j])) tokens[i].refuse(players[j], false);
            }
        }
        walletOf[players[2]].feel(CampaignWallet.Mood.HONEST, "");
        walletOf[players[5]].feel(CampaignWallet.Mood.HONEST, "");
        _count(Act.HEAL, true);
    }
}
