// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EpochFacts, EpochHeader, Leaf, RootPrices} from "./Types.sol";

/// @title The append-only log of attested roots
interface IAttestationLog {
    event EpochPosted(uint32 indexed venue, uint64 indexed epoch, bytes32 structHash, EpochHeader header, RootPrices prices);

    error EpochNotNext(uint64 expected, uint64 given);
    error PreviousMismatch(bytes32 expected, bytes32 given);
    error SnapshotNotNewer(uint64 last, uint64 given);
    error SnapshotHashMismatch(bytes32 expected, bytes32 given);
    error SnapshotHashUnavailable(uint64 blockNumber);
    error NoCheckpoint(uint32 venue, uint64 blockNumber);
    error AccountsMismatch(uint32 expected, uint32 given);
    error PricesMismatch(bytes32 expected, bytes32 given);
    error CreditsUncovered(uint128 totalCredit, int256 covered);
    error NotPosted(uint32 venue, uint64 epoch);
    error NotNewest(uint64 newest, uint64 given);
    error NotFresh(uint256 age, uint256 heartbeat);
    error PricesNotOfRoot(bytes32 expected, bytes32 given);
    error LeafOfAnotherAccount(address account, uint32 venue, uint32 index);
    error VenueHasFailed(uint32 venue);

    /// @notice Posts the next epoch of a venue. Anyone may send it; the signatures make it true.
    /// @dev Refuses a root whose credits exceed its debits plus the venue's base at the checkpoint less shortfalls since.
    function post(
        EpochHeader calldata header,
        RootPrices calldata prices,
        bytes calldata venueSignature,
        bytes calldata attestorSignatures
    ) external;

    /// @notice The digest that signatures over `structHash` are made of, in this log's EIP-712 domain.
    function digestOf(bytes32 structHash) external view returns (bytes32);
    function structHashOf(EpochHeader calldata header) external pure returns (bytes32);
    function newest(uint32 venue) external view returns (uint64 epoch);
    function posted(uint32 venue, uint64 epoch) external view returns (bytes32 structHash, EpochFacts memory facts);

    /// @notice Facts of `header` if it was posted; reverts `NotPosted`.
    function requirePosted(EpochHeader calldata header) external view returns (EpochFacts memory);

    /// @notice Facts of `header` if it is its venue's newest and fresh; reverts otherwise.
    function requireFresh(EpochHeader calldata header) external view returns (EpochFacts memory);

    /// @notice Checks that the tree of `header` ends at its last account: the path at index `accounts` leads through empty subtrees only.
    function verifyBoundary(EpochHeader calldata header, bytes calldata siblings) external view;

    /// @notice Checks that `header` was posted and that `leaf` is in its tree with sums that add up. Reverts with the check that failed.
    function verifyInclusion(EpochHeader calldata header, Leaf calldata leaf, bytes calldata siblings) external view;
}
