// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralValuer} from "../src/interfaces/ICollateralValuer.sol";
import {AccountProof, AssetConfig} from "../src/interfaces/Types.sol";
import {OddFeed} from "./support/OddFeeds.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {TestFeed} from "./support/TestFeed.sol";

/// @notice Two sources for one price: one usable is enough, two must agree, and neither is believed outside its bounds.
contract SecondSourceTest is RingfenceTest {
    uint128 private constant MIN = 10_000e18;
    uint128 private constant MAX = 200_000e18;
    TestFeed private second;
    uint32 private venue2;

    function setUp() public override {
        super.setUp();
        second = new TestFeed(18, 60_000e18, clock);
        AssetConfig[] memory assets = defaultAssets();
        assets[1].secondFeed = address(second);
        (assets[1].secondMaxAge, assets[1].deviationBps) = (2 hours, 100);
        (assets[1].minPrice, assets[1].maxPrice) = (MIN, MAX);
        venue2 = registry.register(venueKey, address(0), assets, attestorAddresses(), 2, defaultParameters());
        feedsFollow = false;
    }

    // -- one alone ---------------------------------------------------------------------------------------------------

    function test_price_isTheFirstsWhileBothAgree() public {
        second.set(60_300e18, clock);
        _requirePrice(60_000e6, "the first's, not the second's nor something between");
    }

    function test_price_isTheSecondsWhenTheFirstHasNone() public {
        second.set(61_000e18, clock);
        int256[3] memory none = [int256(0), -1, type(int256).min];
        for (uint256 i; i < none.length; ++i) {
            setPrice(btcFeed, none[i]);
            _requirePrice(61_000e6, "zero or less is no price");
        }
        btcFeed.set(60_000e8, clock - 1 hours);
        _requireDisagreement(60_000e18, 61_000e18, "as old as it may be, the first still counts");
        btcFeed.set(60_000e8, clock - 1 hours - 1);
        _requirePrice(61_000e6, "too old");
        btcFeed.set(60_000e8, clock + 1);
        _requirePrice(61_000e6, "from the future");
        btcFeed.set(int256(uint256(MIN / 1e10)) - 1, clock);
        _requirePrice(61_000e6, "below what is believed");
        btcFeed.set(int256(uint256(MAX / 1e10)) + 1, clock);
        _requirePrice(61_000e6, "above what is believed");
        btcFeed.set(type(int256).max, clock);
        _requirePrice(61_000e6, "past any price");
    }

    function test_price_isTheSecondsWhenTheFirstIsBroken() public {
        second.set(61_000e18, clock);
        for (uint256 i; i < 3; ++i) {
            vm.etch(address(btcFeed), address(new OddFeed(OddFeed.Kind(i))).code);
            _requirePrice(61_000e6, "a feed that reverts, says too little or floods");
        }
        vm.etch(address(btcFeed), "");
        _requirePrice(61_000e6, "a feed that is gone");
        vm.etch(address(btcFeed), hex"fe");
        _requirePrice(61_000e6, "a feed that takes all gas it is given");
    }

    function test_price_isTheFirstsWhenTheSecondHasNone() public {
        second.set(0, clock);
        _requirePrice(60_000e6, "zero");
        second.set(90_000e18, clock - 2 hours);
        _requireDisagreement(60_000e18, 90_000e18, "as old as the second may be");
        second.set(90_000e18, clock - 2 hours - 1);
        _requirePrice(60_000e6, "too old to object");
        second.set(int256(uint256(MAX)) + 1, clock);
        _requirePrice(60_000e6, "out of bounds");
        vm.etch(address(second), address(new OddFeed(OddFeed.Kind.REVERTS)).code);
        _requirePrice(60_000e6, "a dead second source does not silence the first");
    }

    function test_price_isNoneWithoutEither() public {
        setPrice(btcFeed, 0);
        second.set(0, clock);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.price(venue2, address(wbtc));
    }

    // -- two that must agree -----------------------------------------------------------------------------------------

    function test_price_ofSourcesThatDisagree() public {
        // A hundredth of the first, rounded down, is still agreement.
        second.set(59_394e18 + 1, clock);
        _requirePrice(60_000e6, "a hundredth below");
        second.set(59_394e18, clock);
        _requireDisagreement(60_000e18, 59_394e18, "further below");
        second.set(60_606e18 - 1, clock);
        _requirePrice(60_000e6, "a hundredth above");
        second.set(60_606e18, clock);
        _requireDisagreement(60_000e18, 60_606e18, "further above");
    }

    function testFuzz_price_oneOfTwoOrNone(uint256 a, uint256 b) public {
        a = bound(a, 1, 300_000e8);
        b = bound(b, 1, 300_000e18);
        setPrice(btcFeed, int256(a));
        second.set(int256(b), clock);
        a *= 1e10;
        bool first = a >= MIN && a <= MAX;
        bool other = b >= MIN && b <= MAX;
        if (!first && !other) {
            vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
            valuer.price(venue2, address(wbtc));
        } else if (first && other && ((a > b ? a - b : b - a) * 10_000) / a > 100) {
            _requireDisagreement(a, b, "too far apart");
        } else {
            assertEq(
                valuer.price(venue2, address(wbtc)),
                ((first ? a : b) * 1e24) / (1e18 * 1e8),
                "the first if it is one, else the second"
            );
        }
    }

    function test_bounds_countToTheUnit() public {
        second.set(0, clock);
        setPrice(btcFeed, int256(uint256(MIN / 1e10)));
        _requirePrice(10_000e6, "the lowest that is believed");
        setPrice(btcFeed, int256(uint256(MAX / 1e10)));
        _requirePrice(200_000e6, "the highest");
        setPrice(btcFeed, int256(uint256(MAX / 1e10)) + 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.price(venue2, address(wbtc));
    }

    // -- the settlement asset's own ----------------------------------------------------------------------------------

    function test_settlementAsset_hasASecondSourceToo() public {
        TestFeed secondUsdc = new TestFeed(8, 0.96e8, clock);
        AssetConfig[] memory assets = defaultAssets();
        assets[0].secondFeed = address(secondUsdc);
        (assets[0].secondMaxAge, assets[0].deviationBps) = (1 hours, 100);
        uint32 third = registry.register(venueKey, address(0), assets, attestorAddresses(), 2, defaultParameters());
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.SourcesDisagree.selector, address(usdcFeed), 1e18, 0.96e18));
        valuer.price(third, address(weth));
        setPrice(usdcFeed, 0);
        assertEq(valuer.price(third, address(weth)), 3_125e6, "the second's, of a coin below its peg");
        assertEq(valuer.price(third, address(usdc)), 1e18, "which is always worth itself");
    }

    // -- what a disagreement holds up --------------------------------------------------------------------------------

    function test_disagreement_callsNobody_andHoldsUpOnlyWhoHoldsTheAsset() public {
        address holder = openAndPledge(11, 0, venue2, VENUE_KEY);
        address other = openAndPledge(12, 0, venue2, VENUE_KEY);
        deposit(holder, wbtc, 1e6);
        deposit(other, usdc, 100e6);
        setMargin(holder, 1_000e6, 900e6);
        setMargin(other, 10e6, 0);
        vm.prank(vm.addr(11));
        owners.requestWithdrawal(holder, address(wbtc), 1, vm.addr(11));
        vm.prank(vm.addr(12));
        owners.requestWithdrawal(other, address(usdc), 50e6, vm.addr(12));
        nextBlock();
        postRoot(venue2, VENUE_KEY, livePrices(venue2), true);
        second.set(30_000e18, clock);
        bytes memory reason = abi.encodeWithSelector(ICollateralValuer.SourcesDisagree.selector, address(btcFeed), 60_000e18, 30_000e18);
        AccountProof memory proof = proofOf(holder);
        vm.expectRevert(reason);
        defaults.callMargin(proof);
        vm.expectRevert(reason);
        owners.finaliseWithdrawal(address(wbtc), proof);
        owners.finaliseWithdrawal(address(usdc), proofOf(other));
        assertEq(usdc.balanceOf(vm.addr(12)), 50e6, "paid");
        second.set(0, clock);
        defaults.callMargin(proof);
    }

    function _requirePrice(uint256 perCoin, string memory why) private view {
        assertEq(valuer.price(venue2, address(wbtc)), perCoin * 1e10, why);
    }

    function _requireDisagreement(uint256 first, uint256 other, string memory why) private view {
        try valuer.price(venue2, address(wbtc)) {
            assertTrue(false, why);
        } catch (bytes memory reason) {
            assertEq(reason, abi.encodeWithSelector(ICollateralValuer.SourcesDisagree.selector, address(btcFeed), first, other), why);
        }
    }
}
