// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Pledging} from "../core/Pledging.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {AccountRecord, AccountStatus, Flags, PledgeTerms, WithdrawalDoor} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Paying} from "./Paying.sol";

/// @title Door 1, at once: free withdrawals and those that the venue consents to; and the pledge that narrows them
/// @notice Trusts, for pledged accounts, the venue's key for consents. Trusts nobody for unpledged accounts.
/// @dev Invariants kept here: `unpledgedIsFree`, `nonceOnce` (pledges, consents), its part of `neverPaysForAnother`.
abstract contract OwnerDoors is ICollateralVault, Pledging, Paying {
    bytes32 private constant CONSENT_TYPEHASH = keccak256(
        "Consent(address account,uint32 venue,uint32 index,address token,uint256 amount,address to,uint24 nonce,uint40 deadline)"
    );

    /// @inheritdoc ICollateralVault
    function open(address owner, uint96 number) external returns (address account) {
        if (owner == address(0)) revert ZeroAddress();
        account = _create(owner, number);
        emit AccountOpened(account, owner, number);
    }

    /// @inheritdoc ICollateralVault
    function pledge(
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata venueSignature
    ) external alone returns (uint32 index) {
        return _pledge(terms, ownerSignature, venueSignature);
    }

    /// @inheritdoc ICollateralVault
    function withdraw(address account, address token, uint256 amount, address to) external alone {
        address owner = _requireOwner(account);
        (bool free, uint8 flags) = _freedom(account);
        if (!free) {
            Policy policy = _policyOf(_recordOf(account));
            if (policy.placeOf(token) < policy.count()) revert AcceptedCollateral(token);
        }
        _requireInBook(account, flags, owner, to);
        _withdraw(account, token, amount, to, WithdrawalDoor.FREE);
    }

    /// @inheritdoc ICollateralVault
    function withdrawWithConsent(
        address account,
        address token,
        uint256 amount,
        address to,
        uint40 deadline,
        bytes calldata venueSignature
    ) external alone {
        address owner = _requireOwner(account);
        AccountRecord memory entry = _pledged(account);
        // An auction of what is owed stands on the collateral as well as a default does.
        if (entry.status != AccountStatus.ACTIVE || entry.flags & Flags.OWED_AUCTION != 0) revert NotActive(account, entry.status);
        _requireInBook(account, entry.flags, owner, to);
        if (block.timestamp > deadline) revert ConsentExpired(deadline);
        uint256 latest = block.timestamp + _venues[entry.venue].heartbeat;
        if (deadline > latest) revert ConsentTooLong(deadline, latest);
        bytes32 structHash = keccak256(
            abi.encode(CONSENT_TYPEHASH, account, entry.venue, entry.index, token, amount, to, entry.consentNonce, deadline)
        );
        // Used up before the venue's own code is asked.
        ++entry.consentNonce;
        _store(account, entry);
        _requireVenueSignature(entry.venue, structHash, venueSignature);
        _withdraw(account, token, amount, to, WithdrawalDoor.CONSENT);
    }
}
