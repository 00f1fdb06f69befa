// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Valuing} from "../core/Valuing.sol";
import {IOwnerDesk} from "../interfaces/IOwnerDesk.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {AccountProof, AccountRecord, AccountStatus, Flags, WithdrawalDoor, WithdrawalRequest} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Paying} from "./Paying.sol";

/// @title Door 1, by request: without the venue, under the newest root
/// @notice Trusts the attested root together with the price feeds.
abstract contract OwnerRequests is IOwnerDesk, Valuing, Paying {
    /// @inheritdoc IOwnerDesk
    function requestWithdrawal(address account, address token, uint128 amount, address to) external alone {
        address owner = _requireOwner(account);
        if (amount == 0) revert ICollateralVault.ZeroAmount();
        if (to == address(0)) revert ICollateralVault.ZeroAddress();
        AccountRecord memory entry = _pledged(account);
        _requireInBook(account, entry.flags, owner, to);
        uint256 place = _placeOf(entry, token);
        uint8 bit = uint8(1 << place);
        if (entry.pendingMask & bit != 0) revert RequestExists(account, token);
        entry.pendingMask |= bit;
        _store(account, entry);
        _requests[_keyOf(entry)][place] = WithdrawalRequest({to: to, requestBlock: uint64(block.number), amount: amount});
        emit WithdrawalRequested(account, token, amount, to);
    }

    /// @inheritdoc IOwnerDesk
    function cancelWithdrawal(address account, address token) external alone {
        _requireOwner(account);
        AccountRecord memory entry = _pledged(account);
        uint256 place = _placeOf(entry, token);
        _closeRequest(account, token, entry, place);
        emit WithdrawalCancelled(account, token);
    }

    /// @inheritdoc IOwnerDesk
    function finaliseWithdrawal(address token, AccountProof calldata proof) external alone {
        address account = proof.leaf.account;
        AccountRecord memory entry = _pledged(account);
        if ((entry.status != AccountStatus.ACTIVE && entry.status != AccountStatus.CALLED) || entry.flags & Flags.OWED_AUCTION != 0) {
            revert ICollateralVault.NotActive(account, entry.status);
        }
        _requireNotPaused(entry.venue);
        Policy policy = _policyOf(entry);
        uint256 place = policy.placeOf(token);
        if (place == policy.count()) revert ICollateralVault.NotAccepted(entry.venue, token);
        _requireCurrent(proof, entry, policy);
        WithdrawalRequest memory wanted = _requests[_keyOf(entry)][place];
        if (wanted.amount == 0) revert NoRequest(account, token);
        if (proof.header.snapshotBlock <= wanted.requestBlock) {
            revert RequestIsNewer(wanted.requestBlock, proof.header.snapshotBlock);
        }
        _requireCovered(policy, proof, entry);
        // An entry that was removed since the request is no way out any more.
        if (entry.flags & Flags.BOOK != 0) _requireInBook(account, entry.flags, _ownerOf(account), wanted.to);
        _closeRequest(account, token, entry, place);
        emit WithdrawalFinalised(account, token, proof.header.epoch);
        _withdraw(account, token, wanted.amount, wanted.to, WithdrawalDoor.REQUEST);
    }

    /// @dev The request still counts as gone here, so these are the values after it. What the venue owes does not count: it may never
    /// come; and what a dispute holds back still does.
    function _requireCovered(Policy policy, AccountProof calldata proof, AccountRecord memory entry) private view {
        (uint256 atRoot, uint256 live) = _values(policy, proof.leaf.account, entry, proof.prices.collateral);
        int256 due = _net(proof.leaf) - entry.settled;
        uint256 required = proof.leaf.initialMargin + (due < 0 ? uint256(-due) : 0);
        uint256 value = atRoot < live ? atRoot : live;
        if (value < required) revert RequirementNotMet(value, required);
    }

    function _placeOf(AccountRecord memory entry, address token) private view returns (uint256 place) {
        Policy policy = _policyOf(entry);
        place = policy.placeOf(token);
        if (place == policy.count()) revert ICollateralVault.NotAccepted(entry.venue, token);
    }

    function _closeRequest(address account, address token, AccountRecord memory entry, uint256 place) private {
        if (entry.pendingMask & (1 << place) == 0) revert NoRequest(account, token);
        entry.pendingMask &= ~uint8(1 << place);
        _store(account, entry);
        delete _requests[_keyOf(entry)][place];
    }
}
