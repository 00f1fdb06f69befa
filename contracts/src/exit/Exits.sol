// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {AccountProof, AccountRecord, AccountStatus, Exit, Flags} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Entitlement} from "./Entitlement.sol";

/// @title How an exit states N
/// @notice Trusts no single leaf: until the challenge ends a newer one replaces it, either way, and the last one ends it.
/// @dev Nothing can stretch the challenge. In its second half only the conclusive leaf replaces what is stated, so whoever was content
/// with the stated N, and meets a worse one shortly before the half, has the other half to bring the last word; a chain of
/// replacements, however long, wins no time.
abstract contract Exits is IExitDesk, Entitlement {
    using SafeCast for uint256;
    using SafeCast for int256;

    /// @inheritdoc IExitDesk
    function requestRelease(address account) external alone {
        _requireOwner(account);
        AccountRecord memory record = _pledged(account);
        if (record.status == AccountStatus.EXITING) revert AlreadyExiting(account);
        if (record.flags & Flags.RELEASING != 0) revert ReleasePending(account);
        // The time that the policy gives is fixed now: a later one cannot lengthen it.
        uint40 freezeAt = uint40(block.timestamp + _policyOf(record).releaseLimit());
        Exit storage exit = _exits[_keyOf(record)];
        (exit.requestedAt, exit.freezeAt) = (uint40(block.timestamp), freezeAt);
        record.flags |= Flags.RELEASING;
        _store(account, record);
        emit ReleaseRequested(account, record.venue, freezeAt);
    }

    /// @inheritdoc IExitDesk
    function cancelRelease(address account) external alone {
        _requireOwner(account);
        AccountRecord memory record = _pledged(account);
        if (record.status == AccountStatus.EXITING) revert AlreadyExiting(account);
        if (record.flags & Flags.RELEASING == 0) revert NoRelease(account);
        delete _exits[_keyOf(record)];
        record.flags &= ~Flags.RELEASING;
        _store(account, record);
        emit ReleaseCancelled(account, record.venue);
    }

    /// @inheritdoc IExitDesk
    function startExit(address account) external alone {
        AccountRecord memory record = _pledged(account);
        Policy policy = _policyOf(record);
        (Exit memory exit, bool fixed_) = _begin(account, record, policy);
        if (!fixed_) {
            // Without this a stranger could state, for a winner who is asleep, that nothing is owing.
            if (!_mayBeUnproven(record, policy)) _requireOwner(account);
            (exit.net, exit.epoch) = (record.settled, 0);
            exit.challengeUntil = _challengeEnd(exit, record.venue, policy);
        }
        _state(account, record, exit);
    }

    /// @inheritdoc IExitDesk
    function startExitWithProof(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        AccountRecord memory record = _pledged(account);
        Policy policy = _policyOf(record);
        (Exit memory exit, bool fixed_) = _begin(account, record, policy);
        if (!fixed_) {
            _requireBeforeFreeze(proof, record, exit.freezeAt);
            if (_isConclusive(record.venue, proof.header.epoch, exit.freezeAt, policy)) {
                exit.challengeUntil = uint40(block.timestamp);
            } else {
                // An old leaf of a winner who is asleep is no better than none.
                if (_actor() != _ownerOf(account)) revert NotConclusive(proof.header.epoch);
                _requireNotSuperseded(proof, record);
                exit.challengeUntil = _challengeEnd(exit, record.venue, policy);
            }
            (exit.net, exit.epoch) = (_net(proof.leaf).toInt104(), uint256(proof.header.epoch).toUint32());
        }
        _state(account, record, exit);
    }

    /// @inheritdoc IExitDesk
    function challengeExit(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        AccountRecord memory record = _exiting(account);
        Exit memory exit = _exits[_keyOf(record)];
        if (block.timestamp >= exit.challengeUntil) revert ChallengeOver(exit.challengeUntil);
        _requireBeforeFreeze(proof, record, exit.freezeAt);
        uint64 epoch = proof.header.epoch;
        if (epoch <= exit.epoch) revert NotNewer(exit.epoch, epoch);
        Policy policy = _policyOf(record);
        if (_isConclusive(record.venue, epoch, exit.freezeAt, policy)) {
            exit.challengeUntil = uint40(block.timestamp);
        } else {
            _requireNotSuperseded(proof, record);
            if (block.timestamp >= exit.challengeUntil - policy.exitChallenge() / 2) revert NotConclusive(epoch);
        }
        (exit.net, exit.epoch) = (_net(proof.leaf).toInt104(), uint256(epoch).toUint32());
        _exits[_keyOf(record)] = exit;
        emit ExitStated(account, record.venue, epoch, exit.net, exit.challengeUntil);
    }

    function _exiting(address account) internal view returns (AccountRecord memory record) {
        record = _recordOf(account);
        if (record.status != AccountStatus.EXITING) revert NotExiting(account);
    }

    /// @dev The account, once its exit's challenge is over.
    function _challenged(address account) internal view returns (AccountRecord memory record, Policy policy, Exit memory exit) {
        record = _exiting(account);
        exit = _exits[_keyOf(record)];
        if (block.timestamp <= exit.challengeUntil) revert ChallengeOpen(exit.challengeUntil);
        policy = _policyOf(record);
    }

    /// @dev Takes the account out of whatever it was in: a call, an auction, a default. A loss that a close-out had fixed stands as N.
    function _begin(address account, AccountRecord memory record, Policy policy) private returns (Exit memory exit, bool fixed_) {
        if (record.status == AccountStatus.EXITING) revert AlreadyExiting(account);
        exit = _exits[_keyOf(record)];
        uint8 why = _why(record, exit);
        if (why == 0) {
            if (exit.requestedAt != 0) revert ReleasePending(account);
            revert NotEntitled(account);
        }
        exit.freezeAt = _freezeOf(record, exit, why);
        // Most accounts leave from here: active, with nothing on sale.
        if (record.status == AccountStatus.ACTIVE && record.flags & Flags.OWED_AUCTION == 0) return (exit, false);
        _closeLots(record, policy);
        record.flags &= ~Flags.OWED_AUCTION;
        if (record.status < AccountStatus.CLOSING_OUT) {
            delete _cases[_keyOf(record)];
            return (exit, false);
        }
        fixed_ = record.status == AccountStatus.LOSS_FIXED;
        if (fixed_) {
            (exit.net, exit.epoch) = (_cases[_keyOf(record)].finalNet, FIXED_LOSS);
            exit.challengeUntil = uint40(block.timestamp);
            // What a newer root said beyond a loss that was fixed without a report is in no account: the next root has to cut it.
            if (_cases[_keyOf(record)].mark != 0) _books[record.venue].lastShortfallBlock = uint64(block.number);
        }
        _endCase(record, policy, _cases[_keyOf(record)].initialMargin);
    }

    function _state(address account, AccountRecord memory record, Exit memory exit) private {
        _exits[_keyOf(record)] = exit;
        _setStatus(account, record, AccountStatus.EXITING);
        emit ExitStated(account, record.venue, exit.epoch, exit.net, exit.challengeUntil);
    }

    /// @dev Counted from when a conclusive leaf can be had: within the whole of it one can be brought.
    function _challengeEnd(Exit memory exit, uint32 venue, Policy policy) private view returns (uint40) {
        uint256 from = block.timestamp;
        if (!_venues[venue].failed) from = Math.max(from, exit.freezeAt + policy.heartbeat());
        return uint40(from + policy.exitChallenge());
    }

    /// @dev A failed venue's account that nobody has led out by the end of the claim window has nothing to win there any more.
    function _mayBeUnproven(AccountRecord memory record, Policy policy) private view returns (bool) {
        uint256 failedAt = _venues[record.venue].failedAt;
        return failedAt != 0 && block.timestamp > failedAt + policy.claimWindow();
    }

    /// @dev Settlement under a later root has overtaken an older leaf. The conclusive one is not: later settlement had no say in N.
    function _requireNotSuperseded(AccountProof calldata proof, AccountRecord memory record) private pure {
        if (proof.header.epoch < record.lastEpoch) revert NotNewer(record.lastEpoch, proof.header.epoch);
    }
}
