// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {AccountRecord, AccountStatus, DebitAllowance, Flags, PledgeTerms, Venue, VenueBook} from "../interfaces/Types.sol";
import {Policy, PolicyCode} from "../venue/Policy.sol";
import {Quorum} from "../venue/Quorum.sol";
import {Ledger} from "./Ledger.sol";
import {Signatures} from "./Signatures.sol";

/// @title How an account comes under a venue: by a pledge, or by a port that ends in one
abstract contract Pledging is Ledger {
    bytes32 private constant PLEDGE_TYPEHASH = keccak256(
        "Pledge(address account,uint32 venue,uint32 policyVersion,uint96 debitCap,uint32 nonce,uint40 deadline)"
    );

    function _pledge(
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata venueSignature
    ) internal returns (uint32 index) {
        address account = terms.account;
        address owner = _ownerOf(account);
        AccountRecord memory entry = _recordOf(account);
        if (entry.venue != 0) revert ICollateralVault.AlreadyPledged(account);
        if (block.timestamp > terms.deadline) revert ICollateralVault.PledgeExpired(terms.deadline);
        address quorum = _requireAccepting(terms);
        index = _enter(terms, entry);

        // Written before any signer's code is asked, so an ERC-1271 owner that calls back meets a pledged account and a held lock.
        bytes32 digest = _digest(
            keccak256(abi.encode(PLEDGE_TYPEHASH, account, terms.venue, terms.policyVersion, terms.debitCap, terms.nonce, terms.deadline))
        );
        if (_actor() != owner && !Signatures.isBy(owner, digest, ownerSignature)) revert ICollateralVault.OwnerSignature(owner);
        address key = Quorum.venueKey(quorum);
        if (!Signatures.isBy(key, digest, venueSignature)) revert ICollateralVault.VenueSignature(key);
        emit ICollateralVault.AccountPledged(account, terms.venue, index, terms.policyVersion, terms.debitCap);
    }

    function _requireAccepting(PledgeTerms calldata terms) private view returns (address quorum) {
        Venue storage venue = _venues[terms.venue];
        quorum = venue.quorum;
        if (quorum == address(0)) revert ICollateralVault.VenueNotLive(terms.venue);
        _requireNotPaused(terms.venue);
        uint32 current = venue.policyVersion;
        if (terms.policyVersion != current) revert ICollateralVault.PolicyNotCurrent(current, terms.policyVersion);
        Policy policy = PolicyCode.load(venue.policy);
        _requireLive(terms.venue, policy);
        uint256 least = policy.minDebitCap();
        if (terms.debitCap < least) revert ICollateralVault.DebitCapTooLow(terms.debitCap, least);
    }

    function _enter(PledgeTerms calldata terms, AccountRecord memory entry) private returns (uint32 index) {
        DebitAllowance memory allowance = _allowances[terms.account];
        if (terms.nonce != allowance.pledges) revert ICollateralVault.PledgeNonce(allowance.pledges, terms.nonce);
        VenueBook storage book = _books[terms.venue];
        index = book.nextIndex++;
        entry.venue = terms.venue;
        entry.index = index;
        entry.status = AccountStatus.ACTIVE;
        entry.policyVersion = uint16(terms.policyVersion);
        if (terms.debitCap != type(uint96).max) entry.flags |= Flags.CAPPED;
        _store(terms.account, entry);
        _allowances[terms.account] = DebitAllowance({debitCap: terms.debitCap, debitUsed: 0, debitDay: 0, pledges: allowance.pledges + 1});
        _refreshCheckpoint(terms.venue, book);
    }
}
