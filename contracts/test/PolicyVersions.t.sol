// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDefaultManager} from "../src/interfaces/IDefaultManager.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../src/interfaces/IVenueRegistry.sol";
import {AccountProof, AccountStatus, AssetConfig, EpochHeader, Flags, PolicyVersion, VenueParameters} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";
import {TestFeed} from "./support/TestFeed.sol";
import {TestToken} from "./support/Tokens.sol";

/// @notice An account is bound by the policy that its owner signed; by a later one only with consent, or after a delay in which it could
/// have left.
contract PolicyVersionsTest is ForcedStates {
    uint256 private constant OWNER_KEY = 0xB0B;
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

    // -- publishing --------------------------------------------------------------------------------------------------

    function test_publish_isTheNewestAtOnce_andBindsAfterTheDelay() public {
        VenueParameters memory later = defaultParameters();
        later.heartbeat = 2 hours;
        AssetConfig[] memory present = registry.assets(venue);
        vm.expectEmit(address(vault));
        emit IVenueRegistry.VenuePolicy(venue, 2, later, present, clock + 10 days);
        vm.prank(venueKey);
        assertEq(registry.publishPolicy(venue, present, later), 2, "the next version");
        assertEq(registry.policyVersion(venue), 2, "the newest");
        assertEq(registry.heartbeat(venue), 2 hours, "what the venue is asked for");
        assertEq(registry.parametersOf(account).heartbeat, 1 hours, "what binds a pledge from before");
        PolicyVersion memory first = registry.policyAt(venue, 1);
        PolicyVersion memory second = registry.policyAt(venue, 2);
        assertTrue(first.code != second.code && second.code != address(0), "the first is kept as it was");
        assertEq(second.bindsAt, clock + 10 days, "after the delay of the version before");
        assertEqAddress(registry.fundOf(venue), address(fund), "the fund stays");
        assertEqAddress(settlement.poolOf(venue), pool, "and the pool");
    }

    /// @dev Call, default and expiry of each account by the version that its own owner signed.
    function test_callAndDefault_byTheVersionThatBindsTheAccount() public {
        VenueParameters memory later = defaultParameters();
        (later.cureWindow, later.callTtl) = (50 minutes, 3 hours);
        AssetConfig[] memory present = registry.assets(venue);
        vm.prank(venueKey);
        registry.publishPolicy(venue, present, later);
        address young = openAndPledge(3);
        deposit(young, usdc, 1_000e6);
        setMargin(account, 2_000e6, 0);
        setMargin(young, 2_000e6, 0);
        postRoot();
        defaults.callMargin(proofOf(account));
        defaults.callMargin(proofOf(young));
        uint256 called = clock;
        assertEq(defaults.caseOf(account).time, called + 30 minutes, "the window of the first");
        assertEq(defaults.caseOf(young).time, called + 50 minutes, "the window of the second");

        // One call has lasted its time by the first, and the other has not by the second.
        advance(2 hours + 30 minutes);
        postRoot();
        AccountProof memory proof = proofOf(account);
        vm.expectRevert(abi.encodeWithSelector(IDefaultManager.CallHasLapsed.selector, called + 2 hours + 30 minutes));
        defaults.declareDefault(proof, address(0));
        defaults.declareDefault(proofOf(young), address(0));
        assertTrue(vault.record(young).status == AccountStatus.CLOSING_OUT, "a call of three hours");
        defaults.callMargin(proof);
        assertEq(defaults.caseOf(account).time, clock + 30 minutes, "called anew, by the first again");
    }

    function test_publish_neverPutsTheVenuesFailingOff() public {
        AssetConfig[] memory assets = defaultAssets();
        VenueParameters memory figures = defaultParameters();
        figures.suspendAfter += 1;
        _refusePublishing(assets, figures, "suspendAfter", 6 hours + 1, 6 hours);
        figures.suspendAfter = 5 hours;
        figures.failingDemands += 1;
        _refusePublishing(assets, figures, "failingDemands", 4, 3);
        figures.failingDemands = 2;
        vm.prank(venueKey);
        registry.publishPolicy(venue, assets, figures);
        assertEq(registry.parameters(venue).suspendAfter, 5 hours, "stricter is good at once");
        figures.suspendAfter = 6 hours;
        _refusePublishing(assets, figures, "suspendAfter", 6 hours, 5 hours);
    }

    function _refusePublishing(
        AssetConfig[] memory assets,
        VenueParameters memory figures,
        string memory what,
        uint256 given,
        uint256 most
    ) private {
        vm.prank(venueKey);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.OutOfBounds.selector, what, given, 0, most));
        registry.publishPolicy(venue, assets, figures);
    }

    function test_publish_byTheVenueOnly() public {
        address[3] memory callers = [address(this), owner, vm.addr(attestorKeys[0])];
        (AssetConfig[] memory assets, VenueParameters memory figures) = (defaultAssets(), defaultParameters());
        for (uint256 i; i < callers.length; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.NotTheVenue.selector, callers[i]));
            registry.publishPolicy(venue, assets, figures);
        }
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.UnknownVenue.selector, 9));
        registry.publishPolicy(9, assets, figures);
    }

    function test_publish_withAFigureOutOfItsBounds() public {
        VenueParameters memory figures = defaultParameters();
        figures.penaltyBps = 1_001;
        _refuse(defaultAssets(), figures, _outOfBounds("penaltyBps", 1_001, 0, 1_000));
        figures = defaultParameters();
        figures.policyDelay = 10 days - 1;
        _refuse(defaultAssets(), figures, _outOfBounds("policyDelay", 10 days - 1, 10 days, 90 days));
        AssetConfig[] memory assets = defaultAssets();
        assets[1].haircutBps = 10_001;
        _refuse(assets, defaultParameters(), _outOfBounds("haircutBps", 10_001, 0, 10_000));
    }

    function test_publish_assetsKeepTheirPlaces() public {
        AssetConfig[] memory assets = defaultAssets();
        (assets[1], assets[2]) = (assets[2], assets[1]);
        _refuse(assets, defaultParameters(), abi.encodeWithSelector(IVenueRegistry.AssetMoved.selector, 1, address(wbtc), address(weth)));
        assets = defaultAssets();
        assets[0] = assets[1];
        assets[1] = defaultAssets()[0];
        _refuse(assets, defaultParameters(), abi.encodeWithSelector(IVenueRegistry.AssetMoved.selector, 0, address(usdc), address(wbtc)));
        AssetConfig[] memory fewer = new AssetConfig[](2);
        (fewer[0], fewer[1]) = (assets[1], assets[0]);
        _refuse(fewer, defaultParameters(), _outOfBounds("assets", 2, 3, 8));
    }

    function test_publish_newAssetsComeBehind() public {
        AssetConfig[] memory assets = _withAFourth(new TestToken("NEW", 6));
        _publish(assets, defaultParameters());
        assertEq(registry.assets(venue).length, 4, "one more");
        assertTrue(registry.isAccepted(venue, assets[3].token), "which is accepted now");
    }

    // -- adopting ----------------------------------------------------------------------------------------------------

    function test_adopt_byTheOwnerAtOnce() public {
        _publish(defaultAssets(), _withHeartbeat(2 hours));
        vm.expectEmit(address(vault));
        emit IVenueRegistry.PolicyAdopted(account, venue, 2);
        vm.prank(owner);
        registry.adoptPolicy(account, 2);
        assertEq(vault.record(account).policyVersion, 2, "bound");
        assertEq(registry.parametersOf(account).heartbeat, 2 hours, "by its figures");
    }

    function test_adopt_byAnybodyOnceItBinds() public {
        _publish(defaultAssets(), _withHeartbeat(2 hours));
        uint256 bindsAt = clock + 10 days;
        vm.prank(venueKey);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.TooEarly.selector, bindsAt));
        registry.adoptPolicy(account, 2);
        vm.warp(bindsAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.TooEarly.selector, bindsAt));
        registry.adoptPolicy(account, 2);
        vm.warp(bindsAt);
        registry.adoptPolicy(account, 2);
        assertEq(vault.record(account).policyVersion, 2, "after ten days");
    }

    function test_adopt_onlyALaterVersionThatThereIs() public {
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.VersionNotLater.selector, 1, 1));
        registry.adoptPolicy(account, 1);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.VersionNotLater.selector, 1, 0));
        registry.adoptPolicy(account, 0);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.NoSuchVersion.selector, venue, 2));
        registry.adoptPolicy(account, 2);
        // A version whose lower 16 bits are a version's is not that version.
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.NoSuchVersion.selector, venue, 65_537));
        registry.adoptPolicy(account, 65_537);
        vm.stopPrank();
        _publish(defaultAssets(), defaultParameters());
        vm.startPrank(owner);
        registry.adoptPolicy(account, 2);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.VersionNotLater.selector, 2, 1));
        registry.adoptPolicy(account, 1);
        address free = vault.open(owner, 1);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotPledged.selector, free));
        registry.adoptPolicy(free, 2);
        vm.stopPrank();
    }

    /// @dev Not even with its owner's consent, nor when the delay is over: what has begun under a version ends under it.
    function test_adopt_notWhileSomethingIsUnderWay() public {
        _publish(defaultAssets(), defaultParameters());
        AccountStatus[4] memory busy = [AccountStatus.CALLED, AccountStatus.CLOSING_OUT, AccountStatus.LOSS_FIXED, AccountStatus.EXITING];
        for (uint256 i; i < busy.length; ++i) {
            forceStatus(account, busy[i]);
            _refuseAdoption();
        }
        forceStatus(account, AccountStatus.ACTIVE);
        uint8[3] memory flags = [Flags.RELEASING, Flags.OWED_AUCTION, Flags.DISPUTED];
        for (uint256 i; i < flags.length; ++i) {
            forceFlags(account, flags[i]);
            _refuseAdoption();
        }
        forceFlags(account, Flags.BOOK | Flags.CAPPED);
        vm.prank(owner);
        registry.adoptPolicy(account, 2);
    }

    function test_adopt_ofTheNextVersionOnly_orAnyLaterOne() public {
        _publish(defaultAssets(), _withHeartbeat(2 hours));
        _publish(defaultAssets(), _withHeartbeat(3 hours));
        vm.startPrank(owner);
        registry.adoptPolicy(account, 3);
        vm.stopPrank();
        assertEq(registry.parametersOf(account).heartbeat, 3 hours, "one may be passed over");
        vm.prank(vm.addr(2));
        registry.adoptPolicy(other, 2);
        assertEq(registry.parametersOf(other).heartbeat, 2 hours, "or be enough");
    }

    /// @dev Two versions in a row, the first with the shortest delay, must not get round the delay that an owner signed.
    function test_adopt_aVersionInBetweenShortensNoDelay() public {
        VenueParameters memory figures = defaultParameters();
        figures.policyDelay = 90 days;
        _publish(defaultAssets(), figures);
        vm.prank(owner);
        registry.adoptPolicy(account, 2);
        (figures.releaseLimit, figures.policyDelay) = (1 hours, 7 days + 1 hours);
        _publish(defaultAssets(), figures);
        uint256 bindsAt = clock + 90 days;
        _publish(defaultAssets(), figures);
        assertEq(registry.policyAt(venue, 4).bindsAt, bindsAt, "no later version binds before an earlier one");
        advance(30 days);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.TooEarly.selector, bindsAt));
        registry.adoptPolicy(account, 4);
        _publish(defaultAssets(), figures);
        assertEq(registry.policyAt(venue, 5).bindsAt, bindsAt, "nor one that is published later");
        advance(60 days);
        registry.adoptPolicy(account, 5);
    }

    // -- each by its own ---------------------------------------------------------------------------------------------

    function test_olderVersion_keepsItsAssets() public {
        TestToken token = new TestToken("NEW", 6);
        _publish(_withAFourth(token), defaultParameters());
        token.mint(account, 500e6);
        vm.startPrank(owner);
        vault.withdraw(account, address(token), 100e6, owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotAccepted.selector, venue, address(token)));
        owners.requestWithdrawal(account, address(token), 1, owner);
        registry.adoptPolicy(account, 2);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.AcceptedCollateral.selector, address(token)));
        vault.withdraw(account, address(token), 1, owner);
        owners.requestWithdrawal(account, address(token), 1, owner);
        vm.stopPrank();
    }

    function test_olderVersion_keepsItsHaircuts_andUnderstandsALaterRootsPrices() public {
        deposit(account, weth, 1e18);
        AssetConfig[] memory assets = _withAFourth(new TestToken("NEW", 6));
        assets[2].haircutBps = 5_000;
        _publish(assets, defaultParameters());
        uint128[] memory prices = valuer.prices(venue);
        assertEq(prices.length, 4, "of the newest policy");
        (uint256 atRoot, uint256 live) = valuer.values(account, prices);
        assertEq(atRoot, 1_000e6 + 2_700e6, "a tenth off, as signed");
        assertEq(live, atRoot, "at both prices");
        vm.prank(owner);
        registry.adoptPolicy(account, 2);
        (atRoot, ) = valuer.values(account, prices);
        assertEq(atRoot, 1_000e6 + 1_500e6, "half off, as adopted");
    }

    function test_olderVersion_keepsItsRequests() public {
        vm.prank(owner);
        owners.requestWithdrawal(account, address(weth), 7, owner);
        _publish(_withAFourth(new TestToken("NEW", 6)), defaultParameters());
        vm.startPrank(owner);
        registry.adoptPolicy(account, 2);
        assertEq(owners.pendingOf(account, address(weth)), 7, "its place is the same in every version");
        owners.cancelWithdrawal(account, address(weth));
        vm.stopPrank();
    }

    function test_settle_byTheLongerOfTheVenuesAndTheAccountsDisputeWindows() public {
        VenueParameters memory figures = defaultParameters();
        figures.disputeWindow = 10 minutes;
        _publish(defaultAssets(), figures);
        vm.prank(vm.addr(2));
        registry.adoptPolicy(other, 2);
        deposit(other, usdc, 1_000e6);
        address third = openAndPledge(3);
        setNet(account, -100e6);
        setNet(other, -100e6);
        setNet(third, 200e6);
        postRoot();
        advance(10 minutes + 1);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 2);
        vm.expectEmit(address(vault));
        emit ISettlementPool.SettlementSkipped(account, venue, 1, ISettlementPool.SkipCause.TOO_EARLY);
        settlement.settle(header, 0, leaves, siblings);
        assertEqInt(settledOf(account), 0, "half an hour was signed");
        assertEqInt(settledOf(other), -100e6, "ten minutes were adopted");
        advance(20 minutes);
        settlement.settle(header, 0, leaves, siblings);
        assertEqInt(settledOf(account), -100e6, "after its own window");
        assertEqInt(settledOf(third), 200e6, "and all is settled");
    }

    function test_settle_notBeforeTheVenuesNewestWindow() public {
        VenueParameters memory figures = defaultParameters();
        (figures.disputeWindow, figures.fundNotice) = (1 hours, 8 days);
        _publish(defaultAssets(), figures);
        setNet(account, -100e6);
        setNet(other, 100e6);
        postRoot();
        uint256 until = clock + 1 hours;
        advance(31 minutes);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.SettlementTooEarly.selector, until));
        settlement.settle(header, 0, leaves, siblings);
    }

    function _refuseAdoption() private {
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.NotAdoptable.selector, account));
        registry.adoptPolicy(account, 2);
        vm.warp(clock + 11 days);
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.NotAdoptable.selector, account));
        registry.adoptPolicy(account, 2);
        vm.warp(clock);
    }

    function _publish(AssetConfig[] memory assets, VenueParameters memory figures) private returns (uint32) {
        vm.prank(venueKey);
        return registry.publishPolicy(venue, assets, figures);
    }

    function _refuse(AssetConfig[] memory assets, VenueParameters memory figures, bytes memory reason) private {
        vm.prank(venueKey);
        vm.expectRevert(reason);
        registry.publishPolicy(venue, assets, figures);
    }

    function _withHeartbeat(uint32 heartbeat) private pure returns (VenueParameters memory figures) {
        figures = defaultParameters();
        figures.heartbeat = heartbeat;
    }

    function _withAFourth(TestToken token) private returns (AssetConfig[] memory assets) {
        assets = new AssetConfig[](4);
        for (uint256 i; i < 3; ++i) {
            assets[i] = defaultAssets()[i];
        }
        assets[3] = assetOf(address(token), 0, new TestFeed(8, 1e8, clock));
    }

    function _outOfBounds(string memory what, uint256 given, uint256 lowest, uint256 highest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IVenueRegistry.OutOfBounds.selector, what, given, lowest, highest);
    }
}
