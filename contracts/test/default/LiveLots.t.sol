// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestToken} from "../support/Tokens.sol";
import {ExitScenario} from "../support/ExitScenario.sol";

/// @notice The list of live lots, over more of them than one word of it holds.
contract LiveLotsTest is ExitScenario {
    address[3] private sellers;
    uint256[] private expected;

    /// @dev Three accounts that each owe 700 and have two assets to sell.
    function setUp() public override {
        super.setUp();
        sellers = [loser, second, openAndPledge(0x719)];
        for (uint256 i; i < 3; ++i) {
            deposit(sellers[i], wbtc, 1e8);
            deposit(sellers[i], weth, 1e18);
            setNet(sellers[i], -700e6);
        }
        setNet(winner, 2_100e6);
        postRoot();
        fail();
        for (uint256 i; i < 3; ++i) {
            exits.startExitWithProof(proofOf(sellers[i]));
        }
        advance(1);
    }

    function test_liveLots_areAllThatWereStarted_andNoneThatIsOver() public {
        for (uint256 i; i < 3; ++i) {
            _start(sellers[i], wbtc);
            _start(sellers[i], weth);
        }
        // From the middle, from the front and from the end: two words lose what they had.
        _end(1);
        _end(0);
        _end(2);
        assertEq(expected.length, 0, "all over");
    }

    function test_liveLots_inPages_areTheWholeListOnce() public {
        for (uint256 i; i < 3; ++i) {
            _start(sellers[i], wbtc);
            _start(sellers[i], weth);
        }
        uint256 seen;
        for (uint256 from; from < 6; from += 4) {
            (uint256[] memory ids, , uint256 total) = auction.liveLots(from, 4);
            assertEq(total, 6, "of six");
            for (uint256 i; i < ids.length; ++i) {
                assertEq(ids[i], expected[from + i], "in order");
                ++seen;
            }
        }
        assertEq(seen, 6, "each once");
    }

    function _start(address account, TestToken token) private {
        vm.prank(ownerOf(account));
        expected.push(auction.startExit(account, address(token)));
        _check();
    }

    /// @dev Pays for an account and ends its exit, which closes its lots, WBTC's first; the last of the list takes the place of each.
    function _end(uint256 seller) private {
        address account = sellers[seller];
        usdc.mint(stranger, 700e6);
        vm.prank(stranger);
        usdc.approve(address(vault), 700e6);
        vm.prank(stranger);
        exits.payExitFor(account, 700e6);
        uint256[2] memory lots = [auction.lotFor(account, address(wbtc)), auction.lotFor(account, address(weth))];
        exits.finishExit(account);
        for (uint256 i; i < 2; ++i) {
            _drop(lots[i]);
        }
        _check();
    }

    function _drop(uint256 lot) private {
        for (uint256 i; i < expected.length; ++i) {
            if (expected[i] != lot) continue;
            expected[i] = expected[expected.length - 1];
            expected.pop();
            return;
        }
        assertTrue(false, "a lot that was started");
    }

    /// @dev The list, each lot's place in it, and what each lot says of itself.
    function _check() private view {
        (uint256[] memory ids, , uint256 total) = auction.liveLots(0, 100);
        assertEq(total, expected.length, "as many");
        assertEq(ids.length, expected.length, "all of them");
        for (uint256 i; i < ids.length; ++i) {
            assertEq(ids[i], expected[i], "in its place");
            assertEq(auction.lotOf(ids[i]).position, i + 1, "which it knows");
        }
    }
}
