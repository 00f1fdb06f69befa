// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IExitDesk} from "../src/interfaces/IExitDesk.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {AccountProof, AccountStatus} from "../src/interfaces/Types.sol";
import {ExitScenario} from "./support/ExitScenario.sol";
import {DearToken, FeeToken, HookToken} from "./support/Tokens.sol";

/// @notice `exitAlwaysOpen`: whatever oracle, tokens and fund stop doing.
contract ExitHostileTest is ExitScenario {
    bytes private constant REFUSED = abi.encodeWithSignature("Refused()");

    function setUp() public override {
        super.setUp();
        deposit(loser, usdc, 200e6);
        deposit(loser, wbtc, 1e8);
        book(700e6);
        postRoot();
    }

    function test_withADeadOracle() public {
        fail();
        feedsFollow = false;
        _break(address(usdcFeed), "");
        _break(address(btcFeed), "");
        _break(address(ethFeed), "");
        exitWithNewest(loser);
        exits.payExit(loser);
        advance(7 days);
        payInKind(loser, wbtc);
        exits.finishExit(loser);
        withdrawAll(loser, wbtc);
    }

    function test_settlementAssetRefusesEverybody() public {
        fail();
        _break(address(usdc), abi.encodeWithSelector(IERC20.transfer.selector));
        exitWithNewest(loser);
        vm.prank(ownerOf(loser));
        vm.expectRevert();
        exits.payExit(loser);
        advance(7 days);
        payInKind(loser, wbtc);
        assertEq(exits.exitOwed(loser), 0, "paid in kind");
        exits.finishExit(loser);
        withdrawAll(loser, wbtc);
    }

    function test_settlementAssetRefusesThePool() public {
        fail();
        _break(address(usdc), abi.encodeWithSelector(IERC20.transfer.selector, pool));
        exitWithNewest(loser);
        advance(7 days);
        payInKind(loser, wbtc);
        exits.finishExit(loser);
        withdrawAll(loser, wbtc);
        withdrawAll(loser, usdc);
    }

    /// @dev Frozen at the issuer, and without anything else: the exit ends all the same, and what was there is still there.
    function test_blacklistedAccount_withNothingElse() public {
        uint256 most = wbtc.balanceOf(loser);
        vm.prank(loser);
        wbtc.transfer(address(1), most);
        fail();
        _break(address(usdc), abi.encodeWithSelector(IERC20.transfer.selector));
        exitWithNewest(loser);
        advance(7 days - 1);
        AccountProof memory proof = proofOf(loser);
        vm.expectPartialRevert(IExitDesk.TooEarlyInKind.selector);
        exits.payExitInKind(proof, address(usdc));
        advance(1);
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 700e6));
        exits.finishExit(loser);
        payInKind(loser, usdc);
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
        assertEq(settlement.book(venue).shortfalls, 700e6, "the loss is written off");
    }

    function test_settlementAssetThatWorks_cannotBePassedOver() public {
        fail();
        exitWithNewest(loser);
        advance(7 days);
        payInKind(loser, usdc);
        assertEq(exits.exitOwed(loser), 500e6, "it was tried, and paid");
        vm.expectRevert(abi.encodeWithSelector(IExitDesk.StillOwed.selector, loser, 500e6));
        exits.finishExit(loser);
    }

    function test_acceptedAssetGoneBad_doesNotHold() public {
        deposit(loser, weth, 1 ether);
        fail();
        exitWithNewest(loser);
        exits.payExit(loser);
        _break(address(weth), "");
        advance(7 days);
        payInKind(loser, weth);
        vm.prank(loser);
        wbtc.transfer(address(1), 1e8);
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
    }

    /// @dev Whatever a balance is answered by that is none is a balance of nothing: an answer too short, and a refusal with much to say.
    function test_acceptedAssetThatSaysNoBalance_doesNotHold() public {
        uint256 most = wbtc.balanceOf(loser);
        vm.prank(loser);
        wbtc.transfer(address(1), most);
        fail();
        exitWithNewest(loser);
        exits.payExit(loser);
        advance(7 days);
        bytes[3] memory codes = [bytes(hex"00"), hex"5f195f52601f5ff3", hex"600160005260406000fd"];
        for (uint256 i; i < codes.length; ++i) {
            uint256 state = vm.snapshotState();
            vm.etch(address(wbtc), codes[i]);
            vm.etch(address(weth), codes[i]);
            exits.finishExit(loser);
            assertTrue(isFree(loser), "out");
            vm.revertToState(state);
        }
    }

    function test_acceptedAssetThatRefuses_isTriedAndPassedOver() public {
        fail();
        exitWithNewest(loser);
        exits.payExit(loser);
        _break(address(wbtc), abi.encodeWithSelector(IERC20.transfer.selector));
        advance(7 days);
        vm.expectPartialRevert(IExitDesk.StillOwed.selector);
        exits.finishExit(loser);
        payInKind(loser, wbtc);
        exits.finishExit(loser);
        assertEq(settlement.book(venue).shortfalls, 500e6, "nobody could pay it");
    }

    /// @dev What such a token keeps is still owed; the last unit can be worth less than what it keeps of it, and must not hold the exit.
    function test_acceptedAssetThatKeepsAShare_isGivenUntilItBringsInNothing() public {
        uint256 most = wbtc.balanceOf(loser);
        vm.prank(loser);
        wbtc.transfer(address(1), most);
        deposit(loser, weth, 1 ether);
        fail();
        _break(address(usdc), abi.encodeWithSelector(IERC20.transfer.selector));
        exitWithNewest(loser);
        advance(7 days);
        vm.etch(address(weth), address(new FeeToken(18, 0)).code);
        FeeToken(address(weth)).setFee(100);
        payInKind(loser, usdc);
        payInKind(loser, weth);
        assertEq(exits.exitOwed(loser), 7e6, "a hundredth of it is owed still");
        for (uint256 i; i < 5; ++i) {
            payInKind(loser, weth);
        }
        assertLe(exits.exitOwed(loser), 1, "down to a unit");
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
        assertGe(weth.balanceOf(loser), 0.7 ether, "with what it did not owe");
    }

    /// @dev The attack: let the read or the transfer fail for want of gas, and leave with the debt.
    function test_tooLittleGas_isNoRefusal() public {
        fail();
        exitWithNewest(loser);
        exits.payExit(loser);
        advance(7 days);
        _starve();
    }

    /// @dev The same with a token that does not fail at once: it needs more than what is left of too little.
    function test_tooLittleGas_isNoRefusal_ofADearToken() public {
        fail();
        exitWithNewest(loser);
        exits.payExit(loser);
        advance(7 days);
        vm.etch(address(wbtc), address(new DearToken(8, 150_000)).code);
        _starve();
        payInKind(loser, wbtc);
        assertEq(exits.exitOwed(loser), 0, "it pays, given its gas");
    }

    function _starve() private {
        bytes memory finish = abi.encodeCall(IExitDesk.finishExit, (loser));
        bytes memory kind = abi.encodeCall(IExitDesk.payExitInKind, (proofOf(loser), address(wbtc)));
        for (uint256 gas_ = 40_000; gas_ < 600_000; gas_ += 15_000) {
            uint256 state = vm.snapshotState();
            (bool ok, ) = address(vault).call{gas: gas_}(kind);
            assertTrue(!ok || exits.exitOwed(loser) == 0, "either nothing, or it paid");
            (ok, ) = address(vault).call{gas: gas_}(finish);
            assertTrue(!ok || exits.exitOwed(loser) == 0, "no leaving with the debt");
            assertTrue(isFree(loser) == ok, "free only if finished");
            vm.revertToState(state);
        }
    }

    function test_fundThatCannotPay_doesNotHold() public {
        fillVenueTranche(1_000e6);
        runOut(loser);
        advance(1 hours);
        exitWithNewest(loser);
        exits.payExit(loser);
        vm.prank(loser);
        wbtc.transfer(address(1), 1e8);
        _break(address(usdc), abi.encodeWithSelector(IERC20.transfer.selector));
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
        assertEq(fund.venueTranche(), 1_000e6, "it did not pay");
        assertEq(settlement.book(venue).shortfalls, 500e6, "so it is a shortfall");
    }

    function test_fund_paysBeforeAShortfall_andMembersNothing() public {
        fillVenueTranche(300e6);
        runOut(loser);
        advance(1 hours);
        exitWithNewest(loser);
        exits.payExit(loser);
        vm.prank(loser);
        wbtc.transfer(address(1), 1e8);
        bytes memory finish = abi.encodeCall(IExitDesk.finishExit, (loser));
        (bool ok, ) = address(vault).call{gas: 600_000}(finish);
        assertTrue(!ok, "too little gas is no broken fund");
        exits.finishExit(loser);
        assertEq(fund.venueTranche(), 0, "the venue's own first");
        assertEq(settlement.book(venue).shortfalls, 200e6, "then a shortfall");
    }

    // -- call-backs --------------------------------------------------------------------------------------------------

    function test_reentrancySafe_aTokenThatCallsBack() public {
        fail();
        exitWithNewest(loser);
        HookToken hook = new HookToken(6);
        vm.etch(address(usdc), address(hook).code);
        bytes[4] memory attempts = [
            abi.encodeCall(IExitDesk.payExit, (loser)),
            abi.encodeCall(IExitDesk.finishExit, (loser)),
            abi.encodeCall(IExitDesk.startExit, (winner)),
            abi.encodeCall(ISettlementPool.contribute, (venue, 1))
        ];
        for (uint256 i; i < attempts.length; ++i) {
            uint256 state = vm.snapshotState();
            HookToken(address(usdc)).arm(address(vault), attempts[i], true);
            exits.payExit(loser);
            assertTrue(HookToken(address(usdc)).called(), "it called");
            assertTrue(!HookToken(address(usdc)).succeeded(), "and gained nothing");
            assertEq(bytes4(HookToken(address(usdc)).answer()) == ICollateralVault.Locked.selector ? 1 : 0, 1, "one lock");
            vm.revertToState(state);
        }
    }

    // -- anything else -----------------------------------------------------------------------------------------------

    /// @dev From whatever state, with whatever N, the owner is out after bounded time and has paid no more than it owed.
    function testFuzz_exitAlwaysOpen(uint96 debt, uint96 cash, uint96 sats, uint8 road) public {
        uint256 owed = bound(debt, 0, 5_000e6);
        deposit(loser, usdc, bound(cash, 0, 5_000e6));
        deposit(loser, wbtc, bound(sats, 0, 1e8));
        book(int256(owed));
        ask(loser);
        if (road % 4 == 1) defaultLoser();
        else postRoot();
        advance(3 days + 1 hours);
        if (road % 4 == 2) fail();
        (uint256 usdcBefore, uint256 wbtcBefore) = (usdc.balanceOf(loser), wbtc.balanceOf(loser));
        exitWithNewest(loser);
        if (exits.exitOwed(loser) != 0) payAsOwner(loser);
        if (exits.exitOwed(loser) != 0) {
            advance(7 days);
            payInKind(loser, wbtc);
        }
        exits.finishExit(loser);
        assertTrue(isFree(loser), "out");
        uint256 paid = usdcBefore - usdc.balanceOf(loser);
        uint256 kind = ((wbtcBefore - wbtc.balanceOf(loser)) * BTC_PRICE) / 1e18;
        assertLe(paid, owed, "no more than is owed");
        assertLe(kind, owed - paid + BTC_PRICE / 1e18, "in kind neither, but for one smallest unit");
        assertEq(uint256(vault.record(loser).status), uint256(AccountStatus.UNPLEDGED), "unpledged");
    }

    function _break(address target, bytes memory call) private {
        vm.mockCallRevert(target, call, REFUSED);
    }
}
