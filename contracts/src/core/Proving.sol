// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../attest/SumTree.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {AccountProof, AccountRecord, EpochHeader, Leaf, RootPrices, Venue} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {Core} from "./Core.sol";

/// @title What a claim about an account must show before anything is decided on it
abstract contract Proving is Core {
    bytes32 internal constant HEADER_TYPEHASH = keccak256(
        "EpochHeader(uint32 venue,uint64 epoch,uint64 snapshotBlock,bytes32 snapshotHash,bytes32 previous,uint32 accounts,bytes32 root,uint128 totalCredit,uint128 totalDebit,bytes32 paramsHash,bytes32 pricesHash,bool settles)"
    );

    /// @dev EIP-712 struct hash of a header whose words are taken as they came. Safe where the hash is compared with one that was made
    /// of clean words: dirty ones hash to something else.
    function _structHash(EpochHeader calldata header) internal pure returns (bytes32 hash) {
        bytes32 typeHash = HEADER_TYPEHASH;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, typeHash)
            calldatacopy(add(at, 0x20), header, 0x180)
            hash := keccak256(at, 0x1a0)
        }
    }

    /// @dev Venue and epoch as they came: a header with bits outside its fields has another hash than any that was posted.
    function _named(EpochHeader calldata header) internal pure returns (uint32 venue, uint64 epoch) {
        assembly ("memory-safe") {
            venue := calldataload(header)
            epoch := calldataload(add(header, 0x20))
        }
    }

    /// @dev Reverts unless the header was posted.
    function _requirePosted(EpochHeader calldata header) internal view {
        (uint32 venue, uint64 epoch) = _named(header);
        // No header hashes to zero, so an epoch that was never posted cannot match.
        if (_structHashes[venue][epoch] != _structHash(header)) revert IAttestationLog.NotPosted(venue, epoch);
    }

    /// @dev Reverts unless the header is its venue's newest, and fresh. The age of a root is the age of its snapshot: a root posted late
    /// is not fresher than what it saw.
    function _requireFresh(EpochHeader calldata header, Policy policy) internal view {
        (uint32 venue, uint64 epoch) = _named(header);
        Venue storage entry = _venues[venue];
        (uint64 last, uint256 snapshotTime) = (entry.newest, entry.snapshotTime);
        if (epoch != last) revert IAttestationLog.NotNewest(last, epoch);
        _requirePosted(header);
        uint256 age = block.timestamp - snapshotTime;
        if (age > policy.heartbeat()) revert IAttestationLog.NotFresh(age, policy.heartbeat());
    }

    /// @dev Reverts unless `leaf` is in the header's tree and is the one of the account's current pledge.
    function _requireLeaf(
        EpochHeader calldata header,
        Leaf calldata leaf,
        bytes calldata siblings,
        AccountRecord memory record
    ) internal pure {
        (uint32 venue, ) = _named(header);
        if (record.venue == 0 || record.venue != venue || record.index != leaf.index) {
            revert IAttestationLog.LeafOfAnotherAccount(leaf.account, venue, leaf.index);
        }
        SumTree.requireIncluded(leaf, header.accounts, siblings, header.root, header.totalCredit, header.totalDebit);
    }

    /// @dev Reverts unless the proof is of the venue's newest fresh root, with that root's prices, about the account's current pledge.
    /// @return rootPrices see `RootPrices.collateral`
    function _requireCurrent(
        AccountProof calldata proof,
        AccountRecord memory record,
        Policy policy
    ) internal view returns (uint128[] calldata rootPrices) {
        _requireFresh(proof.header, policy);
        rootPrices = _requirePrices(proof);
        _requireLeaf(proof.header, proof.leaf, proof.siblings, record);
    }

    /// @dev Reverts unless the prices are the root's.
    /// @return list see `RootPrices.collateral`
    function _requirePrices(AccountProof calldata proof) internal pure returns (uint128[] calldata list) {
        RootPrices calldata prices = proof.prices;
        list = prices.collateral;
        bytes32 given = _pricesHash(list, prices.market);
        if (given != proof.header.pricesHash) revert IAttestationLog.PricesNotOfRoot(proof.header.pricesHash, given);
    }

    /// @dev keccak256(abi.encode(collateral, market)), of words as they came: dirty ones hash to something else than any root has.
    function _pricesHash(uint128[] calldata list, bytes32 market) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let at := mload(0x40)
            let size := shl(5, list.length)
            mstore(at, 0x40)
            mstore(add(at, 0x20), market)
            mstore(add(at, 0x40), list.length)
            calldatacopy(add(at, 0x60), list.offset, size)
            hash := keccak256(at, add(0x60, size))
        }
    }

    /// @dev N of a leaf, settlement units.
    function _net(Leaf calldata leaf) internal pure returns (int256) {
        // Neither has more than 96 bits.
        unchecked {
            return int256(uint256(leaf.credit)) - int256(uint256(leaf.debit));
        }
    }
}
