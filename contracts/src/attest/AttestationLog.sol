// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Core} from "../core/Core.sol";
import {Proving} from "../core/Proving.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {Checkpoint, Deployment, EpochFacts, EpochHeader, Leaf, RootPrices, Venue, VenueBook} from "../interfaces/Types.sol";
import {Quorum} from "../venue/Quorum.sol";
import {BlockHashes} from "./BlockHashes.sol";
import {SumTree} from "./SumTree.sol";
import {SumTreeBoundary} from "./SumTreeBoundary.sol";

/// @title The append-only log of attested roots
/// @notice Trusts the venue's key together with M of its N attestors for what a root says, and nobody for its order, its snapshot, its
/// account count and its cover: those are checked here.
/// @dev Invariants kept here: `rootsAppendOnly`, `sumProven`, `poolCovers`. No pause holds a root up.
contract AttestationLog is IAttestationLog, Proving {
    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc IAttestationLog
    function post(
        EpochHeader calldata header,
        RootPrices calldata prices,
        bytes calldata venueSignature,
        bytes calldata attestorSignatures
    ) external alone {
        (uint32 venue, uint64 epoch) = _named(header);
        uint64 snapshotBlock = header.snapshotBlock;
        Venue storage entry = _venues[venue];
        if (entry.failed) revert VenueHasFailed(venue);
        _requireNext(header, venue, epoch, snapshotBlock, entry);
        (bytes memory said, bytes32 structHash, bytes32 pricesHash) = _encoded(header, prices);
        if (header.pricesHash != pricesHash) revert PricesMismatch(pricesHash, header.pricesHash);
        uint40 snapshotTime = _requireCovered(header, venue, snapshotBlock);
        Quorum.requireSigned(entry.quorum, _digest(structHash), venueSignature, attestorSignatures);

        (entry.newest, entry.snapshotTime, entry.snapshotBlock) = (uint32(epoch), snapshotTime, uint48(snapshotBlock));
        if (entry.failPokedAt != 0) entry.failPokedAt = 0;
        _structHashes[venue][epoch] = structHash;
        _facts[venue][epoch] = EpochFacts({
            postedAt: _clockAt(entry, block.timestamp),
            snapshotTime: snapshotTime,
            snapshotBlock: snapshotBlock
        });
        _emitPosted(venue, epoch, structHash, said);
    }

    /// @inheritdoc IAttestationLog
    function digestOf(bytes32 structHash) external view returns (bytes32) {
        return _digest(structHash);
    }

    /// @inheritdoc IAttestationLog
    function newest(uint32 venue) external view returns (uint64) {
        return _venues[venue].newest;
    }

    /// @inheritdoc IAttestationLog
    function posted(uint32 venue, uint64 epoch) external view returns (bytes32, EpochFacts memory) {
        return (_structHashes[venue][epoch], _facts[venue][epoch]);
    }

    /// @inheritdoc IAttestationLog
    function requirePosted(EpochHeader calldata header) external view returns (EpochFacts memory) {
        _requirePosted(header);
        return _facts[header.venue][header.epoch];
    }

    /// @inheritdoc IAttestationLog
    function requireFresh(EpochHeader calldata header) external view returns (EpochFacts memory) {
        _requireFresh(header, _newestPolicy(header.venue));
        return _facts[header.venue][header.epoch];
    }

    /// @inheritdoc IAttestationLog
    function verifyInclusion(EpochHeader calldata header, Leaf calldata leaf, bytes calldata siblings) external view {
        _requirePosted(header);
        SumTree.requireIncluded(leaf, header.accounts, siblings, header.root, header.totalCredit, header.totalDebit);
    }

    /// @inheritdoc IAttestationLog
    function verifyBoundary(EpochHeader calldata header, bytes calldata siblings) external view {
        _requirePosted(header);
        SumTreeBoundary.requireBoundary(header.accounts, siblings, header.root, header.totalCredit, header.totalDebit);
    }

    /// @inheritdoc IAttestationLog
    function structHashOf(EpochHeader calldata header) public pure returns (bytes32) {
        return keccak256(abi.encode(HEADER_TYPEHASH, header));
    }

    /// @dev What is hashed and what is emitted, laid out once: type hash, the header's twelve words, and prices as an argument of variable
    /// length. The struct hash is over the first thirteen words, as EIP-712 wants it of twelve static fields; prices are hashed as
    /// abi.encode(collateral, market). Reverts without data on bits outside a field, as the compiler's own encoding does: nothing else asks.
    function _encoded(
        EpochHeader calldata header,
        RootPrices calldata prices
    ) private pure returns (bytes memory said, bytes32 structHash, bytes32 pricesHash) {
        bytes32 typeHash = HEADER_TYPEHASH;
        uint128[] calldata list = prices.collateral;
        bytes32 market = prices.market;
        assembly ("memory-safe") {
            said := mload(0x40)
            let at := add(said, 0x20)
            let size := shl(5, list.length)
            let end := add(at, add(0x220, size))
            mstore(0x40, end)
            mstore(said, add(0x220, size))
            mstore(at, typeHash)
            calldatacopy(add(at, 0x20), header, 0x180)
            mstore(add(at, 0x1a0), 0x1c0)
            mstore(add(at, 0x1c0), 0x40)
            mstore(add(at, 0x1e0), market)
            mstore(add(at, 0x200), list.length)
            calldatacopy(add(at, 0x220), list.offset, size)
            // Venue, accounts; epoch, snapshot's block; totals; whether it settles; prices.
            let dirt := shr(32, or(mload(add(at, 0x20)), mload(add(at, 0xc0))))
            dirt := or(dirt, shr(64, or(mload(add(at, 0x40)), mload(add(at, 0x60)))))
            let wide := or(mload(add(at, 0x100)), mload(add(at, 0x120)))
            for {
                let price := add(at, 0x220)
            } lt(price, end) {
                price := add(price, 0x20)
            } {
                wide := or(wide, mload(price))
            }
            if or(or(dirt, shr(128, wide)), shr(1, mload(add(at, 0x180)))) {
                revert(0, 0)
            }
            structHash := keccak256(at, 0x1a0)
            pricesHash := keccak256(add(at, 0x1c0), add(0x60, size))
        }
    }

    /// @dev Emits `EpochPosted` from what has been encoded for hashing: the struct hash takes the place of the type's.
    function _emitPosted(uint32 venue, uint64 epoch, bytes32 structHash, bytes memory said) private {
        bytes32 topic = EpochPosted.selector;
        assembly ("memory-safe") {
            mstore(add(said, 0x20), structHash)
            log3(add(said, 0x20), mload(said), topic, venue, epoch)
        }
    }

    /// @dev `rootsAppendOnly`: one more than the last, linked to it, of a later block whose hash the chain itself confirms.
    function _requireNext(EpochHeader calldata header, uint32 venue, uint64 epoch, uint64 snapshotBlock, Venue storage entry) private view {
        uint64 last = entry.newest;
        if (epoch != last + 1) revert EpochNotNext(last + 1, epoch);
        bytes32 previous = _structHashes[venue][last];
        if (header.previous != previous) revert PreviousMismatch(previous, header.previous);
        uint64 lastSnapshot = entry.snapshotBlock;
        if (snapshotBlock <= lastSnapshot) revert SnapshotNotNewer(lastSnapshot, snapshotBlock);
        bytes32 snapshotHash = BlockHashes.hashAt(snapshotBlock);
        if (snapshotHash == 0) revert SnapshotHashUnavailable(snapshotBlock);
        if (header.snapshotHash != snapshotHash) revert SnapshotHashMismatch(snapshotHash, header.snapshotHash);
    }

    /// @dev `poolCovers`: credits <= debits + base at the checkpoint, less shortfalls recorded since. The checkpoint keeps the base
    /// gross of shortfalls, so subtracting all shortfalls as of now does both at once.
    function _requireCovered(EpochHeader calldata header, uint32 venue, uint64 snapshotBlock) private view returns (uint40 snapshotTime) {
        Checkpoint memory checkpoint = _checkpoints[venue][snapshotBlock];
        if (checkpoint.time == 0) revert NoCheckpoint(venue, snapshotBlock);
        if (header.accounts != checkpoint.nextIndex) revert AccountsMismatch(checkpoint.nextIndex, header.accounts);
        VenueBook storage book = _books[venue];
        int256 covered = int256(uint256(header.totalDebit)) + checkpoint.gross - int256(uint256(book.shortfalls));
        if (int256(uint256(header.totalCredit)) > covered) revert CreditsUncovered(header.totalCredit, covered);
        return checkpoint.time;
    }
}
