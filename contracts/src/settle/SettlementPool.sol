// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SumTreeRange} from "../attest/SumTreeRange.sol";
import {Core} from "../core/Core.sol";
import {Money} from "../core/Money.sol";
import {ProRata} from "../core/ProRata.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {ISegregatedAccount} from "../interfaces/ISegregatedAccount.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {
    AccountProof,
    AccountRecord,
    AccountStatus,
    Checkpoint,
    Deployment,
    EpochHeader,
    Flags,
    InKind,
    SettledCause,
    VenueBook
} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";

/// @title Settlement: what is owed comes in, what is owing goes out
/// @notice Moves at most |N - settled| and changes `settled` by exactly what moved, so a root settled late, twice or in parts
/// can neither double nor lose anything. Never draws the default fund.
/// @dev Invariants kept here: `settledOnce`, its part of `neverPaysForAnother`.
contract SettlementPool is ISettlementPool, ProRata {
    using SafeCast for uint256;
    using SafeCast for int256;

    /// @dev What one transfer may use. A token that wants more is skipped as one that refuses; and since no account is tried with less
    /// at hand, nobody can make a transfer fail by sending too little gas and have its account passed over.
    uint256 private constant TRANSFER_GAS = 300_000;
    uint256 private constant ACCOUNT_GAS = TRANSFER_GAS + TRANSFER_GAS / 63 + 100_000;

    /// @dev One run over a range. What is read for every account is here: a header's words would be checked anew each time.
    /// @param asset the settlement asset
    /// @param pool its address
    /// @param cash what the pool has left, as counted, settlement units
    /// @param mayPay whether credits of this root are still covered
    /// @param record the account's at hand
    /// @param payment call of `ISegregatedAccount.pay` with the asset; receiver and amount are the transfer's at hand
    struct Run {
        uint32 venue;
        uint64 epoch;
        uint64 snapshotBlock;
        Policy policy;
        uint256 policyVersion;
        uint256 threshold;
        address asset;
        address pool;
        uint256 cash;
        bool mayPay;
        AccountRecord record;
        bytes payment;
    }

    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc ISettlementPool
    function settle(EpochHeader calldata header, uint32 first, bytes calldata leaves, bytes calldata siblings) external alone {
        _requireNotPaused(header.venue);
        _requirePosted(header);
        if (!header.settles) revert NotASettlingRoot(header.epoch);
        Run memory run;
        (run.venue, run.epoch, run.snapshotBlock) = (header.venue, header.epoch, header.snapshotBlock);
        run.policy = _newestPolicy(run.venue);
        run.policyVersion = _venues[run.venue].policyVersion;
        uint256 until = uint256(_facts[run.venue][run.epoch].postedAt) + run.policy.disputeWindow();
        if (_clock(run.venue) <= until) revert SettlementTooEarly(until);
        SumTreeRange.requireRange(first, leaves, header.accounts, siblings, header.root, header.totalCredit, header.totalDebit);

        VenueBook storage entry = _books[run.venue];
        run.threshold = Math.max(run.policy.settleThreshold(), 1);
        run.asset = run.policy.settlementAsset();
        run.pool = run.policy.pool();
        run.cash = entry.pool;
        run.payment = abi.encodeCall(ISegregatedAccount.pay, (IERC20(run.asset), run.pool, 0));
        // After a shortfall the credits of older roots are no longer all covered: only a root that saw it may pay them.
        // And in a failed venue the pool pays all winners pro rata, and nobody ahead of them.
        run.mayPay = run.snapshotBlock > entry.lastShortfallBlock && !_venues[run.venue].failed;
        uint256 count = leaves.length / SumTreeRange.LEAF_BYTES;
        (uint256 cash, uint256 held) = (run.cash, Money.balance(run.asset, run.pool));
        // A range that is in a tree ends before 2^32.
        unchecked {
            for (uint256 i; i < count; ++i) {
                _settleOne(run, uint32(first + i), leaves, i);
            }
        }
        // A token that delivers less than it was asked to would let the pool's book drift from its balance.
        uint256 now_ = Money.balance(run.asset, run.pool);
        if (now_ + cash < held + run.cash) revert ICollateralVault.TransferNotExact(run.asset, held + run.cash - cash, now_);
        entry.pool = run.cash.toUint96();
        emit Settled(run.venue, run.epoch, first, uint32(count));
    }

    /// @inheritdoc ISettlementPool
    function payOwed(AccountProof calldata proof, uint256 amount) external alone {
        address account = proof.leaf.account;
        _requireOwner(account);
        AccountRecord memory record = _pledged(account);
        if (record.status != AccountStatus.ACTIVE && record.status != AccountStatus.CALLED) {
            revert ICollateralVault.NotActive(account, record.status);
        }
        Policy policy = _policyOf(record);
        _requireFresh(proof.header, policy);
        _requireLeaf(proof.header, proof.leaf, proof.siblings, record);
        int256 due = _net(proof.leaf) - record.settled;
        uint256 owed = due < 0 ? uint256(-due) : 0;
        if (amount == 0 || amount > owed) revert NotOwed(owed, amount);
        record.lastEpoch = uint32(proof.header.epoch);
        _collect(account, record, policy, amount, SettledCause.SETTLEMENT);
    }

    /// @inheritdoc ISettlementPool
    function claim(uint32 venue, address account) external alone returns (uint256 paid) {
        // In a failed venue whoever came first would take what is everybody's: see `IFailedVenue.distribute`.
        if (_venues[venue].failed) revert ICollateralVault.VenueNotLive(venue);
        uint256 open_ = _claims[venue][account];
        VenueBook storage entry = _books[venue];
        uint64 shortfall = entry.lastShortfallBlock;
        // After a shortfall the credits that compete with this claim have to be cut first.
        if (shortfall != 0 && _venues[venue].snapshotBlock <= shortfall) revert OlderThanShortfall(shortfall);
        paid = Math.min(open_, entry.pool);
        if (paid == 0) revert NothingToClaim(account);
        _claims[venue][account] = open_ - paid;
        entry.pool -= paid.toUint96();
        Policy policy = _newestPolicy(venue);
        _moveExactly(policy.pool(), policy.settlementAsset(), account, paid);
        emit ClaimPaid(venue, account, paid);
    }

    /// @inheritdoc ISettlementPool
    function claimInKind(uint32 venue, address account, address token, uint256 value) external alone returns (uint256 amount) {
        _requireOwner(account);
        uint256 open_ = _claims[venue][account];
        InKind memory held = _inKind[venue][token];
        if (held.value == 0) revert NothingInKind(venue, token);
        value = Math.min(Math.min(value, open_), held.value);
        if (_venues[venue].failed) value = _inFailure(venue, account, value);
        amount = Math.mulDiv(held.amount, value, held.value);
        if (amount == 0) revert NothingToClaim(account);
        _claims[venue][account] = open_ - value;
        // The claim left the base when the account was released; what pays it leaves the pool and touches no base, as cash would.
        _takeInKind(venue, token, held, amount, value, account);
        _moveExactly(_newestPolicy(venue).pool(), token, account, amount);
    }

    /// @inheritdoc ISettlementPool
    function buyInKind(uint32 venue, address token, uint256 amount, uint256 mostValue, address to) external alone returns (uint256 value) {
        InKind memory held = _inKind[venue][token];
        if (amount == 0 || amount > held.amount) revert NothingInKind(venue, token);
        value = Math.mulDiv(held.value, amount, held.amount, Math.Rounding.Ceil);
        if (value > mostValue) revert ValueAboveMax(value, mostValue);
        if (to == address(0)) revert ICollateralVault.ZeroAddress();
        _takeInKind(venue, token, held, amount, value, msg.sender);
        _books[venue].pool += value.toUint96();
        Policy policy = _newestPolicy(venue);
        _receiveExactly(policy.settlementAsset(), policy.pool(), value);
        Money.pay(policy.pool(), token, to, amount);
    }

    /// @inheritdoc ISettlementPool
    function contribute(uint32 venue, uint256 amount) external alone {
        Policy policy = _newestPolicy(venue);
        VenueBook storage entry = _books[venue];
        entry.pool += amount.toUint96();
        entry.gross += amount.toInt256().toInt96();
        _refreshCheckpoint(venue, entry);
        _receiveExactly(policy.settlementAsset(), policy.pool(), amount);
        emit PoolContributed(venue, msg.sender, amount);
    }

    /// @inheritdoc ISettlementPool
    function checkpoint(uint32 venue) external alone {
        if (_venues[venue].policy == address(0)) revert ICollateralVault.VenueNotLive(venue);
        VenueBook storage entry = _books[venue];
        entry.lastCheckpointBlock = uint32(block.number);
        _refreshCheckpoint(venue, entry);
    }

    /// @inheritdoc ISettlementPool
    function book(uint32 venue) external view returns (VenueBook memory) {
        return _books[venue];
    }

    /// @inheritdoc ISettlementPool
    function base(uint32 venue) external view returns (int256) {
        return _base(_books[venue]);
    }

    /// @inheritdoc ISettlementPool
    function checkpointAt(uint32 venue, uint64 blockNumber) external view returns (Checkpoint memory) {
        return _checkpoints[venue][blockNumber];
    }

    /// @inheritdoc ISettlementPool
    function poolOf(uint32 venue) external view returns (address) {
        return _newestPolicy(venue).pool();
    }

    /// @inheritdoc ISettlementPool
    function claims(uint32 venue, address account) external view returns (uint256) {
        return _claims[venue][account];
    }

    /// @inheritdoc ISettlementPool
    function inKind(uint32 venue, address token) external view returns (InKind memory) {
        return _inKind[venue][token];
    }

    /// @dev Settles the leaf at place `i` of a proven range. What cannot be moved is left, and said.
    function _settleOne(Run memory run, uint32 index, bytes calldata leaves, uint256 i) private {
        (address account, uint256 credit, uint256 debit) = SumTreeRange.leafAt(leaves, i);
        if (account == address(0)) return;
        AccountRecord memory record = run.record;
        _loadInto(record, account);
        if (record.venue != run.venue || record.index != index) return _skip(run, account, SkipCause.NOT_ITS_PLEDGE);
        AccountStatus status = record.status;
        if (status != AccountStatus.ACTIVE && status != AccountStatus.CALLED) return _skip(run, account, SkipCause.IN_DEFAULT);
        if (record.policyVersion != run.policyVersion && !_mayUnderItsOwnPolicy(run, record)) {
            return _skip(run, account, SkipCause.TOO_EARLY);
        }
        if (run.epoch < record.lastEpoch) return _skip(run, account, SkipCause.LATER_ROOT);
        // A leaf's amounts have 96 bits, what is settled 104.
        unchecked {
            int256 net = int256(credit) - int256(debit);
            if (record.flags & (Flags.RELEASING | Flags.DISPUTED) != 0) {
                if (_isFrozen(run.epoch, record)) return _skip(run, account, SkipCause.AFTER_FREEZE);
                net = _collectable(record, net, run.snapshotBlock);
            }
            int256 due = net - record.settled;
            uint256 size = due < 0 ? uint256(-due) : uint256(due);
            // Small dues carry forward: they stay in the next root's N.
            if (size < run.threshold) return;
            record.lastEpoch = uint32(run.epoch);
            if (due < 0) _takeDebit(run, account, record, size);
            else if (run.mayPay) _payCredit(run, account, record, size);
            else _skip(run, account, SkipCause.OLDER_THAN_SHORTFALL);
        }
    }

    /// @dev An older version binds an account with the dispute window that its owner signed.
    function _mayUnderItsOwnPolicy(Run memory run, AccountRecord memory record) private view returns (bool) {
        uint256 until = uint256(_facts[run.venue][run.epoch].postedAt) + _policyOf(record).disputeWindow();
        return _clock(run.venue) > until;
    }

    /// @dev Whether the pool got what was counted is asked once, at the end of the range.
    function _takeDebit(Run memory run, address account, AccountRecord memory record, uint256 owed) private {
        (uint256 left, uint256 allowance) = _capOf(account, record);
        uint256 amount = owed < left ? owed : left;
        if (amount == 0) return _skip(run, account, SkipCause.NOTHING_THERE);
        // Nearly every account has what it owes, so its balance is asked for only when the token refuses.
        if (!_tryPay(run, account, run.pool, amount)) {
            uint256 balance = Money.balance(run.asset, account);
            if (balance == 0) return _skip(run, account, SkipCause.NOTHING_THERE);
            if (balance >= amount || !_tryPay(run, account, run.pool, balance)) return _skip(run, account, SkipCause.TOKEN_REFUSED);
            amount = balance;
        }
        if (allowance != 0) _writeCap(account, allowance, amount);
        // No more than what is owed, which has no more than 105 bits, and it takes `settled` no further than N.
        unchecked {
            run.cash += amount;
            record.settled -= int104(int256(amount));
        }
        _store(account, record);
        emit ICollateralVault.SettledChanged(account, run.venue, -int256(amount), SettledCause.SETTLEMENT);
    }

    function _payCredit(Run memory run, address account, AccountRecord memory record, uint256 owing) private {
        uint256 amount = Math.min(owing, run.cash);
        if (amount == 0) return _skip(run, account, SkipCause.NOTHING_THERE);
        uint256 before = Money.balance(run.asset, account);
        if (!_tryPay(run, run.pool, account, amount)) return _skip(run, account, SkipCause.TOKEN_REFUSED);
        uint256 received = Money.balance(run.asset, account) - before;
        if (received != amount) revert ICollateralVault.TransferNotExact(run.asset, amount, received);
        unchecked {
            run.cash -= amount;
            record.settled += int104(int256(amount));
        }
        _store(account, record);
        emit ICollateralVault.SettledChanged(account, run.venue, int256(amount), SettledCause.SETTLEMENT);
    }

    /// @dev Whether the token let the transfer happen. Its answer is not copied: a refusal cannot fill our memory.
    function _tryPay(Run memory run, address from, address to, uint256 amount) private returns (bool ok) {
        if (gasleft() < ACCOUNT_GAS) revert GasTooLow(gasleft(), ACCOUNT_GAS);
        bytes memory payment = run.payment;
        uint256 limit = TRANSFER_GAS;
        assembly ("memory-safe") {
            mstore(add(payment, 0x44), to)
            mstore(add(payment, 0x64), amount)
            ok := call(limit, from, 0, add(payment, 0x20), mload(payment), 0, 0)
        }
    }

    function _skip(Run memory run, address account, SkipCause cause) private {
        emit SettlementSkipped(account, run.venue, run.epoch, cause);
    }

    /// @dev In a failed venue what is taken in kind counts as a part of one's share, so that nobody has more of it than of cash.
    function _inFailure(uint32 venue, address account, uint256 value) private returns (uint256 taken) {
        Policy policy = _newestPolicy(venue);
        _requireRegistrationOver(venue, policy);
        taken = Math.min(value, _shareLeft(venue, account, _cashIn(venue) + _kindIn(venue, policy)));
        _book(venue, account, taken);
    }

    function _takeInKind(uint32 venue, address token, InKind memory held, uint256 amount, uint256 value, address who) private {
        _inKind[venue][token] = InKind({amount: held.amount - amount.toUint128(), value: held.value - value.toUint128()});
        emit InKindChanged(venue, token, -amount.toInt256(), -value.toInt256(), who);
    }
}
