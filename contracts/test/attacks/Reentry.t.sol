// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {PledgeTerms} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";
import {ReenteringWallet, WalletOwner} from "../support/Owners.sol";
import {ReenteringTaker} from "../support/Takers.sol";
import {HookToken} from "../support/Tokens.sol";

/// @notice Two accounts of one attacker: in the middle of what happens to the first, it acts on the second. What it tries would be its
/// good right at any other time, so only the lock stands in the way; which doors that closes is in `AuctionCallbackTest` and `AttacksTest`.
contract ReentryAttacksTest is DefaultScenario {
    WalletOwner private attacker;
    address private first;
    address private second;

    function setUp() public override {
        super.setUp();
        attacker = new WalletOwner();
        (first, second) = (vault.open(address(attacker), 0), vault.open(address(attacker), 1));
        deposit(second, usdc, 1_000e6);
    }

    function test_crossAccountReentry_fromATokensHook_isLocked() public {
        HookToken hook = new HookToken(6);
        hook.mint(first, 100);
        bytes memory attack = abi.encodeCall(vault.withdraw, (second, address(usdc), 1_000e6, address(attacker)));
        hook.arm(address(attacker), abi.encodeCall(attacker.execute, (address(vault), attack)), true);
        attacker.execute(address(vault), abi.encodeCall(vault.withdraw, (first, address(hook), 100, address(attacker))));
        assertTrue(hook.called() && !hook.succeeded(), "the hook ran, and got nowhere");
        assertEq(hook.answer(), abi.encodeWithSelector(ICollateralVault.Locked.selector), "for the lock");
        assertEq(usdc.balanceOf(second), 1_000e6, "the other account is untouched");
        attacker.execute(address(vault), attack);
        assertEq(usdc.balanceOf(second), 0, "a moment later it is its good right");
    }

    function test_crossAccountReentry_fromATakersCallback_isLocked() public {
        makePair(0, 1e8);
        bookLoss(20_000e6);
        setMargin(debtor, 60_000e6, 0);
        uint256 lot = defaultDebtor(address(wbtc));
        ReenteringTaker taker = new ReenteringTaker(auction, usdc);
        usdc.mint(address(taker), 100_000e6);
        bytes memory attack = abi.encodeCall(vault.withdraw, (second, address(usdc), 1_000e6, address(attacker)));
        taker.plan(address(attacker), abi.encodeCall(attacker.execute, (address(vault), attack)));
        taker.take(lot, 1e7);
        ReenteringTaker.Attempt memory attempt = taker.attempts()[0];
        assertTrue(!attempt.succeeded, "the attempt got nowhere");
        assertEq(attempt.answer, abi.encodeWithSelector(ICollateralVault.Locked.selector), "for the lock");
        attacker.execute(address(vault), attack);
        assertEq(usdc.balanceOf(second), 0, "a moment later it is its good right");
    }

    /// @dev Both by a call that holds the lock, and by a relayed one, which asks before it takes it.
    function test_crossAccountReentry_fromAnOwnersCode_isLocked() public {
        ReenteringWallet wallet = new ReenteringWallet(address(vault));
        (address one, address two) = (vault.open(address(wallet), 0), vault.open(address(wallet), 1));
        deposit(two, usdc, 1_000e6);
        deposit(one, usdc, 50);
        wallet.arm(abi.encodeCall(vault.withdraw, (two, address(usdc), 1_000e6, address(wallet))));
        PledgeTerms memory terms = termsOf(one, venue);
        bytes memory venueSignature = signAs(VENUE_KEY, pledgeDigest(terms));
        // The wallet says yes only if its call back failed.
        vault.pledge(terms, "", venueSignature);
        assertEq(usdc.balanceOf(two), 1_000e6, "the other account is untouched");
        bytes memory call = abi.encodeCall(IOwnerDesk.requestWithdrawal, (one, address(usdc), 50, address(wallet)));
        owners.relay(call, 0, uint40(clock + 1 hours), "");
        assertEq(usdc.balanceOf(two), 1_000e6, "nor while a relayed call is being agreed to");
        assertEq(owners.pendingOf(one, address(usdc)), 50, "which is done as it was signed");
    }
}
