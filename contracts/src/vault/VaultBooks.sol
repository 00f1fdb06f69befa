// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AccountRegistry} from "../account/AccountRegistry.sol";
import {SegregatedAccount} from "../account/SegregatedAccount.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {
    AccountRecord,
    AccountStatus,
    Checkpoint,
    Deployment,
    SeizeCause,
    SettledCause,
    VenueBook,
    WithdrawalRequest
} from "../interfaces/Types.sol";
import {Wired} from "../lib/Wired.sol";

/// @title The vault's state, its lock and the movements that are reserved to the other contracts
/// @notice base = pool + sum of `settled` over pledged accounts. `collect` and `payOut` move money between an account and the pool and
/// leave it unchanged; only a contribution, a shortfall and a release change it.
abstract contract VaultBooks is Wired, AccountRegistry {
    using SafeCast for uint256;
    using SafeCast for int256;
    using SafeERC20 for IERC20;

    /// @dev What an account's owner agreed to under its present pledge.
    struct Terms {
        uint96 debitCap;
        uint32 policyVersion;
        uint32 pledges;
    }

    bool private transient _held;

    mapping(address account => AccountRecord) internal _records;
    mapping(address account => Terms) internal _terms;
    mapping(uint32 venue => VenueBook) internal _books;
    mapping(uint32 venue => address) internal _pools;
    mapping(uint32 venue => mapping(uint64 blockNumber => Checkpoint)) internal _checkpoints;
    mapping(uint32 venue => mapping(address account => uint256)) internal _claims;
    /// @dev Keyed by pledge, so that nothing pending outlives it.
    mapping(uint64 pledgeKey => mapping(address token => uint256)) internal _pending;
    mapping(uint256 id => WithdrawalRequest) internal _requests;
    uint256 internal _lastRequest;

    constructor(Deployment memory d) Wired(d, d.vault) {}

    modifier alone() {
        _lock();
        _;
        _held = false;
    }

    modifier onlyDoor() {
        if (msg.sender != SETTLEMENT && msg.sender != address(DEFAULTS) && msg.sender != address(AUCTION)) revert NotADoor(msg.sender);
        _;
    }

    modifier onlyDefaults() {
        if (msg.sender != address(DEFAULTS)) revert NotADoor(msg.sender);
        _;
    }

    /// @inheritdoc ICollateralVault
    function lock() external onlyDoor {
        _lock();
    }

    /// @inheritdoc ICollateralVault
    function unlock() external onlyDoor {
        _held = false;
    }

    /// @inheritdoc ICollateralVault
    function openPool(uint32 venue) external returns (address pool) {
        if (msg.sender != address(REGISTRY)) revert NotADoor(msg.sender);
        pool = _create(address(0), venue);
        _pools[venue] = pool;
        emit PoolOpened(venue, pool);
    }

    /// @inheritdoc ICollateralVault
    function contribute(uint32 venue, uint256 amount) external alone {
        address pool = _pools[venue];
        if (pool == address(0)) revert ZeroAddress();
        IERC20 asset = IERC20(REGISTRY.settlementAsset(venue));
        uint256 before = asset.balanceOf(pool);
        asset.safeTransferFrom(msg.sender, pool, amount);
        uint256 received = asset.balanceOf(pool) - before;

        VenueBook storage entry = _books[venue];
        entry.pool += received.toUint112();
        entry.gross += received.toInt256().toInt112();
        _refreshCheckpoint(venue, entry);
        emit PoolContributed(venue, msg.sender, received);
    }

    /// @inheritdoc ICollateralVault
    function checkpoint(uint32 venue) external alone {
        if (_pools[venue] == address(0)) revert ZeroAddress();
        VenueBook storage entry = _books[venue];
        entry.lastCheckpointBlock = uint64(block.number);
        _refreshCheckpoint(venue, entry);
    }

    /// @inheritdoc ICollateralVault
    function collect(address account, uint256 amount, uint64 epoch, SettledCause cause) external onlyDoor returns (uint256 received) {
        AccountRecord storage entry = _pledged(account);
        uint32 venue = entry.venue;
        _markEpoch(entry, epoch);
        received = _moveExactly(account, REGISTRY.settlementAsset(venue), _pools[venue], amount);
        int104 settled = entry.settled - received.toInt256().toInt104();
        entry.settled = settled;
        _books[venue].pool += received.toUint112();
        emit SettledChanged(account, venue, -received.toInt256(), settled, cause);
    }

    /// @inheritdoc ICollateralVault
    function payOut(address account, uint256 amount, uint64 epoch) external onlyDoor {
        AccountRecord storage entry = _pledged(account);
        uint32 venue = entry.venue;
        _markEpoch(entry, epoch);
        _takeFromPool(venue, amount);
        int104 settled = entry.settled + amount.toInt256().toInt104();
        entry.settled = settled;
        _moveExactly(_pools[venue], REGISTRY.settlementAsset(venue), account, amount);
        emit SettledChanged(account, venue, amount.toInt256(), settled, SettledCause.SETTLEMENT);
    }

    /// @inheritdoc ICollateralVault
    function creditTier(address account, uint256 amount) external onlyDefaults {
        AccountRecord storage entry = _pledged(account);
        _books[entry.venue].pool += amount.toUint112();
        _lowerSettled(account, entry, amount, SettledCause.TIER);
    }

    /// @inheritdoc ICollateralVault
    function writeOff(address account, uint256 shortfall) external onlyDefaults {
        AccountRecord storage entry = _pledged(account);
        VenueBook storage venueBook = _books[entry.venue];
        venueBook.shortfalls += shortfall.toUint112();
        venueBook.lastShortfallBlock = uint64(block.number);
        _lowerSettled(account, entry, shortfall, SettledCause.SHORTFALL);
        // The written-off part stays inside `gross` while the account is pledged: settled fell by it, and `shortfalls` rose by it.
    }

    /// @inheritdoc ICollateralVault
    function seize(address account, address token, address to, uint256 amount, SeizeCause cause) external onlyDoor {
        AccountStatus status = _pledged(account).status;
        if (status != AccountStatus.CLOSING_OUT && status != AccountStatus.LOSS_FIXED) revert NotActive(account, status);
        SegregatedAccount(account).pay(IERC20(token), to, amount);
        emit Seized(account, token, to, amount, cause);
    }

    /// @inheritdoc ICollateralVault
    function changeStatus(address account, AccountStatus from, AccountStatus to) external onlyDefaults {
        AccountRecord storage entry = _pledged(account);
        if (entry.status != from) revert NotActive(account, entry.status);
        entry.status = to;
        emit StatusChanged(account, from, to);
    }

    /// @inheritdoc ICollateralVault
    function release(address account, uint256 owing) external onlyDefaults {
        AccountRecord memory entry = _pledged(account);
        VenueBook storage venueBook = _books[entry.venue];
        venueBook.gross -= (int256(entry.settled) + owing.toInt256()).toInt112();
        if (owing != 0) _claims[entry.venue][account] += owing;
        delete _records[account];
        _refreshCheckpoint(entry.venue, venueBook);
        emit StatusChanged(account, entry.status, AccountStatus.UNPLEDGED);
        emit AccountReleased(account, entry.venue, entry.index, entry.settled, owing);
    }

    /// @inheritdoc ICollateralVault
    function claim(uint32 venue, address account) external alone returns (uint256 paid) {
        uint256 open_ = _claims[venue][account];
        uint256 pool = _books[venue].pool;
        paid = open_ < pool ? open_ : pool;
        if (paid == 0) revert NothingToClaim(account);
        _claims[venue][account] = open_ - paid;
        _takeFromPool(venue, paid);
        _moveExactly(_pools[venue], REGISTRY.settlementAsset(venue), account, paid);
        emit ClaimPaid(venue, account, paid);
    }

    /// @inheritdoc ICollateralVault
    function locked() external view returns (bool) {
        return _held;
    }

    /// @inheritdoc ICollateralVault
    function record(address account) external view returns (AccountRecord memory) {
        return _records[account];
    }

    /// @inheritdoc ICollateralVault
    function pledges(address account) external view returns (uint32) {
        return _terms[account].pledges;
    }

    /// @inheritdoc ICollateralVault
    function debitCap(address account) external view returns (uint96) {
        return _terms[account].debitCap;
    }

    /// @inheritdoc ICollateralVault
    function book(uint32 venue) external view returns (VenueBook memory) {
        return _books[venue];
    }

    /// @inheritdoc ICollateralVault
    function base(uint32 venue) public view returns (int256) {
        VenueBook storage entry = _books[venue];
        return int256(entry.gross) - int256(uint256(entry.shortfalls));
    }

    /// @inheritdoc ICollateralVault
    function checkpointAt(uint32 venue, uint64 blockNumber) external view returns (Checkpoint memory) {
        return _checkpoints[venue][blockNumber];
    }

    /// @inheritdoc ICollateralVault
    function poolOf(uint32 venue) external view returns (address) {
        return _pools[venue];
    }

    /// @inheritdoc ICollateralVault
    function claims(uint32 venue, address account) external view returns (uint256) {
        return _claims[venue][account];
    }

    function _lock() private {
        if (_held) revert Locked();
        _held = true;
    }

    function _pledged(address account) internal view returns (AccountRecord storage entry) {
        entry = _records[account];
        if (entry.venue == 0) revert NotPledged(account);
    }

    function _pledgeKey(uint32 venue, uint32 index) internal pure returns (uint64) {
        return (uint64(venue) << 32) | index;
    }

    function _lowerSettled(address account, AccountRecord storage entry, uint256 amount, SettledCause cause) private {
        int104 settled = entry.settled - amount.toInt256().toInt104();
        entry.settled = settled;
        emit SettledChanged(account, entry.venue, -amount.toInt256(), settled, cause);
    }

    function _takeFromPool(uint32 venue, uint256 amount) private {
        VenueBook storage entry = _books[venue];
        if (entry.pool < amount) revert PoolTooSmall(entry.pool, amount);
        entry.pool -= amount.toUint112();
    }

    function _markEpoch(AccountRecord storage entry, uint64 epoch) private {
        if (epoch == 0) return;
        if (epoch < entry.lastEpoch) revert SettledEpoch(entry.lastEpoch, epoch);
        entry.lastEpoch = uint256(epoch).toUint48();
    }

    /// @dev A token that delivers less than it was asked to would let counters drift from balances: such a transfer is refused.
    function _moveExactly(address from, address token, address to, uint256 amount) private returns (uint256) {
        uint256 before = IERC20(token).balanceOf(to);
        SegregatedAccount(from).pay(IERC20(token), to, amount);
        uint256 received = IERC20(token).balanceOf(to) - before;
        if (received != amount) revert TransferNotExact(token, amount, received);
        return received;
    }

    /// @dev A header names the book at the *end* of its block, so whatever changes it later in the block changes the record too.
    function _refreshCheckpoint(uint32 venue, VenueBook storage entry) internal {
        if (entry.lastCheckpointBlock != block.number) return;
        _checkpoints[venue][uint64(block.number)] = Checkpoint({
            gross: entry.gross,
            nextIndex: entry.nextIndex,
            time: uint40(block.timestamp)
        });
        emit Checkpointed(venue, uint64(block.number), entry.nextIndex, base(venue));
    }
}
