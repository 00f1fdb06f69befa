// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IExitDesk} from "../src/interfaces/IExitDesk.sol";
import {IFailedVenue} from "../src/interfaces/IFailedVenue.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {AccountProof, PledgeTerms, SettledCause} from "../src/interfaces/Types.sol";
import {ExitScenario} from "./support/ExitScenario.sol";

/// @notice What is said of every way out, and of what a failed venue still pays.
contract ExitEventsTest is ExitScenario {
    // -- asking and stating --------------------------------------------------------------------------------------------

    function test_requestRelease_saysWhenItFreezes_andCancelThatItDoesNot() public {
        address owner = ownerOf(second);
        vm.expectEmit(address(vault));
        emit IExitDesk.ReleaseRequested(second, venue, clock + 3 days);
        vm.prank(owner);
        exits.requestRelease(second);
        vm.expectEmit(address(vault));
        emit IExitDesk.ReleaseCancelled(second, venue);
        vm.prank(owner);
        exits.cancelRelease(second);
    }

    function test_startExit_saysWhatIsSettled_underNoRoot() public {
        _settledBefore();
        runOut(second);
        address owner = ownerOf(second);
        vm.expectEmit(address(vault));
        emit IExitDesk.ExitStated(second, venue, 0, 100e6, clock - 1 + 1 hours + 6 hours);
        vm.prank(owner);
        exits.startExit(second);
    }

    function test_startExitWithProof_saysTheRootAndItsNet() public {
        _settledBefore();
        setNet(loser, -700e6);
        setNet(second, 700e6);
        postRoot();
        runOut(loser);
        advance(1 hours);
        AccountProof memory proof = proofOf(loser);
        vm.expectEmit(address(vault));
        emit IExitDesk.ExitStated(loser, venue, 2, -700e6, clock);
        exits.startExitWithProof(proof);
    }

    function test_challengeExit_saysTheNewerRoot_andTheSameEnd() public {
        postRoot();
        book(100e6);
        postRoot();
        postRoot();
        fail();
        start(winner);
        uint256 until = clock + 6 hours;
        advance(1 hours);
        AccountProof memory proof = proofAt(venue, 2, 1);
        vm.expectEmit(address(vault));
        emit IExitDesk.ExitStated(winner, venue, 2, 100e6, until);
        exits.challengeExit(proof);
        proof = proofAt(venue, 3, 1);
        vm.expectEmit(address(vault));
        emit IExitDesk.ExitStated(winner, venue, 3, 100e6, clock);
        exits.challengeExit(proof);
    }

    // -- paying --------------------------------------------------------------------------------------------------------

    function test_payExit_saysWhatIsPaid_andWhatIsLeft() public {
        deposit(loser, usdc, 400e6);
        _exiting(700e6);
        _expectSettled(loser, -400e6, SettledCause.EXIT);
        _expectPaid(400e6, 300e6, loser);
        exits.payExit(loser);
    }

    function test_payExitFor_saysWhoPaid() public {
        _exiting(700e6);
        usdc.mint(stranger, 200e6);
        vm.prank(stranger);
        usdc.approve(address(vault), 200e6);
        _expectSettled(loser, -200e6, SettledCause.EXIT);
        _expectPaid(200e6, 500e6, stranger);
        vm.prank(stranger);
        exits.payExitFor(loser, 200e6);
    }

    function test_payExitInKind_saysTheValue_andWhatIsLeft() public {
        deposit(loser, wbtc, 1e5);
        deposit(loser, usdc, 150e6);
        _exiting(700e6);
        advance(7 days);
        AccountProof memory proof = proofOf(loser);
        address owner = ownerOf(loser);
        vm.expectEmit(address(vault));
        emit ISettlementPool.InKindChanged(venue, address(wbtc), 1e5, 60e6, loser);
        _expectSettled(loser, -60e6, SettledCause.IN_KIND);
        _expectPaid(60e6, 640e6, loser);
        vm.prank(owner);
        exits.payExitInKind(proof, address(wbtc));
        _expectSettled(loser, -150e6, SettledCause.EXIT);
        _expectPaid(150e6, 490e6, loser);
        vm.prank(owner);
        exits.payExitInKind(proof, address(usdc));
    }

    function test_take_forAnExit_saysWhatItPaid() public {
        deposit(loser, wbtc, 1e8);
        _exiting(700e6);
        vm.prank(ownerOf(loser));
        uint256 lot = auction.startExit(loser, address(wbtc));
        usdc.mint(address(this), 330e6);
        usdc.approve(address(vault), 330e6);
        _expectSettled(loser, -330e6, SettledCause.EXIT);
        auction.take(lot, 5e5, type(uint256).max, address(this), "");
    }

    // -- ending --------------------------------------------------------------------------------------------------------

    function test_finishExit_saysTheShortfall_andWhatTheTranchePaid() public {
        fillVenueTranche(200e6);
        deposit(loser, usdc, 700e6);
        book(1_000e6);
        postRoot();
        runOut(loser);
        advance(1 hours);
        exitWithNewest(loser);
        exits.payExit(loser);
        _expectSettled(loser, -200e6, SettledCause.TIER);
        _expectSettled(loser, -100e6, SettledCause.SHORTFALL);
        vm.expectEmit(address(vault));
        emit IExitDesk.Exited(loser, venue, -1_000e6, 100e6);
        vm.expectEmit(address(vault));
        emit ICollateralVault.AccountReleased(loser, venue, 0, -1_000e6, 0);
        exits.finishExit(loser);
    }

    function test_finishExit_saysTheClaim() public {
        _settledBefore();
        setNet(loser, -400e6);
        setNet(second, 400e6);
        postRoot();
        runOut(second);
        advance(1 hours);
        exitWithNewest(second);
        vm.expectEmit(address(vault));
        emit IExitDesk.Exited(second, venue, 400e6, 0);
        vm.expectEmit(address(vault));
        emit ICollateralVault.AccountReleased(second, venue, 2, 100e6, 300e6);
        exits.finishExit(second);
    }

    function test_releaseWithConsent_saysWhatWasPaid() public {
        deposit(loser, usdc, 1_000e6);
        book(300e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        uint40 deadline = uint40(clock);
        bytes memory consent = releaseConsent(loser, 1, deadline);
        address owner = ownerOf(loser);
        _expectSettled(loser, -300e6, SettledCause.EXIT);
        vm.expectEmit(address(vault));
        emit IExitDesk.Exited(loser, venue, -300e6, 0);
        vm.prank(owner);
        releases.releaseWithConsent(proof, deadline, consent);
    }

    function test_port_saysFromWhere_toWhere_andWithWhat() public {
        uint32 other = secondVenue();
        deposit(loser, usdc, 1_000e6);
        book(300e6);
        postRoot();
        PledgeTerms memory terms = termsOf(loser, other);
        AccountProof memory proof = proofOf(loser);
        bytes memory own = signAs(ownerKeyOf[loser], pledgeDigest(terms));
        bytes memory its = signAs(VENUE_KEY, pledgeDigest(terms));
        bytes memory consent = portConsent(loser, 1, other, terms.deadline);
        _expectSettled(loser, -300e6, SettledCause.EXIT);
        vm.expectEmit(address(vault));
        emit ICollateralVault.AccountPledged(loser, other, 0, 1, type(uint96).max);
        vm.expectEmit(address(vault));
        emit IExitDesk.Ported(loser, venue, other, -300e6);
        releases.port(proof, terms, own, its, consent);
    }

    // -- a failed venue ------------------------------------------------------------------------------------------------

    function test_failedVenue_saysWhoIsOwed_whatCame_andWhoGotIt() public {
        fillVenueTranche(90e6);
        deposit(loser, usdc, 400e6);
        setNet(loser, -1_000e6);
        setNet(winner, 600e6);
        setNet(second, 400e6);
        postRoot();
        fail();
        exitWithNewest(winner);
        exits.finishExit(winner);
        exitWithNewest(second);
        vm.expectEmit(address(vault));
        emit IFailedVenue.OwingRegistered(venue, second, 400e6);
        exits.finishExit(second);
        exits.startExitWithProof(proofOf(loser));
        advance(14 days + 1);
        exits.payExit(loser);
        vm.expectEmit(address(vault));
        emit ISettlementPool.PoolContributed(venue, address(fund), 90e6);
        failed.collectTranches(venue);
        // 60% of 490.
        vm.expectEmit(address(vault));
        emit IFailedVenue.Distributed(venue, winner, 294e6);
        failed.distribute(venue, winner);
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    /// @dev The loser has paid 100, and the second winner has received them.
    function _settledBefore() private {
        deposit(loser, usdc, 100e6);
        setNet(loser, -100e6);
        setNet(second, 100e6);
        postRoot();
        advance(31 minutes);
        settle(1, pair(loser, second));
    }

    /// @dev The loser owes, its venue has failed, and nobody can challenge what its exit stands on any more.
    function _exiting(int256 loss) private {
        book(loss);
        postRoot();
        fail();
        exitWithNewest(loser);
    }

    function _expectPaid(uint256 paid, uint256 left, address payer) private {
        vm.expectEmit(address(vault));
        emit IExitDesk.ExitPaid(loser, venue, paid, left, payer);
    }

    function _expectSettled(address account, int256 delta, SettledCause cause) private {
        vm.expectEmit(address(vault));
        emit ICollateralVault.SettledChanged(account, venue, delta, cause);
    }
}
