// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, Checkpoint, EpochHeader, InKind, VenueBook} from "./Types.sol";

/// @title Settlement of proven results between accounts and their venue's pool
/// @notice A venue's pool is a segregated account that nobody owns. It holds variation margin in transit, and nothing of a client or the house.
interface ISettlementPool {
    event PoolOpened(uint32 indexed venue, address pool);
    event PoolContributed(uint32 indexed venue, address indexed from, uint256 amount);
    event Checkpointed(uint32 indexed venue, uint64 blockNumber, uint32 nextIndex, int256 base);
    event ClaimPaid(uint32 indexed venue, address indexed account, uint256 amount);
    /// @param delta smallest units, signed
    /// @param value change of what the pool holds in kind, settlement units, signed
    event InKindChanged(uint32 indexed venue, address indexed token, int256 delta, int256 value, address indexed who);
    event SettlementSkipped(address indexed account, uint32 indexed venue, uint64 epoch, SkipCause cause);
    event Settled(uint32 indexed venue, uint64 indexed epoch, uint32 first, uint32 count);

    /// @notice Why settlement left an account as it is. None of them loses anything: the due stands.
    enum SkipCause {
        NOT_ITS_PLEDGE,
        IN_DEFAULT,
        LATER_ROOT,
        TOO_EARLY,
        OLDER_THAN_SHORTFALL,
        NOTHING_THERE,
        TOKEN_REFUSED,
        AFTER_FREEZE
    }

    error NotASettlingRoot(uint64 epoch);
    error SettlementTooEarly(uint256 until);
    error GasTooLow(uint256 left, uint256 needed);
    error NothingToClaim(address account);
    error OlderThanShortfall(uint64 shortfallBlock);
    error NotOwed(uint256 owed, uint256 amount);
    error NothingInKind(uint32 venue, address token);
    error ValueAboveMax(uint256 value, uint256 most);

    /// @notice Settles a contiguous range of leaves under a settling root whose dispute window has passed. Debits come in as far as each
    /// account's settlement balance, daily cap and disputes allow, credits go out as far as the pool does; what cannot move is skipped
    /// and can be settled later. Anyone may call.
    /// @param first index of the first leaf
    /// @param leaves 120 bytes each, as the tree hashes them; a released index is 120 zero bytes
    /// @param siblings of the range, see `SumTreeRange`
    function settle(EpochHeader calldata header, uint32 first, bytes calldata leaves, bytes calldata siblings) external;

    /// @notice Door 2 by the owner's own hand: pays `amount` of what the newest fresh root says is owed, at once and beyond the daily cap.
    function payOwed(AccountProof calldata proof, uint256 amount) external;

    /// @notice Pays what a released account is still owed by the pool, as far as the pool reaches; after a shortfall only once a root has
    /// been snapshotted that saw it, and not in a failed venue, where `IFailedVenue.distribute` pays. Anyone may call.
    function claim(uint32 venue, address account) external returns (uint256 paid);

    /// @notice Pays a claim with what the pool holds in kind, at the value at which it came in. In a failed venue only after the claim
    /// window, and at most the account's share of cash and kind together. The account's owner calls.
    /// @param value settlement units at most
    function claimInKind(uint32 venue, address account, address token, uint256 value) external returns (uint256 amount);

    /// @notice Buys what the pool holds in kind, at the value at which it came in, rounded up. Anyone may.
    function buyInKind(uint32 venue, address token, uint256 amount, uint256 mostValue, address to) external returns (uint256 value);

    /// @notice Pays into a venue's pool; raises its base. Nobody gets it back: it backs credits.
    function contribute(uint32 venue, uint256 amount) external;

    /// @notice Records the venue's book at this block, for a header to name. A later change in the block updates it. Anyone may call.
    function checkpoint(uint32 venue) external;

    function book(uint32 venue) external view returns (VenueBook memory);
    /// @notice pool + value in kind + sum of settled over pledged accounts, signed, settlement units.
    function base(uint32 venue) external view returns (int256);
    function checkpointAt(uint32 venue, uint64 blockNumber) external view returns (Checkpoint memory);
    function poolOf(uint32 venue) external view returns (address);
    function claims(uint32 venue, address account) external view returns (uint256);
    function inKind(uint32 venue, address token) external view returns (InKind memory);
}
