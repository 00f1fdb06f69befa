// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SegregatedAccount} from "../account/SegregatedAccount.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {
    AccountProof,
    AccountRecord,
    AccountStatus,
    Deployment,
    EpochFacts,
    PledgeTerms,
    VenueBook,
    WithdrawalDoor,
    WithdrawalRequest
} from "../interfaces/Types.sol";
import {Proofs} from "../lib/Proofs.sol";
import {VaultBooks} from "./VaultBooks.sol";

/// @title The owner's side of the vault: pledge and withdraw
/// @notice Holds no tokens. Trusts: its own bytecode; for pledged accounts the venue's key for consents, and the attested root together
/// with the price feeds for withdrawals by request. Trusts nobody for unpledged accounts.
/// @dev Invariants kept here: `unpledgedIsFree`, `nonceOnce` (pledges, consents), its part of `neverPaysForAnother`.
contract CollateralVault is VaultBooks, EIP712 {
    bytes32 private constant PLEDGE_TYPEHASH = keccak256(
        "Pledge(address account,uint32 venue,uint32 policyVersion,uint96 debitCap,uint32 nonce,uint40 deadline)"
    );
    bytes32 private constant CONSENT_TYPEHASH = keccak256(
        "Consent(address account,uint32 venue,uint32 index,address token,uint256 amount,address to,uint24 nonce,uint40 deadline)"
    );
    uint8 private constant MAX_REQUESTS = 8;

    constructor(Deployment memory d) VaultBooks(d) EIP712("Ringfence", "1") {}

    /// @inheritdoc ICollateralVault
    function pledge(
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata venueSignature
    ) external alone returns (uint32 index) {
        address account = terms.account;
        address owner = ownerOf(account);
        if (_records[account].venue != 0) revert AlreadyPledged(account);
        if (block.timestamp > terms.deadline) revert PledgeExpired(terms.deadline);
        uint32 nonce = _terms[account].pledges;
        if (terms.nonce != nonce) revert PledgeNonce(nonce, terms.nonce);
        uint32 current = REGISTRY.policyVersion(terms.venue);
        if (terms.policyVersion != current) revert PolicyVersion(current, terms.policyVersion);

        // Written before any signer's code is asked, so an ERC-1271 owner that calls back meets a pledged account and a held lock.
        VenueBook storage venueBook = _books[terms.venue];
        index = venueBook.nextIndex++;
        _records[account] = AccountRecord({
            venue: terms.venue,
            index: index,
            status: AccountStatus.ACTIVE,
            pendingWithdrawals: 0,
            settled: 0,
            lastEpoch: 0,
            consentNonce: 0
        });
        _terms[account] = Terms({debitCap: terms.debitCap, policyVersion: terms.policyVersion, pledges: nonce + 1});
        _refreshCheckpoint(terms.venue, venueBook);

        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(PLEDGE_TYPEHASH, account, terms.venue, terms.policyVersion, terms.debitCap, terms.nonce, terms.deadline))
        );
        if (msg.sender != owner && !SignatureChecker.isValidSignatureNow(owner, digest, ownerSignature)) revert OwnerSignature(owner);
        address venueKey = REGISTRY.venueKey(terms.venue);
        if (!SignatureChecker.isValidSignatureNow(venueKey, digest, venueSignature)) revert VenueSignature(venueKey);
        emit AccountPledged(account, terms.venue, index, terms.policyVersion, terms.debitCap);
    }

    /// @inheritdoc ICollateralVault
    function withdraw(address account, address token, uint256 amount, address to) external alone {
        _requireOwner(account);
        uint32 venue = _records[account].venue;
        if (venue != 0 && REGISTRY.isAccepted(venue, token)) revert AcceptedCollateral(token);
        _pay(account, token, amount, to, WithdrawalDoor.FREE);
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
        _requireOwner(account);
        AccountRecord storage entry = _pledged(account);
        if (entry.status != AccountStatus.ACTIVE) revert NotActive(account, entry.status);
        if (block.timestamp > deadline) revert ConsentExpired(deadline);
        uint32 venue = entry.venue;
        uint256 latest = block.timestamp + REGISTRY.heartbeat(venue);
        if (deadline > latest) revert ConsentTooLong(deadline, latest);
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(CONSENT_TYPEHASH, account, venue, entry.index, token, amount, to, entry.consentNonce++, deadline))
        );
        address venueKey = REGISTRY.venueKey(venue);
        if (!SignatureChecker.isValidSignatureNow(venueKey, digest, venueSignature)) revert VenueSignature(venueKey);
        _pay(account, token, amount, to, WithdrawalDoor.CONSENT);
    }

    /// @inheritdoc ICollateralVault
    function requestWithdrawal(address account, address token, uint128 amount, address to) external alone returns (uint256 id) {
        _requireOwner(account);
        if (amount == 0) revert ZeroAmount();
        if (to == address(0)) revert ZeroAddress();
        AccountRecord storage entry = _pledged(account);
        if (entry.pendingWithdrawals == MAX_REQUESTS) revert TooManyRequests(account);
        entry.pendingWithdrawals++;
        id = ++_lastRequest;
        _requests[id] = WithdrawalRequest({
            account: account,
            requestBlock: uint64(block.number),
            token: token,
            venue: entry.venue,
            index: entry.index,
            to: to,
            amount: amount
        });
        _pending[_pledgeKey(entry.venue, entry.index)][token] += amount;
        emit WithdrawalRequested(id, account, token, amount, to);
    }

    /// @inheritdoc ICollateralVault
    function cancelWithdrawal(uint256 id) external alone {
        WithdrawalRequest memory wanted = _liveRequest(id);
        _requireOwner(wanted.account);
        _closeRequest(id, wanted);
        emit WithdrawalCancelled(id, wanted.account);
    }

    /// @inheritdoc ICollateralVault
    function finaliseWithdrawal(uint256 id, AccountProof calldata proof) external alone {
        WithdrawalRequest memory wanted = _liveRequest(id);
        AccountRecord memory entry = _records[wanted.account];
        if (entry.status != AccountStatus.ACTIVE && entry.status != AccountStatus.CALLED) revert NotActive(wanted.account, entry.status);
        if (proof.leaf.account != wanted.account) revert NotThisAccount(wanted.account, wanted.venue, wanted.index);
        EpochFacts memory facts = Proofs.requireCurrent(LOG, proof, entry);
        if (facts.snapshotBlock <= wanted.requestBlock) revert RequestIsNewer(wanted.requestBlock, facts.snapshotBlock);

        // The request still counts as gone here, so these are the values after it.
        (uint256 atRoot, uint256 live) = VALUER.values(entry.venue, wanted.account, proof.prices.collateral);
        int256 due = Proofs.due(proof.leaf, entry.settled);
        uint256 required = proof.leaf.initialMargin + (due < 0 ? uint256(-due) : 0);
        uint256 value = atRoot < live ? atRoot : live;
        if (value < required) revert RequirementNotMet(value, required);

        _closeRequest(id, wanted);
        emit WithdrawalFinalised(id, wanted.account, proof.header.epoch);
        _pay(wanted.account, wanted.token, wanted.amount, wanted.to, WithdrawalDoor.REQUEST);
    }

    /// @inheritdoc ICollateralVault
    function pendingOf(address account, address token) external view returns (uint256) {
        AccountRecord storage entry = _records[account];
        if (entry.pendingWithdrawals == 0) return 0;
        return _pending[_pledgeKey(entry.venue, entry.index)][token];
    }

    /// @inheritdoc ICollateralVault
    function request(uint256 id) external view returns (WithdrawalRequest memory) {
        return _requests[id];
    }

    function _requireOwner(address account) private view {
        if (msg.sender != ownerOf(account)) revert NotTheOwner(account, msg.sender);
    }

    /// @dev A request belongs to the pledge it was made under and dies with it.
    function _liveRequest(uint256 id) private view returns (WithdrawalRequest memory wanted) {
        wanted = _requests[id];
        AccountRecord storage entry = _records[wanted.account];
        if (wanted.account == address(0) || entry.venue != wanted.venue || entry.index != wanted.index) revert UnknownRequest(id);
    }

    function _closeRequest(uint256 id, WithdrawalRequest memory wanted) private {
        _pending[_pledgeKey(wanted.venue, wanted.index)][wanted.token] -= wanted.amount;
        _records[wanted.account].pendingWithdrawals--;
        delete _requests[id];
    }

    function _pay(address account, address token, uint256 amount, address to, WithdrawalDoor door) private {
        if (amount == 0) revert ZeroAmount();
        if (to == address(0)) revert ZeroAddress();
        SegregatedAccount(account).pay(IERC20(token), to, amount);
        emit Withdrawn(account, token, to, amount, door);
    }
}
