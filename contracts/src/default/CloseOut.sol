// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Core} from "../core/Core.sol";
import {Money} from "../core/Money.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {AccountProof, AccountRecord, AccountStatus, CloseOutReport, DefaultCase, Deployment, Dispute, Flags} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Quorum} from "../venue/Quorum.sol";
import {Waterfall} from "./Waterfall.sol";

/// @title Close-out: what a default came to, and who pays
/// @notice Trusts venue and attestors together for what a close-out came to, and without their report the smaller of what two roots said.
/// Anybody may send any step.
/// @dev State is keyed by pledge, so nothing of it outlives one. Times are on the venue's clock.
contract CloseOut is ICloseOut, Waterfall {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using SafeCast for int256;

    bytes32 private constant REPORT_TYPEHASH = keccak256(
        "CloseOutReport(uint32 venue,address account,uint32 index,int256 finalNet,bytes32 evidence)"
    );
    int256 private constant NET_LIMIT = int256(uint256(type(uint96).max));

    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc ICloseOut
    function report(CloseOutReport calldata closeOut, bytes calldata venueSignature, bytes calldata attestorSignatures) external alone {
        address account = closeOut.account;
        AccountRecord memory record = _closingOut(account);
        if (closeOut.venue != record.venue || closeOut.index != record.index) revert WrongReport(account, closeOut.venue, closeOut.index);
        DefaultCase storage entry = _cases[_keyOf(record)];
        int256 net = closeOut.finalNet;
        bool again = entry.reportedAt != 0;
        if (again && (entry.confirmed || entry.finalNet != net || _isReportDisputed(record))) revert ReportTwice(account);
        // A net that the ledger of the default could not hold would lock the account: it is refused here, while a true one can follow.
        if (net > NET_LIMIT || net < -NET_LIMIT || int256(record.settled) - net > NET_LIMIT) revert NetOutOfRange(net);
        bytes32 digest = _digest(keccak256(abi.encode(REPORT_TYPEHASH, closeOut.venue, account, closeOut.index, net, closeOut.evidence)));
        bool higher = Quorum.requireSigned(_venues[record.venue].quorum, digest, venueSignature, attestorSignatures);
        // Whoever was first with a report may have left out some who had signed: all of them may still follow, the time running from the first.
        if (again && !higher) revert ReportTwice(account);
        if (!again) entry.reportedAt = _clock(record.venue);
        entry.finalNet = net.toInt104();
        entry.confirmed = higher;
        emit CloseOutReported(account, record.venue, net, closeOut.evidence, higher);
    }

    /// @inheritdoc ICloseOut
    function fixLoss(address account) external alone {
        AccountRecord memory record = _closingOut(account);
        DefaultCase storage entry = _cases[_keyOf(record)];
        uint40 reportedAt = entry.reportedAt;
        if (reportedAt == 0) revert NoReport(account);
        Policy policy = _policyOf(record);
        _requireNotPaused(record.venue);
        uint256 until = reportedAt + policy.disputeWindow();
        if (_clock(record.venue) <= until) revert DisputeWindowOpen(until);
        if (record.flags & Flags.DISPUTED != 0 && !entry.confirmed) _applyDispute(account, record, entry);
        _fix(account, record, policy, entry, _remaining(record, entry.finalNet), 0);
    }

    /// @inheritdoc ICloseOut
    function fixLossWithoutReport(AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        AccountRecord memory record = _closingOut(account);
        DefaultCase storage entry = _cases[_keyOf(record)];
        if (entry.reportedAt != 0) revert ReportTwice(account);
        Policy policy = _policyOf(record);
        _requireNotPaused(record.venue);
        uint256 until = entry.time + policy.closeOutDeadline();
        if (_clock(record.venue) <= until) revert CloseOutNotOver(until);
        _requireCurrent(proof, record, policy);
        uint256 newest = _owed(proof.leaf, record);
        uint256 loss = Math.min(
            Math.min(newest, entry.mark),
            _remaining(record, _collectable(record, _net(proof.leaf), proof.header.snapshotBlock))
        );
        entry.finalNet = (int256(record.settled) - loss.toInt256()).toInt104();
        _fix(account, record, policy, entry, loss, newest - loss);
    }

    /// @inheritdoc ICloseOut
    function resolve(address account) external alone {
        AccountRecord memory record = _pledged(account);
        if (record.status != AccountStatus.LOSS_FIXED) revert NotInDefault(account);
        Policy policy = _policyOf(record);
        _requireNotPaused(record.venue);
        DefaultCase memory case_ = _cases[_keyOf(record)];
        if (case_.openLots != 0) revert LotsUnsold(case_.openLots);
        if (case_.toSell != 0 && _need(account, record, policy) != 0) revert SaleStillNeeded(account, case_.toSell);
        _draw(account, record, policy, case_);
    }

    /// @inheritdoc ICloseOut
    function collectReward(address token, address to) external alone returns (uint256 amount) {
        amount = _rewards[msg.sender][token];
        if (amount == 0) revert NothingToCollect(msg.sender, token);
        _rewards[msg.sender][token] = 0;
        emit RewardCollected(msg.sender, token, amount);
        IERC20(token).safeTransfer(to, amount);
    }

    /// @inheritdoc ICloseOut
    function rewards(address beneficiary, address token) external view returns (uint256) {
        return _rewards[beneficiary][token];
    }

    /// @dev Marks what must be offered before any tier pays: whatever accepted collateral is there now and in no lot. What arrives
    /// later blocks nothing.
    function _fix(
        address account,
        AccountRecord memory record,
        Policy policy,
        DefaultCase storage entry,
        uint256 loss,
        uint256 excess
    ) private {
        uint8 toSell;
        uint256 n = policy.count();
        for (uint256 i = 1; i < n; ++i) {
            if (_lots[_lotId(record, i)].position == 0 && Money.balance(policy.token(i), account) != 0) toSell |= uint8(1 << i);
        }
        (entry.loss, entry.mark, entry.toSell) = (loss.toUint96(), excess.toUint96(), toSell);
        _setStatus(account, record, AccountStatus.LOSS_FIXED);
        emit LossFixed(account, record.venue, loss, entry.finalNet);
    }

    /// @dev A dispute that is open holds the close-out until it ends; a report that was disputed collects no further than what was then
    /// left or accepted, and the house takes the rest.
    function _applyDispute(address account, AccountRecord memory record, DefaultCase storage entry) private {
        Dispute memory dispute = _disputes[_keyOf(record)];
        if (dispute.endedBlock == 0) revert UnderDispute(account);
        if (dispute.epoch == 0 && entry.finalNet < dispute.capNet) entry.finalNet = dispute.capNet;
    }

    /// @dev What a report's dispute began is decided there.
    function _isReportDisputed(AccountRecord memory record) private view returns (bool) {
        return record.flags & Flags.DISPUTED != 0 && _disputes[_keyOf(record)].epoch == 0;
    }

    function _closingOut(address account) private view returns (AccountRecord memory record) {
        record = _pledged(account);
        if (record.status != AccountStatus.CLOSING_OUT) revert NotInDefault(account);
    }
}
