// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFailedVenue} from "../../../src/interfaces/IFailedVenue.sol";
import {CampaignExits} from "./CampaignExits.sol";
import {Act, Inv} from "./CampaignKinds.sol";

/// @notice Whoever a failed venue owes: registered in time, paid pro rata.
abstract contract CampaignFailures is CampaignExits {
    mapping(uint32 venue => bool) private _drawn;
    /// @dev What an account was given of its registered claim, in cash and at its value in kind, as the campaign measured it.
    mapping(uint32 venue => mapping(address account => uint256)) private _had;

    /// @notice What is left to do in a failed venue: register, collect, distribute.
    function _leadFailed(uint32 v, uint256 seed) internal {
        uint256 failedAt = registry.venueOf(v).failedAt;
        if (clock <= failedAt + 8 days) return _leadToShares(v, failedAt, seed);
        if (!_drawn[v]) {
            _drawn[v] = _try(Act.COLLECT_TRANCHES, STRANGER, abi.encodeCall(IFailedVenue.collectTranches, (v)));
            return;
        }
        if (_chance(seed >> 12, 3)) _contribute(v, seed >> 16);
        address account = _claimant(v, seed);
        if (account == address(0)) return;
        if (_chance(seed >> 24, 3)) return _claimShareInKind(v, account, seed >> 32);
        _distribute(v, account);
    }

    function _distribute(uint32 v, address account) private {
        uint256 cash = _cashOf(account, v);
        uint256 open_ = settlement.claims(v, account);
        if (!_try(Act.DISTRIBUTE, STRANGER, abi.encodeCall(IFailedVenue.distribute, (v, account)))) return;
        uint256 got = _cashOf(account, v) - cash;
        _require(settlement.claims(v, account) + got == open_, Inv.SETTLED_ONCE, "a share was paid wrongly");
        _had[v][account] += got;
        _checkNotAhead(v, account);
        _require(_isWhole(v, account), Inv.SETTLED_ONCE, "a share was left behind");
    }

    /// @dev Whether it has had all that its share of the cash comes to, unless the pool has no more.
    function _isWhole(uint32 v, address account) private view returns (bool) {
        uint256 pool_ = _poolCounts(v);
        return pool_ == 0 || _had[v][account] >= _shareOf(v, account, pool_ + _givenOut(v));
    }

    /// @dev Any account may be asked for at any time, so what it takes in kind is measured here too.
    function _claimShareInKind(uint32 v, address account, uint256 seed) internal {
        uint256 open_ = settlement.claims(v, account);
        _claimInKind(v, account, seed);
        if (!registry.venueOf(v).failed) return;
        _had[v][account] += open_ - settlement.claims(v, account);
        _checkNotAhead(v, account);
    }

    /// @dev settledOnce: a registered claim is what is left of a pledge's `due`, and its payment counts towards that N only. Who is paid ahead
    /// of the others is paid with what their own is to be settled with: so nobody has more than its share of all that has come in, paid
    /// out or waiting, to the unit.
    function _checkNotAhead(uint32 v, address account) private {
        uint256 all = _poolCounts(v) + _givenOut(v);
        for (uint256 i = 1; i < ASSETS; ++i) {
            all += settlement.inKind(v, address(_asset(v, i))).value;
        }
        _require(_had[v][account] <= _shareOf(v, account, all), Inv.SETTLED_ONCE, "paid ahead of the others");
    }

    function _shareOf(uint32 v, address account, uint256 total) private view returns (uint256) {
        uint256 all = registeredInAll[v];
        return all == 0 ? 0 : (registered[v][account] * _least(total, all)) / all;
    }

    function _givenOut(uint32 v) private view returns (uint256 sum) {
        for (uint256 i; i < players.length; ++i) {
            sum += _had[v][players[i]];
        }
    }

    function _poolCounts(uint32 v) private view returns (uint256) {
        return settlement.book(v).pool;
    }

    /// @dev Until the claim window ends: its accounts leave, and claims from before are registered.
    function _leadToShares(uint32 v, uint256 failedAt, uint256 seed) private {
        for (uint256 i; i < players.length; ++i) {
            uint256 open_ = settlement.claims(v, players[i]);
            uint256 before = registered[v][players[i]];
            if (open_ <= before) continue;
            bool ok = _try(Act.REGISTER_CLAIM, STRANGER, abi.encodeCall(IFailedVenue.registerClaim, (v, players[i])));
            if (ok) _registerByHand(v, players[i], open_ - before);
            return;
        }
        address member = _memberOf(v, seed >> 8);
        if (member != address(0) && !_chance(seed, 4)) return _leadExit(member, seed >> 16);
        if (_chance(seed >> 4, 3)) _pass(failedAt + 8 days + 1 - clock);
    }

    /// @notice Everybody who is registered asks, twice and in any order: then each has its share of the cash, and nobody a unit more.
    function _checkShares(uint32 v, uint256 seed) internal {
        if (!_drawn[v] || registeredInAll[v] == 0 || !_cash(v).serves(places[v].pool, address(0))) return;
        uint256 id = vm.snapshotState();
        for (uint256 i; i < 2 * players.length && broken == Inv.NONE; ++i) {
            address account = players[(seed + i) % players.length];
            if (registered[v][account] == 0 || _cash(v).refused(account)) continue;
            _distribute(v, account);
            _require(_isWhole(v, account), Inv.SETTLED_ONCE, "a share could not be had");
        }
        (Inv inv, bytes32 what) = (broken, brokenBy);
        vm.revertToStateAndDelete(id);
        _require(inv == Inv.NONE, inv, what);
    }
}
