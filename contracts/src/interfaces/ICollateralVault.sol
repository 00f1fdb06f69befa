// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    AccountProof,
    AccountRecord,
    AccountStatus,
    Checkpoint,
    PledgeTerms,
    SeizeCause,
    SettledCause,
    VenueBook,
    WithdrawalDoor,
    WithdrawalRequest
} from "./Types.sol";

/// @title The vault: registry of segregated accounts and the only contract that can make one pay
/// @notice Collateral never leaves an account except through a function of this contract. Owners reach theirs directly;
/// settlement, default management and the auction reach it through the functions below that are reserved to them, and
/// those can only lower the account they name, towards the destination they name.
interface ICollateralVault {
    event AccountOpened(address indexed account, address indexed owner, uint96 number);
    event AccountPledged(address indexed account, uint32 indexed venue, uint32 index, uint32 policyVersion, uint96 debitCap);
    event AccountReleased(address indexed account, uint32 indexed venue, uint32 index, int256 settled, uint256 claim);
    event StatusChanged(address indexed account, AccountStatus from, AccountStatus to);
    event Withdrawn(address indexed account, address indexed token, address to, uint256 amount, WithdrawalDoor door);
    event WithdrawalRequested(uint256 indexed id, address indexed account, address token, uint256 amount, address to);
    event WithdrawalCancelled(uint256 indexed id, address indexed account);
    event WithdrawalFinalised(uint256 indexed id, address indexed account, uint64 epoch);
    event Checkpointed(uint32 indexed venue, uint64 blockNumber, uint32 nextIndex, int256 base);
    event PoolOpened(uint32 indexed venue, address pool);
    event PoolContributed(uint32 indexed venue, address indexed from, uint256 amount);
    /// @param delta change of the counter, settlement units; positive: paid to the account
    event SettledChanged(address indexed account, uint32 indexed venue, int256 delta, int256 settled, SettledCause cause);
    event Seized(address indexed account, address indexed token, address to, uint256 amount, SeizeCause cause);
    event ClaimPaid(uint32 indexed venue, address indexed account, uint256 amount);

    error Locked();
    error NotADoor(address caller);
    error NotTheOwner(address account, address caller);
    error NotAnAccount(address account);
    error AlreadyPledged(address account);
    error NotPledged(address account);
    error PledgeExpired(uint40 deadline);
    error PledgeNonce(uint32 expected, uint32 given);
    error PolicyVersion(uint32 current, uint32 given);
    error OwnerSignature(address owner);
    error VenueSignature(address venueKey);
    error AcceptedCollateral(address token);
    error ZeroAmount();
    error ZeroAddress();
    error ConsentExpired(uint40 deadline);
    error ConsentTooLong(uint40 deadline, uint256 latest);
    error NotActive(address account, AccountStatus status);
    error TooManyRequests(address account);
    error UnknownRequest(uint256 id);
    error RequestIsNewer(uint64 requestBlock, uint64 snapshotBlock);
    error RequirementNotMet(uint256 value, uint256 required);
    error NotThisAccount(address account, uint32 venue, uint32 index);
    error TransferNotExact(address token, uint256 asked, uint256 received);
    error PoolTooSmall(uint256 pool, uint256 asked);
    error SettledEpoch(uint64 lastEpoch, uint64 given);
    error NothingToClaim(address account);

    /// @notice Creates the account of (`owner`, `number`) at its predicted address. Anyone may pay for it.
    function open(address owner, uint96 number) external returns (address account);

    /// @notice The address of (`owner`, `number`), whether or not it exists yet; it can be funded before it does.
    function predict(address owner, uint96 number) external view returns (address account);

    /// @notice The owner written in `account`'s code. Reverts `NotAnAccount` for any address that this vault did not make.
    function ownerOf(address account) external view returns (address owner);

    /// @notice Pledges an account: owner and venue both sign `terms` (the owner may instead call).
    function pledge(
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata venueSignature
    ) external returns (uint32 index);

    /// @notice Door 1, free: anything while unpledged; while pledged, any token that the venue does not accept.
    function withdraw(address account, address token, uint256 amount, address to) external;

    /// @notice Door 1, with the venue's consent, while ACTIVE. The owner calls.
    /// @param deadline at most one heartbeat away
    function withdrawWithConsent(
        address account,
        address token,
        uint256 amount,
        address to,
        uint40 deadline,
        bytes calldata venueSignature
    ) external;

    /// @notice Door 1, by request: counts as gone from the account's value from now on.
    function requestWithdrawal(address account, address token, uint128 amount, address to) external returns (uint256 id);

    /// @notice Takes a request back. The owner calls.
    function cancelWithdrawal(uint256 id) external;

    /// @notice Pays a request under the newest fresh root, snapshotted after the request, if the value left, at the lower of the
    /// root's and live prices, is at least initial margin plus what is owed. Anyone may call.
    function finaliseWithdrawal(uint256 id, AccountProof calldata proof) external;

    /// @notice Records the venue's book at this block, for a header to name. A later change in the block updates it. Anyone may call.
    function checkpoint(uint32 venue) external;

    /// @notice Pays what a released account is still owed by the pool, as far as the pool reaches.
    function claim(uint32 venue, address account) external returns (uint256 paid);

    /// @notice Pays into a venue's pool; raises its base. Nobody gets it back: it backs credits.
    function contribute(uint32 venue, uint256 amount) external;

    // -- reserved to the other contracts of the deployment ------------------------------------------------------------

    /// @notice Takes the one lock of the deployment.
    function lock() external;

    /// @notice Returns it.
    function unlock() external;

    /// @notice Creates the settlement pool of a new venue. Reserved to the venue registry.
    function openPool(uint32 venue) external returns (address pool);

    /// @notice Moves settlement asset from the account to its venue's pool and lowers `settled` by exactly that.
    /// @param epoch the settling epoch (0: a default, which leaves `lastEpoch` alone)
    function collect(address account, uint256 amount, uint64 epoch, SettledCause cause) external returns (uint256 received);

    /// @notice Moves settlement asset from the venue's pool to the account and raises `settled` by exactly that.
    function payOut(address account, uint256 amount, uint64 epoch) external;

    /// @notice Books what a tier of the waterfall paid into the pool for a defaulter: pool up, `settled` down.
    function creditTier(address account, uint256 amount) external;

    /// @notice Writes a shortfall into the defaulter's `settled` without a transfer; the venue's base falls by exactly it.
    function writeOff(address account, uint256 shortfall) external;

    /// @notice Takes collateral out of a defaulter's account: an auction sale, the reward or the penalty.
    function seize(address account, address token, address to, uint256 amount, SeizeCause cause) external;

    /// @notice Changes an account's status; reverts `NotActive` unless it is `from`.
    function changeStatus(address account, AccountStatus from, AccountStatus to) external;

    /// @notice Ends a pledge. `owing` unpaid becomes a claim on the pool.
    function release(address account, uint256 owing) external;

    // -- views --------------------------------------------------------------------------------------------------------

    function locked() external view returns (bool);
    function record(address account) external view returns (AccountRecord memory);
    function pledges(address account) external view returns (uint32);
    function debitCap(address account) external view returns (uint96);
    function book(uint32 venue) external view returns (VenueBook memory);
    /// @notice pool + sum of settled over pledged accounts, signed, settlement units.
    function base(uint32 venue) external view returns (int256);
    function checkpointAt(uint32 venue, uint64 blockNumber) external view returns (Checkpoint memory);
    function poolOf(uint32 venue) external view returns (address);
    function pendingOf(address account, address token) external view returns (uint256);
    function request(uint256 id) external view returns (WithdrawalRequest memory);
    function claims(uint32 venue, address account) external view returns (uint256);
}
