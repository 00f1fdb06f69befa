// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Pledging} from "../core/Pledging.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {IReleases} from "../interfaces/IReleases.sol";
import {AccountProof, AccountRecord, AccountStatus, Exit, Flags, PledgeTerms, Venue} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Entitlement} from "./Entitlement.sol";

/// @title Leaving in one step
/// @notice Trusts a live venue's key for its consent, together with the newest fresh root. Trusts nobody for a port by entitlement.
abstract contract Releases is IReleases, Entitlement, Pledging {
    // Each names the root that it was given for, which is the newest only once, and an index, which is never issued twice: no nonce.
    bytes32 private constant RELEASE_TYPEHASH = keccak256(
        "ReleaseConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint40 deadline)"
    );
    bytes32 private constant PORT_TYPEHASH = keccak256(
        "PortConsent(address account,uint32 venue,uint32 index,uint64 epoch,uint32 newVenue,uint40 deadline)"
    );

    /// @inheritdoc IReleases
    function releaseWithConsent(AccountProof calldata proof, uint40 deadline, bytes calldata venueSignature) external alone {
        address account = proof.leaf.account;
        AccountRecord memory record = _pledged(account);
        if (record.flags & Flags.RELEASING == 0) _requireOwner(account);
        _requireFree(proof, record, AccountStatus.ACTIVE);
        Venue storage venue = _venues[record.venue];
        Policy policy = _policyOf(record, venue);
        _requireNewest(proof, record, venue, policy);
        if (proof.leaf.initialMargin != 0) revert IExitDesk.PositionsOpen(proof.leaf.initialMargin);
        if (block.timestamp > deadline) revert ICollateralVault.ConsentExpired(deadline);
        _requireVenueSignature(
            record.venue,
            keccak256(abi.encode(RELEASE_TYPEHASH, account, record.venue, record.index, proof.header.epoch, deadline)),
            venueSignature
        );
        int256 net = _net(proof.leaf);
        _requireCutAfterShortfall(proof, record, net);
        _payAtOnce(account, record, policy, net);
        emit IExitDesk.Exited(account, record.venue, net, 0);
        _leave(account, record, policy, net);
    }

    /// @inheritdoc IReleases
    function port(
        AccountProof calldata proof,
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata newVenueSignature,
        bytes calldata oldVenueSignature
    ) external alone returns (uint32 index) {
        address account = proof.leaf.account;
        if (terms.account != account) revert ICollateralVault.NotThisAccount(terms.account, terms.venue, proof.leaf.index);
        AccountRecord memory record = _pledged(account);
        Venue storage venue = _venues[record.venue];
        Policy policy = _policyOf(record, venue);
        int256 net = _net(proof.leaf);
        if (oldVenueSignature.length != 0) {
            _requireFree(proof, record, AccountStatus.ACTIVE);
            _requireNewest(proof, record, venue, policy);
            _requireVenueSignature(
                record.venue,
                keccak256(abi.encode(PORT_TYPEHASH, account, record.venue, record.index, proof.header.epoch, terms.venue, terms.deadline)),
                oldVenueSignature
            );
            _requireCutAfterShortfall(proof, record, net);
        } else {
            // A call does not hold an account that may leave; a default does, until its exit has paid.
            _requireFree(proof, record, AccountStatus.CALLED);
            _requireEntitled(proof, record, policy);
        }
        _payAtOnce(account, record, policy, net);
        _leave(account, record, policy, net);
        index = _pledge(terms, ownerSignature, newVenueSignature);
        emit IExitDesk.Ported(account, record.venue, terms.venue, net);
    }

    /// @dev What leaves at once must have nothing open that a later step would have settled: no default, no lot, no disputed sum. A dispute that
    /// has ended has no say in roots from after its end; those from before may show more than it left.
    function _requireFree(AccountProof calldata proof, AccountRecord memory record, AccountStatus most) private view {
        address account = proof.leaf.account;
        if (record.status > most || record.flags & Flags.OWED_AUCTION != 0) revert ICollateralVault.NotActive(account, record.status);
        if (record.flags & Flags.DISPUTED == 0) return;
        uint64 ended = _disputes[_keyOf(record)].endedBlock;
        if (ended == 0 || proof.header.snapshotBlock <= ended) revert IExitDesk.DisputedSum(account);
    }

    function _requireEntitled(AccountProof calldata proof, AccountRecord memory record, Policy policy) private view {
        Exit memory exit = _exits[_keyOf(record)];
        uint8 why = _why(record, exit);
        if (why == 0) revert IExitDesk.NotEntitled(proof.leaf.account);
        uint40 freezeAt = _freezeOf(record, exit, why);
        _requireBeforeFreeze(proof, record, freezeAt);
        if (!_isConclusive(record.venue, proof.header.epoch, freezeAt, policy)) revert IExitDesk.NotConclusive(proof.header.epoch);
    }

    function _requireNewest(AccountProof calldata proof, AccountRecord memory record, Venue storage venue, Policy policy) private view {
        _requireLive(record.venue, venue, policy);
        _requireFresh(proof.header, policy);
        _requireLeaf(proof.header, proof.leaf, proof.siblings, record);
    }

    /// @dev What a root from before a shortfall says is owing has not been cut yet: nobody leaves with it uncut by consent.
    function _requireCutAfterShortfall(AccountProof calldata proof, AccountRecord memory record, int256 net) private view {
        if (net <= record.settled) return;
        uint64 shortfall = _books[record.venue].lastShortfallBlock;
        if (shortfall != 0 && proof.header.snapshotBlock <= shortfall) {
            revert IAttestationLog.NotNewest(proof.header.epoch + 1, proof.header.epoch);
        }
    }
}
