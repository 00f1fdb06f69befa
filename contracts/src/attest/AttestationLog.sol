// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {Checkpoint, Deployment, EpochFacts, EpochHeader, Leaf, RootPrices, VenueBook} from "../interfaces/Types.sol";
import {Proofs} from "../lib/Proofs.sol";
import {Wired} from "../lib/Wired.sol";
import {BlockHashes} from "./BlockHashes.sol";
import {SumTree} from "./SumTree.sol";

/// @title The append-only log of attested roots
/// @notice Trusts the venue's key together with M of its N attestors for what a root says, and nobody for its order, its snapshot, its
/// account count and its cover: those are checked here.
/// @dev Invariants kept here: `rootsAppendOnly`, `sumProven`, `poolCovers`.
contract AttestationLog is IAttestationLog, EIP712, Wired {
    bytes32 private constant HEADER_TYPEHASH = keccak256(
        "EpochHeader(uint32 venue,uint64 epoch,uint64 snapshotBlock,bytes32 snapshotHash,bytes32 previous,uint32 accounts,bytes32 root,uint128 totalCredit,uint128 totalDebit,bytes32 paramsHash,bytes32 pricesHash,bool settles)"
    );

    mapping(uint32 venue => uint64) public newest;
    mapping(uint32 venue => mapping(uint64 epoch => bytes32)) private _structHashes;
    mapping(uint32 venue => mapping(uint64 epoch => EpochFacts)) private _facts;

    constructor(Deployment memory d) EIP712("Ringfence", "1") Wired(d, d.attestationLog) {}

    /// @inheritdoc IAttestationLog
    function post(
        EpochHeader calldata header,
        RootPrices calldata prices,
        bytes calldata venueSignature,
        bytes calldata attestorSignatures
    ) external {
        _requireNext(header);
        bytes32 pricesHash = Proofs.pricesHash(prices);
        if (header.pricesHash != pricesHash) revert PricesMismatch(pricesHash, header.pricesHash);
        uint40 snapshotTime = _requireCovered(header);

        bytes32 structHash = structHashOf(header);
        REGISTRY.requireQuorum(header.venue, _hashTypedDataV4(structHash), venueSignature, attestorSignatures);

        newest[header.venue] = header.epoch;
        _structHashes[header.venue][header.epoch] = structHash;
        _facts[header.venue][header.epoch] = EpochFacts({
            postedAt: uint40(block.timestamp),
            snapshotTime: snapshotTime,
            snapshotBlock: header.snapshotBlock
        });
        emit EpochPosted(header.venue, header.epoch, structHash, header, prices);
    }

    /// @inheritdoc IAttestationLog
    function digestOf(bytes32 structHash) external view returns (bytes32) {
        return _hashTypedDataV4(structHash);
    }

    /// @inheritdoc IAttestationLog
    function posted(uint32 venue, uint64 epoch) external view returns (bytes32, EpochFacts memory) {
        return (_structHashes[venue][epoch], _facts[venue][epoch]);
    }

    /// @inheritdoc IAttestationLog
    function requirePosted(EpochHeader calldata header) public view returns (EpochFacts memory) {
        // No header hashes to zero, so an epoch that was never posted cannot match.
        if (_structHashes[header.venue][header.epoch] != structHashOf(header)) revert NotPosted(header.venue, header.epoch);
        return _facts[header.venue][header.epoch];
    }

    /// @inheritdoc IAttestationLog
    function requireFresh(EpochHeader calldata header) external view returns (EpochFacts memory facts) {
        uint64 last = newest[header.venue];
        if (header.epoch != last) revert NotNewest(last, header.epoch);
        facts = requirePosted(header);
        // The age of a root is the age of its snapshot: a root posted late is not fresher than what it saw.
        uint256 age = block.timestamp - facts.snapshotTime;
        uint256 limit = REGISTRY.heartbeat(header.venue);
        if (age > limit) revert NotFresh(age, limit);
    }

    /// @inheritdoc IAttestationLog
    function verifyInclusion(EpochHeader calldata header, Leaf calldata leaf, bytes calldata siblings) external view {
        requirePosted(header);
        SumTree.requireIncluded(leaf, header.accounts, siblings, header.root, header.totalCredit, header.totalDebit);
    }

    /// @inheritdoc IAttestationLog
    function structHashOf(EpochHeader calldata header) public pure returns (bytes32) {
        // Twelve static fields: abi.encode of the struct is the concatenation that EIP-712 wants.
        return keccak256(abi.encode(HEADER_TYPEHASH, header));
    }

    /// @dev `rootsAppendOnly`: one more than the last, linked to it, of a later block whose hash the chain itself confirms.
    function _requireNext(EpochHeader calldata header) private view {
        uint64 last = newest[header.venue];
        if (header.epoch != last + 1) revert EpochNotNext(last + 1, header.epoch);
        bytes32 previous = _structHashes[header.venue][last];
        if (header.previous != previous) revert PreviousMismatch(previous, header.previous);
        uint64 lastSnapshot = _facts[header.venue][last].snapshotBlock;
        if (header.snapshotBlock <= lastSnapshot) revert SnapshotNotNewer(lastSnapshot, header.snapshotBlock);
        bytes32 snapshotHash = BlockHashes.hashAt(header.snapshotBlock);
        if (snapshotHash == 0) revert SnapshotHashUnavailable(header.snapshotBlock);
        if (header.snapshotHash != snapshotHash) revert SnapshotHashMismatch(snapshotHash, header.snapshotHash);
    }

    /// @dev `poolCovers`: credits <= debits + base at the checkpoint, less shortfalls recorded since. The checkpoint keeps the base
    /// gross of shortfalls, so subtracting all shortfalls as of now does both at once.
    function _requireCovered(EpochHeader calldata header) private view returns (uint40 snapshotTime) {
        Checkpoint memory checkpoint = VAULT.checkpointAt(header.venue, header.snapshotBlock);
        if (checkpoint.time == 0) revert NoCheckpoint(header.venue, header.snapshotBlock);
        if (header.accounts != checkpoint.nextIndex) revert AccountsMismatch(checkpoint.nextIndex, header.accounts);
        VenueBook memory book = VAULT.book(header.venue);
        int256 covered = int256(uint256(header.totalDebit)) + checkpoint.gross - int256(uint256(book.shortfalls));
        if (int256(uint256(header.totalCredit)) > covered) revert CreditsUncovered(header.totalCredit, covered);
        return checkpoint.time;
    }
}
