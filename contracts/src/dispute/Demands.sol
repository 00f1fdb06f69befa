// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ledger} from "../core/Ledger.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDisputeDesk} from "../interfaces/IDisputeDesk.sol";
import {AccountRecord, Demand, EpochHeader, Flags, Leaf, Venue} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";

/// @title Demands: an account's proof, published on-chain or else
/// @notice Trusts nobody: a venue that withholds proofs loses the accounts that ask, and in the end its standing.
/// @dev State is keyed by pledge; a demand whose pledge ends goes with it (`Ledger._release`). Times are chain time. What limits a flood is
/// the fee, one open demand for a pledge and `maxDemands` for a venue, each by the policy that binds the account: no later version can
/// price its owner out. Invariants kept here: its part of `exitAlwaysOpen`.
abstract contract Demands is IDisputeDesk, Ledger {
    /// @inheritdoc IDisputeDesk
    function demand(address account) external alone {
        AccountRecord memory record = _pledged(account);
        Venue storage venue = _venues[record.venue];
        if (venue.failed) revert ICollateralVault.VenueNotLive(record.venue);
        if (record.flags & Flags.DEMANDED != 0) revert DemandOpen(account);
        Policy policy = _policyOf(record);
        uint32 waiting = venue.openDemands;
        if (waiting >= policy.maxDemands()) revert TooManyDemands(record.venue, policy.maxDemands());
        venue.openDemands = waiting + 1;
        Demand storage entry = _demands[_keyOf(record)];
        uint96 fee = uint96(policy.demandFee());
        uint40 answerBy = uint40(block.timestamp + policy.demandWindow());
        (entry.payer, entry.madeAt, entry.blockNumber) = (msg.sender, uint40(block.timestamp), uint48(block.number));
        (entry.fee, entry.answerBy) = (fee, answerBy);
        record.flags |= Flags.DEMANDED;
        _store(account, record);
        if (fee != 0) _receiveExactly(policy.settlementAsset(), address(this), fee);
        emit Demanded(account, record.venue, msg.sender, fee, answerBy);
    }

    /// @inheritdoc IDisputeDesk
    function answer(EpochHeader calldata header, Leaf[] calldata leaves, bytes[] calldata siblings) external alone {
        if (leaves.length != siblings.length) revert LengthMismatch(leaves.length, siblings.length);
        _requirePosted(header);
        uint256 upSince = _sequencerUpSince();
        uint256 earned;
        for (uint256 i; i < leaves.length; ++i) {
            earned += _answerOne(header, leaves[i], siblings[i], upSince);
        }
        _accrue(msg.sender, _newestPolicy(header.venue).settlementAsset(), earned);
    }

    /// @inheritdoc IDisputeDesk
    function findUnanswered(address account) external alone {
        AccountRecord memory record = _pledged(account);
        if (record.flags & Flags.DEMANDED == 0) revert NoDemand(account);
        Demand memory entry = _demands[_keyOf(record)];
        uint256 until = _lastMoment(entry, _sequencerUpSince());
        if (block.timestamp <= until) revert AnswerTimeNotOver(until);
        _close(account, record);
        _demands[_keyOf(record)].unanswered = true;
        _accrue(entry.payer, _policyOf(record).settlementAsset(), entry.fee);
        emit DemandUnanswered(account, record.venue, _count(record.venue, account));
    }

    /// @inheritdoc IDisputeDesk
    function demandOf(address account) external view returns (Demand memory) {
        return _demands[_keyOf(_recordOf(account))];
    }

    /// @dev An answer that comes first, or an account that is released, takes the place of a batch's leaf: that must not revert the rest,
    /// or a venue could be kept from answering. A root from before the demand says nothing about what was asked.
    function _answerOne(
        EpochHeader calldata header,
        Leaf calldata leaf,
        bytes calldata siblings,
        uint256 upSince
    ) private returns (uint256 fee) {
        address account = leaf.account;
        AccountRecord memory record = _recordOf(account);
        if (record.venue != header.venue || record.index != leaf.index || record.flags & Flags.DEMANDED == 0) return 0;
        Demand memory entry = _demands[_keyOf(record)];
        if (header.snapshotBlock < entry.blockNumber || block.timestamp > _lastMoment(entry, upSince)) return 0;
        _requireLeaf(header, leaf, siblings, record);
        _close(account, record);
        emit DemandAnswered(account, record.venue, header.epoch, leaf, siblings);
        return entry.fee;
    }

    function _close(address account, AccountRecord memory record) private {
        record.flags &= ~Flags.DEMANDED;
        _store(account, record);
        --_venues[record.venue].openDemands;
    }

    /// @dev One account counts once, however often it asks: a single client must not fail a venue.
    function _count(uint32 venue, address account) private returns (uint16 distinct) {
        Venue storage entry = _venues[venue];
        distinct = entry.unanswered;
        if (_countedUnanswered[venue][account] || distinct == type(uint16).max) return distinct;
        _countedUnanswered[venue][account] = true;
        entry.unanswered = ++distinct;
    }

    /// @dev While the sequencer was down nobody could answer: the venue has its whole time again, and a short outage fails no venue.
    function _lastMoment(Demand memory entry, uint256 upSince) private pure returns (uint256) {
        return upSince > entry.madeAt ? upSince + (entry.answerBy - entry.madeAt) : entry.answerBy;
    }
}
