// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SumTree} from "../src/attest/SumTree.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralValuer} from "../src/interfaces/ICollateralValuer.sol";
import {IOwnerDesk} from "../src/interfaces/IOwnerDesk.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {AccountProof, AccountStatus, Flags, WithdrawalDoor} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";

/// @notice The way out that needs no consent: a request, then a root that saw it.
contract WithdrawByRequestTest is ForcedStates {
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
        _request(700e6);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.WithdrawalFinalised(account, address(usdc), 1);
        vm.expectEmit(address(vault));
        emit ICollateralVault.Withdrawn(account, address(usdc), TO, 700e6, WithdrawalDoor.REQUEST);
        vm.prank(address(0xA11));
        owners.finaliseWithdrawal(address(usdc), proof);
        assertEq(usdc.balanceOf(TO), 700e6, "paid, whoever sent it");
        assertEq(owners.pendingOf(account, address(usdc)), 0, "nothing pending");
        assertEq(vault.record(account).pendingMask, 0, "none open");
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, account, address(usdc)));
        owners.finaliseWithdrawal(address(usdc), proof);
    }

    function test_finalise_downToTheRequirementAndNoFurther() public {
        setMargin(account, 300e6, 200e6);
        _request(700e6 + 1);
        postRoot();
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequirementNotMet.selector, 300e6 - 1, 300e6));
    }

    function test_finalise_addsWhatIsOwed_andIgnoresWhatIsOwing() public {
        setMargin(account, 300e6, 200e6);
        setNet(account, -100e6);
        setNet(other, 100e6);
        _request(700e6);
        postRoot();
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequirementNotMet.selector, 300e6, 400e6));
        setNet(account, 100e6);
        setNet(other, -100e6);
        setMargin(account, 301e6, 200e6);
        postRoot();
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequirementNotMet.selector, 300e6, 301e6));
    }

    function test_request_countsAsGone() public {
        deposit(account, wbtc, 1e8);
        assertEq(_value(), 55_000e6, "1,000 and nine tenths of 60,000");
        _request(500e6);
        assertEq(_value(), 54_500e6, "what was asked for is gone from it");
        assertEq(owners.pendingOf(account, address(usdc)), 500e6, "and can be looked up");
        vm.prank(owner);
        owners.requestWithdrawal(account, address(wbtc), 2e8, TO);
        assertEq(_value(), 500e6, "more than there is counts as all of it");
        assertEq(vault.record(account).pendingMask, 3, "one bit for each asset that waits");
    }

    function test_request_onlyOneForEachAsset() public {
        _request(400e6);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.RequestExists.selector, account, address(usdc)));
        owners.requestWithdrawal(account, address(usdc), 1, TO);
        owners.requestWithdrawal(account, address(weth), 1, TO);
        owners.cancelWithdrawal(account, address(usdc));
        owners.requestWithdrawal(account, address(usdc), 100e6, TO);
        vm.stopPrank();
        assertEq(owners.pendingOf(account, address(usdc)), 100e6, "another, once the first is taken back");
        assertEq(owners.request(account, address(usdc)).requestBlock, height, "which counts from its own block");
    }

    function test_request_takenBackAndMadeAgain_needsANewRoot() public {
        _request(400e6);
        postRoot();
        vm.startPrank(owner);
        owners.cancelWithdrawal(account, address(usdc));
        owners.requestWithdrawal(account, address(usdc), 400e6, TO);
        vm.stopPrank();
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequestIsNewer.selector, height, height - 1));
    }

    function test_finalise_countsTheRequestForAnotherAssetToo() public {
        deposit(account, weth, 1e18);
        setMargin(account, 3_000e6, 200e6);
        _request(400e6);
        vm.prank(owner);
        owners.requestWithdrawal(account, address(weth), 4e17, TO);
        nextBlock();
        postRoot();
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequirementNotMet.selector, 600e6 + 1_620e6, 3_000e6));
        vm.prank(owner);
        owners.cancelWithdrawal(account, address(weth));
        owners.finaliseWithdrawal(address(usdc), proofOf(account));
        assertEq(usdc.balanceOf(TO), 400e6, "one of them");
    }

    // -- which root --------------------------------------------------------------------------------------------------

    function test_finalise_underARootFromBeforeOrOfTheSameBlock() public {
        postRoot();
        _ask(1e6);
        uint64 asked = uint64(height);
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequestIsNewer.selector, asked, asked - 1));
        postRoot();
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequestIsNewer.selector, asked, asked));
        postRoot();
        owners.finaliseWithdrawal(address(usdc), proofOf(account));
        assertEq(usdc.balanceOf(TO), 1e6, "a root snapshotted after it");
    }

    function test_finalise_underARootThatIsNotTheNewest() public {
        _request(1e6);
        postRoot();
        AccountProof memory old = proofOf(account);
        setMargin(account, 2_000e6, 2_000e6);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 2, 1));
        owners.finaliseWithdrawal(address(usdc), old);
    }

    function test_finalise_underAStaleRoot() public {
        _request(1e6);
        postRoot();
        advance(1 hours);
        _refuse(abi.encodeWithSelector(IAttestationLog.NotFresh.selector, 1 hours + 12, 1 hours));
    }

    function test_finalise_withSomebodyElsesProof() public {
        setMargin(account, 2_000e6, 2_000e6);
        _request(1e6);
        postRoot();
        AccountProof memory proof = proofOf(other);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, other, address(usdc)));
        owners.finaliseWithdrawal(address(usdc), proof);
        proof.leaf.account = account;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.LeafOfAnotherAccount.selector, account, venue, 1));
        owners.finaliseWithdrawal(address(usdc), proof);
        proof.leaf.index = 0;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        owners.finaliseWithdrawal(address(usdc), proof);
    }

    function test_finalise_withALowerRequirementOrOtherPrices() public {
        setMargin(account, 1_000e6, 900e6);
        _request(1e6);
        postRoot();
        AccountProof memory proof = proofOf(account);
        proof.leaf.initialMargin = 0;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        owners.finaliseWithdrawal(address(usdc), proof);
        proof = proofOf(account);
        proof.prices.collateral[0] *= 2;
        vm.expectPartialRevert(IAttestationLog.PricesNotOfRoot.selector);
        owners.finaliseWithdrawal(address(usdc), proof);
    }

    function test_finalise_withTheLeafOfAnEarlierPledge() public {
        postRoot();
        forceRelease(account, 0);
        pledgeAgain(account, venue, VENUE_KEY);
        _request(1e6);
        // The venue forgot to empty the old leaf: it is still not the account's.
        postRoot();
        AccountProof memory proof = proofAt(venue, 2, 0);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.LeafOfAnotherAccount.selector, account, venue, 0));
        owners.finaliseWithdrawal(address(usdc), proof);
        owners.finaliseWithdrawal(address(usdc), proofOf(account));
    }

    // -- which price -------------------------------------------------------------------------------------------------

    function test_finalise_atTheLowerOfTheRootsAndTheLivePrices() public {
        deposit(account, wbtc, 1e8);
        setMargin(account, 50_000e6, 40_000e6);
        _request(1_000e6);
        postRoot();
        setPrice(btcFeed, 50_000e8);
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequirementNotMet.selector, 45_000e6, 50_000e6));
        postRoot();
        setPrice(btcFeed, 60_000e8);
        _refuse(abi.encodeWithSelector(IOwnerDesk.RequirementNotMet.selector, 45_000e6, 50_000e6));
        postRoot();
        owners.finaliseWithdrawal(address(usdc), proofOf(account));
        assertEq(usdc.balanceOf(TO), 1_000e6, "both are high enough");
    }

    function test_finalise_withoutALivePrice() public {
        deposit(account, wbtc, 1e8);
        _request(1_000e6);
        postRoot();
        setPrice(btcFeed, 0);
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        owners.finaliseWithdrawal(address(usdc), proof);
    }

    // -- cancelling, statuses, limits --------------------------------------------------------------------------------

    function test_cancel_byTheOwnerOnly_andOnce() public {
        _request(1e6);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, account, address(this)));
        owners.cancelWithdrawal(account, address(usdc));
        vm.startPrank(owner);
        owners.cancelWithdrawal(account, address(usdc));
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, account, address(usdc)));
        owners.cancelWithdrawal(account, address(usdc));
        vm.stopPrank();
        assertEq(owners.pendingOf(account, address(usdc)), 0, "it counts again");
        postRoot();
        _refuse(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, account, address(usdc)));
    }

    function test_request_diesWithItsPledge() public {
        _request(600e6);
        forceRelease(account, 0);
        assertEq(owners.pendingOf(account, address(usdc)), 0, "nothing pending while unpledged");
        pledgeAgain(account, venue, VENUE_KEY);
        assertEq(owners.pendingOf(account, address(usdc)), 0, "nor under the next pledge");
        nextBlock();
        postRoot();
        _refuse(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, account, address(usdc)));
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, account, address(usdc)));
        owners.cancelWithdrawal(account, address(usdc));
        assertEq(owners.pendingOf(account, address(usdc)), 0, "and cannot be subtracted from it");
    }

    function test_finalise_whileCalledButNotWhileClosingOut() public {
        _request(1e6);
        vm.prank(owner);
        owners.requestWithdrawal(account, address(weth), 1, TO);
        deposit(account, weth, 1);
        nextBlock();
        postRoot();
        forceStatus(account, AccountStatus.CALLED);
        owners.finaliseWithdrawal(address(weth), proofOf(account));
        forceStatus(account, AccountStatus.CLOSING_OUT);
        _refuse(abi.encodeWithSelector(ICollateralVault.NotActive.selector, account, AccountStatus.CLOSING_OUT));
        forceStatus(account, AccountStatus.EXITING);
        _refuse(abi.encodeWithSelector(ICollateralVault.NotActive.selector, account, AccountStatus.EXITING));
        forceStatus(account, AccountStatus.ACTIVE);
        forceFlags(account, Flags.OWED_AUCTION);
        _refuse(abi.encodeWithSelector(ICollateralVault.NotActive.selector, account, AccountStatus.ACTIVE));
    }

    function test_request_whatCannotBeAsked() public {
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAmount.selector));
        owners.requestWithdrawal(account, address(usdc), 0, TO);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAddress.selector));
        owners.requestWithdrawal(account, address(usdc), 1, address(0));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAccepted.selector, venue, address(this)));
        owners.requestWithdrawal(account, address(this), 1, TO);
        address free = vault.open(owner, 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotPledged.selector, free));
        owners.requestWithdrawal(free, address(usdc), 1, TO);
        vm.expectRevert(abi.encodeWithSelector(IOwnerDesk.NoRequest.selector, account, address(usdc)));
        owners.cancelWithdrawal(account, address(usdc));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAccepted.selector, venue, address(this)));
        owners.cancelWithdrawal(account, address(this));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, account, address(this)));
        owners.requestWithdrawal(account, address(usdc), 1, TO);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAccepted.selector, venue, address(this)));
        owners.finaliseWithdrawal(address(this), proof);
    }

    function test_finalise_moreThanThereIs() public {
        _request(1_001e6);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        owners.finaliseWithdrawal(address(usdc), proof);
        assertEq(owners.pendingOf(account, address(usdc)), 1_001e6, "the request stands until it is cancelled");
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
        _request(uint128(wanted));
        postRoot();
        AccountProof memory proof = proofOf(account);
        setPrice(btcFeed, int256(bound(livePrice, 1_000, 100_000)) * 1e8);
        try owners.finaliseWithdrawal(address(usdc), proof) {
            (uint256 atRoot, uint256 live) = valuer.values(account, proof.prices.collateral);
            uint256 needed = proof.leaf.initialMargin + uint256(owed);
            assertGe(atRoot, needed, "covered at the root's prices");
            assertGe(live, needed, "covered at live prices");
            assertEq(usdc.balanceOf(TO), wanted, "all that was asked");
        } catch {
            assertEq(usdc.balanceOf(account), 1_000e6, "nothing moved");
        }
    }

    /// @dev Asks, and lets a block pass so that the next root sees it.
    function _request(uint128 amount) private {
        _ask(amount);
        nextBlock();
    }

    function _value() private view returns (uint256 live) {
        (, live) = valuer.values(account, valuer.prices(venue));
    }

    function _ask(uint128 amount) private {
        vm.prank(owner);
        owners.requestWithdrawal(account, address(usdc), amount, TO);
    }

    function _refuse(bytes memory reason) private {
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(reason);
        owners.finaliseWithdrawal(address(usdc), proof);
    }
}
