// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {VaultLens} from "../src/lens/VaultLens.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {AccountStatus, VenueState} from "../src/interfaces/Types.sol";
import {IAuctionTaker} from "../src/interfaces/ILotTaking.sol";
import {DefaultScenario} from "./support/DefaultScenario.sol";

/// @notice One call that says what many would have.
contract VaultLensTest is DefaultScenario, IAuctionTaker {
    VaultLens private lens;
    bool private called;

    function setUp() public override {
        super.setUp();
        lens = VaultLens(_create("VaultLens", abi.encode(address(vault))));
        makePair(100e6, 1e8);
    }

    function test_venueView_saysWhatTheVaultSays() public {
        fillFund(300e6, 200e6, address(0x3E));
        usdc.mint(address(this), 50e6);
        usdc.approve(address(vault), 50e6);
        settlement.contribute(venue, 50e6);
        postRoot();
        VaultLens.VenueView memory v = lens.venueView(venue);
        assertEq(v.venue, venue, "the venue asked for");
        assertTrue(v.state == VenueState.LIVE, "live");
        assertEq(v.clock, registry.clock(venue), "its clock");
        assertEqAddress(v.pool, pool, "its pool");
        assertEqAddress(v.fund, address(fund), "its fund");
        assertEq(v.venueTranche, 300e6, "its own tranche");
        assertEq(v.memberTranche, 200e6, "the members'");
        assertEqInt(v.base, 50e6, "its base");
        assertEq(v.book.pool, 50e6, "its book");
        assertEq(v.entry.newest, 1, "its newest epoch");
        assertEq(v.facts.snapshotBlock, height - 1, "that one's snapshot");
        assertEq(v.assets.length, 3, "its assets");
        assertEqAddress(v.assets[1].config.token, address(wbtc), "in its order");
        assertEq(v.assets[1].price, valuer.price(venue, address(wbtc)), "at the price that calls are made at");
    }

    function test_venueView_withADeadFeed_saysNoPriceAndAllElse() public {
        setPrice(btcFeed, 0);
        VaultLens.VenueView memory v = lens.venueView(venue);
        assertEq(v.assets[1].price, 0, "no price");
        assertEq(v.assets[2].price, valuer.price(venue, address(weth)), "the others have theirs");
    }

    function test_venueView_ofNone() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueNotLive.selector, 99));
        lens.venueView(99);
    }

    function test_accountViews_ofADefaulterAnUnpledgedOneAndAStranger() public {
        vm.prank(ownerOf(debtor));
        owners.requestWithdrawal(debtor, address(usdc), 10e6, address(0xB0B));
        setMargin(debtor, 100_000e6, 90_000e6);
        bookLoss(70_000e6);
        defaultDebtor(address(0));
        address free = vault.open(address(0xF4EE), 7);
        address[] memory asked = new address[](3);
        (asked[0], asked[1], asked[2]) = (debtor, free, address(this));
        VaultLens.AccountView[] memory views = lens.accountViews(asked);

        assertEqAddress(views[0].account, debtor, "in the order asked");
        assertEqAddress(views[0].owner, ownerOf(debtor), "whose it is");
        assertTrue(views[0].record.status == AccountStatus.CLOSING_OUT, "where it stands");
        assertEqAddress(views[0].called.declarer, declarer, "its default");
        assertTrue(views[0].needKnown, "can be told now");
        assertEq(views[0].need, defaults.need(debtor), "what sales have to bring in");
        assertEq(views[0].balances[0], 100e6, "its settlement asset");
        assertEq(views[0].balances[1], 1e8, "its collateral");
        assertEq(views[0].pending[0], 10e6, "what waits to leave");
        assertEqAddress(views[1].owner, address(0xF4EE), "an unpledged account has an owner");
        assertEq(views[1].balances.length, 0, "and no venue's assets");
        assertEqAddress(views[2].owner, address(0), "an address that is no account has none");
    }

    function test_lotViews_quoteWhatTakeExecutes() public {
        uint256 lot = _lot();
        uint256 time = clock + 5 minutes;
        (VaultLens.LotView[] memory views, uint256 total) = lens.lotViews(0, 10, time);
        (uint256 price, uint256 available) = auction.quote(lot, time);
        assertEq(total, 1, "one is live");
        assertEq(views[0].lot, lot, "its id");
        assertEqAddress(views[0].token, address(wbtc), "what it sells");
        assertEqAddress(views[0].kept.account, debtor, "whose");
        assertTrue(views[0].quoted, "quoted");
        assertEq(views[0].price, price, "at the price");
        assertEq(views[0].available, available, "and amount of a take");
        (views, total) = lens.lotViews(1, 10, time);
        assertEq(views.length, 0, "nothing after the last");
        assertEq(total, 1, "of as many");
    }

    function test_accountViews_inTheMiddleOfATake_sayWhatCannotBeTold() public {
        uint256 lot = _lot();
        usdc.mint(address(this), 1e18);
        usdc.approve(address(auction), type(uint256).max);
        auction.take(lot, 1e6, type(uint256).max, address(this), "call back");
        assertTrue(called, "it was called back");
    }

    function onAuctionTake(uint256, address, uint256, uint256, bytes calldata) external {
        called = true;
        VaultLens.AccountView[] memory views = lens.accountViews(only(debtor));
        assertTrue(!views[0].needKnown, "balances are in motion: nobody is told what is needed");
        assertEqAddress(views[0].owner, ownerOf(debtor), "what does not move is told");
        assertEq(lens.venueView(venue).assets[1].price, 0, "no price either");
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.Locked.selector));
        lens.lotViews(0, 10, clock);
    }

    function _lot() private returns (uint256) {
        setMargin(debtor, 100_000e6, 90_000e6);
        bookLoss(70_000e6);
        return defaultDebtor(address(wbtc));
    }
}
