// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SumTree} from "../src/attest/SumTree.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralValuer} from "../src/interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {AccountProof, AccountStatus, RootPrices, WithdrawalDoor} from "../src/interfaces/Types.sol";
import {Proofs} from "../src/lib/Proofs.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";

/// @notice The way out that needs no consent: a request, then a root that saw it.
contract WithdrawByRequestTest is RingfenceTest {
    uint256 private constant OWNER_KEY = 0xB0B;
    address private constant TO = address(0xCAFE);
    address private owner;
    address private account;
    address private other;

    function setUp() public override {
        super.setUp();
        owner = vm.addr(OWNER_KEY);
        account = openAndPledge(OWNER_KEY);
        other = openAndPledge(2);
        deposit(account, usdc, 1_000e6);
    }

    function test_finalise_paysTheRequest() public {
        setMargin(account, 300e6, 200e6);
        uint256 id = _request(700e6);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectEmit(address(vault));
        emit ICollateralVault.WithdrawalFinalised(id, account, 1);
        vm.expectEmit(address(vault));
        emit ICollateralVault.Withdrawn(account, address(usdc), TO, 700e6, WithdrawalDoor.REQUEST);
        vm.prank(address(0xA11));
        vault.finaliseWithdrawal(id, proof);
        assertEq(usdc.balanceOf(TO), 700e6, "paid, whoever sent it");
        assertEq(vault.pendingOf(account, address(usdc)), 0, "nothing pending");
        assertEq(vault.record(account).pendingWithdrawals, 0, "none open");
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.UnknownRequest.selector, id));
        vault.finaliseWithdrawal(id, proof);
    }

    function test_finalise_downToTheRequirementAndNoFurther() public {
        setMargin(account, 300e6, 200e6);
        uint256 id = _request(700e6 + 1);
        postRoot();
        _refuse(id, abi.encodeWithSelector(ICollateralVault.RequirementNotMet.selector, 300e6 - 1, 300e6));
    }

    function test_finalise_addsWhatIsOwed_andIgnoresWhatIsOwing() public {
        setMargin(account, 300e6, 200e6);
        setNet(account, -100e6);
        setNet(other, 100e6);
        uint256 id = _request(700e6);
        postRoot();
        _refuse(id, abi.encodeWithSelector(ICollateralVault.RequirementNotMet.selector, 300e6, 400e6));
        setNet(account, 100e6);
        setNet(other, -100e6);
        setMargin(account, 301e6, 200e6);
        postRoot();
        _refuse(id, abi.encodeWithSelector(ICollateralVault.RequirementNotMet.selector, 300e6, 301e6));
    }

    function test_request_countsAsGone() public {
        deposit(account, wbtc, 1e8);
        RootPrices memory now_ = livePrices(venue);
        assertEq(valuer.value(venue, account, now_.collateral), 55_000e6, "1,000 and nine tenths of 60,000");
        _request(400e6);
        _request(100e6);
        assertEq(valuer.value(venue, account, now_.collateral), 54_500e6, "both requests are gone from it");
        assertEq(vault.pendingOf(account, address(usdc)), 500e6, "and add up");
        vm.prank(owner);
        vault.requestWithdrawal(account, address(wbtc), 2e8, TO);
        assertEq(valuer.value(venue, account, now_.collateral), 500e6, "more than there is counts as all of it");
    }

    function test_finalise_countsTheOtherRequestToo() public {
        setMargin(account, 300e6, 200e6);
        uint256 first = _request(400e6);
        uint256 second = _request(400e6);
        postRoot();
        _refuse(first, abi.encodeWithSelector(ICollateralVault.RequirementNotMet.selector, 200e6, 300e6));
        vm.prank(owner);
        vault.cancelWithdrawal(second);
        vault.finaliseWithdrawal(first, proofOf(account));
        assertEq(usdc.balanceOf(TO), 400e6, "one of them");
    }

    // -- which root --------------------------------------------------------------------------------------------------

    function test_finalise_underARootFromBeforeOrOfTheSameBlock() public {
        postRoot();
        uint256 id = _ask(1e6);
        uint64 asked = uint64(height);
        _refuse(id, abi.encodeWithSelector(ICollateralVault.RequestIsNewer.selector, asked, asked - 1));
        postRoot();
        _refuse(id, abi.encodeWithSelector(ICollateralVault.RequestIsNewer.selector, asked, asked));
        postRoot();
        vault.finaliseWithdrawal(id, proofOf(account));
        assertEq(usdc.balanceOf(TO), 1e6, "a root snapshotted after it");
    }

    function test_finalise_underARootThatIsNotTheNewest() public {
        uint256 id = _request(1e6);
        postRoot();
        AccountProof memory old = proofOf(account);
        setMargin(account, 2_000e6, 2_000e6);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 2, 1));
        vault.finaliseWithdrawal(id, old);
    }

    function test_finalise_underAStaleRoot() public {
        uint256 id = _request(1e6);
        postRoot();
        advance(1 hours);
        _refuse(id, abi.encodeWithSelector(IAttestationLog.NotFresh.selector, 1 hours + 12, 1 hours));
    }

    function test_finalise_withSomebodyElsesProof() public {
        setMargin(account, 2_000e6, 2_000e6);
        uint256 id = _request(1e6);
        postRoot();
        AccountProof memory proof = proofOf(other);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotThisAccount.selector, account, venue, 0));
        vault.finaliseWithdrawal(id, proof);
        proof.leaf.account = account;
        vm.expectRevert(abi.encodeWithSelector(Proofs.LeafOfAnotherAccount.selector, account, venue, 1));
        vault.finaliseWithdrawal(id, proof);
        proof.leaf.index = 0;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        vault.finaliseWithdrawal(id, proof);
    }

    function test_finalise_withALowerRequirementOrOtherPrices() public {
        setMargin(account, 1_000e6, 900e6);
        uint256 id = _request(1e6);
        postRoot();
        AccountProof memory proof = proofOf(account);
        proof.leaf.initialMargin = 0;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        vault.finaliseWithdrawal(id, proof);
        proof = proofOf(account);
        proof.prices.collateral[0] *= 2;
        vm.expectPartialRevert(Proofs.PricesNotOfRoot.selector);
        vault.finaliseWithdrawal(id, proof);
    }

    function test_finalise_withTheLeafOfAnEarlierPledge() public {
        postRoot();
        vm.prank(address(defaults));
        vault.release(account, 0);
        pledgeAgain(account, venue, VENUE_KEY);
        uint256 id = _request(1e6);
        // The venue forgot to empty the old leaf: it is still not the account's.
        postRoot();
        AccountProof memory proof = proofAt(venue, 2, 0);
        vm.expectRevert(abi.encodeWithSelector(Proofs.LeafOfAnotherAccount.selector, account, venue, 0));
        vault.finaliseWithdrawal(id, proof);
        vault.finaliseWithdrawal(id, proofOf(account));
    }

    // -- which price -------------------------------------------------------------------------------------------------

    function test_finalise_atTheLowerOfTheRootsAndTheLivePrices() public {
        deposit(account, wbtc, 1e8);
        setMargin(account, 50_000e6, 40_000e6);
        uint256 id = _request(1_000e6);
        postRoot();
        setPrice(btcFeed, 50_000e8);
        _refuse(id, abi.encodeWithSelector(ICollateralVault.RequirementNotMet.selector, 45_000e6, 50_000e6));
        postRoot();
        setPrice(btcFeed, 60_000e8);
        _refuse(id, abi.encodeWithSelector(ICollateralVault.RequirementNotMet.selector, 45_000e6, 50_000e6));
        postRoot();
        vault.finaliseWithdrawal(id, proofOf(account));
        assertEq(usdc.balanceOf(TO), 1_000e6, "both are high enough");
    }

    function test_finalise_withoutALivePrice() public {
        deposit(account, wbtc, 1e8);
        uint256 id = _request(1_000e6);
        postRoot();
        setPrice(btcFeed, 0);
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.BadPrice.selector, address(btcFeed), 0));
        vault.finaliseWithdrawal(id, proof);
    }

    // -- cancelling, statuses, limits --------------------------------------------------------------------------------

    function test_cancel_byTheOwnerOnly_andOnce() public {
        uint256 id = _request(1e6);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, account, address(this)));
        vault.cancelWithdrawal(id);
        vm.startPrank(owner);
        vault.cancelWithdrawal(id);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.UnknownRequest.selector, id));
        vault.cancelWithdrawal(id);
        vm.stopPrank();
        assertEq(vault.pendingOf(account, address(usdc)), 0, "it counts again");
        postRoot();
        _refuse(id, abi.encodeWithSelector(ICollateralVault.UnknownRequest.selector, id));
    }

    function test_request_diesWithItsPledge() public {
        uint256 id = _request(600e6);
        vm.prank(address(defaults));
        vault.release(account, 0);
        assertEq(vault.pendingOf(account, address(usdc)), 0, "nothing pending while unpledged");
        pledgeAgain(account, venue, VENUE_KEY);
        assertEq(vault.pendingOf(account, address(usdc)), 0, "nor under the next pledge");
        nextBlock();
        postRoot();
        _refuse(id, abi.encodeWithSelector(ICollateralVault.UnknownRequest.selector, id));
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.UnknownRequest.selector, id));
        vault.cancelWithdrawal(id);
        assertEq(vault.pendingOf(account, address(usdc)), 0, "and cannot be subtracted from it");
    }

    function test_finalise_whileCalledButNotWhileClosingOut() public {
        uint256 first = _request(1e6);
        uint256 second = _request(1e6);
        postRoot();
        vm.prank(address(defaults));
        vault.changeStatus(account, AccountStatus.ACTIVE, AccountStatus.CALLED);
        vault.finaliseWithdrawal(first, proofOf(account));
        vm.prank(address(defaults));
        vault.changeStatus(account, AccountStatus.CALLED, AccountStatus.CLOSING_OUT);
        _refuse(second, abi.encodeWithSelector(ICollateralVault.NotActive.selector, account, AccountStatus.CLOSING_OUT));
    }

    function test_request_whatCannotBeAsked() public {
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAmount.selector));
        vault.requestWithdrawal(account, address(usdc), 0, TO);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAddress.selector));
        vault.requestWithdrawal(account, address(usdc), 1, address(0));
        for (uint256 i; i < 8; ++i) {
            vault.requestWithdrawal(account, address(usdc), 1, TO);
        }
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TooManyRequests.selector, account));
        vault.requestWithdrawal(account, address(usdc), 1, TO);
        address free = vault.open(owner, 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotPledged.selector, free));
        vault.requestWithdrawal(free, address(usdc), 1, TO);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, account, address(this)));
        vault.requestWithdrawal(account, address(usdc), 1, TO);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.UnknownRequest.selector, 99));
        vault.cancelWithdrawal(99);
    }

    function test_finalise_moreThanThereIs() public {
        uint256 id = _request(1_001e6);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        vault.finaliseWithdrawal(id, proof);
        assertEq(vault.pendingOf(account, address(usdc)), 1_001e6, "the request stands until it is cancelled");
    }

    /// @dev Whatever the figures, what stays behind covers initial margin and what is owed at both prices.
    function testFuzz_finalise_neverLeavesTooLittle(
        uint96 margin,
        uint96 debit,
        uint128 amount,
        uint32 rootPrice,
        uint32 livePrice
    ) public {
        uint256 wanted = bound(amount, 1, 2_000e6);
        deposit(account, wbtc, 1e6);
        setMargin(account, uint96(bound(margin, 0, 2_000e6)), 0);
        int256 owed = int256(bound(debit, 0, 1_000e6));
        setNet(account, -owed);
        setPrice(btcFeed, int256(bound(rootPrice, 1_000, 100_000)) * 1e8);
        uint256 id = _request(uint128(wanted));
        postRoot();
        AccountProof memory proof = proofOf(account);
        setPrice(btcFeed, int256(bound(livePrice, 1_000, 100_000)) * 1e8);
        try vault.finaliseWithdrawal(id, proof) {
            (uint256 atRoot, uint256 live) = valuer.values(venue, account, proof.prices.collateral);
            uint256 needed = proof.leaf.initialMargin + uint256(owed);
            assertGe(atRoot, needed, "covered at the root's prices");
            assertGe(live, needed, "covered at live prices");
            assertEq(usdc.balanceOf(TO), wanted, "all that was asked");
        } catch {
            assertEq(usdc.balanceOf(account), 1_000e6, "nothing moved");
        }
    }

    /// @dev Asks, and lets a block pass so that the next root sees it.
    function _request(uint128 amount) private returns (uint256 id) {
        id = _ask(amount);
        nextBlock();
    }

    function _ask(uint128 amount) private returns (uint256) {
        vm.prank(owner);
        return vault.requestWithdrawal(account, address(usdc), amount, TO);
    }

    function _refuse(uint256 id, bytes memory reason) private {
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(reason);
        vault.finaliseWithdrawal(id, proof);
    }
}
