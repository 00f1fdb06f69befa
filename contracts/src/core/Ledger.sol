// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AccountLookup} from "../account/AccountLookup.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {
    AccountRecord,
    AccountStatus,
    Checkpoint,
    DebitAllowance,
    Demand,
    Dispute,
    Flags,
    SettledCause,
    VenueBook
} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Money} from "./Money.sol";
import {Proving} from "./Proving.sol";

/// @title The movements of money, and the books that follow them
/// @notice base = pool + value in kind + sum of `settled` over pledged accounts. Moving money between an account and the pool leaves it
/// unchanged; only a contribution, a shortfall and a release change it.
/// @dev Every function here writes the record that it is given back to storage: a caller holds one copy and no other.
abstract contract Ledger is Proving, AccountLookup {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using SafeCast for int256;

    /// @dev Takes settlement asset from an account into its venue's pool and lowers `settled` by exactly that.
    function _collect(address account, AccountRecord memory record, Policy policy, uint256 amount, SettledCause cause) internal {
        _moveExactly(account, policy.settlementAsset(), policy.pool(), amount);
        _books[record.venue].pool += amount.toUint96();
        _lowerSettled(account, record, amount, cause);
    }

    /// @dev Books what has been paid into the pool for an account, by a tier of the waterfall or anybody else: pool up, `settled` down.
    function _credit(address account, AccountRecord memory record, uint256 amount, SettledCause cause) internal {
        _books[record.venue].pool += amount.toUint96();
        _lowerSettled(account, record, amount, cause);
    }

    /// @dev Writes a shortfall into `settled` without a transfer; the venue's base falls by exactly it.
    function _writeOff(address account, AccountRecord memory record, uint256 shortfall) internal {
        VenueBook storage entry = _books[record.venue];
        entry.shortfalls += shortfall.toUint112();
        entry.lastShortfallBlock = uint64(block.number);
        _lowerSettled(account, record, shortfall, SettledCause.SHORTFALL);
    }

    /// @dev Moves collateral into the pool in kind, at `value`, and lowers `settled` by that.
    function _payInKind(
        address account,
        AccountRecord memory record,
        Policy policy,
        address token,
        uint256 amount,
        uint256 value
    ) internal {
        _moveExactly(account, token, policy.pool(), amount);
        _bookInKind(account, record, token, amount, value);
    }

    /// @dev Books collateral that has come into the pool in kind, at `value`: `settled` down by that.
    function _bookInKind(address account, AccountRecord memory record, address token, uint256 amount, uint256 value) internal {
        _inKind[record.venue][token].amount += amount.toUint128();
        _inKind[record.venue][token].value += value.toUint128();
        emit ISettlementPool.InKindChanged(record.venue, token, amount.toInt256(), value.toInt256(), account);
        _lowerSettled(account, record, value, SettledCause.IN_KIND);
    }

    /// @dev Every change of status has an event of its own, which the caller emits.
    function _setStatus(address account, AccountRecord memory record, AccountStatus to) internal {
        record.status = to;
        _store(account, record);
    }

    /// @dev Ends a pledge. `owing` becomes a claim on the pool. What is kept by pledge dies with its key; the address book stays, and
    /// what somebody prepaid goes back.
    function _release(address account, AccountRecord memory record, uint256 owing) internal {
        VenueBook storage entry = _books[record.venue];
        entry.gross -= (int256(record.settled) + owing.toInt256()).toInt96();
        if (owing != 0) _claims[record.venue][account] += owing;
        if (record.flags & (Flags.DISPUTED | Flags.DEMANDED) != 0) _returnPrepaid(record);
        _storeFree(account, record.flags & Flags.BOOK);
        _refreshCheckpoint(record.venue, entry);
        emit ICollateralVault.AccountReleased(account, record.venue, record.index, record.settled, owing);
    }

    /// @dev What the daily cap still lets doors 2 to 5 take from an account today, unless the owner or the higher quorum signed.
    function _capLeft(address account, AccountRecord memory record) internal view returns (uint256 left) {
        (left, ) = _capOf(account, record);
    }

    /// @dev The same, and what it was read from; 0 without a cap.
    function _capOf(address account, AccountRecord memory record) internal view returns (uint256 left, uint256 word) {
        if (record.flags & Flags.CAPPED == 0) return (type(uint256).max, 0);
        word = _allowanceWord(account);
        uint256 used = uint32(word >> 192) == uint32(block.timestamp / 1 days) ? uint96(word >> 96) : 0;
        unchecked {
            left = uint96(word) > used ? uint96(word) - used : 0;
        }
    }

    /// @dev Books what was taken against the daily cap.
    function _useCap(address account, AccountRecord memory record, uint256 amount) internal {
        if (record.flags & Flags.CAPPED != 0) _writeCap(account, _allowanceWord(account), amount);
    }

    /// @dev The same, for whoever has read the word. An account that has a cap has been pledged, so its word is not zero.
    function _writeCap(address account, uint256 word, uint256 amount) internal {
        uint32 today = uint32(block.timestamp / 1 days);
        // No more than the cap, which has 96 bits.
        unchecked {
            if (uint32(word >> 192) == today) amount += uint96(word >> 96);
        }
        // The cap below and the number of pledges above stay as they are.
        word = (word & ~(uint256(type(uint128).max) << 96)) | (uint256(uint96(amount)) << 96) | (uint256(today) << 192);
        DebitAllowance storage entry = _allowances[account];
        assembly ("memory-safe") {
            sstore(entry.slot, word)
        }
    }

    /// @dev `DebitAllowance` as it is kept, read at once.
    function _allowanceWord(address account) private view returns (uint256 word) {
        DebitAllowance storage entry = _allowances[account];
        assembly ("memory-safe") {
            word := sload(entry.slot)
        }
    }

    /// @dev N as far as it may be collected: an open dispute holds a debit at the last undisputed N, whatever root shows it; one that has
    /// ended holds it, under the roots from before its end, at what was left, accepted or confirmed. What has been taken beyond that by
    /// the owner's own hand or under a later root is no reason to pay it back: a cap never makes a credit.
    function _collectable(AccountRecord memory record, int256 net, uint64 snapshotBlock) internal view returns (int256) {
        if (record.flags & Flags.DISPUTED == 0) return net;
        Dispute storage entry = _disputes[_keyOf(record)];
        (int256 least, uint64 ended) = (entry.capNet, entry.endedBlock);
        if (least > record.settled) least = record.settled;
        return net >= least || (ended != 0 && snapshotBlock > ended) ? net : least;
    }

    /// @dev Whether a root was snapshotted after the freeze of a release: it does not change N any more, so nothing is collected under it.
    function _isFrozen(uint64 epoch, AccountRecord memory record) internal view returns (bool) {
        if (record.flags & Flags.RELEASING == 0) return false;
        return _facts[record.venue][epoch].snapshotTime > _exits[_keyOf(record)].freezeAt;
    }

    /// @dev A header names the book at the *end* of its block, so whatever changes it later in the block changes the record too.
    function _refreshCheckpoint(uint32 venue, VenueBook storage entry) internal {
        if (entry.lastCheckpointBlock != uint32(block.number)) return;
        _checkpoints[venue][uint64(block.number)] = Checkpoint({
            gross: entry.gross,
            nextIndex: entry.nextIndex,
            time: uint40(block.timestamp)
        });
        emit ISettlementPool.Checkpointed(venue, uint64(block.number), entry.nextIndex, _base(entry));
    }

    function _base(VenueBook storage entry) internal view returns (int256) {
        return int256(entry.gross) - int256(uint256(entry.shortfalls));
    }

    /// @dev A token that delivers less than it was asked to would let counters drift from balances: such a transfer is refused.
    function _moveExactly(address from, address token, address to, uint256 amount) internal {
        uint256 before = Money.balance(token, to);
        Money.pay(from, token, to, amount);
        uint256 received = Money.balance(token, to) - before;
        if (received != amount) revert ICollateralVault.TransferNotExact(token, amount, received);
    }

    /// @dev As `_moveExactly`, out of the caller's own pocket.
    function _receiveExactly(address token, address to, uint256 amount) internal {
        uint256 before = Money.balance(token, to);
        IERC20(token).safeTransferFrom(msg.sender, to, amount);
        uint256 received = Money.balance(token, to) - before;
        if (received != amount) revert ICollateralVault.TransferNotExact(token, amount, received);
    }

    /// @dev Money that the vault holds for somebody to collect. Nothing is pushed: a receiver whom the token refuses holds nobody up.
    function _accrue(address beneficiary, address token, uint256 amount) internal {
        if (amount == 0) return;
        _rewards[beneficiary][token] += amount;
        emit ICloseOut.RewardAccrued(beneficiary, token, amount);
    }

    /// @dev Nobody can decide a dispute or answer a demand of a pledge that has ended.
    function _returnPrepaid(AccountRecord memory record) private {
        uint64 key = _keyOf(record);
        address asset = _newestPolicy(record.venue).settlementAsset();
        Dispute storage dispute = _disputes[key];
        (address payer, uint96 bond) = (dispute.payer, dispute.bond);
        if (bond != 0) {
            dispute.bond = 0;
            _accrue(payer, asset, bond);
        }
        if (record.flags & Flags.DEMANDED == 0) return;
        Demand storage demand = _demands[key];
        --_venues[record.venue].openDemands;
        _accrue(demand.payer, asset, demand.fee);
    }

    function _lowerSettled(address account, AccountRecord memory record, uint256 amount, SettledCause cause) private {
        record.settled -= amount.toInt256().toInt104();
        _store(account, record);
        emit ICollateralVault.SettledChanged(account, record.venue, -amount.toInt256(), cause);
    }
}
