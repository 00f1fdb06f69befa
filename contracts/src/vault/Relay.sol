// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {AccountLookup} from "../account/AccountLookup.sol";
import {Signatures} from "../core/Signatures.sol";
import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {IDisputeDesk} from "../interfaces/IDisputeDesk.sol";
import {IExitDesk} from "../interfaces/IExitDesk.sol";
import {IOwnerDesk} from "../interfaces/IOwnerDesk.sol";

/// @title An owner's calls, carried out by anybody on its signature
/// @notice What the owner signs is a type of its own for each function, so a wallet shows what is asked for.
/// @dev The functions' leading arguments are static, so their ABI words are EIP-712's encoding of the same fields. Part of `nonceOnce`:
/// the signature names account, nonce and deadline, in the domain of this vault and chain.
abstract contract Relay is IOwnerDesk, AccountLookup {
    bytes32 private constant WITHDRAW = keccak256(
        "Withdraw(address account,address token,uint256 amount,address to,uint256 nonce,uint40 deadline)"
    );
    bytes32 private constant WITHDRAW_WITH_CONSENT = keccak256(
        "WithdrawWithConsent(address account,address token,uint256 amount,address to,uint40 consentDeadline,uint256 nonce,uint40 deadline)"
    );
    bytes32 private constant REQUEST_WITHDRAWAL = keccak256(
        "RequestWithdrawal(address account,address token,uint128 amount,address to,uint256 nonce,uint40 deadline)"
    );
    bytes32 private constant CANCEL_WITHDRAWAL = keccak256("CancelWithdrawal(address account,address token,uint256 nonce,uint40 deadline)");
    bytes32 private constant SWITCH_ADDRESS_BOOK = keccak256("SwitchAddressBook(address account,bool on,uint256 nonce,uint40 deadline)");
    bytes32 private constant ADD_TO_BOOK = keccak256("AddToBook(address account,address to,uint256 nonce,uint40 deadline)");
    bytes32 private constant REMOVE_FROM_BOOK = keccak256("RemoveFromBook(address account,address to,uint256 nonce,uint40 deadline)");
    bytes32 private constant LOWER_DEBIT_CAP = keccak256("LowerDebitCap(address account,uint96 cap,uint256 nonce,uint40 deadline)");
    bytes32 private constant REQUEST_RELEASE = keccak256("RequestRelease(address account,uint256 nonce,uint40 deadline)");
    bytes32 private constant CANCEL_RELEASE = keccak256("CancelRelease(address account,uint256 nonce,uint40 deadline)");
    bytes32 private constant ACCEPT_DEBIT = keccak256("AcceptDebit(address account,uint40 disputedAt,uint256 nonce,uint40 deadline)");

    /// @inheritdoc IOwnerDesk
    function relay(bytes calldata call, uint256 nonce, uint40 deadline, bytes calldata signature) external {
        if (address(this) != VAULT) revert ICollateralVault.OnlyAsVault();
        // The call itself takes the lock. Nothing is relayed from inside a callback, nor from inside a relayed call.
        if (_held != 0 || _signer != address(0)) revert ICollateralVault.Locked();
        if (block.timestamp > deadline) revert RelayExpired(deadline);
        if (call.length < 36) revert NotRelayable(bytes4(call));
        (bytes32 typeHash, uint256 words) = _typeOf(bytes4(call[:4]));
        if (call.length < 4 + words * 32) revert NotRelayable(bytes4(call));
        address owner = _ownerOf(abi.decode(call[4:36], (address)));
        _useNonce(owner, nonce);
        bytes32 structHash = keccak256(abi.encodePacked(typeHash, call[4:4 + words * 32], nonce, uint256(deadline)));
        if (!Signatures.isBy(owner, _digest(structHash), signature)) revert ICollateralVault.OwnerSignature(owner);
        _signer = owner;
        Address.functionDelegateCall(address(this), call);
        _signer = address(0);
    }

    /// @notice EIP-712 type hash of a relayable function and the number of leading argument words that it covers.
    function callTypeHash(bytes4 selector) external pure returns (bytes32 typeHash, uint256 words) {
        return _typeOf(selector);
    }

    function _useNonce(address owner, uint256 nonce) private {
        uint192 namespace = uint192(nonce >> 64);
        uint64 expected = _nonces[owner][namespace];
        if (uint64(nonce) != expected) revert RelayNonce(expected, uint64(nonce));
        _nonces[owner][namespace] = expected + 1;
        emit Relayed(owner, namespace, expected, msg.sender);
    }

    function _typeOf(bytes4 selector) private pure returns (bytes32, uint256) {
        if (selector == ICollateralVault.withdraw.selector) return (WITHDRAW, 4);
        if (selector == ICollateralVault.withdrawWithConsent.selector) return (WITHDRAW_WITH_CONSENT, 5);
        if (selector == IOwnerDesk.requestWithdrawal.selector) return (REQUEST_WITHDRAWAL, 4);
        if (selector == IOwnerDesk.cancelWithdrawal.selector) return (CANCEL_WITHDRAWAL, 2);
        if (selector == IOwnerDesk.switchAddressBook.selector) return (SWITCH_ADDRESS_BOOK, 2);
        if (selector == IOwnerDesk.addToBook.selector) return (ADD_TO_BOOK, 2);
        if (selector == IOwnerDesk.removeFromBook.selector) return (REMOVE_FROM_BOOK, 2);
        if (selector == IOwnerDesk.lowerDebitCap.selector) return (LOWER_DEBIT_CAP, 2);
        if (selector == IExitDesk.requestRelease.selector) return (REQUEST_RELEASE, 1);
        if (selector == IExitDesk.cancelRelease.selector) return (CANCEL_RELEASE, 1);
        if (selector == IDisputeDesk.acceptDebit.selector) return (ACCEPT_DEBIT, 2);
        revert NotRelayable(selector);
    }
}
