// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {FundScenario} from "../support/FundScenario.sol";
import {FundCoreStub} from "../support/FundCoreStub.sol";
import {FalseToken, FeeToken, HookToken, NoReturnToken, TestToken} from "../support/Tokens.sol";

/// @notice What somebody would try against the fund, by name.
contract FundAttacksTest is FundScenario {
    function test_donation_movesNoSharePrice() public {
        join(ALICE, 100e6);
        usdc.mint(address(fund), 1_000e6);
        usdc.mint(address(series), 1_000e6);
        assertEq(series.totalAssets(), 100e6, "a donation counts for nothing");
        join(BOB, 100e6);
        assertEq(series.balanceOf(BOB), series.balanceOf(ALICE), "equal money, equal shares");
    }

    function testFuzz_inflation_costsMoreThanItTakes(uint256 first, uint256 donated, uint256 victim) public {
        first = bound(first, 1, 1e6);
        donated = bound(donated, 0, 1e15);
        victim = bound(victim, 1e6, 1e12);
        join(ALICE, first);
        usdc.mint(address(fund), donated);
        join(BOB, victim);
        assertGe(worth(BOB) + 1, victim, "the second member loses at most one unit");
    }

    /// @dev A penalty is the only money that comes without shares: the first member keeps one share and lets it inflate the price.
    function test_inflation_byAPenalty_takesNothingFromTheNext() public {
        uint256 shares = join(ALICE, 1e6);
        uint256 id = notify(ALICE, shares - 1);
        advance(NOTICE);
        series.redeemNotice(id);
        join(ALICE, 1);
        penalty(1_000_000e6);
        advance(STREAM);
        join(BOB, 1_000e6);
        assertGe(worth(BOB) + 1e6, 1_000e6, "a millionth of the penalty at most");
        assertLe(worth(ALICE), 600_000e6, "and a single share's part of it goes to nobody else");
    }

    function test_sandwich_ofAPenalty_earnsNothing() public {
        join(ALICE, 100e6);
        uint256 shares = join(BOB, 10_000e6);
        penalty(500e6);
        assertEq(worth(BOB), 10_000e6, "joined just before it: nothing yet");
        uint256 id = notify(BOB, shares);
        assertEq(series.maxRedeem(BOB), 0, "and no way out without bearing a notice's time of losses");
        lose(1_000e6);
        advance(NOTICE);
        series.redeemNotice(id);
        assertLe(usdc.balanceOf(BOB), 10_000e6, "which can cost more than the penalty brings");
    }

    /// @dev Notice for everything, kept for ever, to be used just before a loss.
    function test_standingNotice_isNoExit() public {
        join(ALICE, 100e6);
        join(BOB, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE + WINDOW + 1);
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NoticeNotOpen.selector, id, clock - WINDOW - 1, clock - 1));
        series.redeemNotice(id);
        series.cancelNotice(id);
        id = series.noticeRedemption(series.balanceOf(ALICE));
        vm.stopPrank();
        lose(100e6);
        advance(NOTICE);
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 50e6, "she bore her half");
    }

    function test_standingNotice_isEndedByAnyone() public {
        join(ALICE, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE);
        vm.prank(BOB);
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 100e6, "who is out is out, at the price of then");
    }

    function test_lapsedNotice_isNotRevivedByADefault() public {
        join(ALICE, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE + WINDOW + 1);
        core.setOpen(1, 10e6);
        assertEq(series.redeemable(id), 0, "an exit at the worst time");
        vm.expectRevert(abi.encodeWithSelector(IMemberSeries.NoticeNotOpen.selector, id, clock - WINDOW - 1, clock - 1));
        series.redeemNotice(id);
    }

    /// @dev Shares passed round between noticed addresses would be a standing exit; what is noticed is in custody.
    function test_noticedShares_cannotBePassedOn() public {
        uint256 shares = join(ALICE, 100e6);
        notify(ALICE, shares);
        vm.prank(ALICE);
        vm.expectRevert();
        series.transfer(BOB, 1);
        vm.prank(ALICE);
        vm.expectRevert();
        series.noticeRedemption(1);
        advance(NOTICE);
        assertEq(series.maxRedeem(BOB), 0, "and a notice is nobody else's");
    }

    function test_cancelledShares_carryNoNotice() public {
        uint256 shares = join(ALICE, 100e6);
        uint256 id = notify(ALICE, shares);
        vm.startPrank(ALICE);
        series.cancelNotice(id);
        series.transfer(BOB, shares);
        vm.stopPrank();
        advance(NOTICE);
        assertEq(series.maxRedeem(ALICE) + series.maxRedeem(BOB), 0, "a new holder gives a notice of its own");
    }

    /// @dev Several notices, or one again and again: the free part is one part.
    function test_manyNotices_takeNoMoreThanOne() public {
        uint256 shares = join(ALICE, 100e6);
        join(BOB, 100e6);
        for (uint256 i; i < 4; ++i) notify(ALICE, shares / 4);
        advance(NOTICE);
        core.setOpen(1, 100e6);
        uint256[] memory ids = series.noticesOf(ALICE);
        for (uint256 round; round < 3; ++round) {
            for (uint256 i; i < ids.length; ++i) series.redeemNotice(ids[i]);
        }
        assertEq(usdc.balanceOf(ALICE), 50e6, "half, as one notice would have");
    }

    function test_feeToken_isRefusedOnTheWayIn_andOnTheWayOut() public {
        FeeToken token = new FeeToken(6, 0);
        _use(address(token));
        uint256 id = _joinAndMature();
        token.setFee(100);
        token.mint(address(this), 100e6);
        token.approve(address(fund), 100e6);
        vm.expectRevert(_inexact(address(this), 100e6, 99e6));
        fund.fundVenueTranche(100e6);
        token.mint(BOB, 100e6);
        vm.startPrank(BOB);
        token.approve(address(series), 100e6);
        vm.expectRevert(_inexact(BOB, 100e6, 99e6));
        series.deposit(100e6, BOB);
        vm.stopPrank();
        vm.expectRevert(_inexact(ALICE, 100e6, 99e6));
        series.redeemNotice(id);
        vm.expectRevert(_inexact(POOL, 10e6, 9_900_000));
        core.absorb(fund, 10e6, 10e6, POOL);
        assertEq(fund.memberTranche(), 100e6, "nothing was counted that did not move");
    }

    function test_falseToken_isRefused() public {
        FalseToken token = new FalseToken();
        _use(address(token));
        token.mint(address(this), 10e6);
        token.approve(address(fund), 10e6);
        fund.fundVenueTranche(10e6);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        core.absorb(fund, 1e6, 0, POOL);
        assertEq(fund.venueTranche(), 10e6, "not paid");
    }

    function test_tokenWithoutAnswer_isServed() public {
        NoReturnToken token = new NoReturnToken(6);
        _use(address(token));
        uint256 id = _joinAndMature();
        core.absorb(fund, 10e6, 10e6, POOL);
        series.redeemNotice(id);
        assertEq(token.balanceOf(POOL), 10e6, "the pool");
        assertEq(token.balanceOf(ALICE), 90e6, "the member");
    }

    function test_blacklistedMember_holdsUpNobody_andIsPaidElsewhere() public {
        NoReturnToken token = new NoReturnToken(6);
        _use(address(token));
        uint256 hers = _joinAndMature();
        _join(BOB, 100e6);
        uint256 his = notifyAll(BOB);
        vm.prank(ALICE);
        series.cancelNotice(hers);
        hers = notifyAll(ALICE);
        advance(NOTICE);
        token.refuse(ALICE, true);
        vm.expectRevert(abi.encodeWithSelector(NoReturnToken.Refused.selector, ALICE));
        series.redeemNotice(hers);
        series.redeemNotice(his);
        assertEq(token.balanceOf(BOB), 100e6, "nobody waits for her");
        uint256 most = series.maxRedeem(ALICE);
        vm.prank(ALICE);
        series.redeem(most, CAROL, ALICE);
        assertEq(token.balanceOf(CAROL), 100e6, "she names another address");
    }

    /// @dev In the middle of every transfer of the fund's, everything that anybody might call is called.
    function test_reentry_fromAHookToken_gainsNothing() public {
        HookToken token = new HookToken(6);
        _use(address(token));
        uint256 id = _joinAndMature();
        bytes[] memory calls = new bytes[](10);
        address[] memory targets = new address[](10);
        for (uint256 i; i < 10; ++i)
            targets[i] =
                i < 6
                    ? address(series)
                    : i < 8
                        ? address(fund)
                        : address(core);
        calls[0] = abi.encodeCall(IMemberSeries.redeemNotice, (id));
        calls[1] = abi.encodeCall(IMemberSeries.cancelNotice, (id));
        calls[2] = abi.encodeCall(IMemberSeries.noticeRedemption, (0));
        calls[3] = abi.encodeCall(IERC4626.deposit, (1, BOB));
        calls[4] = abi.encodeCall(IERC4626.previewRedeem, (1));
        calls[5] = abi.encodeCall(IERC4626.previewDeposit, (1));
        calls[6] = abi.encodeCall(IDefaultFund.fundVenueTranche, (0));
        calls[7] = abi.encodeCall(IDefaultFund.openSeries, ());
        calls[8] = abi.encodeCall(FundCoreStub.absorb, (fund, 50e6, 50e6, POOL));
        calls[9] = abi.encodeCall(FundCoreStub.addPenalty, (fund, 50e6));
        uint256 clean = vm.snapshotState();
        for (uint256 i; i < calls.length; ++i) {
            for (uint256 way; way < 4; ++way) {
                if (way == 0) {
                    token.arm(targets[i], calls[i], true);
                    series.redeemNotice(id);
                    assertEq(token.balanceOf(ALICE), 100e6, "paid once");
                } else if (way == 1) {
                    token.mint(BOB, 7e6);
                    vm.prank(BOB);
                    token.approve(address(series), 7e6);
                    token.arm(targets[i], calls[i], true);
                    vm.prank(BOB);
                    series.deposit(7e6, BOB);
                    assertEq(worth(BOB), 7e6, "his money, his shares");
                } else if (way == 2) {
                    token.arm(targets[i], calls[i], true);
                    core.absorb(fund, 30e6, 30e6, POOL);
                    assertEq(fund.memberTranche(), 70e6, "absorbed once");
                } else {
                    token.mint(address(this), 5e6);
                    token.approve(address(fund), 5e6);
                    token.arm(targets[i], calls[i], true);
                    fund.fundVenueTranche(5e6);
                    assertEq(fund.venueTranche(), 5e6, "once");
                }
                assertTrue(token.called() && !token.succeeded(), "the callback was refused");
                uint256 counted = fund.venueTranche() + fund.memberTranche();
                assertEq(token.balanceOf(address(fund)), counted, "the fund has what it counts");
                vm.revertToState(clean);
            }
        }
    }

    /// @dev What must answer within a callback answers with whole numbers: money out is counted before it leaves.
    function test_readOnlyReentry_seesNoTornPrice() public {
        HookToken token = new HookToken(6);
        _use(address(token));
        uint256 id = _joinAndMature();
        _join(BOB, 100e6);
        token.arm(address(series), abi.encodeCall(IERC4626.convertToAssets, (100e12)), true);
        series.redeemNotice(id);
        assertTrue(token.succeeded(), "ERC-4626 wants an answer");
        assertEq(abi.decode(token.answer(), (uint256)), 100e6, "the price before is the price after");
        token.arm(address(series), abi.encodeCall(IERC4626.maxRedeem, (BOB)), true);
        core.absorb(fund, 1e6, 1e6, POOL);
        assertEq(abi.decode(token.answer(), (uint256)), 0, "no way out from within");
    }

    function testFuzz_sharePrice_neverFallsByAnotherMembersComingOrGoing(
        uint96 a,
        uint96 b,
        uint96 lost,
        uint96 gift,
        uint256 part
    ) public {
        uint256 shares = join(ALICE, bound(a, 1, type(uint96).max));
        if (gift != 0) penalty(gift);
        advance(STREAM);
        lose(bound(lost, 0, fund.memberTranche() - 1));
        if (series.spent()) return;
        uint256 before = worth(ALICE);
        b = uint96(bound(b, 1, type(uint96).max));
        if (series.previewDeposit(b) == 0) return;
        uint256 his = join(BOB, b);
        assertGe(worth(ALICE), before, "his coming costs her nothing");
        assertLe(worth(BOB), b, "and brings him nothing");
        uint256 id = notify(BOB, bound(part, 1, his));
        advance(NOTICE);
        before = worth(ALICE);
        series.redeemNotice(id);
        assertGe(worth(ALICE), before, "his going neither");
        assertGe(shares, series.balanceOf(ALICE), "her shares are her shares");
    }

    function _use(address token) private {
        usdc = TestToken(token);
        makeFund(token);
    }

    function _joinAndMature() private returns (uint256 id) {
        _join(ALICE, 100e6);
        id = notifyAll(ALICE);
        advance(NOTICE);
    }

    /// @dev Tokens that answer nothing to `approve` do not decode as an ERC-20.
    function _join(address member, uint256 assets) private {
        usdc.mint(member, assets);
        vm.prank(member);
        (bool ok, ) = address(usdc).call(abi.encodeCall(usdc.approve, (address(series), assets)));
        assertTrue(ok, "approved");
        vm.prank(member);
        series.deposit(assets, member);
    }

    function _inexact(address party, uint256 asked, uint256 received) private view returns (bytes memory) {
        return abi.encodeWithSelector(IDefaultFund.TransferNotExact.selector, address(usdc), party, asked, received);
    }
}
