// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTreeRange} from "../src/attest/SumTreeRange.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {AssetConfig, EpochHeader, VenueParameters} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";
import {PickyToken} from "./support/PickyToken.sol";

/// @notice Settlement over ranges: nobody's refusal, release or lack of money keeps the others from theirs, and no lack of gas is anybody's.
contract SettlementRangeTest is ForcedStates {
    uint256 private constant COUNT = 5;
    PickyToken private token;
    uint32 private here;
    address private itsPool;
    address[COUNT] private accounts;

    /// @dev Five accounts with 1,000 each.
    function setUp() public override {
        super.setUp();
        token = new PickyToken();
        _register(0);
        for (uint256 i; i < COUNT; ++i) {
            accounts[i] = openAndPledge(21 + i, 0, here, VENUE_KEY);
            token.mint(accounts[i], 1_000e6);
        }
    }

    // -- gas ---------------------------------------------------------------------------------------------------------

    /// @dev Whatever gas a caller sends: either the call fails whole, or every account is settled. None is passed over for want of gas.
    function test_settle_withAnyAmountOfGas_framesNobody() public {
        _nets([int256(-100e6), -100e6, 300e6, -100e6, 0]);
        bytes memory call = _settling();
        uint256 before = vm.snapshotState();
        bool refusedByName;
        bool settled;
        for (uint256 gas = 100_000; gas < 1_500_000; gas += 7_919) {
            (bool ok, bytes memory answer) = address(vault).call{gas: gas}(call);
            if (!ok) {
                assertTrue(!settled, "more gas never fails where less did not");
                if (bytes4(answer) == ISettlementPool.GasTooLow.selector) refusedByName = true;
                continue;
            }
            settled = true;
            assertEqInt(settledOf(accounts[0]), -100e6, "settled: first debit");
            assertEqInt(settledOf(accounts[1]), -100e6, "settled: second debit");
            assertEqInt(settledOf(accounts[2]), 200e6, "settled: the credit, as far as the pool reached");
            assertEqInt(settledOf(accounts[3]), -100e6, "settled: third debit");
            vm.revertToState(before);
            before = vm.snapshotState();
        }
        assertTrue(refusedByName, "too little is refused by name");
        assertTrue(settled, "enough is enough");
    }

    function test_settle_whenTheTokenTakesAllGasForOneOfThem() public {
        _oneIsTreated(PickyToken.Manner.EAT_GAS);
    }

    function test_settle_whenTheTokenFloodsOneOfThem() public {
        _oneIsTreated(PickyToken.Manner.FLOOD);
    }

    function test_settle_whenTheTokenRefusesOneOfThem() public {
        _oneIsTreated(PickyToken.Manner.REFUSE);
    }

    function test_settle_whenTheTokenAnswersFalseForOneOfThem() public {
        _oneIsTreated(PickyToken.Manner.ANSWER_FALSE);
    }

    function test_settle_whenTheTokenSaysItPaidAndDidNot() public {
        _nets([int256(-100e6), -100e6, 300e6, -100e6, 0]);
        bytes memory call = _settling();
        token.treat(accounts[1], PickyToken.Manner.ANSWER_TRUE_AND_KEEP);
        (bool ok, bytes memory answer) = address(vault).call(call);
        assertTrue(!ok, "a lie is no refusal: the whole call is undone");
        bytes memory short = abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(token), 300e6, 200e6);
        assertEq(answer, short, "by name, and how far the pool is from its book");
        settleRange(here, 1, 2, 3);
        assertEqInt(settledOf(accounts[3]), -100e6, "ranges without that account go on");
    }

    // -- order and money ---------------------------------------------------------------------------------------------

    function test_settle_creditsBeforeDebits_waitForTheNextCall() public {
        _nets([int256(300e6), -100e6, -100e6, -100e6, 0]);
        EpochHeader memory header = _post();
        (, bytes memory leaves, bytes memory siblings) = rangeOf(here, 1, 0, 4);
        vm.expectEmit(address(vault));
        emit ISettlementPool.SettlementSkipped(accounts[0], here, 1, ISettlementPool.SkipCause.NOTHING_THERE);
        vm.expectEmit(address(vault));
        emit ISettlementPool.Settled(here, 1, 0, 5);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(settlement.book(here).pool, 300e6, "the pool has it now");
        _settle(header, 0, 0);
        assertEqInt(settledOf(accounts[0]), 300e6, "and pays it when it is next asked");
        assertEq(token.balanceOf(itsPool), 0, "to the unit");
    }

    function test_settle_aCreditBetweenDebits_isPaidWhatIsThere() public {
        _nets([int256(-100e6), 300e6, -200e6, 0, 0]);
        EpochHeader memory header = _post();
        _settle(header, 0, 4);
        assertEqInt(settledOf(accounts[1]), 100e6, "what had come in before it");
        assertEqInt(settledOf(accounts[2]), -200e6, "what comes in after it");
        _settle(header, 0, 4);
        assertEqInt(settledOf(accounts[1]), 300e6, "is there the next time");
    }

    function test_settle_inAnyPieces_endsAlike() public {
        _nets([int256(-100e6), -150e6, 200e6, -50e6, 100e6]);
        EpochHeader memory header = _post();
        uint256 before = vm.snapshotState();
        _settle(header, 0, 4);
        int256[COUNT] memory whole = _settledAll();
        vm.revertToState(before);
        _settle(header, 3, 3);
        _settle(header, 0, 1);
        _settle(header, 2, 4);
        for (uint256 i; i < COUNT; ++i) {
            assertEqInt(settledOf(accounts[i]), whole[i], "the pieces make the whole");
        }
    }

    function testFuzz_settle_anyRangesOfAnyResults(uint256 seed) public {
        token.mint(itsPool, seed % 1e9);
        uint256 gift = seed % 1e9;
        int256[COUNT] memory nets;
        for (uint64 epoch = 1; epoch <= 3; ++epoch) {
            int256 sum;
            for (uint256 i; i < COUNT - 1; ++i) {
                nets[i] = int256((seed >> (32 * i)) % 800e6) - 400e6;
                sum += nets[i];
            }
            nets[COUNT - 1] = -sum;
            _nets(nets);
            EpochHeader memory header = _post();
            for (uint256 k; k < 3; ++k) {
                seed = uint256(keccak256(abi.encode(seed)));
                uint32 first = uint32(seed % COUNT);
                uint32 last = uint32(bound(seed >> 32, first, COUNT - 1));
                int256[COUNT] memory before = _settledAll();
                _settle(header, first, last);
                _requireWhole(gift, before, nets, first, last);
            }
        }
        for (uint256 i; i < COUNT; ++i) {
            token.mint(accounts[i], 10_000e6);
        }
        settleRange(here, 3, 0, 4);
        settleRange(here, 3, 0, 4);
        for (uint256 i; i < COUNT; ++i) {
            assertEqInt(settledOf(accounts[i]), nets[i], "each at its N in the end");
        }
        assertEq(settlement.book(here).pool, 0, "and the pool keeps nothing");
    }

    // -- small dues --------------------------------------------------------------------------------------------------

    function test_settle_duesBelowTheThresholdCarryForward() public {
        _register(50e6);
        address a = openAndPledge(31, 0, here, VENUE_KEY);
        address b = openAndPledge(32, 0, here, VENUE_KEY);
        token.mint(a, 1_000e6);
        setNet(a, -50e6 + 1);
        setNet(b, 50e6 - 1);
        EpochHeader memory header = _post();
        _settle(header, 0, 1);
        assertEqInt(settledOf(a), 0, "not worth a transfer");
        assertEq(vault.record(a).lastEpoch, 0, "and not noted");
        setNet(a, -50e6);
        setNet(b, 50e6);
        header = _post();
        _settle(header, 0, 1);
        assertEqInt(settledOf(a), -50e6, "the whole of it, once it is");
        assertEqInt(settledOf(b), 50e6, "on both sides");
        assertEq(vault.record(a).lastEpoch, 2, "noted");
    }

    // -- who is in the range -----------------------------------------------------------------------------------------

    function test_settle_aReleasedIndexInTheRange() public {
        forceRelease(accounts[1], 0);
        clearLeaf(here, 1);
        _nets4(-100e6, 300e6, -200e6);
        EpochHeader memory header = _post();
        _settle(header, 0, 4);
        assertEqInt(settledOf(accounts[0]), -100e6, "before it");
        assertEqInt(settledOf(accounts[2]), 100e6, "behind it");
        assertEq(token.balanceOf(accounts[1]), 1_000e6, "and it is passed over");
    }

    function test_settle_anOldLeafOfAnAccountPledgedAgain() public {
        setNet(accounts[1], -400e6);
        forceRelease(accounts[1], 0);
        pledgeAgain(accounts[1], here, VENUE_KEY);
        // The venue forgot to empty the old leaf, and its new one owes 30.
        setNet(accounts[1], -30e6);
        setNet(accounts[0], 430e6);
        EpochHeader memory header = _post();
        vm.expectEmit(address(vault));
        emit ISettlementPool.SettlementSkipped(accounts[1], here, 1, ISettlementPool.SkipCause.NOT_ITS_PLEDGE);
        _settle(header, 0, 5);
        assertEq(token.balanceOf(accounts[1]), 970e6, "only the leaf of its pledge counts");
        assertEqInt(settledOf(accounts[1]), -30e6, "once");
    }

    function test_settle_anAccountPledgedToAnotherVenueMeanwhile() public {
        _nets([int256(-100e6), 100e6, 0, 0, 0]);
        EpochHeader memory header = _post();
        forceRelease(accounts[0], 0);
        pledgeAgain(accounts[0], venue, VENUE_KEY);
        // Index 0 there as it was here: only the venue differs.
        assertEq(vault.record(accounts[0]).index, 0, "the same index");
        vm.expectEmit(address(vault));
        emit ISettlementPool.SettlementSkipped(accounts[0], here, 1, ISettlementPool.SkipCause.NOT_ITS_PLEDGE);
        _settle(header, 0, 4);
        assertEq(token.balanceOf(accounts[0]), 1_000e6, "nothing left for a venue it is not with");
    }

    function test_settle_aRangeThatIsNone() public {
        _nets([int256(-100e6), 100e6, 0, 0, 0]);
        EpochHeader memory header = _post();
        (, bytes memory leaves, bytes memory siblings) = rangeOf(here, 1, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(SumTreeRange.IndexNotInPlace.selector, 1, 0));
        settlement.settle(header, 1, leaves, siblings);
        vm.expectPartialRevert(SumTreeRange.NoWholeLeaves.selector);
        settlement.settle(header, 0, "", siblings);
        vm.expectPartialRevert(SumTreeRange.NoWholeLeaves.selector);
        settlement.settle(header, 0, bytes.concat(leaves, bytes1(0)), siblings);
    }

    function _oneIsTreated(PickyToken.Manner manner) private {
        _nets([int256(-100e6), -100e6, 300e6, -100e6, 0]);
        EpochHeader memory header = _post();
        (, bytes memory leaves, bytes memory siblings) = rangeOf(here, 1, 0, 4);
        token.treat(accounts[1], manner);
        vm.expectEmit(address(vault));
        emit ISettlementPool.SettlementSkipped(accounts[1], here, 1, ISettlementPool.SkipCause.TOKEN_REFUSED);
        settlement.settle{gas: 3_000_000}(header, 0, leaves, siblings);
        assertEqInt(settledOf(accounts[1]), 0, "it is skipped, and nothing counted");
        assertEqInt(settledOf(accounts[0]), -100e6, "whoever comes before it is settled");
        assertEqInt(settledOf(accounts[2]), 100e6, "and whoever comes after");
        assertEqInt(settledOf(accounts[3]), -100e6, "debit or credit");
        assertEq(settlement.book(here).pool, token.balanceOf(itsPool), "what is counted is what is there");
        token.treat(accounts[1], PickyToken.Manner.SERVE);
        settleRange(here, 1, 0, 4);
        assertEqInt(settledOf(accounts[1]), -100e6, "later it pays");
        assertEqInt(settledOf(accounts[2]), 300e6, "what the winner waited for");
    }

    /// @dev What is counted is what is there; only accounts of the range moved, each towards its N and not past it.
    function _requireWhole(uint256 gift, int256[COUNT] memory before, int256[COUNT] memory nets, uint32 first, uint32 last) private view {
        assertEq(settlement.book(here).pool + gift, token.balanceOf(itsPool), "the pool's counter is its balance without the gift");
        int256 sum = int256(uint256(settlement.book(here).pool));
        for (uint256 i; i < COUNT; ++i) {
            int256 now_ = settledOf(accounts[i]);
            sum += now_;
            assertEqInt(now_, int256(token.balanceOf(accounts[i])) - 1_000e6, "settled is what moved");
            if (i < first || i > last) assertEqInt(now_, before[i], "nobody outside the range moved");
            else if (nets[i] >= before[i]) assertTrue(now_ >= before[i] && now_ <= nets[i], "towards a credit, not past it");
            else assertTrue(now_ <= before[i] && now_ >= nets[i], "towards a debit, not past it");
        }
        assertEqInt(sum, 0, "base is what it was");
        assertEqInt(settlement.base(here), 0, "as the vault itself says");
    }

    function _settledAll() private view returns (int256[COUNT] memory list) {
        for (uint256 i; i < COUNT; ++i) {
            list[i] = settledOf(accounts[i]);
        }
    }

    function _nets(int256[COUNT] memory nets) private {
        for (uint256 i; i < COUNT; ++i) {
            setNet(accounts[i], nets[i]);
        }
    }

    function _nets4(int256 a, int256 b, int256 c) private {
        setNet(accounts[0], a);
        setNet(accounts[2], b);
        setNet(accounts[3], c);
    }

    /// @dev Posts the ledger and lets the dispute window pass.
    function _post() private returns (EpochHeader memory header) {
        header = postRoot(here, VENUE_KEY, livePrices(here), true);
        advance(31 minutes);
    }

    function _settling() private returns (bytes memory) {
        EpochHeader memory header = _post();
        (, bytes memory leaves, bytes memory siblings) = rangeOf(here, 1, 0, 4);
        return abi.encodeCall(settlement.settle, (header, 0, leaves, siblings));
    }

    function _settle(EpochHeader memory header, uint32 first, uint32 last) private {
        (, bytes memory leaves, bytes memory siblings) = rangeOf(here, header.epoch, first, last);
        settlement.settle(header, first, leaves, siblings);
    }

    function _register(uint64 threshold) private {
        AssetConfig[] memory assets = new AssetConfig[](1);
        assets[0] = assetOf(address(token), 0, usdcFeed);
        VenueParameters memory figures = defaultParameters();
        figures.settleThreshold = threshold;
        here = registry.register(venueKey, address(0), assets, attestorAddresses(), 2, figures);
        itsPool = settlement.poolOf(here);
    }
}
