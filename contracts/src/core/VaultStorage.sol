// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    AccountRecord,
    Checkpoint,
    DebitAllowance,
    DefaultCase,
    Demand,
    Dispute,
    EpochFacts,
    Exit,
    InKind,
    Lot,
    PolicyVersion,
    Venue,
    VenueBook,
    WithdrawalRequest
} from "../interfaces/Types.sol";

/// @title All state of a deployment
/// @notice The vault is one address. Its parts (registry, log, default manager, auction, settlement, exits, disputes) are contracts of
/// their own that it runs by delegatecall, so they share this state, one lock and one set of books, and no call between them costs gas
/// or opens a door. Every part inherits this contract first, and nothing else that has state: the layout is the same in all.
// One layout for all parts: it cannot be spread over contracts.
// solhint-disable-next-line max-states-count
abstract contract VaultStorage {
    /// @dev The one lock of the deployment: 1 while it is held. A word of its own, so that taking it reads nothing else.
    uint256 internal transient _held;
    /// @dev The owner whose signature is being carried out; zero: whoever calls acts for itself.
    address internal transient _signer;

    // -- accounts ------------------------------------------------------------------------------------------------------
    mapping(address account => AccountRecord) internal _records;
    mapping(address account => DebitAllowance) internal _allowances;
    /// @dev From when on an entry of an account's address book is good, chain time; 0: not in it.
    mapping(address account => mapping(address to => uint256)) internal _addressBook;
    /// @dev When the book's being switched off takes effect; 0: it is not asked for.
    mapping(address account => uint256) internal _bookEnds;
    /// @dev Next nonce of an owner in each of its namespaces.
    mapping(address owner => mapping(uint192 namespace => uint64)) internal _nonces;
    /// @dev A lower debit cap that waits: cap in the lower 96 bits, the time it takes effect above.
    mapping(uint64 pledge => uint256) internal _lowerCaps;

    // -- by pledge: (venue << 32) | index, so that nothing outlives one ------------------------------------------------
    mapping(uint64 pledge => mapping(uint256 place => WithdrawalRequest)) internal _requests;
    mapping(uint64 pledge => DefaultCase) internal _cases;
    mapping(uint64 pledge => Exit) internal _exits;
    mapping(uint64 pledge => Dispute) internal _disputes;
    mapping(uint64 pledge => Demand) internal _demands;

    // -- venues --------------------------------------------------------------------------------------------------------
    uint32 internal _venueCount;
    mapping(uint32 venue => Venue) internal _venues;
    mapping(uint32 venue => mapping(uint256 version => PolicyVersion)) internal _policies;
    /// @dev Keys that wait: see `VenueRegistry`.
    mapping(uint32 venue => PolicyVersion) internal _nextQuorums;
    mapping(uint32 venue => VenueBook) internal _books;
    mapping(uint32 venue => mapping(uint64 blockNumber => Checkpoint)) internal _checkpoints;
    mapping(uint32 venue => mapping(address account => uint256)) internal _claims;
    mapping(uint32 venue => mapping(address token => InKind)) internal _inKind;

    // -- roots ---------------------------------------------------------------------------------------------------------
    mapping(uint32 venue => mapping(uint64 epoch => bytes32)) internal _structHashes;
    mapping(uint32 venue => mapping(uint64 epoch => EpochFacts)) internal _facts;

    // -- auctions ------------------------------------------------------------------------------------------------------
    mapping(uint72 lot => Lot) internal _lots;
    /// @dev See `LiveLots`.
    mapping(uint256 word => uint256) internal _live;
    mapping(address beneficiary => mapping(address token => uint256)) internal _rewards;

    // -- failed venues: see `ProRata` ----------------------------------------------------------------------------------
    /// @dev Sum of what was registered as owing, and what has been paid of it, settlement units.
    mapping(uint32 venue => uint256) internal _registered;
    mapping(uint32 venue => uint256) internal _distributed;
    /// @dev The same for each account, and the most that members pay for all of them together: zero once they have.
    mapping(uint32 venue => mapping(address account => uint256)) internal _registeredOf;
    mapping(uint32 venue => mapping(address account => uint256)) internal _distributedTo;
    mapping(uint32 venue => uint256) internal _failureCaps;
    /// @dev Whether the tranches have paid what they must.
    mapping(uint32 venue => bool) internal _tranchesDrawn;

    // -- exits ---------------------------------------------------------------------------------------------------------
    /// @dev Bit per accepted asset that an exit has tried to pay with in kind, and that has nothing more to give.
    mapping(uint64 pledge => uint256) internal _spentAssets;

    // -- demands -------------------------------------------------------------------------------------------------------
    /// @dev Accounts that have been counted in their venue's `unanswered`.
    mapping(uint32 venue => mapping(address account => bool)) internal _countedUnanswered;
}
