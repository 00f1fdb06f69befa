// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExitDesk} from "../../../src/interfaces/IExitDesk.sol";
import {IReleases} from "../../../src/interfaces/IReleases.sol";
import {AccountProof, AccountRecord, AccountStatus, Exit, Leaf, PledgeTerms} from "../../../src/interfaces/Types.sol";
import {CampaignDisputes} from "./CampaignDisputes.sol";
import {Act, Inv} from "./CampaignKinds.sol";
import {CampaignOwners} from "./CampaignOwners.sol";
import {CampaignToken} from "./CampaignToken.sol";

/// @notice Whoever leaves: by time, by consent, to another venue, or from a failed one.
abstract contract CampaignExits is CampaignDisputes, CampaignOwners {
    bytes32 private constant RELEASE_CONSENT = keccak256(
        "ReleaseConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint40 deadline)"
    );
    bytes32 private constant PORT_CONSENT = keccak256(
        "PortConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint32 newVenue,uint40 deadline)"
    );

    /// @dev What a failed venue pays pro rata, as the campaign knows it.
    mapping(uint32 venue => mapping(address account => uint256)) internal registered;
    mapping(uint32 venue => uint256) internal registeredInAll;

    function _requestRelease(address account) internal {
        AccountRecord memory record = _record(account);
        bool ok = _byOwner(Act.REQUEST_RELEASE, Act.RELAY_REQUEST_RELEASE, account, abi.encodeCall(IExitDesk.requestRelease, (account)));
        if (record.venue == 0 || _isReleasing(record) || record.status == AccountStatus.EXITING) return;
        _require(ok, Inv.EXIT_ALWAYS_OPEN, "a release was refused");
    }

    function _cancelRelease(address account) internal {
        _byOwner(Act.CANCEL_RELEASE, Act.RELAY_CANCEL_RELEASE, account, abi.encodeCall(IExitDesk.cancelRelease, (account)));
    }

    /// @notice Leads a leaving account one step on: asks, waits, states, is challenged, pays, is out.
    function _leadExit(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        if (record.status == AccountStatus.EXITING) return _leadExiting(account, record.venue, seed);
        if (exits.mayExit(account) != 0) return _beginExit(account, record.venue, seed);
        if (!_isReleasing(record)) {
            uint256 beyond = _chance(seed >> 4, 2) ? _cashOf(account, record.venue) / places[record.venue].unit : 0;
            if (_chance(seed, 4)) _postGain(account, seed >> 8);
            else _postLoss(account, beyond + ((seed >> 8) % 800));
            return _requestRelease(account);
        }
        if (_chance(seed, 4)) return _cancelRelease(account);
        _pass(6 hours + 1);
        _require(exits.mayExit(account) != 0, Inv.REPORTS_LOCK_NEVER_TAKE, "held longer than releaseLimit");
    }

    function _beginExit(address account, uint32 v, uint256 seed) private {
        uint256 epoch = _lastBeforeFreeze(account, v);
        uint32 index = _record(account).index;
        uint256 way = seed % 4;
        address owner = ownerAt[account];
        if (way == 0 || !_inRoot(v, epoch, index)) {
            bool ok = _try(Act.START_EXIT, owner, abi.encodeCall(IExitDesk.startExit, (account)));
            _require(ok, _isPaused(v) ? Inv.PAUSE_BOUNDED : Inv.EXIT_ALWAYS_OPEN, "an exit did not begin");
            return;
        }
        if (way == 1 && _inRoot(v, epoch - 1, index)) {
            _startWithProof(account, _proof(v, epoch - 1, index), owner);
            return;
        }
        if (way == 2) _pass(1 hours + 1);
        _startWithProof(account, _proof(v, epoch, index), _chance(seed >> 8, 2) ? STRANGER : owner);
    }

    function _startWithProof(address account, AccountProof memory proof, address sender) private {
        bool fixed_ = _status(account) == AccountStatus.LOSS_FIXED;
        int256 fixedNet = _caseOf(account).finalNet;
        if (!_try(Act.START_EXIT_WITH_PROOF, sender, abi.encodeCall(IExitDesk.startExitWithProof, (proof)))) return;
        int256 net = exits.exitOf(account).net;
        _require(net == (fixed_ ? fixedNet : _netOf(proof.leaf)), Inv.SETTLED_ONCE, "an exit states another N");
    }

    function _leadExiting(address account, uint32 v, uint256 seed) private {
        Exit memory exit = exits.exitOf(account);
        if (clock <= exit.challengeUntil) {
            if (!_chance(seed, 3) && exit.epoch <= kept[v].length) _challenge(account, v, exit, seed >> 8);
            else _pass(exit.challengeUntil - clock + 1);
            return;
        }
        if (deeds[account].disputing) return _endDispute(account, seed);
        uint256 owed = exits.exitOwed(account);
        if (owed == 0) return _finishExit(account, v);
        uint256 way = (seed >> 8) % 8;
        if (way == 0) _payExitFor(account, v, owed, seed >> 16);
        else if (way < 3) _sellForExit(account, v, seed >> 16);
        else if (way < 5) _payExitInKind(account, v, seed >> 16);
        else _payExit(account, v, _chance(seed >> 16, 3) ? STRANGER : ownerAt[account]);
        if (_chance(seed >> 24, 2)) _finishExit(account, v);
    }

    function _challenge(address account, uint32 v, Exit memory exit, uint256 seed) private {
        uint256 epoch = _lastBeforeFreeze(account, v);
        if (epoch > 1 && _chance(seed, 4)) --epoch;
        if (!_inRoot(v, epoch, _record(account).index)) return _pass(exit.challengeUntil - clock + 1);
        AccountProof memory proof = _proof(v, epoch, _record(account).index);
        bool ok = _try(Act.CHALLENGE_EXIT, STRANGER, abi.encodeCall(IExitDesk.challengeExit, (proof)));
        _require(!ok || epoch > exit.epoch, Inv.SETTLED_ONCE, "an older leaf replaced a newer");
        uint256 until = exits.exitOf(account).challengeUntil;
        _require(until <= exit.challengeUntil, Inv.EXIT_ALWAYS_OPEN, "a challenge was stretched");
        if (!ok && until >= clock) _pass(until - clock + 1);
    }

    function _payExit(address account, uint32 v, address sender) private {
        uint256 owed = exits.exitOwed(account);
        uint256 cash = _cashOf(account, v);
        _allow(account, _cash(v), owed);
        bool ok = _try(Act.PAY_EXIT, sender, abi.encodeCall(IExitDesk.payExit, (account)));
        if (ok) return _took(account, cash - _cashOf(account, v), sender == ownerAt[account], false);
        bool could = cash != 0 && _servesPool(account, v) && sender == ownerAt[account];
        _require(!could, _isPaused(v) ? Inv.PAUSE_BOUNDED : Inv.EXIT_ALWAYS_OPEN, "an exit could not pay");
    }

    function _payExitFor(address account, uint32 v, uint256 owed, uint256 seed) private {
        uint256 pool_ = _poolHolds(v);
        uint256 amount = _chance(seed, 2) ? owed : 1 + ((seed >> 8) % owed);
        if (!_try(Act.PAY_EXIT_FOR, STRANGER, abi.encodeCall(IExitDesk.payExitFor, (account, amount)))) return;
        deeds[account].others += _poolHolds(v) - pool_;
    }

    function _payExitInKind(address account, uint32 v, uint256 seed) private {
        if (kept[v].length == 0) return;
        if (!_chance(seed, 4)) _pass(7 days + 1);
        uint256 i = (seed >> 8) % ASSETS;
        AccountProof memory proof = _priceProof(account, v);
        uint256 owed = exits.exitOwed(account);
        uint256 held = _asset(v, i).balanceOf(account);
        uint256 before = _kindOf(v, i);
        _allow(account, _asset(v, i), held);
        address sender = _chance(seed >> 16, 3) ? STRANGER : ownerAt[account];
        bytes memory data = abi.encodeCall(IExitDesk.payExitInKind, (proof, address(_asset(v, i))));
        if (!_try(Act.PAY_EXIT_IN_KIND, sender, data)) return;
        uint256 value = _kindOf(v, i) - before;
        _took(account, value, sender == ownerAt[account], true);
        _require(value <= owed, Inv.EXIT_ALWAYS_OPEN, "paid in kind beyond what it owed");
        uint256 given = held - _asset(v, i).balanceOf(account);
        if (_asset(v, i).manner() != CampaignToken.Manner.SERVE || given == 0) return;
        uint256 worth = ((given - 1) * proof.prices.collateral[i]) / WORD;
        _require(worth <= value + 1, Inv.EXIT_ALWAYS_OPEN, "paid in kind below its price");
    }

    /// @dev What the pool counts of an asset, settlement units.
    function _kindOf(uint32 v, uint256 i) private view returns (uint256) {
        return i == 0 ? settlement.book(v).pool : settlement.inKind(v, address(_asset(v, i))).value;
    }

    function _sellForExit(address account, uint32 v, uint256 seed) private {
        uint256 i = 1 + (seed % 2);
        (uint256 lot, bool live) = _lotOf(account, i);
        if (!live) {
            if (_asset(v, i).balanceOf(account) == 0) _someCollateral(account, v, seed >> 8);
            return _startExitSale(account, i, _chance(seed >> 64, 4) ? STRANGER : ownerAt[account]);
        }
        if (_chance(seed >> 64, 4)) {
            _pass(10 minutes + 1);
            if (_reset(lot)) return;
        }
        _take(lot, account, i, type(uint128).max, seed >> 72);
    }

    /// @dev lossConserved: what the account cannot pay is the venue's own tranche's, then a shortfall; no member pays for it.
    function _finishExit(address account, uint32 v) internal {
        AccountRecord memory record = _record(account);
        Standing memory before = _standing(account, v);
        uint256 owed = exits.exitOwed(account);
        int256 net = exits.exitOf(account).net;
        bool failed = registry.venueOf(v).failed;
        if (!_try(Act.FINISH_EXIT, STRANGER, abi.encodeCall(IExitDesk.finishExit, (account)))) return;
        Standing memory now_ = _standing(account, v);
        uint256 tier = now_.pool - before.pool;
        _require(tier + now_.shortfalls - before.shortfalls == owed, Inv.LOSS_CONSERVED, "an exit's loss is not shared out");
        _require(now_.members == before.members, Inv.LOSS_CONSERVED, "members paid for an exit");
        _require(before.own - now_.own == tier, Inv.LOSS_CONSERVED, "the tranche paid another sum");
        bool spent = tier == owed || now_.own == 0 || failed || !_cash(v).serves(address(places[v].fund), places[v].pool);
        _require(spent, Inv.LOSS_CONSERVED, "a shortfall beside venue money");
        uint256 owing = _positive(net - before.settled);
        _require(now_.claims - before.claims == owing, Inv.SETTLED_ONCE, "a leaver's owing was lost");
        if (failed && clock <= uint256(registry.venueOf(v).failedAt) + 8 days) _registerByHand(v, account, owing);
        _require(_noLots(account, v, record.index), Inv.AUCTION_BOUNDED, "a lot outlived its pledge");
        _forget(account, v, record.index);
    }

    function _registerByHand(uint32 v, address account, uint256 owing) internal {
        registered[v][account] += owing;
        registeredInAll[v] += owing;
    }

    function _noLots(address, uint32 v, uint32 index) private view returns (bool none) {
        none = true;
        for (uint256 i = 1; i < ASSETS; ++i) {
            try auction.lotOf((((uint256(v) << 32) | index) << 8) | i) {
                none = false;
            } catch {
                continue;
            }
        }
    }

    // -- in one step ---------------------------------------------------------------------------------------------------------

    /// @notice Leaves at once with the venue's consent, once the newest root shows no requirement.
    function _releaseWithConsent(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        uint32 v = record.venue;
        _readyToLeave(account, v, seed);
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known) return;
        uint40 deadline = uint40(clock + 1 hours);
        bytes32 digest = _digest(keccak256(abi.encode(RELEASE_CONSENT, account, v, record.index, proof.header.epoch, deadline)));
        bytes memory data = abi.encodeCall(IReleases.releaseWithConsent, (proof, deadline, _venueSigns(v, digest)));
        _sendLeaving(Act.RELEASE_WITH_CONSENT, account, record, proof.leaf, data);
    }

    /// @notice Goes over to another venue, by the old one's consent or because it may leave.
    function _port(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        uint32 v = record.venue;
        uint32 to = venues[(seed >> 200) % venues.length];
        if (to == v) to = venues[((seed >> 200) + 1) % venues.length];
        if (registry.venueOf(to).failed) return;
        bool may = exits.mayExit(account) != 0;
        if (!may) _readyToLeave(account, v, seed);
        uint256 epoch = may ? _lastBeforeFreeze(account, v) : kept[v].length;
        if (!_inRoot(v, epoch, record.index)) return;
        AccountProof memory proof = _proof(v, epoch, record.index);
        uint96 cap = _chance(seed >> 8, 3) ? uint96((100 + ((seed >> 16) % 3_000)) * places[to].unit) : type(uint96).max;
        PledgeTerms memory terms = _termsOf(account, to, cap);
        bytes memory consent = may ? bytes("") : _portConsent(account, v, record.index, proof.header.epoch, terms);
        bytes32 digest = pledgeDigest(terms);
        bytes memory data = abi.encodeCall(IReleases.port, (proof, terms, _ownerSigns(account, digest), _venueSigns(to, digest), consent));
        if (_sendLeaving(Act.PORT, account, record, proof.leaf, data)) _entered(account, to, cap);
    }

    function _portConsent(
        address account,
        uint32 v,
        uint32 index,
        uint64 epoch,
        PledgeTerms memory terms
    ) private view returns (bytes memory) {
        bytes32 structHash = keccak256(abi.encode(PORT_CONSENT, account, v, index, epoch, terms.venue, terms.deadline));
        return _venueSigns(v, _digest(structHash));
    }

    function _readyToLeave(address account, uint32 v, uint256 seed) private {
        _setMargin(account, 0, 0);
        if (_chance(seed >> 24, 2)) _postLoss(account, (seed >> 32) % 800);
        else _post(v, true);
        if (!_chance(seed >> 40, 4)) _cash(v).mint(account, _owedByHand(account, deeds[account].net));
    }

    function _sendLeaving(
        Act act,
        address account,
        AccountRecord memory record,
        Leaf memory leaf,
        bytes memory data
    ) private returns (bool ok) {
        uint32 v = record.venue;
        uint256 owed = _owedByHand(account, _netOf(leaf));
        uint256 claims = settlement.claims(v, account);
        uint256 pool_ = settlement.book(v).pool;
        address owner = ownerAt[account];
        _allow(account, _cash(v), owed);
        ok = _try(act, owner, data);
        if (!ok) return false;
        _require(settlement.book(v).pool - pool_ == owed, Inv.SETTLED_ONCE, "left without paying what it owed");
        uint256 owing = _positive(_netOf(leaf) - record.settled);
        _require(settlement.claims(v, account) - claims == owing, Inv.SETTLED_ONCE, "a leaver's owing was lost");
        _forget(account, v, record.index);
        _remember(owner, data);
        _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, owner, data, "a leave was replayed");
    }

    /// @dev Somebody who is still pledged to it.
    function _memberOf(uint32 v, uint256 seed) internal view returns (address) {
        for (uint256 i; i < players.length; ++i) {
            address account = players[((seed % players.length) + i) % players.length];
            if (_venueOf(account) == v) return account;
        }
        return address(0);
    }
}
