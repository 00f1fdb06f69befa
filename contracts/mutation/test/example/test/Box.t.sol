// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Box} from "../src/Box.sol";

contract BoxTest {
    Box private box;

    function setUp() public {
        box = new Box(address(this));
    }

    function test_put() public {
        box.put(100);
        require(box.held() == 100, "held");
        try box.put(101) {
            revert("too much");
        } catch {}
    }

    function test_put_byAnother() public {
        Box others = new Box(address(1));
        try others.put(1) {
            revert("not the owner");
        } catch {}
    }

    function test_forget() public {
        box.forget();
    }

    function test_mixed() public view {
        require(box.mixed(9, 4) == 41, "mixed");
        require(box.mixed(4, 9) == 21, "mixed the other way");
    }

    function test_scaled() public view {
        require(box.scaled(3, 5000) == 5 + (1 << 253) + 600, "scaled");
        require(box.raised(2, 7) == 128, "raised");
    }

    /// @dev Costs more with choices in it than any bound would allow.
    function test_mixed_gas() public view {
        uint256 before = gasleft();
        box.mixed(9, 4);
        require(before - gasleft() < 10, "dear");
    }
}
