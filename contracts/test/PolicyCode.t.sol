// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetConfig, VenueParameters} from "../src/interfaces/Types.sol";
import {Assertions} from "./support/Assertions.sol";
import {PolicyCodeHarness} from "./support/PolicyCodeHarness.sol";

/// @notice A policy is code: every figure that was written comes back, and none reaches into its neighbour.
contract PolicyCodeTest is Assertions {
    PolicyCodeHarness private harness;

    function setUp() public {
        harness = new PolicyCodeHarness();
    }

    function testFuzz_everyFigureComesBack(
        VenueParameters memory p,
        AssetConfig[8] memory given,
        uint256 count,
        address pool,
        address fund
    ) public {
        AssetConfig[] memory assets = new AssetConfig[](bound(count, 1, 8));
        for (uint256 i; i < assets.length; ++i) {
            assets[i] = given[i];
        }
        address code = harness.store(p, assets, pool, fund);
        (VenueParameters memory q, AssetConfig[] memory list, address itsPool, address itsFund, address settlement) = harness.read(code);
        assertEq(abi.encode(q), abi.encode(p), "parameters");
        assertEq(abi.encode(list), abi.encode(assets), "assets");
        assertEqAddress(itsPool, pool, "pool");
        assertEqAddress(itsFund, fund, "fund");
        assertEqAddress(settlement, assets[0].token, "the first asset settles");
    }

    /// @dev One figure full of ones among zeros, and one zero among ones, for each of the thirty.
    function test_noFigureReachesIntoItsNeighbour() public {
        AssetConfig[] memory assets = new AssetConfig[](1);
        uint256[30] memory widths = [
            uint256(32),
            32,
            32,
            32,
            32,
            32,
            32,
            16,
            16,
            8,
            16,
            16,
            32,
            16,
            96,
            96,
            32,
            32,
            32,
            32,
            32,
            32,
            32,
            32,
            16,
            16,
            64,
            96,
            96,
            96
        ];
        for (uint256 i; i < 60; ++i) {
            VenueParameters memory p;
            for (uint256 j; j < 30; ++j) {
                if ((i % 30 == j) != (i < 30)) continue;
                uint256 ones = (1 << widths[j]) - 1;
                assembly ("memory-safe") {
                    mstore(add(p, shl(5, j)), ones)
                }
            }
            (VenueParameters memory q, , , , ) = harness.read(harness.store(p, assets, address(0), address(0)));
            assertEq(abi.encode(q), abi.encode(p), "as it was written");
        }
    }

    function test_placeOf_everyAssetAndNone() public {
        AssetConfig[] memory assets = new AssetConfig[](8);
        for (uint256 i; i < 8; ++i) {
            assets[i].token = address(uint160(100 + i));
        }
        VenueParameters memory p;
        address code = harness.store(p, assets, address(1), address(2));
        for (uint256 i; i < 8; ++i) {
            assertEq(harness.placeOf(code, address(uint160(100 + i))), i, "its place");
        }
        assertEq(harness.placeOf(code, address(99)), 8, "none of them");
    }

    function test_code_cannotBeRun() public {
        VenueParameters memory p;
        // Figures that would be SELFDESTRUCT, if ever they were run.
        p.heartbeat = 0xff_ff_ff_ff;
        address code = harness.store(p, new AssetConfig[](1), address(1), address(2));
        assertEq(uint8(code.code[0]), 0, "it begins with STOP");
        assertEq(code.code.length, 1 + 32 * (6 + 4), "six head words and four an asset");
        (bool ok, bytes memory answer) = code.call(hex"01020304");
        assertTrue(ok && answer.length == 0, "and stops at once");
    }
}
