// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {AccountProof, CloseOutReport, PledgeTerms, SettledCause} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice What is said of a call and of a default, from the first step to the last.
contract CallEventsTest is DefaultScenario {
    address private constant KEEPER = address(0xCEE9E4);
    uint96 private constant REQUIRED = 1_000e6;

    // -- the call ------------------------------------------------------------------------------------------------------

    function test_callMargin_saysTheRequirementAndTheDeadline() public {
        _short();
        postRoot();
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        _expectCalled(2, REQUIRED, uint40(clock + 30 minutes), false, KEEPER);
        vm.prank(KEEPER);
        defaults.callMargin(proof);
        setMargin(debtor, 3 * REQUIRED, REQUIRED);
        postRoot();
        proof = proofOf(debtor);
        uint40 deadline = uint40(clock + defaults.minCure());
        _expectCalled(3, 3 * REQUIRED, deadline, true, address(this));
        defaults.callMargin(proof);
    }

    function test_callMargin_saysThatTheCallBeforeHasLapsed() public {
        _short();
        callDebtor();
        advance(3 hours);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectEmit(address(vault));
        emit IDefaultManager.CallLapsed(debtor, venue);
        _expectCalled(2, REQUIRED, uint40(clock + 30 minutes), false, address(this));
        defaults.callMargin(proof);
    }

    function test_cure_saysUnderWhichRoot() public {
        _short();
        callDebtor();
        postRoot();
        deposit(debtor, usdc, 1);
        AccountProof memory proof = proofOf(debtor);
        vm.expectEmit(address(vault));
        emit IDefaultManager.MarginCured(debtor, venue, 2);
        defaults.cure(proof);
    }

    function test_lapse_saysWhose() public {
        _short();
        callDebtor();
        advance(3 hours);
        vm.expectEmit(address(vault));
        emit IDefaultManager.CallLapsed(debtor, venue);
        defaults.lapse(debtor);
    }

    // -- the default ---------------------------------------------------------------------------------------------------

    function test_declareDefault_saysTheDebt_andWhoDeclared() public {
        _settledBefore(300e6);
        setMargin(debtor, REQUIRED, 0);
        bookLoss(1_000e6);
        callDebtor();
        advance(31 minutes);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectEmit(address(vault));
        emit IDefaultManager.DefaultDeclared(debtor, venue, 3, 700e6, declarer);
        vm.prank(declarer);
        defaults.declareDefault(proof, address(0));
    }

    function test_refreshOwed_saysTheNet() public {
        _settledBefore(300e6);
        bookLoss(1_000e6);
        defaultDebtor(address(0));
        bookLoss(2_000e6);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectEmit(address(vault));
        emit IDefaultManager.OwedRefreshed(debtor, venue, 4, -2_000e6);
        defaults.refreshOwed(proof);
    }

    function test_report_saysWhatItIs_andWhoSignedIt() public {
        makePair(100e6, 0);
        bookLoss(1_000e6);
        defaultDebtor(address(0));
        CloseOutReport memory filed = closeOutOf(debtor, -900e6);
        bytes32 digest = reportDigest(filed);
        (bytes memory two, bytes memory three) = (attest(digest, 2), attest(digest, 3));
        bytes memory its = signAs(VENUE_KEY, digest);
        vm.expectEmit(address(vault));
        emit ICloseOut.CloseOutReported(debtor, venue, -900e6, keccak256("fills"), false);
        closeOut.report(filed, its, two);
        vm.expectEmit(address(vault));
        emit ICloseOut.CloseOutReported(debtor, venue, -900e6, keccak256("fills"), true);
        closeOut.report(filed, its, three);
    }

    function test_fixLoss_saysTheLoss_andTheNet() public {
        _settledBefore(300e6);
        bookLoss(1_000e6);
        defaultDebtor(address(0));
        fileReport(debtor, -950e6);
        advance(31 minutes);
        vm.expectEmit(address(vault));
        emit ICloseOut.LossFixed(debtor, venue, 650e6, -950e6);
        closeOut.fixLoss(debtor);
    }

    // -- its end -------------------------------------------------------------------------------------------------------

    /// @dev The worked example's default: 300 were settled; of 700 the account pays 400, the tranches 150 and 50, and 100 nobody.
    function test_resolve_saysWhatEveryTierPaid() public {
        openAndPledge(11);
        openAndPledge(12);
        fillFund(150e6, 50e6, address(0x3E3BE4));
        _settledBefore(300e6);
        deposit(debtor, usdc, 414e6);
        bookLoss(1_000e6);
        setMargin(debtor, 50e6, 0);
        defaultDebtor(address(0));
        fixDebtor(-1_000e6);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardAccrued(declarer, address(usdc), 14e6);
        _expectSettled(debtor, -400e6, SettledCause.DEFAULTER);
        _expectSettled(debtor, -200e6, SettledCause.TIER);
        _expectSettled(debtor, -100e6, SettledCause.SHORTFALL);
        vm.expectEmit(address(vault));
        emit ICloseOut.DefaultResolved(debtor, venue, 700e6, 400e6, 150e6, 50e6, 100e6, 14e6, 0);
        vm.expectEmit(address(vault));
        emit ICollateralVault.AccountReleased(debtor, venue, 2, -1_000e6, 0);
        closeOut.resolve(debtor);
    }

    function test_resolve_saysThePenalty_whenTheAccountPaysAll() public {
        fillFund(0, 500e6, address(0x3E3BE4));
        makePair(1_500e6, 0);
        bookLoss(1_000e6);
        setMargin(debtor, 2_000e6, 0);
        defaultDebtor(address(0));
        fixDebtor(-1_000e6);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardAccrued(declarer, address(usdc), 20e6);
        _expectSettled(debtor, -1_000e6, SettledCause.DEFAULTER);
        vm.expectEmit(address(vault));
        emit ICloseOut.DefaultResolved(debtor, venue, 1_000e6, 1_000e6, 0, 0, 0, 20e6, 50e6);
        closeOut.resolve(debtor);
    }

    function test_resolve_saysTheReward_whenTheLossIsZero() public {
        fillFund(80e6, 0, address(0));
        makePair(1_000e6, 0);
        setMargin(debtor, 2_000e6, 0);
        defaultDebtor(address(0));
        fixDebtor(0);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardAccrued(declarer, address(usdc), 50e6);
        vm.expectEmit(address(vault));
        emit ICloseOut.DefaultResolved(debtor, venue, 0, 0, 0, 0, 0, 50e6, 0);
        closeOut.resolve(debtor);
    }

    function test_resolve_saysTheExcess_andWhatWasPaidOfIt() public {
        fillFund(3_000e6, 0, address(0));
        makePair(100e6, 0);
        bookLoss(1_000e6);
        setMargin(debtor, 500e6, 0);
        defaultDebtor(address(0));
        advance(4 hours);
        bookLoss(5_000e6);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        vm.expectEmit(address(vault));
        emit ICloseOut.LossFixed(debtor, venue, 1_000e6, -1_000e6);
        closeOut.fixLossWithoutReport(proof);
        // 20 of the account's 100 are the declarer's, so 920 of the tranche's 3,000 go into the loss.
        vm.expectEmit(address(vault));
        emit ISettlementPool.PoolContributed(venue, address(fund), 2_080e6);
        vm.expectEmit(address(vault));
        emit ICloseOut.ExcessDrawn(venue, 4_000e6, 2_080e6);
        vm.expectEmit(address(vault));
        emit ICloseOut.DefaultResolved(debtor, venue, 1_000e6, 80e6, 920e6, 0, 0, 20e6, 0);
        closeOut.resolve(debtor);
    }

    function test_resolve_saysEachDaysPart_underTheDailyCap() public {
        debtor = _pledgeCapped(DEBTOR_KEY, 400e6);
        winner = openAndPledge(WINNER_KEY);
        deposit(debtor, usdc, 2_000e6);
        setMargin(debtor, 5_000e6, 0);
        bookLoss(1_000e6);
        defaultDebtor(address(0));
        fixDebtor(-1_000e6);
        _expectSettled(debtor, -400e6, SettledCause.DEFAULTER);
        closeOut.resolve(debtor);
        advance(1 days);
        closeOut.resolve(debtor);
        advance(1 days);
        _expectSettled(debtor, -200e6, SettledCause.DEFAULTER);
        closeOut.resolve(debtor);
    }

    function test_collectReward_saysWhose_andHowMuch() public {
        makePair(10e6, 0);
        bookLoss(1_000e6);
        defaultDebtor(address(0));
        fixDebtor(-1_000e6);
        closeOut.resolve(debtor);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardCollected(declarer, address(usdc), 10e6);
        vm.prank(declarer);
        closeOut.collectReward(address(usdc), KEEPER);
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    /// @dev A unit short of the requirement.
    function _short() private {
        makePair(REQUIRED - 1, 0);
        setMargin(debtor, REQUIRED, 0);
    }

    /// @dev A pair whose first root has been settled as far as the debtor's part goes.
    function _settledBefore(uint256 loss) private {
        makePair(loss, 0);
        bookLoss(loss);
        postRoot();
        advance(31 minutes);
        settle(1, debtor);
    }

    function _pledgeCapped(uint256 key, uint96 cap) private returns (address account) {
        account = vault.open(vm.addr(key), 0);
        ownerKeyOf[account] = key;
        PledgeTerms memory terms = termsOf(account, venue);
        terms.debitCap = cap;
        bytes32 digest = pledgeDigest(terms);
        enterLeaf(venue, account, vault.pledge(terms, signAs(key, digest), signAs(VENUE_KEY, digest)));
    }

    function _expectCalled(uint64 epoch, uint256 required, uint40 deadline, bool maintenance, address caller) private {
        vm.expectEmit(address(vault));
        emit IDefaultManager.MarginCalled(debtor, venue, epoch, required, deadline, maintenance, caller);
    }

    function _expectSettled(address account, int256 delta, SettledCause cause) private {
        vm.expectEmit(address(vault));
        emit ICollateralVault.SettledChanged(account, venue, delta, cause);
    }
}
