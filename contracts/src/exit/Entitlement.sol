// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Lots} from "../core/Lots.sol";
import {Money} from "../core/Money.sol";
import {ProRata} from "../core/ProRata.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {AccountProof, AccountRecord, Exit, SettledCause} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";

/// @title Who may leave, which N binds it, and how a pledge ends
/// @notice Everything here is chain time: neither a pause nor a venue's silence holds an exit up.
abstract contract Entitlement is Lots, ProRata {
    uint8 internal constant VENUE_FAILED = 1;
    uint8 internal constant RELEASED_BY_TIME = 2;
    uint8 internal constant UNANSWERED = 3;

    /// @dev See `IExitDesk.mayExit`.
    function _why(AccountRecord memory record, Exit memory exit) internal view returns (uint8) {
        if (_venues[record.venue].failed) return VENUE_FAILED;
        if (_hasRunItsTime(exit)) return RELEASED_BY_TIME;
        return _demands[_keyOf(record)].unanswered ? UNANSWERED : 0;
    }

    /// @dev When N freezes. A release that has run its time froze it then, whatever happened later. An unanswered demand freezes it only
    /// now: with a time that had long passed its owner could trade on, and choose afterwards which of the two results counts.
    function _freezeOf(AccountRecord memory record, Exit memory exit, uint8 why) internal view returns (uint40) {
        if (_hasRunItsTime(exit)) return exit.freezeAt;
        return why == VENUE_FAILED ? _venues[record.venue].failedAt : uint40(block.timestamp);
    }

    /// @dev Reverts unless the proof is a leaf of the current pledge in a posted root from before the freeze.
    function _requireBeforeFreeze(AccountProof calldata proof, AccountRecord memory record, uint40 freezeAt) internal view {
        _requirePosted(proof.header);
        _requireLeaf(proof.header, proof.leaf, proof.siblings, record);
        uint256 snapshotTime = _facts[record.venue][proof.header.epoch].snapshotTime;
        if (snapshotTime > freezeAt) revert IExitDesk.AfterFreeze(freezeAt, snapshotTime);
    }

    /// @dev Whether no later root from before the freeze exists or can still come. In a live venue one snapshotted before it may be posted
    /// after it; what is not there a heartbeat later would be stale on arrival, and comes too late here as well.
    function _isConclusive(uint32 venue, uint64 epoch, uint40 freezeAt, Policy policy) internal view returns (bool) {
        uint256 next = _facts[venue][epoch + 1].snapshotTime;
        if (next != 0) return next > freezeAt;
        return _venues[venue].failed || block.timestamp > freezeAt + policy.heartbeat();
    }

    /// @dev Pays all that is owed from the account's settlement asset or reverts. Beyond the daily cap only by the owner's hand.
    function _payAtOnce(address account, AccountRecord memory record, Policy policy, int256 net) internal {
        uint256 owed = _remaining(record, net);
        if (owed == 0) return;
        uint256 reach = Money.balance(policy.settlementAsset(), account);
        if (_actor() != _ownerOf(account)) {
            reach = Math.min(reach, _capLeft(account, record));
            _useCap(account, record, owed);
        }
        if (owed > reach) revert IExitDesk.StillOwed(account, owed);
        _collect(account, record, policy, owed, SettledCause.EXIT);
    }

    /// @dev Ends the pledge: what the venue owes becomes a claim, and in a failed venue, in time, a registered one.
    function _leave(address account, AccountRecord memory record, Policy policy, int256 net) internal {
        int256 due = net - record.settled;
        uint256 owing = due > 0 ? uint256(due) : 0;
        _release(account, record, owing);
        if (owing == 0) return;
        uint256 failedAt = _venues[record.venue].failedAt;
        if (failedAt != 0 && block.timestamp <= failedAt + policy.claimWindow()) _register(record.venue, account, owing);
    }

    function _hasRunItsTime(Exit memory exit) private view returns (bool) {
        return exit.requestedAt != 0 && block.timestamp > exit.freezeAt;
    }
}
