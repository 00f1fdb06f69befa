// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof, WithdrawalRequest} from "./Types.sol";

/// @title The owner's desk: withdrawals by request, the owner's own limits, and signed calls that somebody relays
interface IOwnerDesk {
    event WithdrawalRequested(address indexed account, address indexed token, uint256 amount, address to);
    event WithdrawalCancelled(address indexed account, address indexed token);
    event WithdrawalFinalised(address indexed account, address indexed token, uint64 epoch);
    /// @param goodFrom chain time; 0: removed
    event AddressBookEntry(address indexed account, address indexed to, uint256 goodFrom);
    /// @param endsAt 0: it is on; else from when on it is off
    event AddressBookSwitched(address indexed account, uint256 endsAt);
    /// @param effectiveAt chain time; the cap holds since then if `applied`
    event DebitCapLowered(address indexed account, uint96 cap, uint256 effectiveAt, bool applied);
    event Relayed(address indexed owner, uint192 indexed namespace, uint64 sequence, address relayer);

    error DebitCapNotLower(uint256 given, uint256 present);
    error NothingWaits(address account);
    error AddressBookOff(address account);
    error RequestExists(address account, address token);
    error NoRequest(address account, address token);
    error RequestIsNewer(uint64 requestBlock, uint64 snapshotBlock);
    error RequirementNotMet(uint256 value, uint256 required);
    error RelayExpired(uint40 deadline);
    error RelayNonce(uint64 expected, uint64 given);
    error NotRelayable(bytes4 selector);

    /// @notice Door 1, by request: counts as gone from the account's value from now on. One request an asset. The owner calls.
    function requestWithdrawal(address account, address token, uint128 amount, address to) external;

    /// @notice Takes a request back. The owner calls.
    function cancelWithdrawal(address account, address token) external;

    /// @notice Pays a request under the newest fresh root, snapshotted after the request, if the value left, at the lower of the
    /// root's and live prices, is at least initial margin plus what is owed. Anyone may call.
    function finaliseWithdrawal(address token, AccountProof calldata proof) external;

    // -- the owner's own limits ----------------------------------------------------------------------------------------

    /// @notice Switches the account's address book on at once, or off after `BOOK_DELAY`. The owner calls.
    function switchAddressBook(address account, bool on) external;

    /// @notice Adds an entry, good after `BOOK_DELAY`. The owner calls.
    function addToBook(address account, address to) external;

    /// @notice Removes an entry at once. The owner calls.
    function removeFromBook(address account, address to) external;

    /// @notice Lowers the daily debit cap: in effect when applied, after the policy's `releaseLimit` (the venue counted on the old one).
    /// The owner calls.
    function lowerDebitCap(address account, uint96 cap) external;

    /// @notice Puts a lower cap into effect whose time has come. Anyone may call.
    function applyDebitCap(address account) external;

    // -- relayed -------------------------------------------------------------------------------------------------------

    /// @notice Carries out an owner's signed call: one of the functions whose arguments `callTypeHash` knows a type for. The signature
    /// is over that type: its arguments, `nonce` and `deadline`, in this vault's EIP-712 domain; ERC-1271 owners and delegated EOAs too.
    /// @param call selector and arguments, as they would be sent
    /// @param nonce namespace (upper 192 bits) and sequence in it (lower 64): namespaces are independent of each other
    function relay(bytes calldata call, uint256 nonce, uint40 deadline, bytes calldata signature) external;

    // -- views ---------------------------------------------------------------------------------------------------------

    function request(address account, address token) external view returns (WithdrawalRequest memory);
    /// @notice What waits to be withdrawn, smallest units.
    function pendingOf(address account, address token) external view returns (uint256);
    /// @notice EIP-712 type hash of a relayable function and the number of leading argument words that it covers.
    function callTypeHash(bytes4 selector) external pure returns (bytes32 typeHash, uint256 words);
}
