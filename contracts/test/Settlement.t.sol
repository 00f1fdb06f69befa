// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../src/attest/SumTree.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {AccountStatus, AssetConfig, EpochHeader, Leaf, SeizeCause, SettledCause} from "../src/interfaces/Types.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {FeeToken, NoReturnToken} from "./support/Tokens.sol";

/// @notice `settledOnce`: whatever is settled when, each account ends at N and no unit moves twice.
contract SettlementTest is RingfenceTest {
    address private winner;
    address private loser;

    function setUp() public override {
        super.setUp();
        winner = openAndPledge(1);
        loser = openAndPledge(2);
        deposit(loser, usdc, 1_000e6);
    }

    // -- when --------------------------------------------------------------------------------------------------------

    function test_settle_onlyAfterTheDisputeWindow() public {
        _result(300e6);
        postRoot();
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = settlementOf(1, pair(loser, winner));
        uint256 until = clock + 30 minutes;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.SettlementTooEarly.selector, until));
        settlement.settle(header, leaves, siblings);
        vm.warp(until + 1);
        settlement.settle(header, leaves, siblings);
        assertEq(usdc.balanceOf(winner), 300e6, "a second later it settles");
    }

    function test_settle_onlyUnderASettlingRootThatWasPosted() public {
        _result(300e6);
        postRoot(venue, VENUE_KEY, livePrices(venue), false);
        advance(31 minutes);
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = settlementOf(1, pair(loser, winner));
        vm.expectRevert(abi.encodeWithSelector(ISettlement.NotASettlingRoot.selector, 1));
        settlement.settle(header, leaves, siblings);
        header.settles = true;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        settlement.settle(header, leaves, siblings);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.LengthMismatch.selector, 2, 1));
        settlement.settle(header, leaves, new bytes[](1));
    }

    function test_settle_withAFalseLeaf() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = settlementOf(1, pair(loser, winner));
        leaves[1].credit += 1;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        settlement.settle(header, leaves, siblings);
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
        _skip(1, winner, "settled by a later root");
        _skip(1, loser, "settled by a later root");
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
        _skip(1, winner, "pool empty");
        settle(1, pair(loser, winner));
        assertEqInt(settledOf(loser), -1_000e6, "all it had");
        assertEq(usdc.balanceOf(winner), 1_000e6, "all there was");
        _skip(1, loser, "no settlement asset");
        deposit(loser, usdc, 600e6);
        settle(1, pair(loser, winner));
        assertEq(usdc.balanceOf(loser), 100e6, "no more than was owed");
        assertEq(usdc.balanceOf(winner), 1_500e6, "to the unit");
        assertEq(vault.book(venue).pool, 0, "the pool keeps nothing");
    }

    function test_settle_doesNotSpendADonation() public {
        usdc.mint(pool, 5_000e6);
        _result(300e6);
        postRoot();
        advance(31 minutes);
        _skip(1, winner, "pool empty");
        assertEq(usdc.balanceOf(pool), 5_000e6, "only what was counted can be paid out");
    }

    // -- who is skipped ----------------------------------------------------------------------------------------------

    function test_settle_skipsAnAccountInDefault() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        vm.startPrank(address(defaults));
        vault.changeStatus(loser, AccountStatus.ACTIVE, AccountStatus.CLOSING_OUT);
        vm.stopPrank();
        _skip(1, loser, "in default");
        vm.prank(address(defaults));
        vault.changeStatus(loser, AccountStatus.CLOSING_OUT, AccountStatus.LOSS_FIXED);
        _skip(1, loser, "in default");
        assertEq(usdc.balanceOf(loser), 1_000e6, "its own waterfall decides");
    }

    function test_settle_whileCalled() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        vm.prank(address(defaults));
        vault.changeStatus(loser, AccountStatus.ACTIVE, AccountStatus.CALLED);
        settle(1, loser);
        assertEq(usdc.balanceOf(loser), 700e6, "a call does not stop settlement");
    }

    function test_settle_skipsAnEndedPledge() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = settlementOf(1, only(loser));
        vm.prank(address(defaults));
        vault.release(loser, 0);
        _skipThese(header, leaves, siblings, loser, "not its pledge");
        pledgeAgain(loser, venue, VENUE_KEY);
        _skipThese(header, leaves, siblings, loser, "not its pledge");
        assertEq(usdc.balanceOf(loser), 1_000e6, "an old leaf reaches no new pledge");
    }

    function test_settle_paysNoOldCreditAfterAShortfall() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        address third = openAndPledge(3);
        vm.prank(address(defaults));
        vault.writeOff(third, 40e6);
        settle(1, loser);
        _skip(1, winner, "older than a shortfall");
        assertEq(usdc.balanceOf(loser), 700e6, "debits still come in");
        assertEq(usdc.balanceOf(winner), 0, "credits wait for a root that saw it");
        setNet(third, -40e6);
        nextBlock();
        postRoot();
        advance(31 minutes);
        settle(2, winner);
        assertEq(usdc.balanceOf(winner), 300e6, "which then pays them");
    }

    function test_settle_whenTheTokenRefusesOneOfThem() public {
        NoReturnToken token = new NoReturnToken(6);
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        token.mint(b, 100e6);
        token.refuse(a, true);
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = _threeWay(second, w, a, b);
        vm.expectEmit(address(settlement));
        emit ISettlement.SettlementSkipped(a, second, 1, "token refused");
        settlement.settle(header, leaves, siblings);
        assertEq(token.balanceOf(a), 100e6, "skipped, not defaulted");
        assertEqInt(settledOf(a), 0, "and nothing counted");
        assertEq(token.balanceOf(b), 70e6, "the others go on");
        assertEq(token.balanceOf(w), 30e6, "with what there is");
        token.refuse(a, false);
        settlement.settle(header, leaves, siblings);
        assertEq(token.balanceOf(w), 30e6, "leaves are taken in order: the credit came before the late debit");
        settlement.settle(header, leaves, siblings);
        assertEq(token.balanceOf(w), 60e6, "and all is settled in the end");
    }

    function test_settle_withATokenThatKeepsAShare() public {
        FeeToken token = new FeeToken(6, 100);
        uint32 second = _venueOf(address(token));
        (address w, address a, address b) = _three(second);
        token.mint(a, 100e6);
        token.mint(b, 100e6);
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = _threeWay(second, w, a, b);
        settlement.settle(header, leaves, siblings);
        assertEq(token.balanceOf(a), 100e6, "a transfer that does not deliver what it takes is undone");
        assertEqInt(settledOf(a), 0, "and not counted");
        assertEq(vault.book(second).pool, 0, "nor in the pool");
        token.setFee(0);
        settlement.settle(header, leaves, siblings);
        assertEqInt(settledOf(a), -30e6, "without its fee it settles");
    }

    // -- reserved doors ----------------------------------------------------------------------------------------------

    function test_reservedFunctions_whenCalledByAnybody() public {
        address[4] memory callers = [address(this), venueKey, vm.addr(2), address(registry)];
        bytes[9] memory calls = [
            abi.encodeCall(vault.lock, ()),
            abi.encodeCall(vault.unlock, ()),
            abi.encodeCall(vault.collect, (loser, 1, 1, SettledCause.SETTLEMENT)),
            abi.encodeCall(vault.payOut, (winner, 1, 1)),
            abi.encodeCall(vault.creditTier, (loser, 1)),
            abi.encodeCall(vault.writeOff, (loser, 1)),
            abi.encodeCall(vault.seize, (loser, address(usdc), address(this), 1, SeizeCause.SALE)),
            abi.encodeCall(vault.changeStatus, (loser, AccountStatus.ACTIVE, AccountStatus.CALLED)),
            abi.encodeCall(vault.release, (loser, 0))
        ];
        for (uint256 i; i < callers.length; ++i) {
            for (uint256 j; j < calls.length; ++j) {
                vm.prank(callers[i]);
                (bool ok, bytes memory answer) = address(vault).call(calls[j]);
                assertTrue(!ok, "reserved");
                assertEqHash(
                    keccak256(answer),
                    keccak256(abi.encodeWithSelector(ICollateralVault.NotADoor.selector, callers[i])),
                    "by name"
                );
            }
        }
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotADoor.selector, address(this)));
        vault.openPool(9);
    }

    function test_seize_unlessInDefault() public {
        vm.prank(address(defaults));
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotActive.selector, loser, AccountStatus.ACTIVE));
        vault.seize(loser, address(usdc), address(this), 1, SeizeCause.SALE);
    }

    function test_claim_paysAReleasedWinnerFromThePoolOnce() public {
        _result(300e6);
        postRoot();
        advance(31 minutes);
        vm.prank(address(defaults));
        vault.release(winner, 300e6);
        assertEqInt(vault.base(venue), -300e6, "base falls by the unpaid owing");
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NothingToClaim.selector, winner));
        vault.claim(venue, winner);
        settle(1, loser);
        vault.claim(venue, winner);
        assertEq(usdc.balanceOf(winner), 300e6, "paid when there was something");
        assertEqInt(vault.base(venue), -300e6, "the payment itself leaves base alone");
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NothingToClaim.selector, winner));
        vault.claim(venue, winner);
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
        assertEq(vault.book(venue).pool, 0, "and the pool is empty");
    }

    function _requireWhole(address[3] memory accounts, uint256[3] memory start) private view {
        int256 sum = int256(uint256(vault.book(venue).pool));
        assertEq(vault.book(venue).pool, usdc.balanceOf(pool), "the pool's counter is its balance");
        for (uint256 i; i < 3; ++i) {
            int256 moved = int256(usdc.balanceOf(accounts[i])) - int256(start[i]);
            assertEqInt(settledOf(accounts[i]), moved, "settled is what moved");
            sum += settledOf(accounts[i]);
        }
        assertEqInt(vault.base(venue), sum, "base = pool + sum of settled");
        assertEqInt(sum, 0, "and settlement leaves it unchanged");
    }

    function _result(int256 net) private {
        setNet(winner, net);
        setNet(loser, -net);
    }

    function _skip(uint256 epoch, address account, string memory why) private {
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = settlementOf(epoch, only(account));
        _skipThese(header, leaves, siblings, account, why);
    }

    function _skipThese(
        EpochHeader memory header,
        Leaf[] memory leaves,
        bytes[] memory siblings,
        address account,
        string memory why
    ) private {
        uint256 before = usdc.balanceOf(account);
        vm.expectEmit(address(settlement));
        emit ISettlement.SettlementSkipped(account, venue, header.epoch, why);
        settlement.settle(header, leaves, siblings);
        assertEq(usdc.balanceOf(account), before, "nothing moved");
    }

    function _venueOf(address token) private returns (uint32) {
        AssetConfig[] memory assets = new AssetConfig[](1);
        assets[0] = assetOf(token, 0, usdcFeed);
        return registry.register(venueKey, assets, attestorAddresses(), 2, defaultParameters());
    }

    function _three(uint32 second) private returns (address w, address a, address b) {
        w = openAndPledge(11, 0, second, VENUE_KEY);
        a = openAndPledge(12, 0, second, VENUE_KEY);
        b = openAndPledge(13, 0, second, VENUE_KEY);
    }

    /// @dev w wins 60, a and b lose 30 each; leaves in the order b, w, a, so that one debit precedes the credit and one follows it.
    function _threeWay(
        uint32 second,
        address w,
        address a,
        address b
    ) private returns (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) {
        setNet(w, 60e6);
        setNet(a, -30e6);
        setNet(b, -30e6);
        header = postRoot(second, VENUE_KEY, livePrices(second), true);
        advance(31 minutes);
        leaves = new Leaf[](3);
        siblings = new bytes[](3);
        uint32[3] memory order = [uint32(2), 0, 1];
        for (uint256 i; i < 3; ++i) {
            (leaves[i], siblings[i]) = (proofAt(second, 1, order[i]).leaf, proofAt(second, 1, order[i]).siblings);
        }
    }
}
