// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {InKind} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";

/// @notice What a pool holds in kind: it pays claims or is sold, at the value at which it came in, and never for less.
contract InKindTest is ForcedStates {
    address private constant TO = address(0xCAFE);
    address private loser;
    address private winner;

    /// @dev The pool holds 2 WETH that came in at 3,000; a released winner claims 2,000.
    function setUp() public override {
        super.setUp();
        loser = openAndPledge(1);
        winner = openAndPledge(2);
        deposit(loser, weth, 2e18);
        forceInKind(loser, address(weth), 2e18, 3_000e6);
        forceRelease(winner, 2_000e6);
        usdc.mint(address(this), 10_000e6);
        usdc.approve(address(vault), type(uint256).max);
    }

    function test_inKind_cameInForWhatItCountsFor() public view {
        assertEq(weth.balanceOf(pool), 2e18, "the collateral");
        _requireHeld(2e18, 3_000e6);
        assertEqInt(settledOf(loser), -3_000e6, "was paid with it");
        assertEqInt(settlement.base(venue), -2_000e6, "base fell by the claim alone");
        assertEq(settlement.book(venue).pool, 0, "and no cash came of it");
    }

    function test_claimInKind_paysAtTheValueAtWhichItCameIn() public {
        vm.expectEmit(address(vault));
        emit ISettlementPool.InKindChanged(venue, address(weth), -1e18, -1_500e6, winner);
        vm.prank(vm.addr(2));
        assertEq(settlement.claimInKind(venue, winner, address(weth), 1_500e6), 1e18, "half of it for half of its value");
        assertEq(weth.balanceOf(winner), 1e18, "into the account");
        assertEq(settlement.claims(venue, winner), 500e6, "the rest of the claim stands");
        _requireHeld(1e18, 1_500e6);
        assertEqInt(settlement.base(venue), -2_000e6, "base is untouched, as by a payment in cash");
        vm.prank(vm.addr(2));
        assertEq(settlement.claimInKind(venue, winner, address(weth), type(uint256).max), 333333333333333333, "no more than the claim");
        assertEq(settlement.claims(venue, winner), 0, "paid");
        vm.prank(vm.addr(2));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, winner));
        settlement.claimInKind(venue, winner, address(weth), 1);
    }

    function test_claimInKind_byTheOwnerOnly() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotTheOwner.selector, winner, address(this)));
        settlement.claimInKind(venue, winner, address(weth), 1);
        vm.prank(vm.addr(1));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, loser));
        settlement.claimInKind(venue, loser, address(weth), 1e6);
        vm.prank(vm.addr(2));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(wbtc)));
        settlement.claimInKind(venue, winner, address(wbtc), 1e6);
    }

    function test_buyInKind_paysThePoolInCash() public {
        vm.expectEmit(address(vault));
        emit ISettlementPool.InKindChanged(venue, address(weth), -5e17, -750e6, address(this));
        assertEq(settlement.buyInKind(venue, address(weth), 5e17, 750e6, TO), 750e6, "a quarter for a quarter");
        assertEq(weth.balanceOf(TO), 5e17, "delivered");
        assertEq(settlement.book(venue).pool, 750e6, "counted");
        assertEq(usdc.balanceOf(pool), 750e6, "and there");
        assertEqInt(settlement.base(venue), -2_000e6, "kind turned into cash");
        settlement.claim(venue, winner);
        assertEq(usdc.balanceOf(winner), 750e6, "which pays claims");
    }

    function test_buyInKind_onTermsThatAreRefused() public {
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.ValueAboveMax.selector, 750e6, 750e6 - 1));
        settlement.buyInKind(venue, address(weth), 5e17, 750e6 - 1, TO);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(weth)));
        settlement.buyInKind(venue, address(weth), 2e18 + 1, type(uint256).max, TO);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(weth)));
        settlement.buyInKind(venue, address(weth), 0, type(uint256).max, TO);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(usdc)));
        settlement.buyInKind(venue, address(usdc), 1, type(uint256).max, TO);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.ZeroAddress.selector));
        settlement.buyInKind(venue, address(weth), 1, type(uint256).max, address(0));
        weth.mint(pool, 5e18);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingInKind.selector, venue, address(weth)));
        settlement.buyInKind(venue, address(weth), 2e18 + 1, type(uint256).max, TO);
    }

    /// @dev However it is bought and claimed, the pool has got its whole value when all of it is gone, and nobody got more than a share.
    function testFuzz_inKind_neverGoesForLess(uint256 seed) public {
        uint256 claimed;
        for (uint256 i; i < 12; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            InKind memory held = settlement.inKind(venue, address(weth));
            if (held.amount == 0 || held.value == 0) break;
            if (seed & 1 == 0) {
                uint256 amount = bound(seed >> 8, 1, held.amount);
                uint256 value = settlement.buyInKind(venue, address(weth), amount, type(uint256).max, TO);
                assertGe(value * held.amount, amount * held.value, "never below its share of the value");
            } else {
                uint256 want = bound(seed >> 8, 1, 500e6);
                uint256 open_ = settlement.claims(venue, winner);
                vm.prank(vm.addr(2));
                try settlement.claimInKind(venue, winner, address(weth), want) returns (uint256 amount) {
                    uint256 value = open_ - settlement.claims(venue, winner);
                    claimed += value;
                    assertLe(amount * held.value, value * held.amount, "never more than its share of the collateral");
                } catch (bytes memory reason) {
                    assertEq(open_, 0, string(reason));
                }
            }
            held = settlement.inKind(venue, address(weth));
            assertEq(weth.balanceOf(pool), held.amount, "what is counted is what is there");
            assertEq(settlement.book(venue).pool + claimed + held.value, 3_000e6, "cash, claims and kind make the whole value");
        }
    }

    function _requireHeld(uint256 amount, uint256 value) private view {
        InKind memory held = settlement.inKind(venue, address(weth));
        assertEq(held.amount, amount, "amount in kind");
        assertEq(held.value, value, "value in kind");
    }
}
