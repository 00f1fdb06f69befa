// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IVenueStates} from "../src/interfaces/IVenueStates.sol";
import {IVenueRegistry} from "../src/interfaces/IVenueRegistry.sol";
import {AssetConfig, VenueParameters, VenueState} from "../src/interfaces/Types.sol";
import {IFundCore} from "../src/interfaces/IFundCore.sol";
import {IMadeOfParts} from "./support/ForcedStates.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {TestFeed} from "./support/TestFeed.sol";
import {TestToken} from "./support/Tokens.sol";

/// @notice What a venue may be, and the limits of its figures.
contract VenueRegistryTest is RingfenceTest {
    address private guardian;

    function setUp() public override {
        super.setUp();
        guardian = vm.addr(GUARDIAN_KEY);
    }

    function test_register_whatItRemembers() public view {
        AssetConfig[] memory assets = registry.assets(venue);
        assertEq(assets.length, 3, "assets");
        assertEq(assets[1].decimals, 8, "decimals are read from the token");
        assertEq(assets[1].feedDecimals, 8, "and from the feed");
        assertEqAddress(registry.settlementAsset(venue), address(usdc), "the first asset settles");
        assertTrue(registry.isAccepted(venue, address(weth)), "accepted");
        assertTrue(!registry.isAccepted(venue, address(this)), "not accepted");
        assertEqAddress(registry.guardian(venue), vm.addr(GUARDIAN_KEY), "guardian");
        assertEq(IFundCore(address(vault)).fundNotice(venue), 7 days, "what the fund asks");
        assertTrue(registry.stateOf(venue) == VenueState.LIVE, "live from its registration");
        (address[] memory attestors, uint8 threshold) = registry.attestors(venue);
        assertEq(attestors.length, 3, "attestors");
        assertEq(threshold, 2, "threshold");
        assertEqHash(registry.attestorSetHash(venue), keccak256(abi.encode(attestors, uint8(2))), "their hash");
        assertEq(registry.heartbeat(venue), 1 hours, "heartbeat");
        assertEq(registry.policyVersion(venue), 1, "the first policy");
        assertEqAddress(registry.venueKey(venue), venueKey, "key");
        assertEq(fund.venue(), venue, "a fund of its own");
        assertEqAddress(fund.asset(), address(usdc), "in its settlement asset");
        assertTrue(pool.code.length != 0, "and a pool");
        assertEq(registry.venues(), 1, "counted");
    }

    function test_register_twoVenuesShareNothing() public {
        uint32 second = _register(defaultParameters());
        assertEq(second, 2, "numbered in order");
        assertTrue(settlement.poolOf(second) != pool, "another pool");
        assertTrue(registry.fundOf(second) != address(fund), "another fund");
    }

    function test_register_withAnyFigureOutOfItsBounds() public {
        _refuse("heartbeat", 0, 59, 1 minutes, 1 days);
        _refuse("heartbeat", 0, 1 days + 1, 1 minutes, 1 days);
        _refuse("cureWindow", 1, 10 minutes - 1, 10 minutes, 7 days);
        _refuse("cureWindow", 1, 7 days + 1, 10 minutes, 7 days);
        _refuse("callTtl", 2, 1 hours - 1, 1 hours, 7 days);
        _refuse("callTtl", 2, 7 days + 1, 1 hours, 7 days);
        _refuse("closeOutDeadline", 3, 1 hours - 1, 1 hours, 14 days);
        _refuse("closeOutDeadline", 3, 14 days + 1, 1 hours, 14 days);
        _refuse("disputeWindow", 4, 10 minutes - 1, 10 minutes, 7 days);
        _refuse("disputeWindow", 4, 7 days + 1, 10 minutes, 7 days);
        _refuse("auctionDuration", 5, 10 minutes - 1, 10 minutes, 2 days);
        _refuse("auctionDuration", 5, 2 days + 1, 10 minutes, 2 days);
        _refuse("fundNotice", 6, 6 hours - 1, 6 hours, 90 days);
        _refuse("fundNotice", 6, 90 days + 1, 6 hours, 90 days);
        _refuse("startBps", 7, 9_999, 10_000, 13_000);
        _refuse("startBps", 7, 13_001, 10_000, 13_000);
        _refuse("floorBps", 8, 1_999, 2_000, 10_000);
        _refuse("floorBps", 8, 10_001, 2_000, 10_000);
        _refuse("maxResets", 9, 11, 0, 10);
        _refuse("rewardBps", 10, 501, 0, 500);
        _refuse("penaltyBps", 11, 1_001, 0, 1_000);
        _refuse("memberCapBps", 12, 1_000_001, 0, 1_000_000);
        _refuse("pegFloorBps", 13, 4_999, 5_000, 10_000);
        _refuse("pegFloorBps", 13, 10_001, 5_000, 10_000);
        _refuse("suspendAfter", 16, 1 hours - 1, 1 hours, 7 days);
        _refuse("suspendAfter", 16, 7 days + 1, 1 hours, 7 days);
        _refuse("releaseLimit", 17, 1 hours - 1, 1 hours, 14 days);
        _refuse("releaseLimit", 17, 14 days + 1, 1 hours, 14 days);
        _refuse("policyDelay", 18, 10 days - 1, 10 days, 90 days);
        _refuse("policyDelay", 18, 90 days + 1, 10 days, 90 days);
        _refuse("exitChallenge", 19, 1 hours - 1, 1 hours, 7 days);
        _refuse("exitChallenge", 19, 7 days + 1, 1 hours, 7 days);
        _refuse("confirmLimit", 20, 1 hours - 1, 1 hours, 14 days);
        _refuse("confirmLimit", 20, 14 days + 1, 1 hours, 14 days);
        _refuse("claimWindow", 21, 7 days + 6 hours - 1, 7 days + 6 hours, 90 days);
        _refuse("claimWindow", 21, 90 days + 1, 7 days + 6 hours, 90 days);
        _refuse("demandWindow", 22, 10 minutes - 1, 10 minutes, 7 days);
        _refuse("demandWindow", 22, 7 days + 1, 10 minutes, 7 days);
        _refuse("feedLimit", 23, 10 minutes - 1, 10 minutes, 7 days);
        _refuse("feedLimit", 23, 7 days + 1, 10 minutes, 7 days);
        _refuse("maxDemands", 24, 0, 1, 10_000);
        _refuse("maxDemands", 24, 10_001, 1, 10_000);
        _refuse("failingDemands", 25, 0, 1, 8);
        _refuse("failingDemands", 25, 9, 1, 8);
        assertEq(registry.venues(), 1, "no venue came of it");
    }

    function test_register_atTheEdgeOfEveryBound() public {
        VenueParameters memory p = defaultParameters();
        (p.heartbeat, p.cureWindow, p.callTtl, p.closeOutDeadline) = (1 minutes, 10 minutes, 1 hours, 1 hours);
        (p.disputeWindow, p.auctionDuration, p.fundNotice) = (10 minutes, 10 minutes, 81 minutes);
        (p.startBps, p.floorBps, p.maxResets, p.rewardBps, p.penaltyBps) = (10_000, 2_000, 0, 0, 0);
        (p.memberCapBps, p.pegFloorBps, p.suspendAfter, p.releaseLimit, p.policyDelay) = (0, 5_000, 1 minutes, 1 hours, 7 days + 1 hours);
        (p.exitChallenge, p.confirmLimit, p.claimWindow, p.demandWindow) = (1 hours, 1 hours, 7 days + 1 hours, 10 minutes);
        (p.feedLimit, p.maxDemands, p.failingDemands) = (10 minutes, 1, 1);
        _register(p);
        (p.heartbeat, p.cureWindow, p.callTtl, p.closeOutDeadline) = (1 days, 7 days, 7 days, 14 days);
        (p.disputeWindow, p.auctionDuration, p.fundNotice) = (7 days, 2 days, 90 days);
        (p.startBps, p.floorBps, p.maxResets, p.rewardBps, p.penaltyBps) = (13_000, 10_000, 10, 500, 1_000);
        (p.memberCapBps, p.pegFloorBps, p.suspendAfter, p.releaseLimit, p.policyDelay) = (1_000_000, 10_000, 7 days, 14 days, 90 days);
        (p.exitChallenge, p.confirmLimit, p.claimWindow, p.demandWindow) = (7 days, 14 days, 90 days, 7 days);
        (p.feedLimit, p.maxDemands, p.failingDemands) = (7 days, 10_000, 10_000);
        _register(p);
    }

    function test_register_withoutAKey() public {
        (AssetConfig[] memory assets, address[] memory attestors, VenueParameters memory p) = (
            defaultAssets(),
            attestorAddresses(),
            defaultParameters()
        );
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.ZeroVenueKey.selector));
        registry.register(address(0), address(0), assets, attestors, 2, p);
    }

    function test_register_withAGuardianThatIsTheVenue() public {
        guardian = venueKey;
        _refuseAttestors(attestorAddresses(), 2, abi.encodeWithSelector(IVenueStates.GuardianIsKey.selector, venueKey));
    }

    function test_register_withoutAGuardian() public {
        guardian = address(0);
        uint32 second = _register(defaultParameters());
        address[3] memory callers = [address(this), venueKey, vm.addr(GUARDIAN_KEY)];
        for (uint256 i; i < 3; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(IVenueStates.NotTheGuardian.selector, callers[i]));
            states.pause(second);
        }
        assertEq(registry.venueOf(second).pausedUntil, 0, "nobody may pause it");
    }

    function test_register_withAttestorsThatAreNotASet() public {
        address[] memory attestors = attestorAddresses();
        (attestors[0], attestors[1]) = (attestors[1], attestors[0]);
        _refuseAttestors(attestors, 2, abi.encodeWithSelector(IVenueRegistry.AttestorsNotAscending.selector, attestors[1]));
        attestors = attestorAddresses();
        attestors[1] = attestors[0];
        _refuseAttestors(attestors, 2, abi.encodeWithSelector(IVenueRegistry.AttestorsNotAscending.selector, attestors[0]));
        attestors = new address[](1);
        _refuseAttestors(attestors, 1, abi.encodeWithSelector(IVenueRegistry.AttestorsNotAscending.selector, address(0)));
        attestors[0] = guardian;
        _refuseAttestors(attestors, 1, abi.encodeWithSelector(IVenueStates.GuardianIsKey.selector, guardian));
        attestors[0] = venueKey;
        _refuseAttestors(attestors, 1, abi.encodeWithSelector(IVenueRegistry.AttestorIsVenue.selector, venueKey));
    }

    function test_register_withTooFewOrTooManyAttestors() public {
        _refuseAttestors(new address[](0), 1, _outOfBounds("attestors", 0, 1, 32));
        _refuseAttestors(new address[](33), 1, _outOfBounds("attestors", 33, 1, 32));
        _refuseAttestors(attestorAddresses(), 0, _outOfBounds("threshold", 0, 1, 3));
        _refuseAttestors(attestorAddresses(), 4, _outOfBounds("threshold", 4, 1, 3));
    }

    function test_register_withAssetsThatAreNone() public {
        _refuseAssets(new AssetConfig[](0), _outOfBounds("assets", 0, 1, 8));
        _refuseAssets(new AssetConfig[](9), _outOfBounds("assets", 9, 1, 8));
        AssetConfig[] memory assets = defaultAssets();
        assets[2].token = address(0x77);
        _refuseAssets(assets, abi.encodeWithSelector(IVenueRegistry.NotAToken.selector, address(0x77)));
        assets = defaultAssets();
        assets[2].feed = address(0x77);
        _refuseAssets(assets, abi.encodeWithSelector(IVenueRegistry.NotAFeed.selector, address(0x77)));
        assets = defaultAssets();
        assets[2].token = address(usdc);
        _refuseAssets(assets, abi.encodeWithSelector(IVenueRegistry.AssetTwice.selector, address(usdc)));
        assets = defaultAssets();
        assets[1].haircutBps = 10_001;
        _refuseAssets(assets, _outOfBounds("haircutBps", 10_001, 0, 10_000));
        assets = defaultAssets();
        assets[1].maxAge = 59;
        _refuseAssets(assets, _outOfBounds("maxAge", 59, 1 minutes, 2 days));
        assets[1].maxAge = 2 days + 1;
        _refuseAssets(assets, _outOfBounds("maxAge", 2 days + 1, 1 minutes, 2 days));
        assets = defaultAssets();
        assets[1].token = address(new TestToken("BIG", 19));
        _refuseAssets(assets, _outOfBounds("decimals", 19, 0, 18));
        assets = defaultAssets();
        assets[1].feed = address(new TestFeed(19, 1, clock));
        _refuseAssets(assets, _outOfBounds("feedDecimals", 19, 0, 18));
    }

    function test_register_withASecondSourceThatIsNone() public {
        AssetConfig[] memory assets = defaultAssets();
        assets[1].secondFeed = address(0x77);
        (assets[1].secondMaxAge, assets[1].deviationBps) = (1 hours, 100);
        _refuseAssets(assets, abi.encodeWithSelector(IVenueRegistry.NotAFeed.selector, address(0x77)));
        assets[1].secondFeed = address(new TestFeed(19, 1, clock));
        _refuseAssets(assets, _outOfBounds("feedDecimals", 19, 0, 18));
        assets[1].secondFeed = address(ethFeed);
        assets[1].secondMaxAge = 59;
        _refuseAssets(assets, _outOfBounds("secondMaxAge", 59, 1 minutes, 2 days));
        assets[1].secondMaxAge = 2 days + 1;
        _refuseAssets(assets, _outOfBounds("secondMaxAge", 2 days + 1, 1 minutes, 2 days));
        assets[1].secondMaxAge = 1 hours;
        assets[1].deviationBps = 0;
        _refuseAssets(assets, _outOfBounds("deviationBps", 0, 1, 5_000));
        assets[1].deviationBps = 5_001;
        _refuseAssets(assets, _outOfBounds("deviationBps", 5_001, 1, 5_000));
    }

    function test_register_withPriceBoundsThatHoldNoPrice() public {
        AssetConfig[] memory assets = defaultAssets();
        (assets[1].minPrice, assets[1].maxPrice) = (5, 5);
        _refuseAssets(assets, _outOfBounds("maxPrice", 5, 6, type(uint128).max));
        assets[1].maxPrice = 4;
        _refuseAssets(assets, _outOfBounds("maxPrice", 4, 6, type(uint128).max));
        assets[1].maxPrice = 6;
        registry.register(venueKey, guardian, assets, attestorAddresses(), 2, defaultParameters());
    }

    function test_register_doesNotBelieveDecimalsThatAreGiven() public {
        AssetConfig[] memory assets = defaultAssets();
        assets[1].decimals = 30;
        assets[1].feedDecimals = 1;
        uint32 second = registry.register(venueKey, guardian, assets, attestorAddresses(), 2, defaultParameters());
        assertEq(registry.assets(second)[1].decimals, 8, "the token knows");
        assertEq(registry.assets(second)[1].feedDecimals, 8, "the feed knows");
    }

    function test_views_ofAnUnknownVenue() public {
        bytes[13] memory calls = [
            abi.encodeCall(registry.venueKey, (9)),
            abi.encodeCall(registry.heartbeat, (9)),
            abi.encodeCall(registry.policyVersion, (9)),
            abi.encodeCall(registry.parameters, (9)),
            abi.encodeCall(registry.assets, (9)),
            abi.encodeCall(registry.settlementAsset, (9)),
            abi.encodeCall(registry.attestors, (9)),
            abi.encodeCall(registry.attestorSetHash, (9)),
            abi.encodeCall(registry.fundOf, (9)),
            abi.encodeCall(registry.isAccepted, (9, address(usdc))),
            abi.encodeCall(registry.venueOf, (9)),
            abi.encodeCall(registry.stateOf, (9)),
            abi.encodeCall(registry.guardian, (9))
        ];
        for (uint256 i; i < calls.length; ++i) {
            (bool ok, bytes memory answer) = address(registry).call(calls[i]);
            assertTrue(!ok, "unknown");
            assertEqHash(keccak256(answer), keccak256(abi.encodeWithSelector(IVenueRegistry.UnknownVenue.selector, 9)), "by name");
        }
    }

    function test_create_aFundByAnybodyButTheVault() public {
        address factory = IMadeOfParts(address(vault)).deployment().funds;
        (bool ok, bytes memory answer) = factory.call(abi.encodeWithSignature("create(uint32,address)", 9, address(usdc)));
        assertTrue(!ok, "reserved to the vault");
        assertEq(answer, abi.encodeWithSignature("OnlyTheVault(address)", address(this)), "by name");
    }

    function _register(VenueParameters memory p) private returns (uint32) {
        return registry.register(venueKey, guardian, defaultAssets(), attestorAddresses(), 2, p);
    }

    function _refuse(string memory what, uint256 field, uint256 given, uint256 lowest, uint256 highest) private {
        VenueParameters memory p = defaultParameters();
        assembly ("memory-safe") {
            mstore(add(p, shl(5, field)), given)
        }
        (AssetConfig[] memory assets, address[] memory attestors) = (defaultAssets(), attestorAddresses());
        vm.expectRevert(_outOfBounds(what, given, lowest, highest));
        registry.register(venueKey, guardian, assets, attestors, 2, p);
    }

    function _refuseAttestors(address[] memory attestors, uint8 threshold, bytes memory reason) private {
        (AssetConfig[] memory assets, VenueParameters memory p) = (defaultAssets(), defaultParameters());
        vm.expectRevert(reason);
        registry.register(venueKey, guardian, assets, attestors, threshold, p);
    }

    function _refuseAssets(AssetConfig[] memory assets, bytes memory reason) private {
        (address[] memory attestors, VenueParameters memory p) = (attestorAddresses(), defaultParameters());
        vm.expectRevert(reason);
        registry.register(venueKey, guardian, assets, attestors, 2, p);
    }

    function _outOfBounds(string memory what, uint256 given, uint256 lowest, uint256 highest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IVenueRegistry.OutOfBounds.selector, what, given, lowest, highest);
    }
}
