// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Money} from "../core/Money.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {ISegregatedAccount} from "../interfaces/ISegregatedAccount.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {AccountProof, AccountRecord, Exit, Flags, SettledCause} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Exits} from "./Exits.sol";

/// @title How an exit pays, and how it ends
/// @notice Trusts no token: one that refuses, lies about a balance or keeps a share of a transfer delays an exit, and never holds it.
abstract contract ExitPayments is Exits {
    using SafeERC20 for IERC20;

    /// @notice How long the settlement asset has to pay, after the challenge, before collateral pays in its place.
    uint256 public constant IN_KIND_AFTER = 7 days;

    /// @dev What one call out may use where a refusal is not an error. Nobody can make one refuse by sending too little gas: less than
    /// this at hand reverts.
    uint256 private constant READ_GAS = 100_000;
    uint256 private constant TRANSFER_GAS = 300_000;
    uint256 private constant FUND_GAS = 700_000;

    /// @inheritdoc IExitDesk
    function payExit(address account) external alone returns (uint256 left) {
        (AccountRecord memory record, Policy policy, ) = _challenged(account);
        uint256 owed = _exitOwed(record);
        if (owed == 0) revert NothingOwed(account);
        uint256 amount = Math.min(owed, Money.balance(policy.settlementAsset(), account));
        if (_actor() != _ownerOf(account)) {
            amount = Math.min(amount, _capLeft(account, record));
            _useCap(account, record, amount);
        }
        if (amount == 0) revert StillOwed(account, owed);
        left = owed - amount;
        _collect(account, record, policy, amount, SettledCause.EXIT);
        emit ExitPaid(account, record.venue, amount, left, account);
    }

    /// @inheritdoc IExitDesk
    function payExitFor(address account, uint256 amount) external alone {
        (AccountRecord memory record, Policy policy, ) = _challenged(account);
        uint256 owed = _exitOwed(record);
        amount = Math.min(owed, amount);
        if (amount == 0) revert NothingOwed(account);
        _credit(account, record, amount, SettledCause.EXIT);
        emit ExitPaid(account, record.venue, amount, owed - amount, msg.sender);
        (address asset, address pool) = (policy.settlementAsset(), policy.pool());
        uint256 before = Money.balance(asset, pool);
        IERC20(asset).safeTransferFrom(msg.sender, pool, amount);
        uint256 received = Money.balance(asset, pool) - before;
        if (received != amount) revert ICollateralVault.TransferNotExact(asset, amount, received);
    }

    /// @inheritdoc IExitDesk
    function payExitInKind(AccountProof calldata proof, address token) external alone {
        address account = proof.leaf.account;
        (AccountRecord memory record, Policy policy, Exit memory exit) = _challenged(account);
        uint256 from = exit.challengeUntil + IN_KIND_AFTER;
        if (block.timestamp <= from) revert TooEarlyInKind(from);
        uint256 wanted = _exitOwed(record);
        if (wanted == 0) revert NothingOwed(account);
        uint256 place = policy.placeOf(token);
        if (place == policy.count()) revert ICollateralVault.NotAccepted(record.venue, token);
        uint256 price = place == 0 ? PRICE_UNIT : _priceOfRoot(proof, record.venue, exit, place);
        bool capped = _actor() != _ownerOf(account);
        bool whole = true;
        if (capped) {
            uint256 cap = _capLeft(account, record);
            if (cap == 0) revert ICloseOut.DebitCapReached(account, wanted);
            whole = wanted <= cap;
            wanted = Math.min(wanted, cap);
        }
        uint256 value = _giveInKind(account, record, policy, place, wanted, price);
        // Where all that is owed brings in nothing, a token refuses, is worth nothing, or keeps what the last unit is worth.
        if (value == 0 && whole) _spentAssets[_keyOf(record)] |= 1 << place;
        if (capped) _useCap(account, record, value);
        emit ExitPaid(account, record.venue, value, _exitOwed(record), account);
    }

    /// @inheritdoc IExitDesk
    function finishExit(address account) external alone {
        (AccountRecord memory record, Policy policy, Exit memory exit) = _challenged(account);
        // It ends by itself after `confirmLimit`; until then what it is about stays here.
        if (record.flags & Flags.DISPUTED != 0 && _disputes[_keyOf(record)].endedBlock == 0) revert DisputedSum(account);
        int256 net = _exitNet(record, exit);
        uint256 owed = _remaining(record, net);
        if (owed != 0) _requireSpent(account, record, policy, owed);
        _closeLots(record, policy);
        uint256 shortfall = owed == 0 ? 0 : _lose(account, record, policy, owed);
        emit Exited(account, record.venue, net, shortfall);
        _leave(account, record, policy, net);
    }

    /// @dev Sends what `wanted` is worth of an asset to the pool, and books what arrived. An asset that refuses, is worth nothing or has
    /// all been sent is spent: it does not hold the exit, and neither does what anybody sends to the account afterwards.
    function _giveInKind(
        address account,
        AccountRecord memory record,
        Policy policy,
        uint256 place,
        uint256 wanted,
        uint256 price
    ) private returns (uint256 value) {
        address token = policy.token(place);
        uint256 balance = _balance(token, account);
        uint256 amount = price == 0 ? 0 : Math.min(balance, Math.mulDiv(wanted, PRICE_UNIT, price, Math.Rounding.Ceil));
        amount = Math.min(amount, type(uint128).max);
        if (place != 0 && _lots[_lotId(record, place)].position != 0) _closeLot(_lotId(record, place), record);
        uint256 received = Math.mulDiv(amount, price, PRICE_UNIT) == 0 ? 0 : _send(account, token, policy.pool(), amount);
        if (amount == balance) _spentAssets[_keyOf(record)] |= 1 << place;
        if (received == 0) return 0;
        value = Math.min(wanted, Math.mulDiv(received, price, PRICE_UNIT));
        if (place == 0) _credit(account, record, value, SettledCause.EXIT);
        else _bookInKind(account, record, token, received, value);
    }

    /// @dev Price of a root, without haircut: of the one that the exit stands on, or, where it stands on none, of the venue's newest. What a
    /// root has no price of is worth nothing under it: a list that a venue leaves short does not hold an exit.
    function _priceOfRoot(AccountProof calldata proof, uint32 venue, Exit memory exit, uint256 place) private view returns (uint256) {
        uint64 epoch = exit.epoch == 0 || exit.epoch == FIXED_LOSS ? _venues[venue].newest : exit.epoch;
        if (proof.header.venue != venue || proof.header.epoch != epoch) revert IAttestationLog.NotPosted(venue, epoch);
        _requirePosted(proof.header);
        uint128[] calldata list = _requirePrices(proof);
        return place < list.length ? list[place] : 0;
    }

    /// @dev Reverts while the account has an accepted asset that has not been tried.
    function _requireSpent(address account, AccountRecord memory record, Policy policy, uint256 owed) private view {
        uint256 spent = _spentAssets[_keyOf(record)];
        uint256 n = policy.count();
        for (uint256 i; i < n; ++i) {
            if (spent & (1 << i) == 0 && _balance(policy.token(i), account) != 0) revert StillOwed(account, owed);
        }
    }

    /// @dev What the account cannot pay: the venue's own tranche, then a shortfall. Members insure defaults, and nobody called this one.
    /// A failed venue's tranche is for its registered winners. A fund that cannot pay does not hold the exit.
    function _lose(address account, AccountRecord memory record, Policy policy, uint256 owed) private returns (uint256 shortfall) {
        shortfall = owed;
        if (!_venues[record.venue].failed) {
            _requireGas(FUND_GAS);
            try IDefaultFund(policy.fund()).payFromVenueTranche{gas: FUND_GAS}(owed, policy.pool()) returns (uint256 paid) {
                shortfall -= paid;
                if (paid != 0) _credit(account, record, paid, SettledCause.TIER);
            } catch {
                shortfall = owed;
            }
        }
        if (shortfall != 0) _writeOff(account, record, shortfall);
    }

    /// @dev A transfer that the token may refuse, and what of it arrived. Nothing that it answers is copied.
    function _send(address account, address token, address to, uint256 amount) private returns (uint256) {
        uint256 before = _balance(token, to);
        bytes memory data = abi.encodeCall(ISegregatedAccount.pay, (IERC20(token), to, amount));
        _requireGas(TRANSFER_GAS);
        uint256 limit = TRANSFER_GAS;
        bool ok;
        assembly ("memory-safe") {
            ok := call(limit, account, 0, add(data, 0x20), mload(data), 0, 0)
        }
        if (!ok) return 0;
        uint256 since = _balance(token, to);
        return since > before ? Math.min(since - before, amount) : 0;
    }

    /// @dev A balance; nothing, where the token does not say.
    function _balance(address token, address who) private view returns (uint256 held) {
        _requireGas(READ_GAS);
        bytes memory data = abi.encodeCall(IERC20.balanceOf, (who));
        uint256 limit = READ_GAS;
        assembly ("memory-safe") {
            let ok := staticcall(limit, token, add(data, 0x20), mload(data), 0x00, 0x20)
            if and(ok, gt(returndatasize(), 0x1f)) {
                held := mload(0x00)
            }
        }
    }

    function _requireGas(uint256 needed) private view {
        uint256 least = needed + needed / 63 + 20_000;
        if (gasleft() < least) revert ISettlementPool.GasTooLow(gasleft(), least);
    }
}
