// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {AssetConfig} from "../src/interfaces/Types.sol";
import {VaultLens} from "../src/lens/VaultLens.sol";
import {DefaultScenario} from "./support/DefaultScenario.sol";
import {GreedyFeed} from "./support/OddFeeds.sol";
import {QuietToken} from "./support/QuietToken.sol";

/// @notice What one bad token, feed or fund costs whoever looks at many accounts at once: that one figure, and no more.
contract VaultLensHostileTest is DefaultScenario {
    uint256 private constant GAS = 16_000_000;

    VaultLens private lens;
    QuietToken private quiet;
    uint32 private other;
    address private account;

    function setUp() public override {
        super.setUp();
        lens = VaultLens(_create("VaultLens", abi.encode(address(vault))));
        makePair(100e6, 1e8);
        quiet = new QuietToken();
        AssetConfig[] memory assets = new AssetConfig[](3);
        (assets[0], assets[2]) = (defaultAssets()[0], defaultAssets()[1]);
        assets[1] = assetOf(address(quiet), 1_000, usdcFeed);
        other = registry.register(venueKey, vm.addr(GUARDIAN_KEY), assets, attestorAddresses(), 2, defaultParameters());
        account = openAndPledge(0x0DD, 0, other, VENUE_KEY);
        deposit(account, usdc, 7e6);
        quiet.mint(account, 8e6);
        deposit(account, wbtc, 9e8);
    }

    function test_accountViews_ofATokenThatTells() public view {
        assertEq(_viewOfBoth()[0].balances[1], 8e6, "a figure like any other");
    }

    function test_accountViews_ofATokenThatRefuses() public {
        _assertOnlyItsBalanceIsUnknown(QuietToken.Manner.REFUSE);
    }

    function test_accountViews_ofATokenThatRefusesAtLength() public {
        _assertOnlyItsBalanceIsUnknown(QuietToken.Manner.REFUSE_AT_LENGTH);
    }

    function test_accountViews_ofATokenThatSaysNothing() public {
        _assertOnlyItsBalanceIsUnknown(QuietToken.Manner.SAY_NOTHING);
    }

    function test_accountViews_ofATokenThatSaysTooLittle() public {
        _assertOnlyItsBalanceIsUnknown(QuietToken.Manner.SAY_TOO_LITTLE);
    }

    function test_accountViews_ofATokenThatEatsAllGas() public {
        _assertOnlyItsBalanceIsUnknown(QuietToken.Manner.EAT_GAS);
    }

    function test_accountViews_ofATokenThatSaysTooMuch_readItsFirstWord() public {
        quiet.behave(QuietToken.Manner.SAY_TOO_MUCH);
        assertEq(_viewOfBoth()[0].balances[1], 8e6, "the rest of it is not copied");
    }

    function test_accountViews_ofATokenThatIsGone() public {
        vm.etch(address(quiet), "");
        assertEq(_viewOfBoth()[0].balances[1], lens.UNKNOWN(), "no code, no figure");
    }

    /// @dev It asks for the same view again, which asks it again, until its gas is spent.
    function test_accountViews_ofATokenThatAsksTheLens() public {
        quiet.callBack(address(lens), abi.encodeCall(lens.accountViews, (only(account))));
        _assertTheRestIsTold(_viewOfBoth());
    }

    function test_accountViews_ofASettlementAssetThatEatsAllGas() public {
        (uint32 its, address sold) = _defaultInQuiet();
        uint256 need = defaults.need(sold);
        assertEq(_view(sold).need, need, "told while the token tells");
        quiet.behave(QuietToken.Manner.EAT_GAS);
        VaultLens.AccountView memory v = _view(sold);
        assertTrue(!v.needKnown, "what it needs hangs on the token");
        assertEq(v.balances[0], lens.UNKNOWN(), "so does what it has");
        assertEq(v.balances[1], 1e8, "not what it has of another");
        assertEq(v.record.venue, its, "nor where it is");
    }

    function test_lotViews_ofASettlementAssetThatEatsAllGas() public {
        (uint32 its, ) = _defaultInQuiet();
        setMargin(debtor, 100_000e6, 90_000e6);
        bookLoss(70_000e6);
        uint256 lot = defaultDebtor(address(wbtc));
        quiet.behave(QuietToken.Manner.EAT_GAS);
        (VaultLens.LotView[] memory views, uint256 total) = lens.lotViews{gas: GAS}(0, 10, clock);
        assertEq(total, 2, "both are live");
        assertTrue(!views[0].quoted, "its own is not quoted");
        assertEq(uint32(views[0].lot >> 40), its, "that one");
        assertTrue(views[1].quoted, "another venue's is");
        (uint256 price, ) = auction.quote(lot, clock);
        assertEq(views[1].price, price, "at its price");
    }

    function test_venueView_ofAFeedThatEatsAllGas() public {
        AssetConfig[] memory assets = new AssetConfig[](3);
        (assets[0], assets[1], assets[2]) = (defaultAssets()[0], defaultAssets()[1], defaultAssets()[2]);
        GreedyFeed greedy = new GreedyFeed();
        assets[1].feed = address(greedy);
        uint32 its = registry.register(venueKey, vm.addr(GUARDIAN_KEY), assets, attestorAddresses(), 2, defaultParameters());
        VaultLens.VenueView memory v = lens.venueView{gas: GAS}(its);
        assertEq(v.assets[1].price, 0, "no price");
        assertEq(v.assets[2].price, valuer.price(venue, address(weth)), "the others have theirs");
    }

    function test_venueView_ofAFundThatIsGoneOrRefuses() public {
        fillFund(300e6, 200e6, address(0x3E));
        assertEq(lens.venueView(venue).venueTranche, 300e6, "told while it is there");
        vm.etch(address(fund), "");
        _assertOnlyTheTranchesAreUnknown();
        vm.etch(address(fund), hex"5f5ffd");
        _assertOnlyTheTranchesAreUnknown();
        vm.etch(address(fund), hex"fe");
        _assertOnlyTheTranchesAreUnknown();
    }

    function test_accountViews_withTooLittleGas_neverSayUnknownForIt() public {
        address[] memory asked = pair(account, debtor);
        bytes memory call = abi.encodeCall(lens.accountViews, (asked));
        uint256 told;
        for (uint256 gas = 50_000; gas < 2_600_000; gas += 50_000) {
            (bool ok, bytes memory answer) = address(lens).staticcall{gas: gas}(call);
            if (!ok) continue;
            ++told;
            VaultLens.AccountView[] memory views = abi.decode(answer, (VaultLens.AccountView[]));
            assertTrue(views[0].needKnown && views[1].needKnown, "known");
            assertEq(views[0].balances[1], 8e6, "told");
            assertEq(views[1].balances[0], 100e6, "all of it");
        }
        assertTrue(told != 0, "enough in the end");
        vm.expectPartialRevert(ISettlementPool.GasTooLow.selector);
        lens.accountViews{gas: 900_000}(asked);
    }

    function test_accountViews_ofAnAccountThatIsNone_amongOthers() public view {
        address[] memory asked = new address[](3);
        (asked[0], asked[1], asked[2]) = (address(vault), address(0), account);
        VaultLens.AccountView[] memory views = lens.accountViews(asked);
        assertEqAddress(views[0].owner, address(0), "the vault is no account");
        assertEqAddress(views[1].owner, address(0), "nor is nobody");
        assertEqAddress(views[2].owner, ownerOf(account), "the third is");
    }

    function test_venueView_ofNumbersThatAreNoVenue() public {
        uint32[3] memory none = [uint32(0), 99, type(uint32).max];
        for (uint256 i; i < none.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueNotLive.selector, none[i]));
            lens.venueView(none[i]);
        }
    }

    // -- steps -------------------------------------------------------------------------------------------------------

    function _assertOnlyItsBalanceIsUnknown(QuietToken.Manner manner) private {
        quiet.behave(manner);
        VaultLens.AccountView[] memory views = _viewOfBoth();
        assertEq(views[0].balances[1], lens.UNKNOWN(), "unknown, not nothing");
        _assertTheRestIsTold(views);
    }

    function _assertTheRestIsTold(VaultLens.AccountView[] memory views) private view {
        assertEq(views[0].balances[0], 7e6, "the asset before it");
        assertEq(views[0].balances[2], 9e8, "the asset after it");
        assertTrue(views[0].needKnown, "nothing is for sale there");
        assertEq(views[1].balances[1], 1e8, "the account after it");
        assertEqAddress(views[1].owner, ownerOf(debtor), "and whose it is");
    }

    function _assertOnlyTheTranchesAreUnknown() private view {
        VaultLens.VenueView memory v = lens.venueView{gas: GAS}(venue);
        assertEq(v.venueTranche, lens.UNKNOWN(), "the venue's");
        assertEq(v.memberTranche, lens.UNKNOWN(), "the members'");
        assertEqAddress(v.fund, address(fund), "which fund does not say");
        assertEq(v.assets[1].price, valuer.price(venue, address(wbtc)), "and all else");
    }

    function _viewOfBoth() private view returns (VaultLens.AccountView[] memory) {
        return lens.accountViews{gas: GAS}(pair(account, debtor));
    }

    function _view(address of_) private view returns (VaultLens.AccountView memory) {
        return lens.accountViews{gas: GAS}(only(of_))[0];
    }

    /// @notice An account in default of a venue that settles in the quiet token, with its WBTC for sale.
    function _defaultInQuiet() private returns (uint32 its, address sold) {
        AssetConfig[] memory assets = new AssetConfig[](2);
        (assets[0], assets[1]) = (assetOf(address(quiet), 0, usdcFeed), defaultAssets()[1]);
        its = registry.register(venueKey, vm.addr(GUARDIAN_KEY), assets, attestorAddresses(), 2, defaultParameters());
        sold = openAndPledge(0x501D, 0, its, VENUE_KEY);
        address gains = openAndPledge(0x6A15, 0, its, VENUE_KEY);
        deposit(sold, wbtc, 1e8);
        setNet(sold, -70_000e6);
        setNet(gains, 70_000e6);
        setMargin(sold, 100_000e6, 90_000e6);
        postRoot(its, VENUE_KEY, livePrices(its), true);
        defaults.callMargin(proofOf(sold));
        advance(31 minutes);
        postRoot(its, VENUE_KEY, livePrices(its), true);
        defaults.declareDefault(proofOf(sold), address(wbtc));
    }
}
