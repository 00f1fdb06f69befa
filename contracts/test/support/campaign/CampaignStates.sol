// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IVenueRegistry} from "../../../src/interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../../../src/interfaces/IVenueStates.sol";
import {Venue, VenueParameters, VenueState} from "../../../src/interfaces/Types.sol";
import {CampaignFailures} from "./CampaignFailures.sol";
import {Act, Inv} from "./CampaignKinds.sol";

/// @notice Guardians, key rotations, policies, and venues that die.
abstract contract CampaignStates is CampaignFailures {
    bytes32 private constant QUORUM_CHANGE = keccak256(
        "QuorumChange(uint32 venue,address present,uint40 waiting,address venueKey,address guardian,address[] attestors,uint8 threshold)"
    );

    /// @dev Keys that wait: (seed of the attestors, venue key, guardian's key, when).
    mapping(uint32 venue => uint256[4]) private _waiting;

    function _pause(uint32 v) internal {
        uint256 from = pausedFrom[v];
        address guardian = vm.addr(places[v].guardianKey);
        bool ok = _try(Act.PAUSE, guardian, abi.encodeCall(IVenueStates.pause, (v)));
        bool may = from == 0 || clock >= from + 1 days + 7 days;
        _require(ok == may, Inv.PAUSE_BOUNDED, "pauses were chained, or refused");
        if (!ok) return;
        if (from != 0) pausedBefore[v] += 1 days;
        pausedFrom[v] = clock;
    }

    /// @notice Begins a change of all keys, or puts one into effect that has waited its day.
    function _rotate(uint32 v, uint256 seed) internal {
        if (_waiting[v][3] != 0 && !_chance(seed, 5)) {
            if (!_chance(seed >> 8, 4) && _waiting[v][3] > clock) _pass(_waiting[v][3] - clock);
            return _applyQuorum(v);
        }
        uint256 salt = (uint256(v) << 64) | ++places[v].rotations;
        uint256[4] memory next = [salt, 0xA11CE000 + salt, 0x6A4D000 + (salt << 8), clock + 24 hours];
        if (_waiting[v][3] >= next[3]) next[3] = _waiting[v][3] + 1;
        bytes memory data = _quorumChange(v, next);
        if (!_try(Act.CHANGE_QUORUM, STRANGER, data)) return;
        _waiting[v] = next;
        _remember(STRANGER, data);
        _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, STRANGER, data, "a change of keys was replayed");
    }

    function _quorumChange(uint32 v, uint256[4] memory next) private view returns (bytes memory) {
        address[] memory attestors = _addressesOf(_newAttestors(next[0]));
        (address key, address guardian) = (vm.addr(next[1]), vm.addr(next[2]));
        bytes32 list = keccak256(abi.encodePacked(attestors));
        address present = registry.venueOf(v).quorum;
        bytes32 structHash = keccak256(abi.encode(QUORUM_CHANGE, v, present, _waiting[v][3], key, guardian, list, uint8(2)));
        bytes memory signatures = _attested(v, _digest(structHash), 3);
        return abi.encodeCall(IVenueStates.changeQuorum, (v, key, guardian, attestors, 2, signatures));
    }

    function _applyQuorum(uint32 v) private {
        uint256[4] memory next = _waiting[v];
        bool ok = _try(Act.APPLY_QUORUM, STRANGER, abi.encodeCall(IVenueStates.applyQuorum, (v)));
        _require(ok == (clock >= next[3]), Inv.EXIT_ALWAYS_OPEN, "keys not changed after a day");
        if (!ok) return;
        (places[v].key, places[v].guardianKey, places[v].attestors) = (next[1], next[2], _newAttestors(next[0]));
        delete _waiting[v];
    }

    function _publish(uint32 v, uint256 seed) internal {
        VenueParameters memory p = _figures(places[v].unit);
        p.cureWindow = uint32(20 minutes + (seed % 600));
        p.demandFee = uint96((1 + ((seed >> 16) % 9)) * places[v].unit);
        bytes memory data = abi.encodeCall(IVenueRegistry.publishPolicy, (v, _configs(v), p));
        _try(Act.PUBLISH_POLICY, vm.addr(places[v].key), data);
    }

    function _adoptLater(uint32 v, uint256 seed) internal {
        if (_chance(seed, 3)) _pass(8 days);
        address account = _memberOf(v, seed >> 8);
        if (account != address(0)) _adopt(account, seed >> 16);
    }

    /// @notice Leads a venue that posts no roots any more to its end.
    function _leadDying(uint32 v, uint256 seed) internal {
        if (registry.stateOf(v) == VenueState.FAILED) return _leadFailed(v, seed);
        address leaver = _leaver(v, seed >> 24);
        if (leaver != address(0) && !_chance(seed >> 40, 3)) return _leadExit(leaver, seed >> 48);
        if (_mayFail(v) && _chance(seed, 2)) return _failByDemands(v, seed >> 8);
        if (registry.stateOf(v) != VenueState.SUSPENDED) _pass(3 hours + 1);
        Venue memory entry = registry.venueOf(v);
        if (entry.failPokedAt == 0) {
            _try(Act.POKE, STRANGER, abi.encodeCall(IVenueStates.poke, (v)));
            return;
        }
        uint256 from = uint256(entry.failPokedAt) + 24 hours;
        if (!_chance(seed >> 16, 3) && clock <= from) _pass(from - clock + 1);
        bool ok = _try(Act.FAIL, STRANGER, abi.encodeCall(IVenueStates.fail, (v)));
        bool unanswered = entry.unanswered >= registry.parameters(v).failingDemands;
        _require(!ok || clock > from || unanswered, Inv.EXIT_ALWAYS_OPEN, "failed before its day");
    }

    /// @dev Some client that may leave a dying venue before it fails: what it is owed then is a claim to be registered.
    function _leaver(uint32 v, uint256 seed) private view returns (address) {
        for (uint256 i; i < CLIENTS; ++i) {
            address account = _client(seed + i);
            if (_venueOf(account) == v && exits.mayExit(account) != 0) return account;
        }
        return address(0);
    }

    function _failByDemands(uint32 v, uint256 seed) private {
        if (registry.venueOf(v).unanswered >= registry.parameters(v).failingDemands) {
            _try(Act.FAIL, STRANGER, abi.encodeCall(IVenueStates.fail, (v)));
            return;
        }
        address account = _memberOf(v, seed);
        if (account == address(0)) return;
        _demand(account);
        _pass(30 minutes + 1);
        _findUnanswered(account);
    }

    /// @notice Makes a venue in the place of one that failed.
    function _renewVenue(uint32 v) internal {
        if (venues.length >= MOST_VENUES || !registry.venueOf(v).failed) return;
        uint32 next = _registerVenue(places[v].kind);
        _settleIn(next);
    }

    /// @notice A house that is pledged, and a first root.
    function _settleIn(uint32 v) internal {
        _pledgeTo(places[v].house, v, 1);
        _post(v, true);
    }
}
