// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MemberSeries} from "../../src/default/MemberSeries.sol";
import {AccountProof, AccountStatus, CloseOutReport, DefaultCase} from "../../src/interfaces/Types.sol";
import {RingfenceTest} from "./RingfenceTest.sol";
import {TestToken} from "./Tokens.sol";

/// @notice Leads an account through call, default, close-out and resolution, and pays for what is sold.
abstract contract DefaultScenario is RingfenceTest {
    uint256 internal constant DEBTOR_KEY = 0xDEB7;
    uint256 internal constant WINNER_KEY = 0x717;
    /// @dev Settlement units for 1e18 of the smallest units, at the feeds' first answers.
    uint256 internal constant BTC_PRICE = (60_000e6 * 1e18) / 1e8;
    uint256 internal constant ETH_PRICE = 3_000e6;

    address internal debtor;
    address internal winner;
    address internal declarer = address(0xDEC1A4E4);

    /// @notice A debtor whose balance is `cash` USDC and `sats` WBTC, and a winner on the other side of its loss.
    function makePair(uint256 cash, uint256 sats) internal {
        debtor = openAndPledge(DEBTOR_KEY);
        winner = openAndPledge(WINNER_KEY);
        if (cash != 0) deposit(debtor, usdc, cash);
        if (sats != 0) deposit(debtor, wbtc, sats);
    }

    /// @notice Enters a loss of the debtor and the matching gain of the winner.
    function bookLoss(uint256 loss) internal {
        setNet(debtor, -int256(loss));
        setNet(winner, int256(loss));
    }

    /// @notice Posts a root and calls the debtor under it.
    function callDebtor() internal {
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        defaults.callMargin(proof);
    }

    /// @notice Calls the debtor, lets the cure window pass and declares the default under a later root.
    function defaultDebtor(address firstLot) internal returns (uint256 lot) {
        callDebtor();
        advance(31 minutes);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.prank(declarer);
        return defaults.declareDefault(proof, firstLot);
    }

    /// @notice Files the report, waits for the dispute window and fixes the loss.
    function fixDebtor(int256 finalNet) internal {
        fileReport(debtor, finalNet);
        advance(31 minutes);
        closeOut.fixLoss(debtor);
    }

    /// @notice Buys of a lot as this contract, at its price now.
    function buy(uint256 lot, uint256 amount) internal returns (uint256 taken, uint256 paid) {
        usdc.mint(address(this), 1e18);
        usdc.approve(address(auction), type(uint256).max);
        return auction.take(lot, amount, type(uint256).max, address(this), "");
    }

    function buyAll(uint256 lot) internal returns (uint256 taken, uint256 paid) {
        return buy(lot, type(uint128).max);
    }

    /// @notice Puts money into the fund's tranches; the members' share goes to `member`.
    function fillFund(uint256 own, uint256 members, address member) internal {
        usdc.mint(address(this), own + members);
        usdc.approve(address(fund), own);
        if (own != 0) fund.fundVenueTranche(own);
        if (members == 0) return;
        MemberSeries series = MemberSeries(fund.series());
        usdc.approve(address(series), members);
        series.deposit(members, member);
    }

    function statusOf(address account) internal view returns (AccountStatus) {
        return vault.record(account).status;
    }

    function assertStatus(address account, AccountStatus expected, string memory why) internal view {
        assertEq(uint256(statusOf(account)), uint256(expected), why);
    }

    function closeOutOf(address account, int256 finalNet) internal view returns (CloseOutReport memory) {
        return
            CloseOutReport({
                venue: vault.record(account).venue,
                account: account,
                index: vault.record(account).index,
                finalNet: finalNet,
                evidence: keccak256("fills")
            });
    }

    function caseOf(address account) internal view returns (DefaultCase memory) {
        return defaults.caseOf(account);
    }

    /// @notice How many lots are live, of all venues.
    function liveCount() internal view returns (uint256 total) {
        (, , total) = auction.liveLots(0, 0);
    }

    /// @notice Whether a lot is live.
    function isLive(uint256 lot) internal view returns (bool) {
        (uint256[] memory ids, , ) = auction.liveLots(0, type(uint256).max);
        for (uint256 i; i < ids.length; ++i) {
            if (ids[i] == lot) return true;
        }
        return false;
    }

    function ownerWithdraws(address account, TestToken token, uint256 amount, address to) internal {
        address owner = ownerOf(account);
        vm.prank(owner);
        vault.withdraw(account, address(token), amount, to);
    }
}
