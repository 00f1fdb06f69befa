// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../src/interfaces/IOwnerDesk.sol";
import {AccountProof} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";
import {NoReturnToken} from "./support/Tokens.sol";

/// @notice Where withdrawals may go: whoever has stolen an owner's key can widen it only with two days' notice.
contract AddressBookTest is ForcedStates {
    uint256 private constant OWNER_KEY = 0xB0B;
    uint256 private constant DELAY = 2 days;
    address private constant TO = address(0xCAFE);
    address private owner;
    address private account;

    function setUp() public override {
        super.setUp();
        owner = vm.addr(OWNER_KEY);
        account = vault.open(owner, 0);
        ownerKeyOf[account] = OWNER_KEY;
        deposit(account, usdc, 1_000e6);
    }

    // -- adding and removing -----------------------------------------------------------------------------------------

    function test_addToBook_isGoodTwoDaysLater() public {
        _switch(true);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.AddressBookEntry(account, TO, clock + DELAY);
        _add(TO);
        assertEq(vault.addressBook(account, TO), clock + DELAY, "good from");
        _refuse(TO);
        vm.warp(clock + DELAY - 1);
        _refuse(TO);
        vm.warp(clock + DELAY);
        _pay(TO);
    }

    function test_addToBook_again_changesNothing() public {
        _switch(true);
        _add(TO);
        uint256 goodFrom = clock + DELAY;
        advance(1 days);
        _add(TO);
        assertEq(vault.addressBook(account, TO), goodFrom, "what waits does not begin to wait again");
        advance(1 days);
        _add(TO);
        _pay(TO);
    }

    function test_removeFromBook_atOnce_andAddedAgainItWaitsAgain() public {
        _add(TO);
        _switch(true);
        advance(DELAY);
        _pay(TO);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.AddressBookEntry(account, TO, 0);
        vm.prank(owner);
        owners.removeFromBook(account, TO);
        _refuse(TO);
        _add(TO);
        _refuse(TO);
        advance(DELAY);
        _pay(TO);
    }

    function test_addToBook_beforeTheBookIsOn() public {
        _add(TO);
        advance(DELAY);
        _switch(true);
        _pay(TO);
        _refuse(address(0xF00D));
    }

    function test_addToBook_nobody() public {
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAddress.selector));
        owners.addToBook(account, address(0));
    }

    function test_book_ofOneAccountIsNotAnothers() public {
        address sister = vault.open(owner, 1);
        deposit(sister, usdc, 5);
        _switch(true);
        vm.prank(owner);
        owners.addToBook(sister, TO);
        advance(DELAY);
        _refuse(TO);
        vm.prank(owner);
        vault.withdraw(sister, address(usdc), 5, address(0xF00D));
        assertEq(usdc.balanceOf(address(0xF00D)), 5, "the sister's is off");
    }

    function test_book_isTheOwnersAlone() public {
        bytes[3] memory calls = [
            abi.encodeCall(owners.switchAddressBook, (account, true)),
            abi.encodeCall(owners.addToBook, (account, TO)),
            abi.encodeCall(owners.removeFromBook, (account, TO))
        ];
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(venueKey);
            (bool ok, bytes memory answer) = address(vault).call(calls[i]);
            assertTrue(!ok, "not the venue's");
            assertEq(answer, abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, account, venueKey), "by name");
        }
    }

    // -- the switch --------------------------------------------------------------------------------------------------

    function test_switch_onAtOnce_offTwoDaysLater() public {
        _pay(TO);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.AddressBookSwitched(account, 0);
        _switch(true);
        _refuse(TO);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.AddressBookSwitched(account, clock + DELAY);
        _switch(false);
        vm.warp(clock + DELAY - 1);
        _refuse(TO);
        vm.warp(clock + DELAY);
        _pay(TO);
    }

    function test_switch_onAgainWhileOffWaits() public {
        _switch(true);
        _switch(false);
        advance(1 days);
        _switch(true);
        advance(DELAY);
        _refuse(TO);
    }

    function test_switch_onAgainAfterItWasOff() public {
        _switch(true);
        _switch(false);
        advance(DELAY);
        _pay(TO);
        _switch(true);
        _refuse(TO);
    }

    function test_switch_offAgain_onlyDelaysIt() public {
        _switch(true);
        _switch(false);
        advance(1 days);
        _switch(false);
        advance(1 days);
        _refuse(TO);
        advance(1 days);
        _pay(TO);
    }

    function test_switch_offWhatIsNotOn() public {
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.AddressBookOff.selector, account));
        owners.switchAddressBook(account, false);
    }

    // -- who is bound by it ------------------------------------------------------------------------------------------

    function test_book_neverLocksTheOwnerOut() public {
        _switch(true);
        _pay(owner);
        pledgeAgain(account, venue, VENUE_KEY);
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = signAs(VENUE_KEY, consentDigest(account, address(usdc), 100e6, owner, 0, deadline));
        vm.startPrank(owner);
        vault.withdrawWithConsent(account, address(usdc), 100e6, owner, deadline, consent);
        owners.requestWithdrawal(account, address(usdc), 100e6, owner);
        vm.stopPrank();
        nextBlock();
        postRoot();
        owners.finaliseWithdrawal(address(usdc), proofOf(account));
        assertEq(usdc.balanceOf(owner), 300e6, "its own address is always good");
    }

    function test_book_bindsConsents() public {
        _switch(true);
        pledgeAgain(account, venue, VENUE_KEY);
        uint40 deadline = uint40(clock + 10 minutes);
        bytes memory consent = signAs(VENUE_KEY, consentDigest(account, address(usdc), 100e6, TO, 0, deadline));
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotInAddressBook.selector, account, TO));
        vault.withdrawWithConsent(account, address(usdc), 100e6, TO, deadline, consent);
        assertEq(vault.record(account).consentNonce, 0, "and uses up none");
    }

    function test_book_bindsRequests() public {
        _switch(true);
        pledgeAgain(account, venue, VENUE_KEY);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotInAddressBook.selector, account, TO));
        owners.requestWithdrawal(account, address(usdc), 100e6, TO);
        _add(TO);
        advance(DELAY);
        vm.prank(owner);
        owners.requestWithdrawal(account, address(usdc), 100e6, TO);
        assertEq(owners.pendingOf(account, address(usdc)), 100e6, "to an entry it may");
    }

    function test_book_bindsARequest_whenItIsPaid() public {
        _switch(true);
        pledgeAgain(account, venue, VENUE_KEY);
        _add(TO);
        advance(DELAY);
        vm.startPrank(owner);
        owners.requestWithdrawal(account, address(usdc), 100e6, TO);
        owners.removeFromBook(account, TO);
        vm.stopPrank();
        nextBlock();
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotInAddressBook.selector, account, TO));
        owners.finaliseWithdrawal(address(usdc), proof);
        vm.prank(owner);
        owners.cancelWithdrawal(account, address(usdc));
        assertEq(owners.pendingOf(account, address(usdc)), 0, "and the owner takes it back");
    }

    function test_book_bindsFreeWithdrawalsWhilePledged() public {
        NoReturnToken stray = new NoReturnToken(6);
        stray.mint(account, 5);
        _switch(true);
        pledgeAgain(account, venue, VENUE_KEY);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotInAddressBook.selector, account, TO));
        vault.withdraw(account, address(stray), 5, TO);
        vault.withdraw(account, address(stray), 5, owner);
        vm.stopPrank();
        assertEq(stray.balanceOf(owner), 5, "the owner's address");
    }

    function test_book_outlivesThePledge() public {
        _switch(true);
        pledgeAgain(account, venue, VENUE_KEY);
        _add(TO);
        forceRelease(account, 0);
        _refuse(address(0xF00D));
        advance(DELAY);
        _pay(TO);
        postRoot();
        pledgeAgain(account, venue, VENUE_KEY);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotInAddressBook.selector, account, address(0xF00D)));
        owners.requestWithdrawal(account, address(usdc), 1, address(0xF00D));
    }

    /// @dev Whatever an owner's thief does with the book within two days, nothing goes anywhere but to the owner.
    function testFuzz_book_holdsForTwoDaysAgainstTheOwnersKey(uint256 seed) public {
        _switch(true);
        uint256 end = clock + DELAY;
        while (true) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 act = seed % 4;
            if (act == 0) _add(TO);
            else if (act == 1) _switch(seed & 16 == 0);
            else if (act == 2) _refuse(TO);
            else if (clock + 6 hours < end) advance(6 hours);
            else break;
        }
        _refuse(TO);
        assertEq(usdc.balanceOf(account), 1_000e6, "nothing left");
    }

    function _switch(bool on) private {
        vm.prank(owner);
        owners.switchAddressBook(account, on);
    }

    function _add(address to) private {
        vm.prank(owner);
        owners.addToBook(account, to);
    }

    function _pay(address to) private {
        uint256 before = usdc.balanceOf(to);
        vm.prank(owner);
        vault.withdraw(account, address(usdc), 100e6, to);
        assertEq(usdc.balanceOf(to), before + 100e6, "paid");
    }

    function _refuse(address to) private {
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotInAddressBook.selector, account, to));
        vault.withdraw(account, address(usdc), 1, to);
    }
}
