// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IDefaultManager} from "../interfaces/IDefaultManager.sol";
import {
    AccountProof,
    AccountRecord,
    AccountStatus,
    AssetConfig,
    CloseOutReport,
    Deployment,
    EpochFacts,
    SeizeCause,
    SettledCause,
    VenueParameters
} from "../interfaces/Types.sol";
import {Proofs} from "../lib/Proofs.sol";
import {Wired} from "../lib/Wired.sol";
import {PolicyBounds} from "../venue/PolicyBounds.sol";

/// @title Call, cure, default, close-out and the waterfall
/// @notice Trusts the attested root together with live feeds for who is short, and venue and attestors together for what a close-out
/// came to. Anybody may send any step.
/// @dev Invariants kept here: `solventStaysWhole` (no default without a prior call and a later root, both still short),
/// `lossConserved`, `surplusReturns`. State is keyed by pledge, so nothing of it outlives one.
contract DefaultManager is IDefaultManager, Wired {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using SafeCast for int256;

    bytes32 private constant REPORT_TYPEHASH = keccak256(
        "CloseOutReport(uint32 venue,address account,uint32 index,int256 finalNet,bytes32 evidence)"
    );
    uint256 private constant BPS = 10_000;
    int256 private constant NET_LIMIT = int256(uint256(type(uint96).max));

    /// @dev One resolution as it runs: where the loss goes, settlement units, and what is left of the account's balance.
    struct Waterfall {
        address asset;
        IDefaultFund fund;
        uint256 balance;
        uint256 reward;
        uint256 fromAccount;
        uint256 penalty;
        uint256 fromVenue;
        uint256 fromMembers;
        uint256 shortfall;
    }

    mapping(uint64 pledgeKey => Case) private _cases;
    mapping(uint32 venue => uint256) public openDefaults;
    mapping(address beneficiary => mapping(address token => uint256)) public rewards;

    constructor(Deployment memory d) Wired(d, d.defaultManager) {}

    /// @inheritdoc IDefaultManager
    function callMargin(AccountProof calldata proof) external withLock {
        address account = proof.leaf.account;
        (AccountRecord memory record, Case storage entry) = _load(account);
        VenueParameters memory p = REGISTRY.parameters(record.venue);
        if (record.status == AccountStatus.CALLED && _hasLapsed(entry, p)) {
            _endCall(account, record, entry);
            emit CallLapsed(account, record.venue);
            record.status = AccountStatus.ACTIVE;
        }
        Proofs.requireCurrent(LOG, proof, record);
        (bool initial, bool maintenance) = VALUER.shortness(proof, record.settled);
        if (!initial) revert NotShort(account);
        uint40 deadline = uint40(block.timestamp + (maintenance ? PolicyBounds.MIN_CURE : p.cureWindow));
        if (record.status == AccountStatus.CALLED) {
            if (deadline >= entry.deadline) revert AlreadyCalled(account, entry.deadline);
        } else {
            VAULT.changeStatus(account, AccountStatus.ACTIVE, AccountStatus.CALLED);
            entry.callBlock = uint64(block.number);
            entry.initialMargin = proof.leaf.initialMargin;
        }
        entry.deadline = deadline;
        emit MarginCalled(account, record.venue, proof.header.epoch, proof.leaf.initialMargin, deadline, maintenance, msg.sender);
    }

    /// @inheritdoc IDefaultManager
    function cure(AccountProof calldata proof) external withLock {
        address account = proof.leaf.account;
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (record.status != AccountStatus.CALLED) revert NotCalled(account);
        Proofs.requireCurrent(LOG, proof, record);
        (bool initial, ) = VALUER.shortness(proof, record.settled);
        if (initial) revert StillShort(account);
        _endCall(account, record, entry);
        emit MarginCured(account, record.venue, proof.header.epoch);
    }

    /// @inheritdoc IDefaultManager
    function lapse(address account) external withLock {
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (record.status != AccountStatus.CALLED) revert NotCalled(account);
        VenueParameters memory p = REGISTRY.parameters(record.venue);
        if (!_hasLapsed(entry, p)) revert NotLapsed(entry.deadline + p.callTtl);
        _endCall(account, record, entry);
        emit CallLapsed(account, record.venue);
    }

    /// @inheritdoc IDefaultManager
    function declareDefault(AccountProof calldata proof, address firstLot) external withLock returns (uint256 lot) {
        address account = proof.leaf.account;
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (record.status != AccountStatus.CALLED) revert NotCalled(account);
        if (block.timestamp <= entry.deadline) revert BeforeDeadline(entry.deadline);
        VenueParameters memory p = REGISTRY.parameters(record.venue);
        if (_hasLapsed(entry, p)) revert CallHasLapsed(entry.deadline + uint40(p.callTtl));
        EpochFacts memory facts = Proofs.requireCurrent(LOG, proof, record);
        if (facts.snapshotBlock <= entry.callBlock) revert RootNotAfterCall(entry.callBlock, facts.snapshotBlock);
        (bool initial, ) = VALUER.shortness(proof, record.settled);
        if (!initial) revert NotShort(account);

        VAULT.changeStatus(account, AccountStatus.CALLED, AccountStatus.CLOSING_OUT);
        uint96 owed = _owed(proof, record);
        entry.defaultedAt = uint40(block.timestamp);
        entry.owed = owed;
        entry.owedAtDefault = owed;
        entry.declarer = msg.sender;
        ++openDefaults[record.venue];
        emit DefaultDeclared(account, record.venue, proof.header.epoch, owed, msg.sender);
        if (firstLot != address(0)) lot = AUCTION.startFirst(account, firstLot);
    }

    /// @inheritdoc IDefaultManager
    function refreshOwed(AccountProof calldata proof) external withLock {
        (AccountRecord memory record, Case storage entry) = _load(proof.leaf.account);
        if (record.status != AccountStatus.CLOSING_OUT) revert NotInDefault(proof.leaf.account);
        Proofs.requireCurrent(LOG, proof, record);
        entry.owed = _owed(proof, record);
    }

    /// @inheritdoc IDefaultManager
    function report(CloseOutReport calldata closeOut, bytes calldata venueSignature, bytes calldata attestorSignatures) external withLock {
        address account = closeOut.account;
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (record.status != AccountStatus.CLOSING_OUT) revert NotInDefault(account);
        if (closeOut.venue != record.venue || closeOut.index != record.index) revert WrongReport(account, closeOut.venue, closeOut.index);
        if (entry.reportedAt != 0) revert ReportTwice(account);
        // A net that the ledger of the default could not hold would lock the account: it is refused here, while a true one can follow.
        if (closeOut.finalNet > NET_LIMIT || int256(record.settled) - closeOut.finalNet > NET_LIMIT)
            revert NetOutOfRange(closeOut.finalNet);
        bytes32 digest = LOG.digestOf(
            keccak256(abi.encode(REPORT_TYPEHASH, closeOut.venue, account, closeOut.index, closeOut.finalNet, closeOut.evidence))
        );
        REGISTRY.requireQuorum(record.venue, digest, venueSignature, attestorSignatures);
        entry.reportedAt = uint40(block.timestamp);
        entry.finalNet = closeOut.finalNet;
        emit CloseOutReported(account, record.venue, closeOut.finalNet, closeOut.evidence);
    }

    /// @inheritdoc IDefaultManager
    function fixLoss(address account) external withLock {
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (record.status != AccountStatus.CLOSING_OUT) revert NotInDefault(account);
        if (entry.reportedAt == 0) revert NoReport(account);
        uint256 until = uint256(entry.reportedAt) + REGISTRY.parameters(record.venue).disputeWindow;
        if (block.timestamp <= until) revert DisputeWindowOpen(until);
        int256 loss = int256(record.settled) - entry.finalNet;
        _fix(account, record, entry, loss > 0 ? uint256(loss) : 0);
    }

    /// @inheritdoc IDefaultManager
    function fixLossWithoutReport(AccountProof calldata proof) external withLock {
        address account = proof.leaf.account;
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (record.status != AccountStatus.CLOSING_OUT) revert NotInDefault(account);
        if (entry.reportedAt != 0) revert ReportTwice(account);
        uint256 until = uint256(entry.defaultedAt) + REGISTRY.parameters(record.venue).closeOutDeadline;
        if (block.timestamp <= until) revert CloseOutNotOver(until);
        Proofs.requireCurrent(LOG, proof, record);
        uint256 loss = Math.min(_owed(proof, record), entry.owedAtDefault);
        entry.finalNet = int256(record.settled) - loss.toInt256();
        _fix(account, record, entry, loss);
    }

    /// @inheritdoc IDefaultManager
    function resolve(address account) external withLock {
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (record.status != AccountStatus.LOSS_FIXED) revert NotInDefault(account);
        Case memory case_ = entry;
        if (case_.openLots != 0) revert LotsUnsold(case_.openLots);
        if (case_.toSell != 0 && _need(account) != 0) revert SaleStillNeeded(account, case_.toSell);
        delete _cases[_key(record)];
        --openDefaults[record.venue];
        _drawWaterfall(account, record, case_);
    }

    /// @inheritdoc IDefaultManager
    function collectReward(address token, address to) external withLock returns (uint256 amount) {
        amount = rewards[msg.sender][token];
        if (amount == 0) revert NothingToCollect(msg.sender, token);
        rewards[msg.sender][token] = 0;
        emit RewardCollected(msg.sender, token, amount);
        IERC20(token).safeTransfer(to, amount);
    }

    /// @inheritdoc IDefaultManager
    function lotOpened(address account, address token) external {
        if (msg.sender != address(AUCTION)) revert NotTheAuction(msg.sender);
        (AccountRecord memory record, Case storage entry) = _load(account);
        entry.openLots++;
        AssetConfig[] memory assets = REGISTRY.assets(record.venue);
        for (uint256 i = 1; i < assets.length; ++i) {
            if (assets[i].token == token) entry.toSell &= ~(uint8(1) << uint8(i));
        }
    }

    /// @inheritdoc IDefaultManager
    function lotClosed(address account) external {
        if (msg.sender != address(AUCTION)) revert NotTheAuction(msg.sender);
        (, Case storage entry) = _load(account);
        entry.openLots--;
    }

    /// @inheritdoc IDefaultManager
    function need(address account) external view returns (uint256) {
        // During a callback balances are in motion: only the auction, which sets them in motion, is told what is still needed then.
        if (msg.sender != address(AUCTION) && VAULT.locked()) revert QuoteDuringCallback();
        return _need(account);
    }

    /// @inheritdoc IDefaultManager
    function caseOf(address account) external view returns (Case memory) {
        return _cases[_key(VAULT.record(account))];
    }

    /// @inheritdoc IDefaultManager
    function minCure() external pure returns (uint256) {
        return PolicyBounds.MIN_CURE;
    }

    function _need(address account) private view returns (uint256) {
        (AccountRecord memory record, Case storage entry) = _load(account);
        if (entry.defaultedAt == 0) return 0;
        VenueParameters memory p = REGISTRY.parameters(record.venue);
        uint256 debt = record.status == AccountStatus.LOSS_FIXED ? entry.loss : entry.owed;
        uint256 target = debt + _reward(debt, p) + _penalty(debt, p);
        uint256 balance = IERC20(REGISTRY.settlementAsset(record.venue)).balanceOf(account);
        return target > balance ? target - balance : 0;
    }

    /// @dev Reward, loss, penalty, in that order, out of the defaulter's own account; then the venue's tranche, then the members' up to
    /// their cap, then the shortfall. What is left stays in the account.
    function _drawWaterfall(address account, AccountRecord memory record, Case memory case_) private {
        VenueParameters memory p = REGISTRY.parameters(record.venue);
        Waterfall memory w;
        w.asset = REGISTRY.settlementAsset(record.venue);
        w.fund = IDefaultFund(REGISTRY.fundOf(record.venue));
        w.balance = IERC20(w.asset).balanceOf(account);

        _payReward(account, case_, p, w);
        w.fromAccount = Math.min(case_.loss, w.balance);
        if (w.fromAccount != 0) VAULT.collect(account, w.fromAccount, 0, SettledCause.DEFAULTER);
        w.balance -= w.fromAccount;
        if (case_.loss == w.fromAccount) _payPenalty(account, case_, p, w);
        else _drawFund(account, record, case_, p, w);

        emit DefaultResolved(
            account,
            record.venue,
            case_.loss,
            w.fromAccount,
            w.fromVenue,
            w.fromMembers,
            w.shortfall,
            w.reward,
            w.penalty
        );
        // All of the loss is now in `settled`; what the close-out left the account to receive becomes a claim on the pool.
        int256 owing = case_.finalNet - int256(record.settled);
        VAULT.release(account, owing > 0 ? uint256(owing) : 0);
    }

    /// @dev A declarer who acted on two proofs did nothing wrong if the loss then turned out zero: the venue's own tranche pays.
    function _payReward(address account, Case memory case_, VenueParameters memory p, Waterfall memory w) private {
        if (case_.loss == 0) {
            w.reward = w.fund.payFromVenueTranche(p.declareReward, address(this));
        } else {
            w.reward = Math.min(_reward(case_.loss, p), w.balance);
            if (w.reward != 0) VAULT.seize(account, w.asset, address(this), w.reward, SeizeCause.REWARD);
            w.balance -= w.reward;
        }
        if (w.reward == 0) return;
        rewards[case_.declarer][w.asset] += w.reward;
        emit RewardAccrued(case_.declarer, w.asset, w.reward);
    }

    /// @dev From surplus only: nothing of the loss is left when this is called.
    function _payPenalty(address account, Case memory case_, VenueParameters memory p, Waterfall memory w) private {
        w.penalty = Math.min(_penalty(case_.loss, p), w.balance);
        if (w.penalty == 0) return;
        VAULT.seize(account, w.asset, address(w.fund), w.penalty, SeizeCause.PENALTY);
        w.fund.addPenalty(w.penalty);
    }

    function _drawFund(
        address account,
        AccountRecord memory record,
        Case memory case_,
        VenueParameters memory p,
        Waterfall memory w
    ) private {
        uint256 rest = case_.loss - w.fromAccount;
        uint256 cap = (uint256(case_.initialMargin) * p.memberCapBps) / BPS;
        (w.fromVenue, w.fromMembers) = w.fund.absorb(rest, cap, VAULT.poolOf(record.venue));
        if (w.fromVenue + w.fromMembers != 0) VAULT.creditTier(account, w.fromVenue + w.fromMembers);
        w.shortfall = rest - w.fromVenue - w.fromMembers;
        if (w.shortfall != 0) VAULT.writeOff(account, w.shortfall);
    }

    /// @dev Marks what must be offered before any tier pays: whatever accepted collateral is there now and in no lot. What arrives
    /// later blocks nothing.
    function _fix(address account, AccountRecord memory record, Case storage entry, uint256 loss) private {
        entry.loss = loss.toUint96();
        VAULT.changeStatus(account, AccountStatus.CLOSING_OUT, AccountStatus.LOSS_FIXED);
        AssetConfig[] memory assets = REGISTRY.assets(record.venue);
        uint8 toSell;
        for (uint256 i = 1; i < assets.length; ++i) {
            if (AUCTION.lotFor(account, assets[i].token) == 0 && IERC20(assets[i].token).balanceOf(account) != 0) {
                toSell |= uint8(1) << uint8(i);
            }
        }
        entry.toSell = toSell;
        emit LossFixed(account, record.venue, loss, entry.finalNet);
    }

    function _endCall(address account, AccountRecord memory record, Case storage entry) private {
        VAULT.changeStatus(account, AccountStatus.CALLED, AccountStatus.ACTIVE);
        entry.callBlock = 0;
        entry.deadline = 0;
        entry.initialMargin = 0;
        record.status = AccountStatus.ACTIVE;
    }

    function _load(address account) private view returns (AccountRecord memory record, Case storage entry) {
        record = VAULT.record(account);
        if (record.venue == 0) revert PledgeHasEnded(account);
        entry = _cases[_key(record)];
    }

    function _hasLapsed(Case storage entry, VenueParameters memory p) private view returns (bool) {
        return block.timestamp > uint256(entry.deadline) + p.callTtl;
    }

    function _owed(AccountProof calldata proof, AccountRecord memory record) private pure returns (uint96) {
        int256 due = Proofs.due(proof.leaf, record.settled);
        return due < 0 ? uint256(-due).toUint96() : 0;
    }

    function _reward(uint256 debt, VenueParameters memory p) private pure returns (uint256) {
        return Math.min(p.declareReward, (debt * p.rewardBps) / BPS);
    }

    function _penalty(uint256 debt, VenueParameters memory p) private pure returns (uint256) {
        return (debt * p.penaltyBps) / BPS;
    }

    function _key(AccountRecord memory record) private pure returns (uint64) {
        return (uint64(record.venue) << 32) | record.index;
    }
}
