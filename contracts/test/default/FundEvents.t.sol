// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {FundScenario} from "../support/FundScenario.sol";
import {Vm} from "../support/Vm.sol";

/// @notice What the fund says of every movement: the tranche, by how much, and what it holds then.
contract FundEventsTest is FundScenario {
    // -- what comes in -------------------------------------------------------------------------------------------------

    function test_fundVenueTranche_saysWhatCame_andWhatThereIs() public {
        strengthen(10e6);
        usdc.mint(address(this), 4e6);
        usdc.approve(address(fund), 4e6);
        _expectTranche(1, 4e6, 14e6);
        fund.fundVenueTranche(4e6);
    }

    function test_addToVenueTranche_saysWhatCame_andNothingOfNothing() public {
        strengthen(10e6);
        _expectTranche(1, 3e6, 13e6);
        vm.prank(address(core));
        fund.addToVenueTranche(3e6);
        vm.recordLogs();
        vm.prank(address(core));
        fund.addToVenueTranche(0);
        assertEq(_saidByTheFund(), 0, "nothing came");
    }

    function test_addPenalty_saysWhatCame_andItsStream() public {
        join(ALICE, 50e6);
        penalty(7e6);
        usdc.mint(address(fund), 14e6);
        advance(1 days);
        // 6 of 7 are left for six days, and 14 come for seven: 20 until their average.
        uint40 endsAt = uint40(clock + (6e6 * 6 days + 14e6 * 7 days + 20e6 - 1) / uint256(20e6));
        _expectTranche(2, 14e6, 71e6);
        _expectStream(20e6, endsAt);
        core.addPenalty(fund, 14e6);
    }

    function test_addPenalty_isTheVenues_withoutMembers_andNoStream() public {
        strengthen(10e6);
        usdc.mint(address(fund), 5e6);
        vm.recordLogs();
        core.addPenalty(fund, 5e6);
        assertEq(_saidByTheFund(), 1, "the venue's tranche alone");
        usdc.mint(address(fund), 6e6);
        _expectTranche(1, 6e6, 21e6);
        core.addPenalty(fund, 6e6);
    }

    // -- what is lost --------------------------------------------------------------------------------------------------

    function test_payFromVenueTranche_saysWhatWent_andNothingOfNothing() public {
        strengthen(10e6);
        _expectTranche(1, -4e6, 6e6);
        core.payFromVenueTranche(fund, 4e6, POOL);
        core.payFromVenueTranche(fund, 6e6, POOL);
        vm.recordLogs();
        core.payFromVenueTranche(fund, 1, POOL);
        assertEq(_saidByTheFund(), 0, "nothing went");
    }

    function test_absorb_saysWhatEachTranchePaid() public {
        strengthen(100e6);
        join(ALICE, 200e6);
        vm.recordLogs();
        core.absorb(fund, 40e6, 90e6, POOL);
        assertEq(_saidByTheFund(), 1, "the venue's alone paid");
        penalty(70e6);
        uint40 endsAt = uint40(clock + STREAM);
        advance(1 days);
        _expectTranche(1, -55e6, 5e6);
        core.absorb(fund, 55e6, 90e6, POOL);
        // 60 of the penalty's 70 are not released yet: they pay before what members put in.
        _expectTranche(1, -5e6, 0);
        _expectTranche(2, -20e6, 250e6);
        _expectStream(40e6, endsAt);
        core.absorb(fund, 25e6, 90e6, POOL);
        _expectTranche(2, -90e6, 160e6);
        _expectStream(0, endsAt);
        core.absorb(fund, 100e6, 90e6, POOL);
    }

    function test_absorb_saysNothingOfATrancheThatPaidNothing_norOfAStreamThatIsNone() public {
        join(ALICE, 200e6);
        vm.recordLogs();
        core.absorb(fund, 30e6, 90e6, POOL);
        assertEq(_saidByTheFund(), 1, "the members' alone");
        vm.recordLogs();
        core.absorb(fund, 30e6, 0, POOL);
        assertEq(_saidByTheFund(), 0, "nobody paid");
    }

    // -- members -------------------------------------------------------------------------------------------------------

    function test_payMember_saysWhatWent_andWhatThereIs() public {
        uint256 shares = join(ALICE, 80e6);
        join(BOB, 20e6);
        uint256 id = notify(ALICE, shares / 2);
        advance(NOTICE);
        _expectTranche(2, -40e6, 60e6);
        series.redeemNotice(id);
    }

    function test_payMember_ofTheLast_saysWhatIsLeftToTheVenue() public {
        strengthen(10e6);
        join(ALICE, 60e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE);
        penalty(70e6);
        _expectTranche(2, -130e6, 0);
        _expectStream(0, 0);
        _expectTranche(1, 70e6, 80e6);
        series.redeemNotice(id);
        assertEq(usdc.balanceOf(ALICE), 60e6, "what had been released");
    }

    function test_payMember_saysNothing_whenSharesAreWorthNothing() public {
        join(ALICE, 100e6);
        uint256 id = notifyAll(ALICE);
        advance(NOTICE);
        lose(100e6);
        vm.recordLogs();
        series.redeemNotice(id);
        assertEq(_saidByTheFund(), 0, "nothing went");
    }

    // -- one series after another --------------------------------------------------------------------------------------

    function test_openSeries_saysTheResidue_andWhereItIsNow() public {
        join(ALICE, 4_000_000e6);
        lose(4_000_000e6 - 2);
        penalty(3);
        address old = address(series);
        _expectStream(0, 0);
        vm.expectEmit(address(fund));
        emit IDefaultFund.SeriesClosed(1, old, 5);
        _expectTranche(2, -5, 0);
        _expectTranche(3, 5, 5);
        vm.expectEmit(address(fund));
        emit IDefaultFund.SeriesOpened(2, _nextSeries());
        fund.openSeries();
    }

    function test_openSeries_saysNoResidue_whereThereIsNone() public {
        join(ALICE, 50e6);
        lose(50e6);
        address old = address(series);
        address next = _nextSeries();
        vm.recordLogs();
        fund.openSeries();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 2, "one has closed and one has opened");
        assertEqHash(logs[0].topics[0], IDefaultFund.SeriesClosed.selector, "first the end");
        assertEq(uint256(logs[0].topics[1]), 1, "of the first");
        assertEq(logs[0].data, abi.encode(old, 0), "with nothing left");
        assertEqHash(logs[1].topics[0], IDefaultFund.SeriesOpened.selector, "then the beginning");
        assertEq(uint256(logs[1].topics[1]), 2, "of the second");
        assertEq(logs[1].data, abi.encode(next), "at its address");
    }

    function test_residue_saysWhatEachTook_andWhatIsLeftOfIt() public {
        uint256 hers = join(ALICE, 3_000_000e6);
        uint256 his = join(BOB, 1_000_000e6);
        penalty(1e6);
        lose(4_000_000e6);
        fund.openSeries();
        _expectTranche(3, -750_000, 250_000);
        vm.prank(ALICE);
        series.redeem(hers, ALICE, ALICE);
        _expectTranche(3, -250_000, 0);
        vm.prank(BOB);
        series.redeem(his, BOB, BOB);
    }

    function test_residue_saysWhatRoundingLeavesToTheVenue() public {
        uint256 hers = join(ALICE, 10e6);
        lose(10e6 - 2);
        penalty(1_000e6);
        fund.openSeries();
        strengthen(10e6);
        uint256 rest = 1_000e6 + 2 - series.convertToAssets(hers);
        assertTrue(rest != 0, "a last holder is paid a little less than all");
        _expectTranche(3, -(1_000e6 + 2), 0);
        _expectTranche(1, int256(rest), 10e6 + rest);
        vm.prank(ALICE);
        series.redeem(hers, ALICE, ALICE);
    }

    /// @dev All shares but one have left, and the one is paid nothing of what their rounding left.
    function test_residue_saysWhatALastShareLeaves_whichIsPaidNothing() public {
        uint256 hers = join(ALICE, 10e6);
        lose(10e6 - 2);
        penalty(1_000e6);
        fund.openSeries();
        strengthen(10e6);
        vm.prank(ALICE);
        series.redeem(hers - 1, ALICE, ALICE);
        uint256 rest = series.totalAssets();
        assertTrue(rest != 0, "rounding has left something");
        _expectTranche(3, -int256(rest), 0);
        _expectTranche(1, int256(rest), 10e6 + rest);
        vm.prank(ALICE);
        assertEq(series.redeem(1, ALICE, ALICE), 0, "a share's part of it");
    }

    function test_residue_saysNothing_whenAPartIsWorthNothing() public {
        join(ALICE, 4_000_000e6);
        lose(4_000_000e6 - 5);
        fund.openSeries();
        vm.recordLogs();
        vm.prank(ALICE);
        assertEq(series.redeem(1, ALICE, ALICE), 0, "a share's part of five units");
        assertEq(_saidByTheFund(), 0, "nothing went");
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _expectTranche(uint8 tranche, int256 delta, uint256 assets) private {
        vm.expectEmit(address(fund));
        emit IDefaultFund.TrancheChanged(tranche, delta, assets);
    }

    function _expectStream(uint256 unreleased, uint40 endsAt) private {
        vm.expectEmit(address(fund));
        emit IDefaultFund.StreamChanged(unreleased, endsAt);
    }

    function _nextSeries() private view returns (address) {
        return vm.computeCreateAddress(address(fund), vm.getNonce(address(fund)));
    }

    /// @dev How many events the fund has emitted since they were last asked for.
    function _saidByTheFund() private returns (uint256 count) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(fund)) ++count;
        }
    }
}
