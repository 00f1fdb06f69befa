// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {AccountProof, SettledCause} from "../../src/interfaces/Types.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice What is said of a lot, from its start to its end.
contract LotEventsTest is DefaultScenario {
    address private constant KEEPER = address(0xCEE9E4);
    address private constant RECEIVER = address(0x4ECE);
    uint256 private constant LOSS = 20_000e6;
    uint256 private constant START = (BTC_PRICE * 11) / 10;
    uint256 private constant FLOOR = (BTC_PRICE * 7) / 10;

    uint256 private lot;

    function setUp() public override {
        super.setUp();
        makePair(0, 1e8);
        bookLoss(LOSS);
        setMargin(debtor, 60_000e6, 0);
        // Venue, index and place in one number.
        lot = (uint256(venue) << 40) | (uint256(vault.record(debtor).index) << 8) | 1;
    }

    function test_declareDefault_saysTheWholeCurve_ofTheFirstLot() public {
        callDebtor();
        advance(31 minutes);
        postRoot();
        AccountProof memory proof = proofOf(debtor);
        _expectStarted(lot, address(wbtc), 1e8, START, FLOOR);
        defaults.declareDefault(proof, address(wbtc));
    }

    function test_start_saysTheWholeCurve() public {
        defaultDebtor(address(wbtc));
        deposit(debtor, weth, 3e18);
        _expectStarted(lot + 1, address(weth), 3e18, (ETH_PRICE * 11) / 10, (ETH_PRICE * 7) / 10);
        auction.start(debtor, address(weth));
    }

    function test_take_saysWhoTook_forWhom_andAtWhichPrice() public {
        defaultDebtor(address(wbtc));
        usdc.mint(KEEPER, 10_000e6);
        vm.prank(KEEPER);
        usdc.approve(address(vault), 10_000e6);
        vm.expectEmit(address(vault));
        emit ILotTaking.LotTaken(lot, KEEPER, RECEIVER, 1e7, START, 6_600e6);
        vm.prank(KEEPER);
        auction.take(lot, 1e7, type(uint256).max, RECEIVER, "");
    }

    function test_reset_saysTheNewCurve_andTheHowManyethItIs() public {
        defaultDebtor(address(wbtc));
        advance(20 minutes + 1);
        auction.reset(lot);
        advance(20 minutes + 1);
        setPrice(btcFeed, 50_000e8);
        uint256 price = 50_000e6 * 1e10;
        vm.expectEmit(address(vault));
        emit ILotDesk.LotReset(lot, (price * 11) / 10, (price * 7) / 10, uint40(clock), 2);
        auction.reset(lot);
    }

    function test_close_saysWhatIsUnsold() public {
        defaultDebtor(address(wbtc));
        buy(lot, 1e7);
        deposit(debtor, usdc, 2 * LOSS);
        vm.expectEmit(address(vault));
        emit ILotDesk.LotClosed(lot, 9e7);
        auction.close(lot);
    }

    function test_sellToFund_saysWhatTheTrancheBought() public {
        fillFund(10_000e6, 0, address(0));
        defaultDebtor(address(wbtc));
        _runOut();
        uint256 bought = Math.mulDiv(10_000e6, 1e18, FLOOR);
        uint256 due = Math.mulDiv(bought, FLOOR, 1e18, Math.Rounding.Ceil);
        assertTrue(due != 10_000e6, "a part of the tranche");
        vm.expectEmit(address(vault));
        emit ILotDesk.LotToFund(lot, bought, due);
        vm.expectEmit(address(vault));
        emit ICloseOut.RewardAccrued(venueKey, address(wbtc), bought);
        vm.expectEmit(address(fund));
        emit IDefaultFund.TrancheChanged(1, -int256(due), 10_000e6 - due);
        auction.sellToFund(lot);
    }

    // -- in kind -------------------------------------------------------------------------------------------------------

    function test_passInKind_saysWhatPassed_atWhichValue_andWhatIsUnsold() public {
        defaultDebtor(address(wbtc));
        fixDebtor(-int256(LOSS));
        _runOut();
        // One satoshi is worth 420 at the floor.
        uint256 cover = LOSS / 420 + 1;
        vm.expectEmit(address(vault));
        emit ISettlementPool.InKindChanged(venue, address(wbtc), int256(cover), int256(LOSS), debtor);
        _expectSettled(-int256(LOSS), SettledCause.IN_KIND);
        vm.expectEmit(address(vault));
        emit ILotDesk.LotClosed(lot, 1e8 - cover);
        auction.passInKind(lot);
    }

    /// @dev What is worth less than a unit is not taken for nothing: the lot ends, and the account keeps it.
    function test_passInKind_ofWhatIsWorthNothing_leavesItWhereItIs() public {
        deposit(debtor, weth, 1);
        lot = defaultDebtor(address(weth));
        fixDebtor(-int256(LOSS));
        _runOut();
        vm.expectEmit(address(vault));
        emit ILotDesk.LotClosed(lot, 0);
        auction.passInKind(lot);
        assertEq(weth.balanceOf(debtor), 1, "it stays");
        assertEq(weth.balanceOf(pool), 0, "the pool has none of it");
        assertEq(settlement.inKind(venue, address(weth)).amount, 0, "and counts none");
        assertEqInt(settledOf(debtor), 0, "nothing was paid with it");
        assertTrue(!isLive(lot), "and it holds up nothing");
    }

    // -- of what is owed -----------------------------------------------------------------------------------------------

    function test_take_ofWhatIsOwed_saysWhatItSettled() public {
        setMargin(debtor, 0, 0);
        bookLoss(1_000e6);
        postRoot();
        advance(41 minutes);
        AccountProof memory proof = proofOf(debtor);
        _expectStarted(lot, address(wbtc), 1e8, START, FLOOR);
        auction.startOwed(proof, proof, address(wbtc));
        usdc.mint(address(this), 1_000e6);
        usdc.approve(address(vault), 1_000e6);
        vm.expectEmit(address(vault));
        emit ILotTaking.LotTaken(lot, address(this), RECEIVER, 5e5, START, 330e6);
        _expectSettled(-330e6, SettledCause.SETTLEMENT);
        auction.take(lot, 5e5, type(uint256).max, RECEIVER, "");
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _runOut() private {
        for (uint256 i; i < 2; ++i) {
            advance(20 minutes + 1);
            auction.reset(lot);
        }
        advance(20 minutes + 1);
    }

    function _expectStarted(uint256 id, address token, uint256 amount, uint256 top, uint256 floor) private {
        vm.expectEmit(address(vault));
        emit ILotDesk.LotStarted(id, debtor, token, amount, top, floor, uint40(clock), 20 minutes);
    }

    function _expectSettled(int256 delta, SettledCause cause) private {
        vm.expectEmit(address(vault));
        emit ICollateralVault.SettledChanged(debtor, venue, delta, cause);
    }
}
