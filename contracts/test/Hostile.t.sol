// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {AssetConfig, EpochHeader, PledgeTerms, RootPrices} from "../src/interfaces/Types.sol";
import {HistoryStub} from "./support/HistoryStub.sol";
import {BadWallet} from "./support/Owners.sol";
import {RingfenceTest} from "./support/RingfenceTest.sol";
import {BombToken, HookToken} from "./support/Tokens.sol";

/// @notice Tokens, wallets and chains that do not do what they should.
contract HostileTest is RingfenceTest {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    function test_settle_whenTheTokenAnswersWithAFlood() public {
        BombToken bomb = new BombToken(6);
        (uint32 second, address winner, address loser) = _venueOf(address(bomb));
        bomb.mint(loser, 100e6);
        bomb.arm(200_000);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _settling(second, winner, loser);
        settlement.settle{gas: 10_000_000}(header, 0, leaves, siblings);
        assertEq(bomb.balanceOf(loser), 100e6, "skipped");
        assertEqInt(settledOf(loser), 0, "and not counted");
        bomb.arm(0);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(bomb.balanceOf(winner), 30e6, "the call of everybody else was never at risk");
    }

    function test_settle_whenTheTokenCallsBack() public {
        HookToken hook = new HookToken(6);
        (uint32 second, address winner, address loser) = _venueOf(address(hook));
        hook.mint(loser, 100e6);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _settling(second, winner, loser);
        hook.arm(address(settlement), abi.encodeCall(settlement.settle, (header, 0, leaves, siblings)), true);
        settlement.settle(header, 0, leaves, siblings);
        assertTrue(hook.called() && !hook.succeeded(), "settling in the middle of settling is refused");
        assertEq(hook.balanceOf(loser), 70e6, "paid once");
        assertEq(hook.balanceOf(winner), 30e6, "received once");
    }

    function test_settle_whenTheTokenCallsBackAndFails() public {
        HookToken hook = new HookToken(6);
        (uint32 second, address winner, address loser) = _venueOf(address(hook));
        hook.mint(loser, 100e6);
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = _settling(second, winner, loser);
        hook.arm(address(vault), abi.encodeCall(settlement.checkpoint, (second)), false);
        settlement.settle(header, 0, leaves, siblings);
        assertEq(hook.balanceOf(loser), 100e6, "that account is skipped");
        assertEq(settlement.book(second).pool, 0, "and nothing is counted");
        assertTrue(!vault.locked(), "the lock is open again");
    }

    function test_pledge_byAWalletThatEatsAllGas() public {
        address wallet = address(new BadWallet(BadWallet.Kind.EATS_GAS));
        address its = vault.open(wallet, 0);
        PledgeTerms memory terms = termsOf(its, venue);
        bytes memory venueSignature = signAs(VENUE_KEY, pledgeDigest(terms));
        try vault.pledge{gas: 3_000_000}(terms, "", venueSignature) {
            assertTrue(false, "it never said yes");
        } catch {}
        assertEq(vault.record(its).venue, 0, "not pledged");
        assertEq(settlement.book(venue).nextIndex, 0, "no index was used up");
    }

    function test_contribute_refusesWhatDidNotArriveToTheUnit() public {
        HookToken hook = new HookToken(6);
        (uint32 second, , ) = _venueOf(address(hook));
        address its = settlement.poolOf(second);
        hook.mint(address(this), 100e6);
        hook.approve(address(vault), 100e6);
        // In the middle of it the token pays the pool once more, so more arrives than was asked.
        hook.arm(address(hook), abi.encodeCall(hook.mint, (its, 5e6)), false);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(hook), 100e6, 105e6));
        settlement.contribute(second, 100e6);
        assertEq(settlement.book(second).pool, 0, "nothing is counted");
        assertEqInt(settlement.base(second), 0, "and nothing backs a credit");
        hook.arm(address(0), "", false);
        settlement.contribute(second, 100e6);
        assertEq(settlement.book(second).pool, 100e6, "what was asked and what came are one");
    }

    // -- block hashes older than 256 blocks --------------------------------------------------------------------------

    function test_post_onASnapshotOlderThan256Blocks() public {
        openAndPledge(1);
        (EpochHeader memory header, RootPrices memory prices) = _old();
        HistoryStub stub = new HistoryStub();
        vm.etch(HISTORY, address(stub).code);
        header.snapshotHash = keccak256(abi.encode(uint256(header.snapshotBlock)));
        submit(header, prices, VENUE_KEY);
        assertEq(attestationLog.newest(venue), 1, "the chain's history contract knows it");
        attestationLog.requireFresh(header);
    }

    function test_post_onASnapshotOlderThan256Blocks_whereTheChainHasNoHistory() public {
        openAndPledge(1);
        (EpochHeader memory header, RootPrices memory prices) = _old();
        vm.etch(HISTORY, "");
        _refuse(header, prices);
        // An answer of the wrong length is no hash.
        vm.etch(HISTORY, hex"60016000f3");
        _refuse(header, prices);
        vm.etch(HISTORY, hex"fe");
        _refuse(header, prices);
    }

    function _refuse(EpochHeader memory header, RootPrices memory prices) private {
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.SnapshotHashUnavailable.selector, header.snapshotBlock));
        attestationLog.post(header, prices, "", "");
    }

    function _old() private returns (EpochHeader memory header, RootPrices memory prices) {
        settlement.checkpoint(venue);
        uint64 seen = uint64(height);
        advance(3_588);
        assertTrue(height - seen > 256, "past what the EVM itself remembers");
        prices = livePrices(venue);
        header = headerOf(venue, seen, prices, false);
    }

    function _venueOf(address token) private returns (uint32 second, address winner, address loser) {
        AssetConfig[] memory assets = new AssetConfig[](1);
        assets[0] = assetOf(token, 0, usdcFeed);
        second = registry.register(venueKey, address(0), assets, attestorAddresses(), 2, defaultParameters());
        loser = openAndPledge(12, 0, second, VENUE_KEY);
        winner = openAndPledge(11, 0, second, VENUE_KEY);
    }

    /// @dev The loser owes 30 to the winner, under a root whose dispute window has passed; the debit comes first.
    function _settling(
        uint32 second,
        address winner,
        address loser
    ) private returns (EpochHeader memory header, bytes memory leaves, bytes memory siblings) {
        setNet(winner, 30e6);
        setNet(loser, -30e6);
        postRoot(second, VENUE_KEY, livePrices(second), true);
        advance(31 minutes);
        return rangeOf(second, 1, 0, 1);
    }
}
