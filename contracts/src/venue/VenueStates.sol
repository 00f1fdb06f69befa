// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Core} from "../core/Core.sol";
import {FailedVenue} from "../exit/FailedVenue.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../interfaces/IVenueStates.sol";
import {Deployment, PolicyVersion, Venue, VenueState} from "../interfaces/Types.sol";
import {Policy, PolicyCode} from "./Policy.sol";
import {Quorum} from "./Quorum.sol";

/// @title Whether a venue still works: its keys' rotation, its pauses, its failing, and what it still pays once it has failed
/// @notice Trusts the higher quorum of attestors to replace keys that are lost or stolen, with a day in which everybody sees it; the
/// guardian to pause, and nothing else; nobody to keep a venue alive that posts no roots.
/// @dev Invariants kept here: `pauseBounded`, its part of `exitAlwaysOpen`.
contract VenueStates is IVenueStates, FailedVenue {
    /// @notice Between a change of keys and its effect.
    uint256 public constant ROTATION_DELAY = 24 hours;
    /// @notice Between the end of a pause and the next one's begin.
    uint256 public constant PAUSE_COOLDOWN = 7 days;
    /// @notice What the members' tranche pays at most for the winners of a failed venue, of what it holds when the venue fails. Members
    /// insure defaults; a venue that dies is first of all its own loss.
    uint256 public constant MEMBERS_IN_FAILURE_BPS = 5_000;

    bytes32 private constant QUORUM_TYPEHASH = keccak256(
        "QuorumChange(uint32 venue,address present,uint40 waiting,address venueKey,address guardian,address[] attestors,uint8 threshold)"
    );

    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc IVenueStates
    function changeQuorum(
        uint32 venue,
        address key,
        address guardian_,
        address[] calldata attestors_,
        uint8 threshold,
        bytes calldata attestorSignatures
    ) external alone {
        Venue storage entry = _known(venue);
        // The present set's address is new with every change that took effect, and the time at which a waiting one would is later with
        // every change that waits: no signature serves twice, so nobody can put off or bring back a change by sending it again.
        uint256 waiting = _nextQuorums[venue].bindsAt;
        bytes32 digest = _digest(
            keccak256(
                abi.encode(
                    QUORUM_TYPEHASH,
                    venue,
                    entry.quorum,
                    waiting,
                    key,
                    guardian_,
                    keccak256(abi.encodePacked(attestors_)),
                    threshold
                )
            )
        );
        Quorum.requireHigher(entry.quorum, digest, attestorSignatures);
        uint256 effectiveAt = Math.max(block.timestamp + ROTATION_DELAY, waiting + 1);
        _nextQuorums[venue] = PolicyVersion({
            code: Quorum.checkedStore(key, guardian_, attestors_, threshold),
            bindsAt: uint40(effectiveAt)
        });
        emit QuorumChanging(venue, key, guardian_, attestors_, threshold, effectiveAt);
    }

    /// @inheritdoc IVenueStates
    function applyQuorum(uint32 venue) external alone {
        PolicyVersion memory next = _nextQuorums[venue];
        if (next.code == address(0)) revert NothingChanging(venue);
        if (block.timestamp < next.bindsAt) revert IVenueRegistry.TooEarly(next.bindsAt);
        delete _nextQuorums[venue];
        _venues[venue].quorum = next.code;
        (address[] memory list, uint8 threshold) = Quorum.attestors(next.code);
        emit QuorumChanged(venue, Quorum.venueKey(next.code), Quorum.guardian(next.code), list, threshold);
    }

    /// @inheritdoc IVenueStates
    function pause(uint32 venue) external alone {
        Venue storage entry = _known(venue);
        if (msg.sender != Quorum.guardian(entry.quorum)) revert NotTheGuardian(msg.sender);
        uint256 last = entry.pausedUntil;
        if (last != 0) {
            if (block.timestamp < last + PAUSE_COOLDOWN) revert PausedLately(last + PAUSE_COOLDOWN);
            entry.pausedBefore += uint40(PAUSE);
        }
        entry.pausedUntil = uint40(block.timestamp + PAUSE);
        emit VenuePaused(venue, block.timestamp + PAUSE);
    }

    /// @inheritdoc IVenueStates
    function poke(uint32 venue) external alone {
        Venue storage entry = _known(venue);
        if (_stateOf(entry, PolicyCode.load(entry.policy)) != VenueState.SUSPENDED) revert NotSuspended(venue);
        // Poked already, and no root since: the first poke counts.
        if (entry.failPokedAt != 0) revert IVenueRegistry.TooEarly(entry.failPokedAt + FAIL_GRACE);
        entry.failPokedAt = uint40(block.timestamp);
        emit VenueFoundSuspended(venue, block.timestamp + FAIL_GRACE);
    }

    /// @inheritdoc IVenueStates
    function fail(uint32 venue) external alone {
        Venue storage entry = _known(venue);
        if (entry.failed) revert AlreadyFailed(venue);
        Policy policy = PolicyCode.load(entry.policy);
        if (entry.unanswered < policy.failingDemands()) {
            if (_stateOf(entry, policy) != VenueState.SUSPENDED || entry.failPokedAt == 0) revert NotSuspended(venue);
            uint256 from = entry.failPokedAt + FAIL_GRACE;
            if (block.timestamp <= from) revert IVenueRegistry.TooEarly(from);
        }
        (entry.failed, entry.failedAt) = (true, uint40(block.timestamp));
        // Reserved from this moment, or members would be gone by the time winners have registered.
        uint256 cap = (IDefaultFund(policy.fund()).memberTranche() * MEMBERS_IN_FAILURE_BPS) / BPS;
        _failureCaps[venue] = cap;
        entry.openMemberCaps += uint112(cap);
        emit VenueFailed(venue);
    }

    function _known(uint32 venue) private view returns (Venue storage entry) {
        entry = _venues[venue];
        if (entry.policy == address(0)) revert IVenueRegistry.UnknownVenue(venue);
    }
}
