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
        Venue storage entry = _venues[header.venue];
        if (entry.failed) revert VenueHasFailed(header.venue);
        _requireNext(header, entry);
        bytes memory priced = abi.encode(prices.collateral, prices.market);
        bytes32 pricesHash = keccak256(priced);
        if (header.pricesHash != pricesHash) revert PricesMismatch(pricesHash, header.pricesHash);
        uint40 snapshotTime = _requireCovered(header);

        // Twelve static fields: abi.encode of the struct is the concatenation that EIP-712 wants, and refuses dirty words.
        bytes memory said = abi.encode(HEADER_TYPEHASH, header);
        bytes32 structHash = keccak256(said);
        Quorum.requireSigned(entry.quorum, _digest(structHash), venueSignature, attestorSignatures);

        (entry.newest, entry.snapshotTime, entry.snapshotBlock) = (uint32(header.epoch), snapshotTime, uint48(header.snapshotBlock));
        if (entry.failPokedAt != 0) entry.failPokedAt = 0;
        _structHashes[header.venue][header.epoch] = structHash;
        _facts[header.venue][header.epoch] = EpochFacts({
            postedAt: _clock(header.venue),
            snapshotTime: snapshotTime,
            snapshotBlock: header.snapshotBlock
        });
        _emitPosted(header.venue, header.epoch, structHash, said, priced);
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

    /// @dev Emits `EpochPosted` from what has been encoded for hashing: the struct hash takes the place of the type's, and the prices
    /// follow the header as an argument of variable length does.
    function _emitPosted(uint32 venue, uint64 epoch, bytes32 structHash, bytes memory said, bytes memory priced) private {
        bytes memory data = bytes.concat(said, bytes32(said.length + 0x20), priced);
        bytes32 topic = EpochPosted.selector;
        assembly ("memory-safe") {
            mstore(add(data, 0x20), structHash)
            log3(add(data, 0x20), mload(data), topic, venue, epoch)
        }
    }

    /// @dev `rootsAppendOnly`: one more than the last, linked to it, of a later block whose hash the chain itself confirms.
    function _requireNext(EpochHeader calldata header, Venue storage entry) private view {
        uint64 last = entry.newest;
        if (header.epoch != last + 1) revert EpochNotNext(last + 1, header.epoch);
        bytes32 previous = _structHashes[header.venue][last];
        if (header.previous != previous) revert PreviousMismatch(previous, header.previous);
        uint64 lastSnapshot = entry.snapshotBlock;
        if (header.snapshotBlock <= lastSnapshot) revert SnapshotNotNewer(lastSnapshot, header.snapshotBlock);
        bytes32 snapshotHash = BlockHashes.hashAt(header.snapshotBlock);
        if (snapshotHash == 0) revert SnapshotHashUnavailable(header.snapshotBlock);
        if (header.snapshotHash != snapshotHash) revert SnapshotHashMismatch(snapshotHash, header.snapshotHash);
    }

    /// @dev `poolCovers`: credits <= debits + base at the checkpoint, less shortfalls recorded since. The checkpoint keeps the base
    /// gross of shortfalls, so subtracting all shortfalls as of now does both at once.
    function _requireCovered(EpochHeader calldata header) private view returns (uint40 snapshotTime) {
        Checkpoint memory checkpoint = _checkpoints[header.venue][header.snapshotBlock];
        if (checkpoint.time == 0) revert NoCheckpoint(header.venue, header.snapshotBlock);
        if (header.accounts != checkpoint.nextIndex) revert AccountsMismatch(checkpoint.nextIndex, header.accounts);
        VenueBook storage book = _books[header.venue];
        int256 covered = int256(uint256(header.totalDebit)) + checkpoint.gross - int256(uint256(book.shortfalls));
        if (int256(uint256(header.totalCredit)) > covered) revert CreditsUncovered(header.totalCredit, covered);
        return checkpoint.time;
    }
}
