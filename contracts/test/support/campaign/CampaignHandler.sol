// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountRecord, AccountStatus, Flags, VenueState} from "../../../src/interfaces/Types.sol";
import {CampaignChaos} from "./CampaignChaos.sol";
import {CampaignForgers} from "./CampaignForgers.sol";
import {CampaignMembers} from "./CampaignMembers.sol";
import {Spot} from "./CampaignKinds.sol";
import {CampaignStarvers} from "./CampaignStarvers.sol";
import {CampaignStates} from "./CampaignStates.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignWallet} from "./CampaignWallet.sol";

/// @notice One run: all actors, each step one of them, and the invariants after it.
/// @dev Half of the steps lead some account on towards a rare state, by a plan that its pledge was given; the rest is anybody's.
abstract contract CampaignHandler is CampaignStates, CampaignMembers, CampaignChaos, CampaignStarvers, CampaignForgers {
    error NotTheCampaign();

    uint256 private constant PLANS = 9;
    uint256 private constant OFTEN = 25;

    /// @dev Each step is a call of its own: its memory ends with it.
    modifier own() {
        if (msg.sender != address(this)) revert NotTheCampaign();
        _;
    }

    /// @notice Makes the world that every run begins in.
    function found(bool sequenced) external own {
        _found(sequenced);
    }

    function begin(uint256 seed) external own {
        runSeed = seed;
        for (uint256 i; i < venues.length; ++i) {
            _settleIn(venues[i]);
            _fillFund(venues[i], _part(seed, i));
        }
        for (uint256 i; i < CLIENTS; ++i) {
            _pledgeTo(players[i], venues[i % 2], _part(seed, 16 + i));
            _topUp(players[i], _part(seed, 32 + i));
        }
    }

    function step(uint256 i) external own {
        stepNow = i;
        _pass(1);
        uint256 seed = _part(runSeed, 1_000 + i);
        _die(i);
        _do(seed);
        _look(_part(seed, 1));
        _checkAlways();
        if (i % OFTEN == OFTEN - 1) _checkOften(_part(seed, 2));
    }

    function finish() external own {
        stepNow = type(uint32).max;
        _checkOften(runSeed);
        for (uint256 i; i < venues.length; ++i) {
            _checkShares(venues[i], runSeed);
        }
        _checkWaysOut();
    }

    /// @dev The second venue dies in the first half of most runs, the first one late in some.
    function _die(uint256 i) private {
        uint256 when = runSeed % 500;
        if (i == when / 2) _lastRoots(venues[1]);
        if (i == 250 + when / 2 && runSeed % 3 == 0) _lastRoots(venues[0]);
    }

    /// @dev Some of its clients leave with a gain, and then it posts no roots any more.
    function _lastRoots(uint32 v) private {
        for (uint256 i; i < CLIENTS; ++i) {
            AccountRecord memory record = _record(players[i]);
            if (record.venue != v || record.status != AccountStatus.ACTIVE || _isReleasing(record)) continue;
            _postGain(players[i], _part(runSeed, 64 + i));
            _requestRelease(players[i]);
        }
        places[v].dying = true;
    }

    function _do(uint256 seed) private {
        uint256 kind = seed % 100;
        seed >>= 8;
        uint32 v = venues[(seed >> 240) % venues.length];
        if (places[v].dying && seed % (registry.venueOf(v).failed ? 3 : 6) == 0) return _leadDying(v, seed >> 8);
        if (seed % 3 == 1 && _series(v).spent()) return _leadSpent(v, seed >> 16);
        address account = _client(seed >> 8);
        if (kind < 52) _lead(account, seed >> 16);
        else if (kind < 64) _asOwner(account, seed >> 16);
        else if (kind < 68) _asVenue(account, v, seed >> 16);
        else if (kind < 72) _settle(v, seed >> 16);
        else if (kind < 75) _asTaker(seed >> 16);
        else if (kind < 80) _leadFund(v, seed >> 16);
        else if (kind < 85) _asPower(v, seed >> 16);
        else if (kind < 90) _aroundThePool(v, seed >> 16);
        else if (kind < 95) _unrest(seed >> 16);
        else if (kind < 96) _heal();
        else if (seed % 8 == 0) _starve(account, seed >> 16);
        else _forge(seed >> 16);
    }

    /// @dev Losses have emptied the members' tranche: the next series opens once no default is.
    function _leadSpent(uint32 v, uint256 seed) private {
        if (defaults.openDefaults(v) == 0) return _leadFund(v, seed);
        for (uint256 i; i < CLIENTS; ++i) {
            address account = _client(seed + i);
            AccountRecord memory record = _record(account);
            if (record.venue != v) continue;
            if (record.status == AccountStatus.CLOSING_OUT || record.status == AccountStatus.LOSS_FIXED) return _leadDefault(account, seed);
        }
    }

    // -- leading -------------------------------------------------------------------------------------------------------------

    function _lead(address account, uint256 seed) private {
        AccountRecord memory record = _record(account);
        if (record.venue == 0) return _leadUnpledged(account, seed);
        if (record.status == AccountStatus.EXITING) return _leadExit(account, seed);
        if (registry.venueOf(record.venue).failed) return _leadExit(account, seed);
        if (record.status == AccountStatus.CLOSING_OUT || record.status == AccountStatus.LOSS_FIXED) {
            return _leadDefault(account, seed);
        }
        if (exits.mayExit(account) != 0 && seed % 4 != 0) return seed % 5 == 0 ? _port(account, seed >> 8) : _leadExit(account, seed >> 8);
        if (record.status == AccountStatus.CALLED) return _leadDefault(account, seed);
        uint256 plan = _part(runSeed, uint256(uint160(account)) + vault.pledges(account)) % PLANS;
        if (plan < 3) _leadToDefault(account, seed);
        else if (plan == 3) _leadOwed(account, seed);
        else if (plan == 4) _leadDispute(account, seed);
        else if (plan == 5) _leadExit(account, seed);
        else if (plan == 6) _releaseWithConsent(account, seed);
        else if (plan == 7) _port(account, seed);
        else _leadDemand(account, seed);
    }

    function _leadUnpledged(address account, uint256 seed) private {
        uint32 v = venues[seed % venues.length];
        for (uint256 i; i < venues.length; ++i) {
            bool failed = registry.venueOf(venues[i]).failed;
            // Claims on a venue that dies are left for its end.
            if (places[venues[i]].dying && !failed) continue;
            if (settlement.claims(venues[i], account) != 0 && seed % 3 != 0) {
                if (failed) return _leadFailed(venues[i], seed >> 8);
                if (seed % 2 == 0 && address(_heldInKind(venues[i], 0)) != address(0)) {
                    return _claimShareInKind(venues[i], account, seed >> 8);
                }
                return _claim(venues[i], account, seed >> 8);
            }
        }
        if (seed % 4 == 0) return _withdraw(account, seed >> 8);
        if (places[v].dying) v = venues[venues.length - 1];
        if (registry.stateOf(v) != VenueState.LIVE) _post(v, true);
        _pledgeTo(account, v, seed >> 16);
        _topUp(account, seed >> 64);
    }

    function _leadToDefault(address account, uint256 seed) private {
        _sink(account, seed);
        _callMargin(account);
    }

    /// @dev Owes more than it has in cash: its collateral is sold for just that.
    function _leadOwed(address account, uint256 seed) private {
        AccountRecord memory record = _record(account);
        if (_isOwedAuction(record)) {
            uint256 i = 1 + (seed % 2);
            (uint256 lot, bool live) = _lotOf(account, i);
            if (!live) (lot, live) = _lotOf(account, i = 3 - i);
            if (!live) return;
            if (seed % 5 == 0) {
                _post(record.venue, true);
                return _refresh(account);
            }
            if (seed % 7 == 0) return _runOut(lot, account, i, seed >> 8);
            return _take(lot, account, i, type(uint128).max, seed >> 8);
        }
        _someCollateral(account, record.venue, seed);
        _postLoss(account, _cashOf(account, record.venue) / places[record.venue].unit + ((seed >> 8) % 500));
        if (seed % 3 == 0) return _payOwed(account, seed >> 16);
        uint256 settling = kept[record.venue].length;
        _pass(25 minutes + 1);
        _post(record.venue, false);
        if (seed % 2 == 0) _settleOne(account, settling);
        _startOwed(account, settling, 1 + ((seed >> 16) % 2));
    }

    // -- anybody's -----------------------------------------------------------------------------------------------------------

    function _asOwner(address account, uint256 seed) private {
        uint256 kind = seed % 12;
        seed >>= 8;
        // Not all who ask to leave go.
        if (_chance(seed >> 200, 5) && _isReleasing(_record(account))) return _cancelRelease(account);
        if (kind == 0) _withdraw(account, seed);
        else if (kind < 3) _withdrawWithConsent(account, seed);
        else if (kind < 8) _withdrawByRequest(account, seed);
        else if (kind < 10) _setLimits(account, seed);
        else if (kind == 10) _changeMind(account);
        else _setLimits(account, ((seed >> 8) << 8) | 4);
    }

    /// @dev Asks to leave, or to stay after all.
    function _changeMind(address account) private {
        if (_isReleasing(_record(account))) _cancelRelease(account);
        else _requestRelease(account);
    }

    function _asVenue(address account, uint32 v, uint256 seed) private {
        uint256 kind = seed % 4;
        if (kind < 2) _trade(account, seed >> 8);
        else if (kind == 2) _requireMargin(account, seed >> 8);
        else _post(v, seed % 8 != 3);
    }

    function _asTaker(uint256 seed) private {
        (uint256 lot, address account) = _someLot(seed);
        if (account == address(0)) return seed % 2 == 0 ? _callMargin(_client(seed >> 8)) : _declare(_client(seed >> 8), seed >> 16);
        if (seed % 4 == 0) _runOut(lot, account, lot & 0xff, seed >> 8);
        else _take(lot, account, lot & 0xff, 1 + ((seed >> 8) % 1e20), seed >> 80);
    }

    function _asPower(uint32 v, uint256 seed) private {
        uint256 kind = seed % 8;
        seed >>= 8;
        if (kind == 0) _pause(v);
        else if (kind < 4) _rotate(v, seed);
        else if (kind == 4) _publish(v, seed);
        else if (kind < 7) _adoptLater(v, seed);
        else _renewVenue(v);
    }

    function _aroundThePool(uint32 v, uint256 seed) private {
        uint256 kind = seed % 6;
        seed >>= 8;
        address claimant = _claimant(v, seed);
        if (kind == 0) _contribute(v, seed);
        else if (kind == 1 || kind == 5) _buyInKind(v, seed);
        else if (kind == 2 && claimant != address(0)) _claimShareInKind(v, claimant, seed >> 8);
        else if (kind == 3 && claimant != address(0)) _claim(v, claimant, seed >> 8);
        else _collectReward(v, seed % 2 == 0 ? DECLARER : STRANGER);
    }

    function _fillFund(uint32 v, uint256 seed) private {
        uint256 unit = places[v].unit;
        places[v].fund.fundVenueTranche((seed % 80) * unit);
        vm.prank(MEMBER);
        _cash(v).approve(address(_series(v)), type(uint256).max);
        vm.prank(MEMBER);
        _series(v).deposit((1 + ((seed >> 16) % 30)) * unit, MEMBER);
    }

    // -- where things stand --------------------------------------------------------------------------------------------------

    function _look(uint256 seed) private {
        _lookAtAccount(_client(seed));
        _lookAtVenue(venues[(seed >> 8) % venues.length]);
        CampaignToken token = tokens[(seed >> 16) % TOKENS];
        if (token.manner() != CampaignToken.Manner.SERVE) _visit(Spot.TOKEN_HOSTILE);
        if (token.witness() != address(0)) _visit(Spot.TOKEN_CALLS_BACK);
        if (feeds[(seed >> 24) % TOKENS].usable(1 hours) == 0) _visit(Spot.FEED_DEAD);
        if (walletOf[players[2]].mood() != CampaignWallet.Mood.HONEST) _visit(Spot.WALLET_HOSTILE);
        _lookAtSources(venues[(seed >> 32) % venues.length]);
        (uint256 lot, address sold) = _someLot(seed);
        if (sold == address(0)) return;
        _visit(Spot.LOT_LIVE);
        if (_isInterrupted(lot)) _visit(Spot.RUN_INTERRUPTED);
    }

    function _lookAtSources(uint32 v) private {
        if (_isDown()) _visit(Spot.SEQUENCER_DOWN);
        for (uint256 i; i < ASSETS; ++i) {
            if (!_hasSecond(v, i)) continue;
            bool first = _feed(v, i).usable(1 hours) != 0;
            bool second = _secondFeed(v, i).usable(SECOND_AGE) != 0;
            if (first != second) _visit(Spot.ONE_SOURCE_LEFT);
            else if (first && _sourceByHand(v, i) == 0) _visit(Spot.SOURCES_APART);
        }
    }

    function _lookAtAccount(address account) private {
        AccountRecord memory record = _record(account);
        _visit(Spot(uint8(record.status)));
        if (record.pendingMask != 0) _visit(Spot.WITHDRAWAL_WAITS);
        if (record.flags & Flags.BOOK != 0) _visit(Spot.ADDRESS_BOOK);
        if (record.flags & Flags.CAPPED != 0) _visit(Spot.DEBIT_CAPPED);
        if (record.flags & Flags.RELEASING != 0) _visit(Spot.RELEASING);
        if (record.flags & Flags.DEMANDED != 0) _visit(Spot.DEMANDED);
        if (_isOwedAuction(record)) _visit(Spot.OWED_AUCTION);
        if (deeds[account].disputing) _visit(Spot.DISPUTE_OPEN);
        else if (record.flags & Flags.DISPUTED != 0) _visit(Spot.DISPUTE_ENDED);
        if (record.venue != 0 && record.policyVersion != registry.policyVersion(record.venue)) _visit(Spot.OLDER_POLICY);
    }

    function _lookAtVenue(uint32 v) private {
        _visit(Spot(uint8(Spot.VENUE_LIVE) + uint8(registry.stateOf(v))));
        if (_isPaused(v)) _visit(Spot.VENUE_PAUSED);
        if (defaults.openDefaults(v) != 0) _visit(Spot.DEFAULT_OPEN);
        if (_series(v).spent()) _visit(Spot.SERIES_SPENT);
        if (places[v].fund.unreleased() != 0) _visit(Spot.PENALTY_STREAMS);
        if (_claimant(v, 0) != address(0)) _visit(Spot.CLAIM_OPEN);
        if (address(_heldInKind(v, 0)) != address(0)) _visit(Spot.HELD_IN_KIND);
    }
}
