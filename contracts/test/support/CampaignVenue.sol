// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {EpochHeader, RootPrices} from "../../src/interfaces/Types.sol";
import {CampaignWorld} from "./CampaignWorld.sol";
import {TestFeed} from "./TestFeed.sol";

/// @notice The campaign's venue: trades, margins, roots, and the settlement that anybody may send.
abstract contract CampaignVenue is CampaignWorld {
    function trade(uint256 who, uint256 amount, bool wins) external step {
        address account = _client(who);
        if (!_pledged(account) || _isClosing(account)) return;
        int256 result = int256(bound(amount, 1, 2_000e6));
        if (!wins) result = -result;
        net[account] += result;
        net[players[0]] -= result;
        _count("trade", true);
    }

    function margin(uint256 who, uint256 initial, uint256 maintenance) external step {
        address account = _client(who);
        if (!_pledged(account)) return;
        // Half of the time the account has no positions: then it can take out what it does not owe.
        uint256 required = initial % 2 == 0 ? 0 : bound(initial, 0, 8_000e6);
        setMargin(account, uint96(required), uint96(bound(maintenance, 0, required)));
        _count("margin", true);
    }

    function post(bool settles) external step {
        nextBlock();
        _post(settles);
    }

    /// @notice The last root once more, a root with a gap, and one whose credits nobody covers: all must be refused.
    function postWrongly(uint256 extra) external step {
        uint256 last = roots[venue].length;
        if (last == 0) return;
        _refused(roots[venue][last - 1].header, roots[venue][last - 1].prices, "rootsAppendOnly", "a root was posted twice");
        nextBlock();
        settlement.checkpoint(venue);
        nextBlock();
        RootPrices memory prices = livePrices(venue);
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        header.epoch += 1;
        _refused(header, prices, "rootsAppendOnly", "an epoch was skipped");
        header.epoch -= 1;
        header.totalCredit = uint128(uint256(int256(uint256(header.totalDebit)) + _baseByHand() + 1 + int256(bound(extra, 0, 1e12))));
        _refused(header, prices, "poolCovers", "a root credits more than debits and base");
    }

    /// @notice Settles everybody under one of the last roots, the venue's own book first.
    function settleAll(uint256 back, uint256 later) external step {
        uint256 last = roots[venue].length;
        if (last == 0) return;
        advance(bound(later, 1, 40 minutes));
        uint256 epoch = last - bound(back, 0, last < 4 ? last - 1 : 3);
        uint256 n = roots[venue][epoch - 1].leaves.length;
        // Sometimes one range over everybody, else one for each account and its neighbours.
        if (later % 4 == 0 && n <= 32) return _settleRange(epoch, 0, n - 1);
        for (uint256 i; i < players.length; ++i) {
            uint256 index = vault.record(players[i]).index;
            if (!_pledged(players[i]) || index >= n) continue;
            _settleRange(epoch, index, _least(index + ((later >> 8) % 3), n - 1));
        }
    }

    function _settleRange(uint256 epoch, uint256 first, uint256 last) private {
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, epoch, uint32(first), uint32(last));
        int256[] memory dues = new int256[](players.length);
        int256[] memory cash = new int256[](players.length);
        for (uint256 i; i < players.length; ++i) {
            (dues[i], cash[i]) = (_dueIn(epoch, players[i], first, last), int256(usdc.balanceOf(players[i])));
            if (dues[i] < 0) _allow(players[i], usdc, uint256(-dues[i]));
        }
        bytes memory data = abi.encodeCall(ISettlementPool.settle, (header, uint32(first), leaves, siblings));
        if (!_try("settle", address(this), address(vault), data)) return;
        for (uint256 i; i < players.length; ++i) {
            _checkSettled(players[i], dues[i], int256(usdc.balanceOf(players[i])) - cash[i]);
        }
    }

    /// @dev What the range's leaf of an account says is due; nothing if it has none there.
    function _dueIn(uint256 epoch, address account, uint256 first, uint256 last) private view returns (int256) {
        uint256 index = vault.record(account).index;
        if (!_pledged(account) || index < first || index > last) return 0;
        if (roots[venue][epoch - 1].leaves[index].account != account) return 0;
        return
            int256(uint256(roots[venue][epoch - 1].leaves[index].credit)) -
            int256(uint256(roots[venue][epoch - 1].leaves[index].debit)) -
            settledOf(account);
    }

    function _checkSettled(address account, int256 due, int256 change) private {
        moved[account] += change;
        if (change < 0) ++succeeded["settledDebit"];
        if (change > 0) ++succeeded["settledCredit"];
        int256 rest = due - change;
        _require(due >= 0 ? rest >= 0 && rest <= due : rest <= 0 && rest >= due, "settledOnce", "settlement overshot");
        _require(change == 0 || !_isClosing(account), "settledOnce", "an account in default was settled");
    }

    function move(uint256 which, uint256 bps) external step {
        TestFeed feed = which % 2 == 0 ? btcFeed : ethFeed;
        int256 answer = (feed.answer() * int256(bound(bps, 7_000, 13_500))) / 10_000;
        setPrice(feed, answer < 1e8 ? int256(1e8) : answer);
        _count("move", true);
    }

    function pass(uint256 time) external step {
        advance(bound(time, 1, 2 hours));
    }

    function _refused(EpochHeader memory header, RootPrices memory prices, string memory name, string memory what) private {
        bytes32 digest = headerDigest(header);
        bytes memory data = abi.encodeCall(IAttestationLog.post, (header, prices, signAs(VENUE_KEY, digest), attest(digest, 2)));
        _require(!_try("postWrongly", address(this), address(vault), data), name, what);
    }
}
