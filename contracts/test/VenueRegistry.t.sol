// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SettlementProbe} from "./support/SettlementProbe.sol";
import {DefaultFundFactory} from "../src/default/DefaultFundFactory.sol";
import {IVenueRegistry} from "../src/interfaces/IVenueRegistry.sol";
import {AssetConfig, Deployment, VenueParameters} from "../src/interfaces/Types.sol";
import {Wired} from "../src/lib/Wired.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {TestFeed} from "./support/TestFeed.sol";
import {TestToken} from "./support/Tokens.sol";

/// @notice What a venue may be, and the limits of its figures.
contract VenueRegistryTest is RingfenceTest {
    function test_register_whatItRemembers() public view {
        AssetConfig[] memory assets = registry.assets(venue);
        assertEq(assets.length, 3, "assets");
        assertEq(assets[1].decimals, 8, "decimals are read from the token");
        assertEq(assets[1].feedDecimals, 8, "and from the feed");
        assertEqAddress(registry.settlementAsset(venue), address(usdc), "the first asset settles");
        assertTrue(registry.isAccepted(venue, address(weth)), "accepted");
        assertTrue(!registry.isAccepted(venue, address(this)), "not accepted");
        assertTrue(!registry.isAccepted(0, address(usdc)), "no venue, no assets");
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
        assertTrue(vault.poolOf(second) != pool, "another pool");
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
        assertEq(registry.venues(), 1, "no venue came of it");
    }

    function test_register_atTheEdgeOfEveryBound() public {
        VenueParameters memory p = defaultParameters();
        (p.heartbeat, p.cureWindow, p.callTtl, p.closeOutDeadline) = (1 minutes, 10 minutes, 1 hours, 1 hours);
        (p.disputeWindow, p.auctionDuration, p.fundNotice) = (10 minutes, 10 minutes, 81 minutes);
        (p.startBps, p.floorBps, p.maxResets, p.rewardBps, p.penaltyBps) = (10_000, 2_000, 0, 0, 0);
        (p.memberCapBps, p.pegFloorBps) = (0, 5_000);
        _register(p);
        (p.heartbeat, p.cureWindow, p.callTtl, p.closeOutDeadline) = (1 days, 7 days, 7 days, 14 days);
        (p.disputeWindow, p.auctionDuration, p.fundNotice) = (7 days, 2 days, 90 days);
        (p.startBps, p.floorBps, p.maxResets, p.rewardBps, p.penaltyBps) = (13_000, 10_000, 10, 500, 1_000);
        (p.memberCapBps, p.pegFloorBps) = (1_000_000, 10_000);
        _register(p);
    }

    function test_register_withoutAKey() public {
        (AssetConfig[] memory assets, address[] memory attestors, VenueParameters memory p) = (
            defaultAssets(),
            attestorAddresses(),
            defaultParameters()
        );
        vm.expectRevert(abi.encodeWithSelector(IVenueRegistry.ZeroVenueKey.selector));
        registry.register(address(0), assets, attestors, 2, p);
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
        assets[1].haircutBps = 9_501;
        _refuseAssets(assets, _outOfBounds("haircutBps", 9_501, 0, 9_500));
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

    function test_register_doesNotBelieveDecimalsThatAreGiven() public {
        AssetConfig[] memory assets = defaultAssets();
        assets[1].decimals = 30;
        assets[1].feedDecimals = 1;
        uint32 second = registry.register(venueKey, assets, attestorAddresses(), 2, defaultParameters());
        assertEq(registry.assets(second)[1].decimals, 8, "the token knows");
        assertEq(registry.assets(second)[1].feedDecimals, 8, "the feed knows");
    }

    function test_views_ofAnUnknownVenue() public {
        bytes[9] memory calls = [
            abi.encodeCall(registry.venueKey, (9)),
            abi.encodeCall(registry.heartbeat, (9)),
            abi.encodeCall(registry.policyVersion, (9)),
            abi.encodeCall(registry.parameters, (9)),
            abi.encodeCall(registry.assets, (9)),
            abi.encodeCall(registry.settlementAsset, (9)),
            abi.encodeCall(registry.attestors, (9)),
            abi.encodeCall(registry.attestorSetHash, (9)),
            abi.encodeCall(registry.fundOf, (9))
        ];
        for (uint256 i; i < calls.length; ++i) {
            (bool ok, bytes memory answer) = address(registry).call(calls[i]);
            assertTrue(!ok, "unknown");
            assertEqHash(keccak256(answer), keccak256(abi.encodeWithSelector(IVenueRegistry.UnknownVenue.selector, 9)), "by name");
        }
    }

    function test_create_aFundByAnybodyButTheRegistry() public {
        vm.expectRevert(abi.encodeWithSelector(DefaultFundFactory.OnlyTheRegistry.selector, address(this)));
        funds.create(9, address(usdc));
    }

    function test_deploy_whereNobodyPredicted() public {
        Deployment memory d;
        d.settlement = address(0x5E771E);
        SettlementProbe probe = new SettlementProbe();
        vm.expectPartialRevert(Wired.DeployedElsewhere.selector);
        probe.deploy(d);
    }

    function _register(VenueParameters memory p) private returns (uint32) {
        return registry.register(venueKey, defaultAssets(), attestorAddresses(), 2, p);
    }

    function _refuse(string memory what, uint256 field, uint256 given, uint256 lowest, uint256 highest) private {
        VenueParameters memory p = defaultParameters();
        assembly ("memory-safe") {
            mstore(add(p, shl(5, field)), given)
        }
        (AssetConfig[] memory assets, address[] memory attestors) = (defaultAssets(), attestorAddresses());
        vm.expectRevert(_outOfBounds(what, given, lowest, highest));
        registry.register(venueKey, assets, attestors, 2, p);
    }

    function _refuseAttestors(address[] memory attestors, uint8 threshold, bytes memory reason) private {
        (AssetConfig[] memory assets, VenueParameters memory p) = (defaultAssets(), defaultParameters());
        vm.expectRevert(reason);
        registry.register(venueKey, assets, attestors, threshold, p);
    }

    function _refuseAssets(AssetConfig[] memory assets, bytes memory reason) private {
        (address[] memory attestors, VenueParameters memory p) = (attestorAddresses(), defaultParameters());
        vm.expectRevert(reason);
        registry.register(venueKey, assets, attestors, 2, p);
    }

    function _outOfBounds(string memory what, uint256 given, uint256 lowest, uint256 highest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IVenueRegistry.OutOfBounds.selector, what, given, lowest, highest);
    }
}
