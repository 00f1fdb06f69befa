// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../src/attest/SumTree.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {AccountProof, AccountStatus, AssetConfig, EpochHeader} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";
import {FalseToken, FeeToken, NoReturnToken} from "./support/Tokens.sol";

/// @notice `settledOnce`: whatever is settled when, each account ends at N and no unit moves twice.
contract SettlementTest is ForcedStates {
    address private winner;
    address private loser;

    function setUp() public override {
        super.setUp();
        // The loser's index is the lower one: in a range its debit comes before the winner's credit.
        loser = openAndPledge(2);
        winner = openAndPledge(1);
        deposit(loser, usdc, 1_000e6);
    }

    // -- when --------------------------------------------------------------------------------------------------------

    function test_settle_onlyAfterTheDisputeWindow() public {
        _result(300e6);
        postRoot();
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 1);
        uint256 until = clock + 30 minutes;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.SettlementTooEarly.selector, until));
        settlement.settle(header, 0, leaves, siblings);
        vm.warp(until + 1);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(usdc.balanceOf(winner), 300e6, "a second later it settles");
    }

    function test_settle_onlyUnderASettlingRootThatWasPosted() public {
        _result(300e6);
        postRoot(venue, VENUE_KEY, livePrices(venue), false);
        advance(31 minutes);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NotASettlingRoot.selector, 1));
        settlement.settle(header, 0, leaves, siblings);
        header.settles = true;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        settlement.settle(header, 0, leaves, siblings);
    }

    function test_settle_withAFalseLeaf() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 0, 1);
        // The lowest byte of the winner's credit: index 4, account 20, credit 12 bytes.
        leaves[120 + 35] = bytes1(uint8(leaves[120 + 35]) + 1);
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(usdc.balanceOf(loser), 1_000e6, "nothing of the call stands");
    }

    // -- once --------------------------------------------------------------------------------------------------------

    function test_settle_again_movesNothing() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        settle(1, pair(loser, winner));
        settle(1, pair(loser, winner));
        settle(1, pair(loser, loser));
        assertEq(usdc.balanceOf(loser), 700e6, "paid once");
        assertEq(usdc.balanceOf(winner), 300e6, "received once");
    }

    function test_settle_theSameAccountTwiceInOneCall() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        settle(1, pair(loser, loser));
        assertEq(usdc.balanceOf(loser), 700e6, "paid once");
    }

    function test_settle_anOlderRootAfterANewer() public {
        _result(100e6);
        postRoot();
        _result(250e6);
        postRoot();
        advance(31 minutes);
        settle(2, pair(loser, winner));
        _skip(1, winner, ISettlementPool.SkipCause.LATER_ROOT);
        _skip(1, loser, ISettlementPool.SkipCause.LATER_ROOT);
        assertEq(usdc.balanceOf(winner), 250e6, "the newest result counts");
    }

    function test_settle_whenTheResultTurns() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        settle(1, pair(loser, winner));
        _result(-50e6);
        postRoot();
        advance(31 minutes);
        settle(2, pair(winner, loser));
        assertEq(usdc.balanceOf(winner), 0, "gave it all back");
        assertEqInt(settledOf(winner), 0, "50 short of N = -50, for it had only 300");
        assertEq(usdc.balanceOf(loser), 1_000e6, "and the loser is whole, as far as the pool reached");
        deposit(winner, usdc, 80e6);
        settle(2, pair(winner, loser));
        assertEq(usdc.balanceOf(winner), 30e6, "paid the rest when it could");
        assertEq(usdc.balanceOf(loser), 1_050e6, "which the other received");
    }

    function test_settle_inParts_asFarAsTheMoneyReaches() public {
        _result(1_500e6);
        postRoot();
        advance(31 minutes);
        _skip(1, winner, ISettlementPool.SkipCause.NOTHING_THERE);
        settle(1, pair(loser, winner));
        assertEqInt(settledOf(loser), -1_000e6, "all it had");
        assertEq(usdc.balanceOf(winner), 1_000e6, "all there was");
        _skip(1, loser, ISettlementPool.SkipCause.NOTHING_THERE);
        deposit(loser, usdc, 600e6);
        settle(1, pair(loser, winner));
        assertEq(usdc.balanceOf(loser), 100e6, "no more than was owed");
        assertEq(usdc.balanceOf(winner), 1_500e6, "to the unit");
        assertEq(settlement.book(venue).pool, 0, "the pool keeps nothing");
    }

    function test_settle_doesNotSpendADonation() public {
        usdc.mint(pool, 5_000e6);
        _result(300e6);
        postRoot();
        advance(31 minutes);
        _skip(1, winner, ISettlementPool.SkipCause.NOTHING_THERE);
        assertEq(usdc.balanceOf(pool), 5_000e6, "only what was counted can be paid out");
    }

    // -- who is skipped ----------------------------------------------------------------------------------------------

    function test_settle_skipsAnAccountInDefaultOrExit() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        AccountStatus[3] memory closing = [AccountStatus.CLOSING_OUT, AccountStatus.LOSS_FIXED, AccountStatus.EXITING];
        for (uint256 i; i < 3; ++i) {
            forceStatus(loser, closing[i]);
            _skip(1, loser, ISettlementPool.SkipCause.IN_DEFAULT);
        }
        assertEq(usdc.balanceOf(loser), 1_000e6, "its own waterfall decides");
    }

    function test_settle_whileCalled() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        forceStatus(loser, AccountStatus.CALLED);
        settle(1, loser);
        assertEq(usdc.balanceOf(loser), 700e6, "a call does not stop settlement");
    }

    function test_settle_skipsAnEndedPledge() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        forceRelease(loser, 0);
        _skipRange(1, 0, 0, loser, ISettlementPool.SkipCause.NOT_ITS_PLEDGE);
        pledgeAgain(loser, venue, VENUE_KEY);
        _skipRange(1, 0, 0, loser, ISettlementPool.SkipCause.NOT_ITS_PLEDGE);
        assertEq(usdc.balanceOf(loser), 1_000e6, "an old leaf reaches no new pledge");
    }

    function test_settle_paysNoOldCreditAfterAShortfall() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        address third = openAndPledge(3);
        forceWriteOff(third, 40e6);
        settle(1, loser);
        _skip(1, winner, ISettlementPool.SkipCause.OLDER_THAN_SHORTFALL);
        assertEq(usdc.balanceOf(loser), 700e6, "debits still come in");
        assertEq(usdc.balanceOf(winner), 0, "credits wait for a root that saw it");
        setNet(third, -40e6);
        nextBlock();
        postRoot();
        advance(31 minutes);
        settle(2, winner);
        assertEq(usdc.balanceOf(winner), 300e6, "which then pays them");
    }

    function test_settle_paysNoCreditOfARoot_snapshottedInTheShortfallsOwnBlock() public {
        _result(300e6);
        address third = openAndPledge(3);
        forceWriteOff(third, 40e6);
        setNet(third, -40e6);
        postRoot();
        assertEq(settlement.book(venue).lastShortfallBlock, roots[venue][0].header.snapshotBlock, "one block");
        advance(31 minutes);
        settle(1, loser);
        _skip(1, winner, ISettlementPool.SkipCause.OLDER_THAN_SHORTFALL);
        assertEq(usdc.balanceOf(winner), 0, "after means after");
    }

    function test_settle_whenTheTokenRefusesOneOfThem() public {
        NoReturnToken token = new NoReturnToken(6);
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        token.mint(b, 100e6);
        token.refuse(a, true);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _threeWay(second, w, a, b);
        vm.expectEmit(address(settlement));
        emit ISettlementPool.SettlementSkipped(a, second, 1, ISettlementPool.SkipCause.TOKEN_REFUSED);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(token.balanceOf(a), 100e6, "skipped, not defaulted");
        assertEqInt(settledOf(a), 0, "and nothing counted");
        assertEq(vault.record(a).lastEpoch, 0, "nor noted");
        assertEq(token.balanceOf(b), 70e6, "the others go on");
        assertEq(token.balanceOf(w), 30e6, "with what there is");
        token.refuse(a, false);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(token.balanceOf(w), 30e6, "leaves are taken in order: the credit came before the late debit");
        settlement.settle(header, 0, leaves, siblings);
        assertEq(token.balanceOf(w), 60e6, "and all is settled in the end");
    }

    function test_settle_whenTheTokenRefusesTheWinner() public {
        NoReturnToken token = new NoReturnToken(6);
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        token.mint(b, 100e6);
        token.refuse(w, true);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _threeWay(second, w, a, b);
        vm.expectEmit(address(settlement));
        emit ISettlementPool.SettlementSkipped(w, second, 1, ISettlementPool.SkipCause.TOKEN_REFUSED);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(settlement.book(second).pool, 60e6, "what is owing to it stays in the pool");
        assertEqInt(settledOf(w), 0, "and owing");
        token.refuse(w, false);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(token.balanceOf(w), 60e6, "until the token serves it again");
    }

    function test_settle_withATokenThatKeepsAShare() public {
        FeeToken token = new FeeToken(6, 100);
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        token.mint(b, 100e6);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _threeWay(second, w, a, b);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(token), 60e6, 59.4e6));
        settlement.settle(header, 0, leaves, siblings);
        assertEq(token.balanceOf(a), 100e6, "a transfer that does not deliver what it takes is undone");
        assertEqInt(settledOf(a), 0, "and not counted");
        assertEq(settlement.book(second).pool, 0, "nor in the pool");
        token.setFee(0);
        settlement.settle(header, 0, leaves, siblings);
        assertEqInt(settledOf(a), -30e6, "without its fee it settles");
    }

    function test_settle_withATokenThatKeepsAShareOfTheCredit() public {
        FeeToken token = new FeeToken(6, 0);
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        token.mint(b, 100e6);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _threeWay(second, w, a, b);
        settlement.settle(header, 0, leaves, siblings);
        // The credit's second half is still to be paid; from now on the token keeps a hundredth.
        token.setFee(100);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(token), 30e6, 29.7e6));
        settlement.settle(header, 0, leaves, siblings);
        assertEqInt(settledOf(w), 30e6, "only what arrived whole is counted");
    }

    function test_payOwed_withATokenThatKeepsAShare() public {
        FeeToken token = new FeeToken(6, 100);
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        _threeWay(second, w, a, b);
        AccountProof memory proof = proofOf(a);
        address owner = ownerOf(a);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(token), 20e6, 19.8e6));
        settlement.payOwed(proof, 20e6);
        assertEqInt(settledOf(a), 0, "not counted");
        assertEq(token.balanceOf(a), 100e6, "and not taken");
    }

    function test_payOwed_fromOneUnitToAllThatIsOwed() public {
        usdc.mint(loser, 1_000e6);
        _result(300e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        vm.startPrank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NotOwed.selector, 300e6, 0));
        settlement.payOwed(proof, 0);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NotOwed.selector, 300e6, 300e6 + 1));
        settlement.payOwed(proof, 300e6 + 1);
        settlement.payOwed(proof, 1);
        settlement.payOwed(proof, 300e6 - 1);
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NotOwed.selector, 0, 1));
        settlement.payOwed(proof, 1);
        vm.stopPrank();
        assertEqInt(settledOf(loser), -300e6, "and no more");
    }

    function test_payOwed_notInADefault() public {
        _result(300e6);
        postRoot();
        AccountProof memory proof = proofOf(loser);
        forceStatus(loser, AccountStatus.CLOSING_OUT);
        vm.prank(ownerOf(loser));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotActive.selector, loser, AccountStatus.CLOSING_OUT));
        settlement.payOwed(proof, 300e6);
    }

    function test_settle_withATokenThatAnswersFalse() public {
        FalseToken token = new FalseToken();
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _threeWay(second, w, a, b);
        vm.expectEmit(address(settlement));
        emit ISettlementPool.SettlementSkipped(a, second, 1, ISettlementPool.SkipCause.TOKEN_REFUSED);
        settlement.settle(header, 0, leaves, siblings);
        assertEqInt(settledOf(a), 0, "an answer of false is a refusal");
        assertEq(settlement.book(second).pool, 0, "and no money");
    }

    // -- claims -------------------------------------------------------------------------------------------------------

    function test_claim_paysAReleasedWinnerFromThePoolOnce() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        forceRelease(winner, 300e6);
        assertEqInt(settlement.base(venue), -300e6, "base falls by the unpaid owing");
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, winner));
        settlement.claim(venue, winner);
        settle(1, loser);
        settlement.claim(venue, winner);
        assertEq(usdc.balanceOf(winner), 300e6, "paid when there was something");
        assertEqInt(settlement.base(venue), -300e6, "the payment itself leaves base alone");
        vm.expectRevert(abi.encodeWithSelector(ISettlementPool.NothingToClaim.selector, winner));
        settlement.claim(venue, winner);
    }

    // -- settledOnce, fuzzed -----------------------------------------------------------------------------------------

    /// @dev Random results over random epochs, settled in random order, in part, late and repeatedly; then the newest once for all.
    function testFuzz_settledOnce(uint256 seed) public {
        address[3] memory accounts = [winner, loser, openAndPledge(3)];
        uint256[3] memory start;
        for (uint256 i; i < 3; ++i) {
            deposit(accounts[i], usdc, 1_000e6);
            start[i] = usdc.balanceOf(accounts[i]);
        }
        int256 a;
        int256 b;
        for (uint256 epoch = 1; epoch <= 4; ++epoch) {
            seed = uint256(keccak256(abi.encode(seed)));
            a = int256(seed % 1_600e6) - 800e6;
            b = int256((seed >> 64) % 400e6) - 200e6;
            setNet(accounts[0], a);
            setNet(accounts[1], b);
            setNet(accounts[2], -a - b);
            postRoot();
            advance(31 minutes);
            for (uint256 k; k < 4; ++k) {
                uint256 dice = seed >> (128 + 16 * k);
                settle(1 + (dice % epoch), accounts[(dice >> 8) % 3]);
                _requireWhole(accounts, start);
            }
        }
        for (uint256 round; round < 2; ++round) {
            for (uint256 i; i < 3; ++i) {
                settle(4, accounts[i]);
            }
        }
        _requireWhole(accounts, start);
        assertEqInt(settledOf(accounts[0]), a, "first account at N");
        assertEqInt(settledOf(accounts[1]), b, "second account at N");
        assertEqInt(settledOf(accounts[2]), -a - b, "third account at N");
        assertEq(settlement.book(venue).pool, 0, "and the pool is empty");
    }

    function _requireWhole(address[3] memory accounts, uint256[3] memory start) private view {
        int256 sum = int256(uint256(settlement.book(venue).pool));
        assertEq(settlement.book(venue).pool, usdc.balanceOf(pool), "the pool's counter is its balance");
        for (uint256 i; i < 3; ++i) {
            int256 moved = int256(usdc.balanceOf(accounts[i])) - int256(start[i]);
            assertEqInt(settledOf(accounts[i]), moved, "settled is what moved");
            sum += settledOf(accounts[i]);
        }
        assertEqInt(settlement.base(venue), sum, "base = pool + sum of settled");
        assertEqInt(sum, 0, "and settlement leaves it unchanged");
    }

    function _result(int256 net) private {
        setNet(winner, net);
        setNet(loser, -net);
    }

    function _skip(uint256 epoch, address account, ISettlementPool.SkipCause why) private {
        uint32 index = vault.record(account).index;
        _skipRange(epoch, index, index, account, why);
    }

    function _skipRange(uint256 epoch, uint32 first, uint32 last, address account, ISettlementPool.SkipCause why) private {
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, epoch, first, last);
        uint256 before = usdc.balanceOf(account);
        vm.expectEmit(address(settlement));
        emit ISettlementPool.SettlementSkipped(account, venue, header.epoch, why);
        settlement.settle(header, first, leaves, siblings);
        assertEq(usdc.balanceOf(account), before, "nothing moved");
    }

    function _venueOf(address token) private returns (uint32) {
        AssetConfig[] memory assets = new AssetConfig[](1);
        assets[0] = assetOf(token, 0, usdcFeed);
        return registry.register(venueKey, address(0), assets, attestorAddresses(), 2, defaultParameters());
    }

    /// @dev In the order b, w, a: one debit precedes the credit and one follows it.
    function _three(uint32 second) private returns (address w, address a, address b) {
        b = openAndPledge(13, 0, second, VENUE_KEY);
        w = openAndPledge(11, 0, second, VENUE_KEY);
        a = openAndPledge(12, 0, second, VENUE_KEY);
    }

    /// @dev w wins 60, a and b lose 30 each; the dispute window has passed.
    function _threeWay(
        uint32 second,
        address w,
        address a,
        address b
    ) private returns (EpochHeader memory header, bytes memory leaves, bytes memory siblings) {
        setNet(w, 60e6);
        setNet(a, -30e6);
        setNet(b, -30e6);
        postRoot(second, VENUE_KEY, livePrices(second), true);
        advance(31 minutes);
        return rangeOf(second, 1, 0, 2);
    }
}
