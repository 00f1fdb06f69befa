// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../src/interfaces/IDefaultManager.sol";
import {AccountProof, AccountStatus} from "../src/interfaces/Types.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {TestFeed} from "./support/TestFeed.sol";

/// @notice A chain whose sequencer can be down: nobody defaults who could not cure, and what is free stays free.
contract SequencerTest is RingfenceTest {
    uint256 private constant OWNER_KEY = 0xB0B;
    TestFeed private sequencer;
    address private account;

    function setUp() public override {
        sequencer = new TestFeed(0, 0, 1);
        sequencerFeed = address(sequencer);
        super.setUp();
        account = openAndPledge(OWNER_KEY);
        deposit(account, usdc, 1_000e6);
        setMargin(account, 2_000e6, 0);
        postRoot();
        defaults.callMargin(proofOf(account));
    }

    function test_declare_whileItIsDown() public {
        advance(31 minutes);
        postRoot();
        sequencer.set(1, clock);
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.SequencerDown.selector));
        defaults.declareDefault(proof, address(0));
        sequencer.set(0, 0);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.SequencerDown.selector));
        defaults.declareDefault(proof, address(0));
    }

    function test_declare_whenItWasUpAllTheTime() public {
        advance(30 minutes - 12);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, clock));
        defaults.declareDefault(proof, address(0));
        advance(1);
        defaults.declareDefault(proof, address(0));
        assertTrue(vault.record(account).status == AccountStatus.CLOSING_OUT, "after half an hour");
    }

    function test_declare_whenItWasDownDuringTheCall_theOwnerHasItsWholeWindowAgain() public {
        advance(25 minutes);
        sequencer.set(0, clock);
        uint256 from = clock + 30 minutes;
        advance(6 minutes);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, from));
        defaults.declareDefault(proof, address(0));
        vm.warp(from);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.BeforeDeadline.selector, from));
        defaults.declareDefault(proof, address(0));
        vm.warp(from + 1);
        refreshFeeds();
        defaults.declareDefault(proof, address(0));
        assertTrue(vault.record(account).status == AccountStatus.CLOSING_OUT, "half an hour after it came up");
    }

    function test_withdrawals_askNoSequencer() public {
        sequencer.set(1, clock);
        address owner = vm.addr(OWNER_KEY);
        address free = vault.open(owner, 1);
        deposit(free, usdc, 5);
        uint40 deadline = uint40(clock + 10 minutes);
        deposit(account, usdc, 5_000e6);
        vm.startPrank(owner);
        vault.withdraw(free, address(usdc), 5, owner);
        owners.requestWithdrawal(account, address(usdc), 10, owner);
        vm.stopPrank();
        nextBlock();
        postRoot();
        owners.finaliseWithdrawal(address(usdc), proofOf(account));
        defaults.cure(proofOf(account));
        bytes memory consent = signAs(VENUE_KEY, consentDigest(account, address(usdc), 10, owner, 0, deadline));
        vm.prank(owner);
        vault.withdrawWithConsent(account, address(usdc), 10, owner, deadline, consent);
        assertEq(usdc.balanceOf(owner), 25, "free, by request and with consent");
    }
}
