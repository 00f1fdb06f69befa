// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISettlementPool} from "../../../src/interfaces/ISettlementPool.sol";
import {AccountProof, AccountRecord, AccountStatus, EpochHeader, InKind, Leaf} from "../../../src/interfaces/Types.sol";
import {Act, Inv} from "./CampaignKinds.sol";
import {CampaignRelays} from "./CampaignRelays.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignTree} from "./CampaignTree.sol";

/// @notice The venues' trading and margins, settlement, which anybody sends, and what goes into and out of the pools.
abstract contract CampaignVenue is CampaignRelays {
    function _trade(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        if (record.venue == 0 || record.status > AccountStatus.CALLED) return;
        int256 result = int256(1 + ((seed >> 8) % (2_000 * places[record.venue].unit)));
        if (_chance(seed, 2)) result = -result;
        deeds[account].net += result;
        deeds[places[record.venue].house].net -= result;
        _count(Act.TRADE, true);
    }

    /// @dev Now and then an impossible requirement: it must not take anything.
    function _requireMargin(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        if (record.venue == 0 || record.status == AccountStatus.UNPLEDGED) return;
        uint256 unit = places[record.venue].unit;
        uint256 initial =
            _chance(seed, 2)
                ? 0
                : _chance(seed, 9)
                    ? type(uint96).max
                    : (seed >> 8) % (8_000 * unit);
        _setMargin(account, initial, initial / 2);
        _count(Act.MARGIN, true);
    }

    /// @notice Settles a range of leaves under one of the last roots.
    function _settle(uint32 v, uint256 seed) internal {
        uint256 last = kept[v].length;
        if (last == 0) return;
        if (!_chance(seed, 3)) _pass(15 minutes + 1 + ((seed >> 8) % 600));
        uint256 epoch = last - ((seed >> 32) % (last < 3 ? last : 3));
        uint256 n = kept[v][epoch - 1].leaves.code.length / 120;
        uint256 first = _chance(seed >> 64, 3) ? (seed >> 72) % n : 0;
        uint256 end = _chance(seed >> 96, 3) ? first + ((seed >> 104) % (n - first)) : n - 1;
        _settleRange(v, epoch, first, end);
    }

    function _settleOne(address account, uint256 epoch) internal {
        AccountRecord memory record = _record(account);
        if (_inRoot(record.venue, epoch, record.index)) _settleRange(record.venue, epoch, record.index, record.index);
    }

    function _settleRange(uint32 v, uint256 epoch, uint256 first, uint256 last) private {
        int256[] memory dues = new int256[](players.length);
        uint256[] memory cash = new uint256[](players.length);
        bytes memory leaves = _leavesOf(v, epoch);
        for (uint256 i; i < players.length; ++i) {
            (dues[i], cash[i]) = (_dueIn(leaves, players[i], v, first, last), _cashOf(players[i], v));
            if (dues[i] < 0) _allow(players[i], _cash(v), uint256(-dues[i]));
        }
        bytes memory data = _settleData(v, epoch, leaves, first, last);
        if (!_try(Act.SETTLE, address(this), data)) return;
        _require(!_isPaused(v), Inv.PAUSE_BOUNDED, "settled in a pause");
        for (uint256 i; i < players.length; ++i) {
            int256 change = int256(_cashOf(players[i], v)) - int256(cash[i]);
            if (change != 0) _bookSettled(players[i], v, epoch, dues[i], change);
        }
    }

    function _settleData(uint32 v, uint256 epoch, bytes memory leaves, uint256 first, uint256 last) private view returns (bytes memory) {
        (EpochHeader memory header, ) = _header(v, epoch);
        uint256 width = 1 << CampaignTree.depthOf(leaves.length / 120);
        bytes memory siblings = CampaignTree.rangePath(CampaignTree.build(leaves), width, first, last);
        return
            abi.encodeCall(ISettlementPool.settle, (header, uint32(first), CampaignTree.slice(leaves, first, last - first + 1), siblings));
    }

    /// @dev What the range's leaf says is due: nothing for whoever has none there, is in default or leaves.
    function _dueIn(bytes memory leaves, address account, uint32 v, uint256 first, uint256 last) private view returns (int256) {
        AccountRecord memory record = _record(account);
        if (record.venue != v || record.index < first || record.index > last || record.status > AccountStatus.CALLED) return 0;
        Leaf memory leaf = CampaignTree.unpacked(leaves, record.index);
        return leaf.account == account ? _netOf(leaf) - record.settled : int256(0);
    }

    /// @dev No more than what is due, under no older root than the last, and nothing that a dispute holds.
    function _bookSettled(address account, uint32 v, uint256 epoch, int256 due, int256 change) private {
        Deeds storage d = deeds[account];
        bool within = due > 0 ? change > 0 && change <= due : change < 0 && change >= due;
        _require(within && epoch >= d.lastEpoch, Inv.SETTLED_ONCE, "settlement overshot");
        d.lastEpoch = epoch;
        if (change > 0) {
            d.moved += change;
            return;
        }
        // Settled as it was before this.
        int256 settled = settledOf(account) - change;
        int256 net = _collectableByHand(account, settled + due, settled, kept[v][epoch - 1].snapshotBlock);
        _require(settled + change >= net, Inv.NEVER_PAYS_FOR_ANOTHER, "a disputed sum was taken");
        _took(account, uint256(-change), false, false);
    }

    /// @notice Door 2 by the owner's own hand.
    function _payOwed(address account, uint256 seed) internal {
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known) return;
        uint32 v = _venueOf(account);
        uint256 owed = _owedByHand(account, _netOf(proof.leaf));
        if (owed == 0) return;
        uint256 amount = 1 + (seed % owed);
        if (_chance(seed >> 128, 2)) _cash(v).mint(account, amount);
        uint256 cash = _cashOf(account, v);
        _allow(account, _cash(v), amount);
        if (_try(Act.PAY_OWED, ownerAt[account], abi.encodeCall(ISettlementPool.payOwed, (proof, amount)))) {
            _took(account, cash - _cashOf(account, v), true, false);
        }
    }

    // -- the pool ------------------------------------------------------------------------------------------------------------

    function _contribute(uint32 v, uint256 seed) internal {
        uint256 amount = 1 + (seed % (500 * places[v].unit));
        _try(Act.CONTRIBUTE, address(this), abi.encodeCall(ISettlementPool.contribute, (v, amount)));
    }

    /// @notice What a released account is still owed, in cash.
    function _claim(uint32 v, address account, uint256 seed) internal {
        uint256 open_ = settlement.claims(v, account);
        if (open_ == 0) return;
        if (_chance(seed, 2)) _contribute(v, seed >> 8);
        if (_chance(seed >> 4, 2)) _post(v, true);
        uint256 cash = _cashOf(account, v);
        if (!_try(Act.CLAIM, STRANGER, abi.encodeCall(ISettlementPool.claim, (v, account)))) return;
        uint256 paid = _cashOf(account, v) - cash;
        _require(paid <= open_ && settlement.claims(v, account) == open_ - paid, Inv.SETTLED_ONCE, "a claim was paid wrongly");
    }

    function _claimInKind(uint32 v, address account, uint256 seed) internal {
        uint256 open_ = settlement.claims(v, account);
        CampaignToken token = _heldInKind(v, seed);
        if (open_ == 0 || address(token) == address(0)) return;
        InKind memory held = settlement.inKind(v, address(token));
        bytes memory data = abi.encodeCall(ISettlementPool.claimInKind, (v, account, address(token), open_ / 2 + 1));
        uint256 before = token.balanceOf(account);
        if (!_try(Act.CLAIM_IN_KIND, ownerAt[account], data)) return;
        uint256 value = open_ - settlement.claims(v, account);
        uint256 got = token.balanceOf(account) - before;
        _require(got * held.value <= value * held.amount, Inv.POOL_COVERS, "more in kind than its value");
    }

    function _buyInKind(uint32 v, uint256 seed) internal {
        CampaignToken token = _heldInKind(v, seed);
        if (address(token) == address(0)) return;
        InKind memory held = settlement.inKind(v, address(token));
        uint256 amount = 1 + ((seed >> 8) % _least(held.amount, held.amount / 3 + 1));
        uint256 pool_ = _poolHolds(v);
        bytes memory data = abi.encodeCall(ISettlementPool.buyInKind, (v, address(token), amount, type(uint128).max, RECEIVER));
        if (!_try(Act.BUY_IN_KIND, STRANGER, data)) return;
        uint256 paid = _poolHolds(v) - pool_;
        _require(paid * held.amount >= amount * held.value, Inv.POOL_COVERS, "sold in kind below its value");
    }

    function _heldInKind(uint32 v, uint256 seed) internal view returns (CampaignToken) {
        for (uint256 i; i < ASSETS - 1; ++i) {
            CampaignToken token = _asset(v, 1 + ((seed + i) % (ASSETS - 1)));
            if (settlement.inKind(v, address(token)).value != 0) return token;
        }
        return CampaignToken(address(0));
    }

    /// @dev Some account with a claim on the venue's pool; none: the zero address.
    function _claimant(uint32 v, uint256 seed) internal view returns (address) {
        for (uint256 i; i < players.length; ++i) {
            address account = players[((seed % players.length) + i) % players.length];
            if (settlement.claims(v, account) != 0) return account;
        }
        return address(0);
    }
}
