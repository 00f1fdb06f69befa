// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Core} from "../core/Core.sol";
import {Lots} from "../core/Lots.sol";
import {IDefaultManager} from "../interfaces/IDefaultManager.sol";
import {AccountProof, AccountRecord, AccountStatus, DefaultCase, Deployment, Flags, Venue} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {PolicyBounds} from "../venue/PolicyBounds.sol";

/// @title Call, cure and default
/// @notice Trusts the attested root together with live feeds for who is short. Anybody may
/// send any step.
/// @dev Invariants kept here: `solventStaysWhole` (no default without a prior call and a later root, both still short). State is keyed by
/// pledge, so nothing of it outlives one. Times are on the venue's clock.
contract DefaultManager is IDefaultManager, Lots {
    using SafeCast for uint256;
    using SafeCast for int256;

    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc IDefaultManager
    function callMargin(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        AccountRecord memory record = _pledged(account);
        DefaultCase storage entry = _cases[_keyOf(record)];
        Venue storage venue = _venues[record.venue];
        (Policy policy, uint40 time) = _policyAndTime(record, venue);
        _requireLive(record.venue, venue, policy);
        uint40 present = entry.time;
        bool called = record.status == AccountStatus.CALLED;
        if (called && time > present + policy.callTtl()) {
            emit CallLapsed(account, record.venue);
            called = false;
        } else if (!called && record.status != AccountStatus.ACTIVE) {
            revert NotCallable(account, record.status);
        }
        uint128[] calldata rootPrices = _requireCurrent(proof, record, policy);
        Seen memory seen;
        (bool initial, bool maintenance) = _shortness(policy, proof.leaf, rootPrices, record, seen);
        if (!initial) revert NotShort(account);
        uint40 deadline = uint40(time + (maintenance ? PolicyBounds.MIN_CURE : policy.cureWindow()));
        if (called) {
            if (deadline >= present) revert AlreadyCalled(account, present);
            entry.time = deadline;
        } else {
            if (record.status == AccountStatus.ACTIVE) _setStatus(account, record, AccountStatus.CALLED);
            (entry.time, entry.mark, entry.initialMargin) = (deadline, uint96(block.number), proof.leaf.initialMargin);
        }
        emit MarginCalled(account, record.venue, proof.header.epoch, proof.leaf.initialMargin, deadline, maintenance, msg.sender);
    }

    /// @inheritdoc IDefaultManager
    function cure(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        AccountRecord memory record = _called(account);
        Policy policy = _policyOf(record);
        uint128[] calldata rootPrices = _requireCurrent(proof, record, policy);
        Seen memory seen;
        (bool initial, ) = _shortness(policy, proof.leaf, rootPrices, record, seen);
        if (initial) revert StillShort(account);
        _endCall(account, record);
        emit MarginCured(account, record.venue, proof.header.epoch);
    }

    /// @inheritdoc IDefaultManager
    function lapse(address account) external alone {
        AccountRecord memory record = _called(account);
        uint256 lapsesAt = _cases[_keyOf(record)].time + _policyOf(record).callTtl();
        if (_clock(record.venue) <= lapsesAt) revert NotLapsed(uint40(lapsesAt));
        _endCall(account, record);
        emit CallLapsed(account, record.venue);
    }

    /// @inheritdoc IDefaultManager
    function declareDefault(AccountProof calldata proof, address firstLot) external alone returns (uint256 lot) {
        address account = proof.leaf.account;
        AccountRecord memory record = _called(account);
        DefaultCase storage entry = _cases[_keyOf(record)];
        Venue storage venue = _venues[record.venue];
        (Policy policy, uint40 time) = _policyAndTime(record, venue);
        _requireLive(record.venue, venue, policy);
        (uint40 deadline, uint96 callBlock, uint96 initialMargin) = (entry.time, entry.mark, entry.initialMargin);
        uint256 from = _extended(venue, deadline, policy);
        if (time <= from) revert BeforeDeadline(uint40(from));
        uint256 lapsesAt = from + policy.callTtl();
        if (time > lapsesAt) revert CallHasLapsed(uint40(lapsesAt));
        uint128[] calldata rootPrices = _requireCurrent(proof, record, policy);
        if (proof.header.snapshotBlock <= callBlock) revert RootNotAfterCall(uint64(callBlock), proof.header.snapshotBlock);
        Seen memory seen;
        if (firstLot != address(0)) seen.place = _placeForSale(account, policy, firstLot);
        (bool initial, ) = _shortness(policy, proof.leaf, rootPrices, record, seen);
        if (!initial) revert NotShort(account);

        uint96 owed = _owed(proof.leaf, record);
        (entry.time, entry.mark, entry.initialMargin) = (time, owed, initialMargin);
        (entry.declarer, entry.owed) = (msg.sender, owed);
        (uint16 open_, uint112 caps) = (venue.openDefaults, venue.openMemberCaps);
        (venue.openDefaults, venue.openMemberCaps) = (open_ + 1, caps + _memberCap(initialMargin, policy));
        // Lots of an auction of what was owed go on as lots of the default.
        record.flags &= ~Flags.OWED_AUCTION;
        _setStatus(account, record, AccountStatus.CLOSING_OUT);
        emit DefaultDeclared(account, record.venue, proof.header.epoch, owed, msg.sender);
        if (firstLot == address(0)) return 0;
        // What waits to be withdrawn was valued at nothing, and at no price.
        lot = seen.balance == 0 ? _startLot(account, record, policy, firstLot) : _startLot(account, record, policy, seen);
    }

    /// @inheritdoc IDefaultManager
    function refreshOwed(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        AccountRecord memory record = _pledged(account);
        _requireCurrent(proof, record, _policyOf(record));
        DefaultCase storage entry = _cases[_keyOf(record)];
        if (record.status == AccountStatus.CLOSING_OUT) {
            entry.owed = _owed(proof.leaf, record);
        } else if (record.flags & Flags.OWED_AUCTION != 0) {
            // Only ever less: more would need another settling root.
            int256 net = _net(proof.leaf);
            if (net > entry.finalNet) entry.finalNet = net.toInt104();
        } else {
            revert NotInDefault(account);
        }
        emit OwedRefreshed(account, record.venue, proof.header.epoch, _net(proof.leaf));
    }

    /// @inheritdoc IDefaultManager
    function need(address account) external view quiet returns (uint256) {
        AccountRecord memory record = _pledged(account);
        if (record.status < AccountStatus.CLOSING_OUT && record.flags & Flags.OWED_AUCTION == 0) return 0;
        return _need(account, record, _policyOf(record));
    }

    /// @inheritdoc IDefaultManager
    function caseOf(address account) external view returns (DefaultCase memory) {
        return _cases[_keyOf(_recordOf(account))];
    }

    /// @inheritdoc IDefaultManager
    function openDefaults(uint32 venue) external view returns (uint256) {
        return _venues[venue].openDefaults;
    }

    /// @inheritdoc IDefaultManager
    function minCure() external pure returns (uint256) {
        return PolicyBounds.MIN_CURE;
    }

    /// @dev After the chain's sequencer was down an owner has its whole window again: nobody could cure meanwhile.
    function _extended(Venue storage venue, uint40 deadline, Policy policy) private view returns (uint256) {
        uint256 upSince = _sequencerUpSince();
        if (upSince == 0) return deadline;
        uint256 window = policy.cureWindow();
        uint256 cameUp = _clockAt(venue, upSince);
        // An outage that ended a window before the deadline took nothing of it.
        return Math.max(deadline, cameUp + window);
    }

    function _endCall(address account, AccountRecord memory record) private {
        DefaultCase storage entry = _cases[_keyOf(record)];
        // The rest of the slot is kept: see `DefaultCase`.
        (entry.time, entry.mark) = (0, 0);
        _setStatus(account, record, AccountStatus.ACTIVE);
    }

    function _called(address account) private view returns (AccountRecord memory record) {
        record = _pledged(account);
        if (record.status != AccountStatus.CALLED) revert NotCalled(account);
    }
}
