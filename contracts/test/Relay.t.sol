// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../src/interfaces/IOwnerDesk.sol";
import {Flags, PledgeTerms} from "../src/interfaces/Types.sol";
import {ActorProbe} from "./support/ActorProbe.sol";
import {ForcedStates, IMadeOfParts} from "./support/ForcedStates.sol";
import {BadWallet, WalletOwner} from "./support/Owners.sol";
import {HookToken} from "./support/Tokens.sol";

/// @notice An owner's calls that somebody else sends: done once, as signed, for that owner and nobody else.
contract RelayTest is ForcedStates {
    uint256 private constant OWNER_KEY = 0xB0B;
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    address private constant TO = address(0xCAFE);
    address private owner;
    /// @dev Pledged, and unpledged.
    address private account;
    address private free;
    uint40 private until;
    /// @dev Kept, for the optimiser may read `block.chainid` again where it is used.
    uint256 private home;

    function setUp() public override {
        super.setUp();
        owner = vm.addr(OWNER_KEY);
        account = openAndPledge(OWNER_KEY);
        free = vault.open(owner, 1);
        deposit(account, usdc, 1_000e6);
        deposit(free, usdc, 1_000e6);
        until = uint40(clock + 10 minutes);
        home = block.chainid;
    }

    // -- every function that can be relayed --------------------------------------------------------------------------

    function test_relay_aFreeWithdrawal() public {
        vm.expectEmit(address(vault));
        emit IOwnerDesk.Relayed(owner, 0, 0, address(this));
        _relay(abi.encodeCall(vault.withdraw, (free, address(usdc), 400e6, TO)), 0);
        assertEq(usdc.balanceOf(TO), 400e6, "as if the owner had called");
        assertEq(vault.nonceOf(owner, 0), 1, "counted");
    }

    function test_relay_aWithdrawalWithConsent() public {
        bytes memory consent = signAs(VENUE_KEY, consentDigest(account, address(usdc), 400e6, TO, 0, until));
        _relay(abi.encodeCall(vault.withdrawWithConsent, (account, address(usdc), 400e6, TO, until, consent)), 0);
        assertEq(usdc.balanceOf(TO), 400e6, "two signatures, sent by a third");
    }

    function test_relay_aRequestAndItsEnd() public {
        _relay(abi.encodeCall(owners.requestWithdrawal, (account, address(usdc), 400e6, TO)), 0);
        assertEq(owners.pendingOf(account, address(usdc)), 400e6, "asked for");
        _relay(abi.encodeCall(owners.cancelWithdrawal, (account, address(usdc))), 1);
        assertEq(owners.pendingOf(account, address(usdc)), 0, "taken back");
    }

    function test_relay_theAddressBook() public {
        _relay(abi.encodeCall(owners.switchAddressBook, (free, true)), 0);
        assertEq(vault.record(free).flags, Flags.BOOK, "on");
        _relay(abi.encodeCall(owners.addToBook, (free, TO)), 1);
        assertEq(vault.addressBook(free, TO), clock + 2 days, "added");
        _relay(abi.encodeCall(owners.removeFromBook, (free, TO)), 2);
        assertEq(vault.addressBook(free, TO), 0, "removed");
    }

    function test_relay_aLowerDebitCap() public {
        _relay(abi.encodeCall(owners.lowerDebitCap, (account, 200e6)), 0);
        advance(3 days);
        owners.applyDebitCap(account);
        assertEq(vault.allowance(account).debitCap, 200e6, "lowered");
    }

    function test_relay_releaseAndDispute_runForTheOwner() public {
        // The two desks have tests of their own: what matters here is for whom they are run.
        ActorProbe probe = new ActorProbe(IMadeOfParts(address(vault)).deployment());
        vm.etch(IMadeOfParts(address(vault)).parts().exitDesk, address(probe).code);
        vm.etch(IMadeOfParts(address(vault)).parts().disputeDesk, address(probe).code);
        bytes[3] memory calls = [
            abi.encodeCall(exits.requestRelease, (account)),
            abi.encodeCall(exits.cancelRelease, (account)),
            abi.encodeCall(disputes.acceptDebit, (account, 1))
        ];
        for (uint256 i; i < 3; ++i) {
            bytes memory signature = _sign(OWNER_KEY, calls[i], i, until);
            vm.expectEmit(address(vault));
            emit ActorProbe.RanFor(bytes4(calls[i]), owner, bytes32(uint256(uint160(account))));
            owners.relay(calls[i], i, until, signature);
        }
        // And once it is over, whoever calls acts for itself again.
        vm.expectEmit(address(vault));
        emit ActorProbe.RanFor(bytes4(calls[0]), address(this), bytes32(uint256(uint160(account))));
        exits.requestRelease(account);
    }

    function test_callTypeHash_ofEveryFunction() public {
        bytes4[11] memory functions = _relayable();
        for (uint256 i; i < functions.length; ++i) {
            (bytes32 typeHash, uint256 words) = owners.callTypeHash(functions[i]);
            (string memory signed, uint256 count) = _typeOf(functions[i]);
            assertEqHash(typeHash, keccak256(bytes(signed)), signed);
            assertEq(words, count, signed);
        }
        bytes4[5] memory others = [
            vault.pledge.selector,
            vault.open.selector,
            owners.relay.selector,
            owners.finaliseWithdrawal.selector,
            bytes4(0)
        ];
        for (uint256 i; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NotRelayable.selector, others[i]));
            owners.callTypeHash(others[i]);
        }
    }

    // -- whose signature ---------------------------------------------------------------------------------------------

    function test_relay_forAContractWallet() public {
        WalletOwner wallet = new WalletOwner();
        address its = vault.open(address(wallet), 0);
        deposit(its, usdc, 5);
        bytes memory call = abi.encodeCall(vault.withdraw, (its, address(usdc), 5, TO));
        _refuse(call, 0, until, "", address(wallet));
        wallet.approve(_digest(call, 0, until));
        owners.relay(call, 0, until, "");
        assertEq(usdc.balanceOf(TO), 5, "the wallet agreed");
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RelayNonce.selector, 1, 0));
        owners.relay(call, 0, until, "");
    }

    function test_relay_forAWalletThatLiesOrFails() public {
        for (uint256 i; i < 4; ++i) {
            address wallet = address(new BadWallet(BadWallet.Kind(i)));
            address its = vault.open(wallet, 0);
            _refuse(abi.encodeCall(vault.withdraw, (its, address(usdc), 5, TO)), 0, until, "", wallet);
        }
    }

    function test_relay_forAnEoaThatHasDelegatedItsCode() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        // To something that knows nothing of ERC-1271: its key still signs.
        vm.etch(owner, abi.encodePacked(hex"ef0100", address(usdc)));
        _refuse(call, 0, until, "", owner);
        owners.relay(call, 0, until, _sign(OWNER_KEY, call, 0, until));
        // To a wallet: what the wallet agrees to counts too.
        vm.etch(owner, abi.encodePacked(hex"ef0100", address(new WalletOwner())));
        _refuse(call, 1, until, "", owner);
        WalletOwner(owner).approve(_digest(call, 1, until));
        owners.relay(call, 1, until, "");
        owners.relay(call, 2, until, _sign(OWNER_KEY, call, 2, until));
        assertEq(usdc.balanceOf(TO), 15, "by key, by wallet, by key");
    }

    function test_relay_signedByAnybodyElse() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        _refuse(call, 0, until, "", owner);
        _refuse(call, 0, until, _sign(VENUE_KEY, call, 0, until), owner);
        assertEq(vault.nonceOf(owner, 0), 0, "nothing is used up");
    }

    function test_relay_forAnAccountOfSomebodyElse() public {
        address victim = openAndPledge(2, 5, venue, VENUE_KEY);
        bytes memory call = abi.encodeCall(owners.addToBook, (victim, TO));
        _refuse(call, 0, until, _sign(OWNER_KEY, call, 0, until), vm.addr(2));
        call = abi.encodeCall(owners.addToBook, (address(0x77), TO));
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAnAccount.selector, address(0x77)));
        owners.relay(call, 0, until, signature);
        // A pool has no owner in whose name anything could be signed.
        call = abi.encodeCall(vault.withdraw, (pool, address(usdc), 1, TO));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAnAccount.selector, pool));
        owners.relay(call, 0, until, new bytes(65));
    }

    function test_relay_withAMalleatedOrShortSignature() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(OWNER_KEY, _digest(call, 0, until));
        _refuse(call, 0, until, abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? 28 : 27), owner);
        // The compact form of ERC-2098, one byte too few and one too many.
        _refuse(call, 0, until, abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))), owner);
        _refuse(call, 0, until, abi.encodePacked(r, s), owner);
        _refuse(call, 0, until, abi.encodePacked(r, s, v, bytes1(0)), owner);
        _refuse(call, 0, until, abi.encodePacked(r, s, v - 27), owner);
        owners.relay(call, 0, until, abi.encodePacked(r, s, v));
    }

    // -- once, here, now ---------------------------------------------------------------------------------------------

    function test_relay_twice() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        owners.relay(call, 0, until, signature);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RelayNonce.selector, 1, 0));
        owners.relay(call, 0, until, signature);
        _refuse(call, 1, until, signature, owner);
        assertEq(usdc.balanceOf(TO), 5, "once");
    }

    function test_relay_inNamespacesThatAreIndependent() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        uint256 seventh = uint256(7) << 64;
        uint256 last = uint256(type(uint192).max) << 64;
        _relay(call, seventh);
        _relay(call, 0);
        _relay(call, last);
        bytes memory second = _sign(OWNER_KEY, call, seventh | 1, until);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.Relayed(owner, 7, 1, address(this));
        owners.relay(call, seventh | 1, until, second);
        assertEq(vault.nonceOf(owner, 7), 2, "two in one");
        assertEq(vault.nonceOf(owner, 0), 1, "one in another");
        assertEq(vault.nonceOf(owner, type(uint192).max), 1, "and one in the last");
        bytes memory signature = _sign(OWNER_KEY, call, seventh | 3, until);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RelayNonce.selector, 2, 3));
        owners.relay(call, seventh | 3, until, signature);
        // A signature for one namespace is none for another.
        _refuse(call, 1, until, _sign(OWNER_KEY, call, seventh | 2, until), owner);
    }

    function test_relay_upToItsDeadline() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        vm.warp(until + 1);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RelayExpired.selector, until));
        owners.relay(call, 0, until, signature);
        _refuse(call, 0, until + 1, signature, owner);
        vm.warp(until);
        owners.relay(call, 0, until, signature);
    }

    function test_relay_whatWasSignedForAnotherChainOrVault() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        vm.chainId(10);
        _refuse(call, 0, until, signature, owner);
        vm.chainId(home);
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Ringfence"),
                keccak256("1"),
                10,
                address(vault)
            )
        );
        bytes32 there = keccak256(abi.encodePacked(hex"1901", domain, _structHash(call, 0, until)));
        _refuse(call, 0, until, signAs(OWNER_KEY, there), owner);
        vm.chainId(10);
        owners.relay(call, 0, until, signAs(OWNER_KEY, there));
        assertEq(usdc.balanceOf(TO), 5, "a chain that split off has a domain of its own");
        vm.chainId(home);
        _refuse(call, 1, until, signAs(OWNER_KEY, digestFor(address(0x0E7), _structHash(call, 1, until))), owner);
    }

    function test_relay_whatFailsUsesNothingUp() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 2_000e6, TO));
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        vm.expectRevert();
        owners.relay(call, 0, until, signature);
        assertEq(vault.nonceOf(owner, 0), 0, "the nonce is still good");
        deposit(free, usdc, 1_000e6);
        owners.relay(call, 0, until, signature);
        assertEq(usdc.balanceOf(TO), 2_000e6, "and so is the signature");
    }

    // -- what is signed is what is done ------------------------------------------------------------------------------

    function testFuzz_relay_whenAnyBitOfTheCallDiffersFromWhatWasSigned(uint256 which, uint256 bit) public {
        bytes4 selector = _relayable()[which % 8];
        bytes memory call = _callOf(selector);
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        (, uint256 words) = owners.callTypeHash(selector);
        bit = bound(bit, 0, (4 + 32 * words) * 8 - 1);
        call[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        (uint256 here, uint256 there) = (usdc.balanceOf(free), usdc.balanceOf(account));
        vm.expectRevert();
        owners.relay(call, 0, until, signature);
        assertEq(usdc.balanceOf(free), here, "nothing moved");
        assertEq(usdc.balanceOf(account), there, "nothing moved there");
        assertEq(vault.nonceOf(owner, 0), 0, "nothing is used up");
    }

    function test_relay_dirtyWords_evenIfTheyAreSigned() public {
        bytes memory call = abi.encodeCall(owners.switchAddressBook, (free, true));
        call[4 + 63] = 0x02;
        _refuseAnyhow(call);
        call = abi.encodeCall(owners.lowerDebitCap, (account, 200e6));
        call[4 + 32] = 0x01;
        _refuseAnyhow(call);
        call = abi.encodeCall(owners.addToBook, (free, TO));
        call[4 + 32] = 0x01;
        _refuseAnyhow(call);
        call = abi.encodeCall(owners.addToBook, (free, TO));
        call[4] = 0x01;
        _refuseAnyhow(call);
        call = abi.encodeCall(owners.requestWithdrawal, (account, address(usdc), 1, TO));
        call[4 + 64] = 0x01;
        _refuseAnyhow(call);
        assertEq(vault.record(free).flags, 0, "nothing was done");
    }

    function test_relay_truncatedCalls() public {
        bytes memory whole = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        for (uint256 length; length < whole.length; ++length) {
            bytes memory cut = new bytes(length);
            for (uint256 i; i < length; ++i) {
                cut[i] = whole[i];
            }
            vm.expectPartialRevert(IOwnerDesk.NotRelayable.selector);
            owners.relay(cut, 0, until, "");
        }
    }

    function test_relay_bytesBehindTheArgumentsChangeNothing() public {
        bytes memory call = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        owners.relay(bytes.concat(call, "whatever a relayer adds"), 0, until, signature);
        assertEq(usdc.balanceOf(TO), 5, "as signed");
    }

    function test_relay_functionsWithoutAType() public {
        PledgeTerms memory terms = termsOf(free, venue);
        bytes[4] memory calls = [
            abi.encodeCall(vault.pledge, (terms, "", "")),
            abi.encodeCall(vault.open, (owner, 9)),
            abi.encodeCall(settlement.claim, (venue, free)),
            abi.encodeCall(owners.relay, (abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO)), 1, until, ""))
        ];
        for (uint256 i; i < calls.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NotRelayable.selector, bytes4(calls[i])));
            owners.relay(calls[i], 0, until, new bytes(65));
        }
    }

    function test_relay_fromTheMiddleOfARelayedCall() public {
        HookToken hook = new HookToken(18);
        hook.mint(free, 100);
        bytes memory second = abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        bytes memory signature = _sign(OWNER_KEY, second, 1, until);
        hook.arm(address(vault), abi.encodeCall(owners.relay, (second, 1, until, signature)), true);
        _relay(abi.encodeCall(vault.withdraw, (free, address(hook), 1, TO)), 0);
        assertTrue(hook.called() && !hook.succeeded(), "refused");
        assertEq(hook.answer(), abi.encodeWithSelector(ICollateralVault.Locked.selector), "by the one lock");
        owners.relay(second, 1, until, signature);
        assertEq(usdc.balanceOf(TO), 5, "afterwards it is as good as before");
    }

    function test_relay_lendsNobodyTheOwnersName() public {
        // In the middle of the relayed call the token tries to act as the owner, and right after it anybody does.
        HookToken hook = new HookToken(18);
        hook.mint(free, 100);
        hook.arm(address(vault), abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO)), true);
        _relay(abi.encodeCall(vault.withdraw, (free, address(hook), 1, TO)), 0);
        assertTrue(hook.called() && !hook.succeeded(), "not during");
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, free, address(this)));
        vault.withdraw(free, address(usdc), 5, TO);
    }

    // -- signing, on its own -----------------------------------------------------------------------------------------

    function _relay(bytes memory call, uint256 nonce) private {
        owners.relay(call, nonce, until, _sign(OWNER_KEY, call, nonce, until));
    }

    function _refuse(bytes memory call, uint256 nonce, uint40 deadline, bytes memory signature, address whose) private {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.OwnerSignature.selector, whose));
        owners.relay(call, nonce, deadline, signature);
    }

    function _refuseAnyhow(bytes memory call) private {
        bytes memory signature = _sign(OWNER_KEY, call, 0, until);
        vm.expectRevert();
        owners.relay(call, 0, until, signature);
    }

    function _sign(uint256 key, bytes memory call, uint256 nonce, uint40 deadline) private view returns (bytes memory) {
        return signAs(key, _digest(call, nonce, deadline));
    }

    function _digest(bytes memory call, uint256 nonce, uint40 deadline) private view returns (bytes32) {
        return digestFor(address(vault), _structHash(call, nonce, deadline));
    }

    /// @dev As a wallet does it: the type, then its fields word by word.
    function _structHash(bytes memory call, uint256 nonce, uint40 deadline) private view returns (bytes32) {
        (string memory signed, uint256 words) = _typeOf(bytes4(call));
        bytes memory packed = abi.encodePacked(keccak256(bytes(signed)));
        for (uint256 i; i < words; ++i) {
            for (uint256 j; j < 32; ++j) {
                packed = abi.encodePacked(packed, call[4 + 32 * i + j]);
            }
        }
        return keccak256(abi.encodePacked(packed, nonce, uint256(deadline)));
    }

    function _relayable() private view returns (bytes4[11] memory) {
        return
            [
                vault.withdraw.selector,
                vault.withdrawWithConsent.selector,
                owners.requestWithdrawal.selector,
                owners.cancelWithdrawal.selector,
                owners.switchAddressBook.selector,
                owners.addToBook.selector,
                owners.removeFromBook.selector,
                owners.lowerDebitCap.selector,
                exits.requestRelease.selector,
                exits.cancelRelease.selector,
                disputes.acceptDebit.selector
            ];
    }

    function _callOf(bytes4 f) private returns (bytes memory) {
        if (f == vault.withdraw.selector) return abi.encodeCall(vault.withdraw, (free, address(usdc), 5, TO));
        if (f == vault.withdrawWithConsent.selector) {
            bytes memory consent = signAs(VENUE_KEY, consentDigest(account, address(usdc), 5, TO, 0, until));
            return abi.encodeCall(vault.withdrawWithConsent, (account, address(usdc), 5, TO, until, consent));
        }
        if (f == owners.requestWithdrawal.selector) return abi.encodeCall(owners.requestWithdrawal, (account, address(usdc), 5, TO));
        if (f == owners.cancelWithdrawal.selector) {
            vm.prank(owner);
            owners.requestWithdrawal(account, address(usdc), 5, TO);
            return abi.encodeCall(owners.cancelWithdrawal, (account, address(usdc)));
        }
        if (f == owners.switchAddressBook.selector) return abi.encodeCall(owners.switchAddressBook, (free, true));
        if (f == owners.addToBook.selector) return abi.encodeCall(owners.addToBook, (free, TO));
        if (f == owners.removeFromBook.selector) return abi.encodeCall(owners.removeFromBook, (free, TO));
        return abi.encodeCall(owners.lowerDebitCap, (account, 200e6));
    }

    function _typeOf(bytes4 f) private view returns (string memory, uint256 words) {
        string memory tail = "uint256 nonce,uint40 deadline)";
        if (f == vault.withdraw.selector) {
            return (string.concat("Withdraw(address account,address token,uint256 amount,address to,", tail), 4);
        }
        if (f == vault.withdrawWithConsent.selector) {
            string memory head = "WithdrawWithConsent(address account,address token,uint256 amount,address to,uint40 consentDeadline,";
            return (string.concat(head, tail), 5);
        }
        if (f == owners.requestWithdrawal.selector) {
            return (string.concat("RequestWithdrawal(address account,address token,uint128 amount,address to,", tail), 4);
        }
        if (f == owners.cancelWithdrawal.selector) return (string.concat("CancelWithdrawal(address account,address token,", tail), 2);
        if (f == owners.switchAddressBook.selector) return (string.concat("SwitchAddressBook(address account,bool on,", tail), 2);
        if (f == owners.addToBook.selector) return (string.concat("AddToBook(address account,address to,", tail), 2);
        if (f == owners.removeFromBook.selector) return (string.concat("RemoveFromBook(address account,address to,", tail), 2);
        if (f == owners.lowerDebitCap.selector) return (string.concat("LowerDebitCap(address account,uint96 cap,", tail), 2);
        if (f == exits.requestRelease.selector) return (string.concat("RequestRelease(address account,", tail), 1);
        if (f == exits.cancelRelease.selector) return (string.concat("CancelRelease(address account,", tail), 1);
        if (f == disputes.acceptDebit.selector) return (string.concat("AcceptDebit(address account,uint40 disputedAt,", tail), 2);
        return ("", 0);
    }

    function test_relay_andAllElse_ofAPartAtItsOwnAddress_isRefused() public {
        IOwnerDesk part = IOwnerDesk(IMadeOfParts(address(vault)).parts().ownerDesk);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.OnlyAsVault.selector));
        part.relay("", 0, until, "");
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.OnlyAsVault.selector));
        part.requestWithdrawal(account, address(usdc), 1, TO);
    }
}
