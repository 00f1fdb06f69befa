// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice Members come and go by the rules, donations move nothing, and losses reach what they should.
contract DefaultFundTest is DefaultScenario {
    address private constant MEMBER = address(0x3E3BE4);
    address private constant OTHER = address(0x07E4);

    function test_deposit_sharesFollowTheCountedAssets_notTheBalance() public {
        fillFund(0, 100e6, MEMBER);
        usdc.mint(address(fund), 1_000e6);
        assertEq(fund.totalAssets(), 100e6, "a donation counts for nothing");
        fillFund(0, 100e6, OTHER);
        assertEq(fund.balanceOf(OTHER), fund.balanceOf(MEMBER), "equal money, equal shares");
    }

    function testFuzz_inflation_costsMoreThanItTakes(uint256 first, uint256 donated, uint256 victim) public {
        first = bound(first, 1, 1e6);
        donated = bound(donated, 0, 1e15);
        victim = bound(victim, 1e6, 1e12);
        fillFund(0, first, MEMBER);
        usdc.mint(address(fund), donated);
        fillFund(0, victim, OTHER);
        assertGe(fund.convertToAssets(fund.balanceOf(OTHER)) + 1, victim, "the second member loses at most one unit");
    }

    function test_redeem_needsANotice() public {
        fillFund(0, 100e6, MEMBER);
        uint256 shares = fund.balanceOf(MEMBER);
        vm.prank(MEMBER);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxRedeem.selector, MEMBER, shares, 0));
        fund.redeem(shares, MEMBER, MEMBER);
    }

    function test_redeem_waitsForTheNotice() public {
        uint256 shares = _noticed();
        advance(7 days - 1);
        assertEq(fund.maxRedeem(MEMBER), 0, "a second early");
        advance(1);
        assertEq(fund.maxRedeem(MEMBER), shares, "matured");
        vm.prank(MEMBER);
        fund.redeem(shares / 2, MEMBER, MEMBER);
        assertEq(usdc.balanceOf(MEMBER), 50e6, "half of the money");
        assertEq(fund.maxRedeem(MEMBER), shares - shares / 2, "the rest of the notice");
        assertEq(fund.memberTranche(), 50e6, "counted");
    }

    function test_redeem_isVoid_whenTheNoticeIsOld() public {
        _noticed();
        advance(9 days);
        assertGe(fund.maxRedeem(MEMBER), 1, "the last second of the window");
        advance(1);
        assertEq(fund.maxRedeem(MEMBER), 0, "nobody keeps a standing exit");
    }

    function test_withdraw_isBoundedByTheNotice() public {
        fillFund(0, 100e6, MEMBER);
        uint256 shares = fund.balanceOf(MEMBER);
        vm.prank(MEMBER);
        fund.noticeRedemption(shares / 4);
        advance(7 days);
        assertEq(fund.maxWithdraw(MEMBER), 25e6, "a quarter");
        vm.prank(MEMBER);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxWithdraw.selector, MEMBER, 25e6 + 1, 25e6));
        fund.withdraw(25e6 + 1, MEMBER, MEMBER);
    }

    function test_notice_isOfSharesThatAreHeld() public {
        fillFund(0, 100e6, MEMBER);
        uint256 shares = fund.balanceOf(MEMBER);
        vm.prank(MEMBER);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxRedeem.selector, MEMBER, shares + 1, shares));
        fund.noticeRedemption(shares + 1);
    }

    function test_notice_endsForSharesThatMoveOn() public {
        uint256 shares = _noticed();
        vm.prank(MEMBER);
        fund.transfer(OTHER, shares);
        advance(7 days);
        vm.prank(OTHER);
        fund.transfer(MEMBER, shares);
        assertEq(fund.maxRedeem(MEMBER), 0, "shares passed round must not carry an exit that is always open");
    }

    function test_redeem_waits_whileADefaultIsOpen_andTheNoticedAbsorb() public {
        uint256 shares = _noticed();
        advance(7 days);
        makePair(0, 0);
        bookLoss(60e6);
        setMargin(debtor, 60e6, 0);
        defaultDebtor(address(0));
        assertEq(fund.maxRedeem(MEMBER), 0, "not while a default is open");
        fixDebtor(-60e6);
        defaults.resolve(debtor);
        vm.prank(MEMBER);
        fund.redeem(shares, MEMBER, MEMBER);
        assertEq(usdc.balanceOf(MEMBER), 40e6, "what was noticed absorbed the loss");
    }

    function test_deposit_isClosed_whileADefaultIsOpen() public {
        makePair(0, 0);
        bookLoss(60e6);
        defaultDebtor(address(0));
        assertEq(fund.maxDeposit(MEMBER), 0, "nobody buys into a loss in progress");
        assertEq(fund.maxMint(MEMBER), 0, "in shares neither");
        usdc.mint(address(this), 1);
        usdc.approve(address(fund), 1);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxDeposit.selector, MEMBER, 1, 0));
        fund.deposit(1, MEMBER);
        fillFund(10e6, 0, MEMBER);
        assertEq(fund.venueTranche(), 10e6, "the venue may still strengthen its own");
    }

    function test_deposit_staysClosed_whenLossesEmptiedTheTranche() public {
        fillFund(0, 50e6, MEMBER);
        _lose(80e6, 0);
        assertEq(fund.memberTranche(), 0, "emptied");
        assertEq(fund.maxDeposit(OTHER), 0, "closed");
        _lose(10e6, 1_000e6);
        assertEq(fund.memberTranche(), 0, "a later penalty does not open it again");
        assertEq(fund.venueTranche(), 500_000, "it is the venue's tranche that gets it");
        assertEq(fund.maxDeposit(OTHER), 0, "for ever");
    }

    function test_penalty_goesToTheVenuesTranche_whenThereAreNoMembers() public {
        _lose(100e6, 1_000e6);
        assertEq(fund.venueTranche(), 5e6, "5% of the loss");
        assertEq(fund.memberTranche(), 0, "not the first later member's");
    }

    function test_reserved_functions_refuseStrangers() public {
        fillFund(100e6, 100e6, MEMBER);
        bytes memory refused = abi.encodeWithSelector(IDefaultFund.NotTheManager.selector, address(this));
        vm.expectRevert(refused);
        fund.absorb(1, 1, address(this));
        vm.expectRevert(refused);
        fund.payFromVenueTranche(1, address(this));
        vm.expectRevert(refused);
        fund.addPenalty(1);
    }

    function _noticed() private returns (uint256 shares) {
        fillFund(0, 100e6, MEMBER);
        shares = fund.balanceOf(MEMBER);
        vm.prank(MEMBER);
        fund.noticeRedemption(shares);
    }

    /// @dev A whole default of a new debtor with `cash`, whose requirement lets the members pay anything.
    function _lose(uint256 loss, uint256 cash) private {
        uint256 number = ledger[venue].length;
        debtor = openAndPledge(DEBTOR_KEY + number);
        winner = openAndPledge(WINNER_KEY + number);
        if (cash != 0) deposit(debtor, usdc, cash);
        setMargin(debtor, 10_000e6, 0);
        defaultDebtor(address(0));
        uint32 index = vault.record(debtor).index;
        fixDebtor(-int256(loss));
        defaults.resolve(debtor);
        clearLeaf(venue, index);
    }
}
