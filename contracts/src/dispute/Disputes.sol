// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Ledger} from "../core/Ledger.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IDisputeDesk} from "../interfaces/IDisputeDesk.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {AccountProof, AccountRecord, AccountStatus, DefaultCase, Dispute, Flags} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Quorum} from "../venue/Quorum.sol";

/// @title Disputes of a debit
/// @notice Trusts the higher quorum of attestors to confirm a debit that is real, and nobody for one that it does not confirm.
/// @dev State is keyed by pledge, times are on the venue's clock, and no pause holds any step up. `Ledger._collectable` and
/// `CloseOut.fixLoss` apply what is written here. Invariants kept here: its part of `neverPaysForAnother` (a disputed sum moves only with
/// the owner's signature or the higher quorum's) and of `nonceOnce`.
abstract contract Disputes is IDisputeDesk, Ledger {
    using SafeERC20 for IERC20;
    using SafeCast for int256;

    bytes32 private constant CONFIRMATION_TYPEHASH = keccak256(
        "DebitConfirmation(address account,uint32 venue,uint32 index,uint40 disputedAt,int256 net)"
    );

    /// @inheritdoc IDisputeDesk
    function disputeRoot(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        _requireOwner(account);
        AccountRecord memory record = _pledged(account);
        if (record.status != AccountStatus.ACTIVE && record.status != AccountStatus.CALLED) {
            revert ICollateralVault.NotActive(account, record.status);
        }
        _requireSettlingLeaf(proof, record);
        Policy policy = _policyOf(record);
        uint256 until = _windowEnd(record.venue, proof.header.epoch, policy);
        if (_clock(record.venue) > until) revert WindowOver(until);
        Dispute memory last = _disputes[_keyOf(record)];
        if (_isOpen(last)) revert AlreadyDisputed(account);
        int256 net = _net(proof.leaf);
        // What an earlier dispute left of roots from before its end was left undisputed, accepted or confirmed: it is not reopened.
        bool settled = net >= record.settled || proof.header.epoch < record.lastEpoch;
        if (settled || proof.header.snapshotBlock <= last.endedBlock) revert NothingDisputable(account);
        _open(account, record, policy, last, net, uint32(proof.header.epoch));
    }

    /// @inheritdoc IDisputeDesk
    function disputeReport(address account) external alone {
        _requireOwner(account);
        AccountRecord memory record = _pledged(account);
        if (record.status != AccountStatus.CLOSING_OUT) revert ICloseOut.NotInDefault(account);
        DefaultCase storage entry = _cases[_keyOf(record)];
        uint40 reportedAt = entry.reportedAt;
        if (reportedAt == 0) revert ICloseOut.NoReport(account);
        Policy policy = _policyOf(record);
        uint256 until = reportedAt + policy.disputeWindow();
        if (_clock(record.venue) > until) revert WindowOver(until);
        Dispute memory last = _disputes[_keyOf(record)];
        // A pledge has one report, and it is disputed once: otherwise an owner could take its word back and begin again.
        if (last.disputedAt != 0 && last.epoch == 0) revert AlreadyDisputed(account);
        int256 net = entry.finalNet;
        if (net >= record.settled || entry.confirmed) revert NothingDisputable(account);
        // An owner who had disputed a root must not find the report out of reach; what was undisputed then is so still.
        if (_isOpen(last)) _end(account, record, policy, DisputeOutcome.LAPSED, last.capNet);
        _open(account, record, policy, _disputes[_keyOf(record)], net, 0);
    }

    /// @inheritdoc IDisputeDesk
    function lowerCap(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        (AccountRecord memory record, Dispute memory entry) = _disputed(account);
        _requireSettlingLeaf(proof, record);
        uint64 epoch = proof.header.epoch;
        // An account that has recovered since would be taken back down to an old low.
        if (epoch < record.lastEpoch) revert NotUndisputed(epoch);
        int256 net = _net(proof.leaf);
        if (proof.header.snapshotBlock <= entry.heldBlock) {
            net = SignedMath.max(net, entry.heldNet);
        } else {
            // In default an owner cannot dispute roots, so the silence about those whose window was still open says nothing.
            uint256 before = entry.epoch == 0 ? _cases[_keyOf(record)].time : entry.disputedAt;
            if (_windowEnd(record.venue, epoch, _policyOf(record)) >= before) revert NotUndisputed(epoch);
        }
        if (net >= entry.capNet) revert CapNotLower(entry.capNet, net);
        _disputes[_keyOf(record)].capNet = net.toInt104();
        emit DisputeCapChanged(account, net);
    }

    /// @inheritdoc IDisputeDesk
    function acceptDebit(address account, uint40 disputedAt) external alone {
        _requireOwner(account);
        (AccountRecord memory record, Dispute memory entry) = _disputed(account);
        if (disputedAt != entry.disputedAt) revert AnotherDispute(entry.disputedAt, disputedAt);
        // Only what was disputed: a root that came meanwhile may show more, and could not be disputed.
        _end(account, record, _policyOf(record), DisputeOutcome.OWNER_ACCEPTED, SignedMath.min(entry.capNet, entry.net));
    }

    /// @inheritdoc IDisputeDesk
    function confirmDebit(address account, int256 net, bytes calldata attestorSignatures) external alone {
        (AccountRecord memory record, Dispute memory entry) = _disputed(account);
        Policy policy = _policyOf(record);
        uint256 until = entry.disputedAt + policy.confirmLimit();
        if (_clock(record.venue) > until) revert ConfirmTimeOver(until);
        // A figure above the cap would lift it, and so pay for what nobody disputes.
        if (net >= entry.capNet) revert CapNotLower(entry.capNet, net);
        bytes32 digest = _digest(keccak256(abi.encode(CONFIRMATION_TYPEHASH, account, record.venue, record.index, entry.disputedAt, net)));
        Quorum.requireHigher(_venues[record.venue].quorum, digest, attestorSignatures);
        if (entry.epoch == 0) {
            // The report stands as far as both it and the quorum go.
            DefaultCase storage case_ = _cases[_keyOf(record)];
            (case_.finalNet, case_.confirmed) = (SignedMath.max(case_.finalNet, net).toInt104(), true);
        }
        _end(account, record, policy, DisputeOutcome.CONFIRMED, net);
    }

    /// @inheritdoc IDisputeDesk
    function lapseDispute(address account) external alone {
        (AccountRecord memory record, Dispute memory entry) = _disputed(account);
        Policy policy = _policyOf(record);
        uint256 until = entry.disputedAt + policy.confirmLimit();
        if (_clock(record.venue) <= until) revert ConfirmTimeNotOver(until);
        _end(account, record, policy, DisputeOutcome.LAPSED, entry.capNet);
    }

    /// @inheritdoc IDisputeDesk
    function disputeOf(address account) external view returns (Dispute memory) {
        return _disputes[_keyOf(_recordOf(account))];
    }

    /// @param last the dispute before, ended or none: what it left stays known to this one
    function _open(address account, AccountRecord memory record, Policy policy, Dispute memory last, int256 net, uint32 epoch) private {
        uint96 bond = uint96(policy.disputeBond());
        uint40 time = _clock(record.venue);
        int256 cap = record.settled;
        // A root's dispute that gave way in this block.
        if (epoch == 0 && last.endedBlock == block.number) cap = SignedMath.min(cap, last.capNet);
        _disputes[_keyOf(record)] = Dispute({
            capNet: cap.toInt104(),
            // The clock stands still in a pause, and two disputes must never share a name.
            disputedAt: time > last.disputedAt ? time : last.disputedAt + 1,
            endedBlock: 0,
            epoch: epoch,
            payer: msg.sender,
            bond: bond,
            net: net.toInt104(),
            heldNet: last.capNet,
            heldBlock: last.endedBlock
        });
        record.flags |= Flags.DISPUTED;
        _store(account, record);
        if (bond != 0) _receiveExactly(policy.settlementAsset(), address(this), bond);
        emit Disputed(account, record.venue, epoch, cap, bond);
    }

    /// @dev The flag stays: it says that `capNet` goes on to hold the roots from before.
    function _end(address account, AccountRecord memory record, Policy policy, DisputeOutcome outcome, int256 left) private {
        Dispute storage entry = _disputes[_keyOf(record)];
        (address payer, uint96 bond) = (entry.payer, entry.bond);
        (entry.capNet, entry.endedBlock, entry.bond) = (left.toInt104(), uint48(block.number), 0);
        emit DisputeEnded(account, outcome, bond);
        if (outcome == DisputeOutcome.CONFIRMED) _payVenueTranche(policy, bond);
        else _accrue(payer, policy.settlementAsset(), bond);
    }

    /// @dev Books what arrives: a token that has begun to charge must not keep a debit from being confirmed.
    function _payVenueTranche(Policy policy, uint256 amount) private {
        if (amount == 0) return;
        (address fund, IERC20 asset) = (policy.fund(), IERC20(policy.settlementAsset()));
        uint256 before = asset.balanceOf(fund);
        asset.safeTransfer(fund, amount);
        IDefaultFund(fund).addToVenueTranche(asset.balanceOf(fund) - before);
    }

    function _requireSettlingLeaf(AccountProof calldata proof, AccountRecord memory record) private view {
        _requirePosted(proof.header);
        if (!proof.header.settles) revert ISettlementPool.NotASettlingRoot(proof.header.epoch);
        _requireLeaf(proof.header, proof.leaf, proof.siblings, record);
    }

    /// @dev The last moment for a dispute; settlement under the root begins after it.
    function _windowEnd(uint32 venue, uint64 epoch, Policy policy) private view returns (uint256) {
        return uint256(_facts[venue][epoch].postedAt) + policy.disputeWindow();
    }

    function _disputed(address account) private view returns (AccountRecord memory record, Dispute memory entry) {
        record = _pledged(account);
        entry = _disputes[_keyOf(record)];
        if (!_isOpen(entry)) revert NotDisputed(account);
    }

    function _isOpen(Dispute memory entry) private pure returns (bool) {
        return entry.disputedAt != 0 && entry.endedBlock == 0;
    }
}
