// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DefaultFund} from "../../src/default/DefaultFund.sol";
import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {Assertions} from "./Assertions.sol";
import {FundCoreStub} from "./FundCoreStub.sol";
import {TestToken} from "./Tokens.sol";

/// @notice A fund alone with a scripted core, its members and its clock.
abstract contract FundScenario is Assertions {
    uint32 internal constant VENUE = 7;
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA401);
    address internal constant POOL = address(0x9001);
    uint256 internal constant NOTICE = 7 days;
    uint256 internal constant WINDOW = 1 days;
    uint256 internal constant STREAM = 7 days;

    TestToken internal usdc;
    FundCoreStub internal core;
    DefaultFund internal fund;
    IMemberSeries internal series;
    /// @dev The optimiser may take `block.timestamp` for constant within a test: the test keeps the time.
    uint256 internal clock = 1_800_000_000;

    function setUp() public virtual {
        vm.warp(clock);
        usdc = new TestToken("USDC", 6);
        core = new FundCoreStub();
        makeFund(address(usdc));
    }

    function makeFund(address asset) internal {
        bytes memory code = abi.encodePacked(vm.getCode("DefaultFund.sol:DefaultFund"), abi.encode(address(core), VENUE, asset));
        address created;
        assembly ("memory-safe") {
            created := create(0, add(code, 0x20), mload(code))
        }
        assertTrue(created != address(0), "the fund is created");
        fund = DefaultFund(created);
        series = IMemberSeries(fund.series());
    }

    function advance(uint256 time) internal {
        clock += time;
        vm.warp(clock);
    }

    function join(address member, uint256 assets) internal returns (uint256 shares) {
        usdc.mint(member, assets);
        vm.prank(member);
        usdc.approve(address(series), assets);
        vm.prank(member);
        shares = series.deposit(assets, member);
    }

    function strengthen(uint256 assets) internal {
        usdc.mint(address(this), assets);
        usdc.approve(address(fund), assets);
        fund.fundVenueTranche(assets);
    }

    function penalty(uint256 amount) internal {
        usdc.mint(address(fund), amount);
        core.addPenalty(fund, amount);
    }

    /// @notice A default opened, lost and resolved at once.
    function lose(uint256 amount) internal {
        core.absorb(fund, amount, type(uint256).max, POOL);
    }

    function notify(address member, uint256 shares) internal returns (uint256 id) {
        vm.prank(member);
        id = series.noticeRedemption(shares);
    }

    function notifyAll(address member) internal returns (uint256 id) {
        id = notify(member, series.balanceOf(member));
    }

    function worth(address member) internal view returns (uint256) {
        return series.convertToAssets(series.balanceOf(member));
    }
}
