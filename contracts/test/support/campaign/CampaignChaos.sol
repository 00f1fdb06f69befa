// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CampaignFeed} from "./CampaignFeed.sol";
import {Act} from "./CampaignKinds.sol";
import {CampaignOutages} from "./CampaignOutages.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignWallet} from "./CampaignWallet.sol";

/// @notice Markets, oracles, tokens, contract owners and time, at their worst.
abstract contract CampaignChaos is CampaignOutages {
    function _unrest(uint256 seed) internal {
        uint256 kind = (seed >> 8) % 20;
        seed >>= 16;
        if (kind < 3) _movePrice(seed);
        else if (kind == 3) _stopFeed(seed);
        else if (kind == 4) _zeroFeed(seed);
        else if (kind == 5) _spoilToken(seed);
        else if (kind == 6) _blacklist(seed);
        else if (kind == 7) _hookToken(seed);
        else if (kind == 8) _upsetWallet(seed);
        else if (kind < 11) _jump(seed);
        else if (kind == 11) _partSources(seed);
        else if (kind == 12) _stopSecond(seed);
        else if (kind == 13) _breakSource(seed);
        else if (kind == 14) _switchSequencer();
        else _heal();
    }

    function _movePrice(uint256 seed) private {
        uint256 i = seed % TOKENS;
        int256 answer = (feeds[i].answer() * int256(7_000 + ((seed >> 8) % 6_500))) / 10_000;
        int256 fair = _fairPrice(i);
        if (answer < fair / 4 || answer > fair * 4) answer = fair;
        if (i == 0 || i == 3) answer = (fair * int256(9_000 + ((seed >> 8) % 1_200))) / 10_000;
        feeds[i].set(answer);
        // The second source sees the same market, up to what still counts as agreement.
        seconds_[i].set(answer * int256(1e6 * (9_910 + ((seed >> 32) % 180))));
        _count(Act.MOVE_PRICE, true);
    }

    // -- second sources ------------------------------------------------------------------------------------------------------

    /// @dev Around the limit of agreement, or far beyond it.
    function _partSources(uint256 seed) private {
        uint256 i = seed % TOKENS;
        uint256 apart = _chance(seed >> 8, 3) ? 90 + ((seed >> 16) % 20) : 101 + ((seed >> 16) % 5_000);
        seconds_[i].set(feeds[i].answer() * int256(1e6 * (_chance(seed >> 40, 2) ? 10_000 + apart : 10_000 - apart)));
        _count(Act.PART_SOURCES, true);
    }

    function _stopSecond(uint256 seed) private {
        seconds_[seed % TOKENS].stop(clock);
        _count(Act.STOP_SECOND, true);
    }

    /// @dev Any source: it reverts, says too little, floods its reader, takes all gas, or needs much of it.
    function _breakSource(uint256 seed) private {
        CampaignFeed source = _chance(seed >> 8, 2) ? feeds[seed % TOKENS] : seconds_[seed % TOKENS];
        source.behave(CampaignFeed.Manner(1 + ((seed >> 16) % 5)));
        _count(Act.BREAK_SOURCE, true);
    }

    // -- the rest ------------------------------------------------------------------------------------------------------------

    function _switchSequencer() private {
        if (_isDown()) _comeUp();
        else _goDown();
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
        for (uint256 i; i < TOKENS; ++i) {
            if (feeds[i].answer() <= 0) feeds[i].set(_fairPrice(i));
            seconds_[i].set(feeds[i].answer() * 1e10);
            _healSource(feeds[i]);
            _healSource(seconds_[i]);
            tokens[i].behave(CampaignToken.Manner.SERVE);
            tokens[i].watch(address(0));
            for (uint256 j; j < CLIENTS; ++j) {
                if (tokens[i].refused(players[j])) tokens[i].refuse(players[j], false);
            }
        }
        walletOf[players[2]].feel(CampaignWallet.Mood.HONEST, "");
        walletOf[players[5]].feel(CampaignWallet.Mood.HONEST, "");
        _comeUp();
        _count(Act.HEAL, true);
    }

    function _healSource(CampaignFeed source) private {
        source.stop(0);
        source.behave(CampaignFeed.Manner.ANSWERS);
    }
}
