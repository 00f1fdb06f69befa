// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICollateralValuer} from "../src/interfaces/ICollateralValuer.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../src/interfaces/IDefaultManager.sol";
import {AccountProof, AssetConfig} from "../src/interfaces/Types.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {TestFeed} from "./support/TestFeed.sol";

/// @notice Prices from feeds, and what an account is worth at them.
contract OracleTest is RingfenceTest {
    address private account;

    function setUp() public override {
        super.setUp();
        account = openAndPledge(1);
        feedsFollow = false;
    }

    // -- units -------------------------------------------------------------------------------------------------------

    function test_prices_areSettlementUnitsFor1e18SmallestUnits() public view {
        uint128[] memory prices = valuer.prices(venue);
        assertEq(prices[0], 1e18, "one USDC unit for a USDC unit");
        assertEq(prices[1], 60_000e6 * 1e10, "8 decimals: 60,000 USDC for 1e8 units");
        assertEq(prices[2], 3_000e6, "18 decimals: 3,000 USDC for 1e18 units");
        assertEq(valuer.price(venue, address(usdc)), prices[0], "one by one: USDC");
        assertEq(valuer.price(venue, address(wbtc)), prices[1], "one by one: WBTC");
        assertEq(valuer.price(venue, address(weth)), prices[2], "one by one: WETH");
    }

    function test_price_ofATokenThatIsNotAccepted() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAccepted.selector, venue, address(0x77)));
        valuer.price(venue, address(0x77));
    }

    function test_prices_whenTheSettlementAssetHas18Decimals() public {
        AssetConfig[] memory assets = new AssetConfig[](3);
        assets[0] = assetOf(address(weth), 0, new TestFeed(18, 1e18, clock));
        assets[1] = assetOf(address(usdc), 500, new TestFeed(0, 2, clock));
        assets[2] = assetOf(address(wbtc), 0, new TestFeed(18, 5e17, clock));
        uint32 second = registry.register(venueKey, address(0), assets, attestorAddresses(), 1, defaultParameters());
        uint128[] memory prices = valuer.prices(second);
        assertEq(prices[1], 2e18 * 1e12, "6 decimals into 18");
        assertEq(prices[2], 5e17 * 1e10, "8 decimals into 18");
    }

    function test_values_afterHaircuts() public {
        deposit(account, usdc, 1_000e6);
        deposit(account, wbtc, 5e7);
        deposit(account, weth, 2e18);
        uint128[] memory atRoot = valuer.prices(venue);
        setPrice(ethFeed, 1_500e8);
        (uint256 root, uint256 live) = valuer.values(account, atRoot);
        assertEq(root, 1_000e6 + 27_000e6 + 5_400e6, "at the root's prices");
        assertEq(live, 1_000e6 + 27_000e6 + 2_700e6, "at live prices");
    }

    function testFuzz_value_isRoundedDownAssetByAsset(
        uint256 usdcUnits,
        uint256 btcUnits,
        uint256 ethUnits,
        uint256 btcPrice,
        uint256 ethPrice
    ) public {
        usdcUnits = bound(usdcUnits, 0, 1e24);
        btcUnits = bound(btcUnits, 0, 1e20);
        ethUnits = bound(ethUnits, 0, 1e30);
        setPrice(btcFeed, int256(bound(btcPrice, 1, 1e15)));
        setPrice(ethFeed, int256(bound(ethPrice, 1, 1e15)));
        deposit(account, usdc, usdcUnits);
        deposit(account, wbtc, btcUnits);
        deposit(account, weth, ethUnits);
        uint128[] memory live = valuer.prices(venue);
        uint256 expected = usdcUnits + _part(btcUnits, live[1]) + _part(ethUnits, live[2]);
        assertEq(_live(live), expected, "rounded down once for each asset");
        // And never more than exact arithmetic on the feeds themselves: feed decimals 8, so 1e8 in the divisor.
        assertLe(_part(btcUnits, live[1]), (btcUnits * uint256(btcFeed.answer()) * 1e6 * 9) / (1e8 * 1e8 * 10), "no unit is made up");
    }

    function test_value_ofADustOfEther() public {
        deposit(account, weth, 1e8);
        assertEq(_live(valuer.prices(venue)), 0, "less than a settlement unit is nothing");
    }

    function test_value_ofATokenWithoutMeasure() public {
        deposit(account, weth, 1e36);
        assertEq(_live(valuer.prices(venue)), 2_700e6 * 1e18, "more than a word holds on the way");
    }

    function test_values_withTooFewPrices() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.PricesLength.selector, 3, 2));
        valuer.values(account, new uint128[](2));
    }

    function test_values_withPricesOfALaterPolicyToo() public {
        deposit(account, usdc, 7e6);
        uint128[] memory known = valuer.prices(venue);
        uint128[] memory more = new uint128[](4);
        for (uint256 i; i < 3; ++i) {
            more[i] = known[i];
        }
        more[3] = 1e18;
        (uint256 atRoot, ) = valuer.values(account, more);
        assertEq(atRoot, 7e6, "a root that knows a later asset is no reason to refuse an account of the earlier policy");
    }

    function test_values_ofAnAccountThatIsNotPledged() public {
        address free = vault.open(vm.addr(1), 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotPledged.selector, free));
        valuer.values(free, new uint128[](3));
    }

    function test_values_readNoFeedOfWhatTheAccountDoesNotHold() public {
        deposit(account, usdc, 7e6);
        setPrice(btcFeed, 0);
        setPrice(ethFeed, 0);
        setPrice(usdcFeed, 0);
        (, uint256 live) = valuer.values(account, new uint128[](3));
        assertEq(live, 7e6, "a dead feed holds up nobody who does not depend on it");
        deposit(account, weth, 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(usdcFeed)));
        valuer.values(account, new uint128[](3));
    }

    // -- a price that is none ----------------------------------------------------------------------------------------

    function test_prices_upToTheFeedsMaximumAge() public {
        uint256 updatedAt = clock;
        vm.warp(updatedAt + 1 hours);
        valuer.prices(venue);
        vm.warp(updatedAt + 1 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(usdcFeed)));
        valuer.prices(venue);
        usdcFeed.set(1e8, updatedAt + 1 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.prices(venue);
    }

    function test_prices_fromTheFuture() public {
        btcFeed.set(60_000e8, clock + 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.prices(venue);
    }

    function test_prices_ofZeroOrLess() public {
        setPrice(btcFeed, 0);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.prices(venue);
        setPrice(btcFeed, -1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.prices(venue);
        setPrice(btcFeed, type(int256).min);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.price(venue, address(wbtc));
    }

    function test_prices_beyond128Bits() public {
        setPrice(btcFeed, type(int256).max);
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.NoPrice.selector, address(btcFeed)));
        valuer.prices(venue);
        setPrice(btcFeed, int256(uint256(type(uint128).max)));
        vm.expectRevert(abi.encodeWithSelector(ICollateralValuer.PriceOverflow.selector, address(btcFeed)));
        valuer.prices(venue);
    }

    // -- the settlement asset's peg ----------------------------------------------------------------------------------

    function test_prices_whenTheSettlementAssetIsAboveItsPeg() public {
        setPrice(usdcFeed, 1.05e8);
        assertEq(valuer.prices(venue)[2], 3_000e6, "a premium makes nobody richer or poorer");
        assertEq(valuer.prices(venue)[0], 1e18, "nor itself");
    }

    function test_prices_whenTheSettlementAssetIsBelowItsPeg() public {
        setPrice(usdcFeed, 0.96e8);
        assertEq(valuer.prices(venue)[2], 3_125e6, "more of it for an ether");
        setPrice(usdcFeed, 0.5e8);
        assertEq(valuer.prices(venue)[2], 3_157_894_736, "but no further than the floor of 0.95, rounded down");
        assertEq(valuer.prices(venue)[0], 1e18, "and it is always worth itself");
    }

    // -- short only if both prices say so ----------------------------------------------------------------------------

    function test_shortness_needsBothPrices() public {
        deposit(account, weth, 1e18);
        setMargin(account, 2_500e6, 2_000e6);
        postRoot();
        _requireNotShort("2,700 at both");
        setPrice(ethFeed, 1_000e8);
        _requireNotShort("2,700 at the root, 900 live: not framed by the feed");
    }

    function test_shortness_isInitialMarginAndWhatIsOwedToTheUnit() public {
        address other = openAndPledge(2);
        deposit(account, weth, 1e18);
        setMargin(account, 2_500e6, 2_000e6);
        _post(other, -200e6);
        _requireNotShort("2,700 and owes 200: exactly enough");
        _post(other, -200e6 - 1);
        _requireShort(false, "one unit more: short of the initial margin");
    }

    function test_shortness_ofMaintenanceToTheUnit() public {
        address other = openAndPledge(2);
        deposit(account, weth, 1e18);
        setMargin(account, 2_500e6, 2_000e6);
        _post(other, -700e6);
        _requireShort(false, "exactly enough for maintenance");
        _post(other, -700e6 - 1);
        _requireShort(true, "short of both");
    }

    function test_shortness_countsWhatIsOwing() public {
        address other = openAndPledge(2);
        deposit(account, weth, 1e18);
        setMargin(account, 2_900e6, 2_000e6);
        _post(other, 200e6);
        _requireNotShort("2,700 and is owed 200");
        setMargin(account, 2_900e6 + 1, 2_000e6);
        _post(other, 200e6);
        _requireShort(false, "one unit more");
    }

    function test_shortness_whenTheRootIsLowAndTheFeedHigh() public {
        deposit(account, weth, 1e18);
        setMargin(account, 2_500e6, 2_000e6);
        setPrice(ethFeed, 1_000e8);
        postRoot();
        setPrice(ethFeed, 3_000e8);
        _requireNotShort("the market came back: not framed by the root");
        setPrice(ethFeed, 1_000e8);
        _requireShort(true, "900 at both");
    }

    function _post(address other, int256 net) private {
        setNet(account, net);
        setNet(other, -net);
        postRoot();
    }

    function _requireNotShort(string memory why) private {
        AccountProof memory proof = proofOf(account);
        try defaults.callMargin(proof) {
            assertTrue(false, why);
        } catch (bytes memory reason) {
            assertEq(reason, abi.encodeWithSelector(IDefaultManager.NotShort.selector, account), why);
        }
    }

    /// @param maintenance short of the maintenance margin too, which the shorter deadline shows
    function _requireShort(bool maintenance, string memory why) private {
        defaults.callMargin(proofOf(account));
        assertEq(defaults.caseOf(account).time, clock + (maintenance ? 10 minutes : 30 minutes), why);
    }

    function _live(uint128[] memory rootPrices) private view returns (uint256 live) {
        (, live) = valuer.values(account, rootPrices);
    }

    function _part(uint256 amount, uint256 price) private pure returns (uint256) {
        return Math.mulDiv(amount, price * 9_000, 1e18 * 10_000);
    }
}
