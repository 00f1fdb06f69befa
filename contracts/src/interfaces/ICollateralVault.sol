// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountStatus, PledgeTerms, SettledCause, WithdrawalDoor} from "./Types.sol";

/// @title The vault: segregated accounts, pledges, and withdrawals at once
/// @notice Collateral never leaves an account except through a function of this address. Owners reach theirs with the functions below
/// and those of `IOwnerDesk`, themselves or by a signature that somebody relays; what else moves collateral is in `ISettlementPool`, `IDefaultManager`,
/// `ILiquidationAuction` and `IExitDesk`, and can only lower the account that it names, towards the destination that it names.
interface ICollateralVault {
    event AccountOpened(address indexed account, address indexed owner, uint96 number);
    event AccountPledged(address indexed account, uint32 indexed venue, uint32 index, uint32 policyVersion, uint96 debitCap);
    event AccountReleased(address indexed account, uint32 indexed venue, uint32 index, int256 settled, uint256 claim);
    event Withdrawn(address indexed account, address indexed token, address to, uint256 amount, WithdrawalDoor door);
    /// @param delta change of the counter, settlement units; positive: paid to the account
    event SettledChanged(address indexed account, uint32 indexed venue, int256 delta, SettledCause cause);

    error Locked();
    error OnlyAsVault();
    error SequencerDown();
    error NotTheOwner(address account, address caller);
    error NotAnAccount(address account);
    /// @notice There is an account already.
    error NotCreated(address owner, uint96 number);
    error AlreadyPledged(address account);
    error NotPledged(address account);
    error PledgeExpired(uint40 deadline);
    error PledgeNonce(uint32 expected, uint32 given);
    error PolicyNotCurrent(uint32 current, uint32 given);
    error VenueNotLive(uint32 venue);
    error DebitCapTooLow(uint256 given, uint256 least);
    error OwnerSignature(address owner);
    error VenueSignature(address venueKey);
    error AcceptedCollateral(address token);
    error NotAccepted(uint32 venue, address token);
    error ZeroAmount();
    error ZeroAddress();
    error NotInAddressBook(address account, address to);
    error ConsentExpired(uint40 deadline);
    error ConsentTooLong(uint40 deadline, uint256 latest);
    error NotActive(address account, AccountStatus status);
    error NotThisAccount(address account, uint32 venue, uint32 index);
    error TransferNotExact(address token, uint256 asked, uint256 received);
    error Paused(uint32 venue, uint256 until);

    // -- accounts ------------------------------------------------------------------------------------------------------

    /// @notice Creates the account of (`owner`, `number`) at its predicted address. Anyone may pay for it.
    function open(address owner, uint96 number) external returns (address account);

    /// @notice Pledges an account: owner and venue both sign `terms` (the owner may instead call). The venue must be live and not paused,
    /// the policy version its current one, the debit cap at least the policy's least (`type(uint96).max`: no cap).
    function pledge(
        PledgeTerms calldata terms,
        bytes calldata ownerSignature,
        bytes calldata venueSignature
    ) external returns (uint32 index);

    // -- door 1 --------------------------------------------------------------------------------------------------------

    /// @notice Door 1, free: anything while unpledged; while pledged, any token that the venue does not accept. The owner calls.
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

    /// @notice Whether a callback is running: nobody is told a price or a value then.
    function locked() external view returns (bool);
}
