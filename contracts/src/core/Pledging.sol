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
        index = _enter(account, terms, entry);

        // Written before any signer's code is asked, so an ERC-1271 owner that calls back meets a pledged account and a held lock.
        bytes32 digest = _digest(_hashOf(terms));
        if (_actor() != owner && !Signatures.isBy(owner, digest, ownerSignature)) revert ICollateralVault.OwnerSignature(owner);
        address key = Quorum.venueKey(quorum);
        if (!Signatures.isBy(key, digest, venueSignature)) revert ICollateralVault.VenueSignature(key);
        emit ICollateralVault.AccountPledged(account, terms.venue, index, terms.policyVersion, terms.debitCap);
    }

    /// @dev EIP-712 struct hash of the six words as they came: each has been read, which refuses bits outside its field.
    function _hashOf(PledgeTerms calldata terms) private pure returns (bytes32 hash) {
        bytes32 typeHash = PLEDGE_TYPEHASH;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, typeHash)
            calldatacopy(add(at, 0x20), terms, 0xc0)
            hash := keccak256(at, 0xe0)
        }
    }

    function _requireAccepting(PledgeTerms calldata terms) private view returns (address quorum) {
        uint32 id = terms.venue;
        Venue storage venue = _venues[id];
        quorum = venue.quorum;
        if (quorum == address(0)) revert ICollateralVault.VenueNotLive(id);
        _requireNotPaused(id, venue);
        uint32 current = venue.policyVersion;
        if (terms.policyVersion != current) revert ICollateralVault.PolicyNotCurrent(current, terms.policyVersion);
        Policy policy = PolicyCode.load(venue.policy);
        _requireLive(id, venue, policy);
        uint256 least = policy.minDebitCap();
        if (terms.debitCap < least) revert ICollateralVault.DebitCapTooLow(terms.debitCap, least);
    }

    function _enter(address account, PledgeTerms calldata terms, AccountRecord memory entry) private returns (uint32 index) {
        DebitAllowance memory allowance = _allowances[account];
        if (terms.nonce != allowance.pledges) revert ICollateralVault.PledgeNonce(allowance.pledges, terms.nonce);
        uint32 venue = terms.venue;
        VenueBook storage book = _books[venue];
        index = book.nextIndex++;
        entry.venue = venue;
        entry.index = index;
        entry.status = AccountStatus.ACTIVE;
        entry.policyVersion = uint16(terms.policyVersion);
        if (terms.debitCap != type(uint96).max) entry.flags |= Flags.CAPPED;
        _store(account, entry);
        _allowances[account] = DebitAllowance({debitCap: terms.debitCap, debitUsed: 0, debitDay: 0, pledges: allowance.pledges + 1});
        _refreshCheckpoint(venue, book);
    }
}
