// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReserveFeed} from "../src/attest/ReserveFeed.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../src/interfaces/IOwnerDesk.sol";
import {ISettlementPool} from "../src/interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../src/interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../src/interfaces/IVenueStates.sol";
import {AccountProof, AssetConfig, EpochHeader, PledgeTerms, RootPrices, SettledCause, VenueParameters} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";

/// @notice What is said of venues and accounts, of what their owners set, and of what settlement moves.
contract AccountEventsTest is ForcedStates {
    uint256 private constant OWNER_KEY = 0xB0B;
    address private constant TO = address(0xCAFE);
    address private owner;
    address private loser;
    address private winner;
    address private third;

    /// @dev At the indices 2, 3 and 4.
    function setUp() public override {
        super.setUp();
        owner = vm.addr(OWNER_KEY);
        openAndPledge(11);
        openAndPledge(12);
        loser = openAndPledge(OWNER_KEY);
        winner = openAndPledge(14);
        third = openAndPledge(15);
        deposit(loser, usdc, 1_000e6);
        usdc.mint(address(this), 1_000e6);
        usdc.approve(address(vault), 1_000e6);
    }

    // -- venues and accounts -------------------------------------------------------------------------------------------

    function test_register_saysAllThatTheVenueIs() public {
        VenueParameters memory figures = defaultParameters();
        address[] memory attestors = attestorAddresses();
        AssetConfig[] memory given = defaultAssets();
        (address key, address guardian) = (vm.addr(0xBE1), vm.addr(0xBE2));
        uint256 state = vm.snapshotState();
        registry.register(key, guardian, given, attestors, 2, figures);
        (address itsPool, address itsFund) = (settlement.poolOf(2), registry.fundOf(2));
        AssetConfig[] memory checked = registry.assets(2);
        vm.revertToState(state);
        vm.expectEmit(address(vault));
        emit ISettlementPool.PoolOpened(2, itsPool);
        vm.expectEmit(address(vault));
        emit IVenueRegistry.VenueRegistered(2, key, address(usdc), itsPool, itsFund, 1);
        vm.expectEmit(address(vault));
        emit IVenueStates.QuorumChanged(2, key, guardian, attestors, 2);
        vm.expectEmit(address(vault));
        emit IVenueRegistry.VenuePolicy(2, 1, figures, checked, clock);
        registry.register(key, guardian, given, attestors, 2, figures);
    }

    function test_open_saysWhose_andWhichOne() public {
        address predicted = vault.predict(owner, 7);
        vm.expectEmit(address(vault));
        emit ICollateralVault.AccountOpened(predicted, owner, 7);
        vault.open(owner, 7);
    }

    function test_pledge_saysTheIndexAndTheVersion() public {
        VenueParameters memory figures = defaultParameters();
        AssetConfig[] memory given = defaultAssets();
        vm.prank(venueKey);
        registry.publishPolicy(venue, given, figures);
        PledgeTerms memory terms = termsOf(vault.open(owner, 7), venue);
        terms.debitCap = 123e6;
        bytes32 digest = pledgeDigest(terms);
        (bytes memory own, bytes memory its) = (signAs(OWNER_KEY, digest), signAs(VENUE_KEY, digest));
        vm.expectEmit(address(vault));
        emit ICollateralVault.AccountPledged(terms.account, venue, 5, 2, 123e6);
        vault.pledge(terms, own, its);
    }

    /// @dev Whoever reads the log alone can check every later root against it.
    function test_post_saysTheWholeRoot() public {
        postRoot();
        setNet(loser, -300e6);
        setNet(winner, 300e6);
        settlement.checkpoint(venue);
        nextBlock();
        RootPrices memory prices = livePrices(venue);
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        bytes32 digest = headerDigest(header);
        (bytes memory its, bytes memory attested) = (signAs(VENUE_KEY, digest), attest(digest, 2));
        vm.expectEmit(address(vault));
        emit IAttestationLog.EpochPosted(venue, 2, keccak256(abi.encode(HEADER_TYPEHASH, header)), header, prices);
        attestationLog.post(header, prices, its, attested);
    }

    // -- what an owner sets --------------------------------------------------------------------------------------------

    function test_withdrawalRequest_saysWhatAndWhereTo_andItsEnd() public {
        vm.expectEmit(address(vault));
        emit IOwnerDesk.WithdrawalRequested(loser, address(wbtc), 400, TO);
        vm.prank(owner);
        owners.requestWithdrawal(loser, address(wbtc), 400, TO);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.WithdrawalCancelled(loser, address(wbtc));
        vm.prank(owner);
        owners.cancelWithdrawal(loser, address(wbtc));
    }

    function test_lowerDebitCap_saysFromWhen_andThatItIsApplied() public {
        uint256 from = clock + 3 days;
        vm.expectEmit(address(vault));
        emit IOwnerDesk.DebitCapLowered(loser, 150e6, from, false);
        vm.prank(owner);
        owners.lowerDebitCap(loser, 150e6);
        advance(3 days + 5);
        vm.expectEmit(address(vault));
        emit IOwnerDesk.DebitCapLowered(loser, 150e6, from, true);
        owners.applyDebitCap(loser);
    }

    // -- settlement ----------------------------------------------------------------------------------------------------

    function test_checkpoint_saysTheBook_andSaysItAgainWhenItChanges() public {
        settlement.contribute(venue, 50e6);
        vm.expectEmit(address(vault));
        emit ISettlementPool.Checkpointed(venue, uint64(height), 5, 50e6);
        settlement.checkpoint(venue);
        vm.expectEmit(address(vault));
        emit ISettlementPool.Checkpointed(venue, uint64(height), 5, 70e6);
        vm.expectEmit(address(vault));
        emit ISettlementPool.PoolContributed(venue, address(this), 20e6);
        settlement.contribute(venue, 20e6);
        forceWriteOff(third, 30e6);
        nextBlock();
        vm.expectEmit(address(vault));
        emit ISettlementPool.Checkpointed(venue, uint64(height), 5, 40e6);
        settlement.checkpoint(venue);
    }

    function test_settle_saysWhatMovedOfWhom_andHowFarItWent() public {
        _result();
        (EpochHeader memory header, bytes memory leaves, bytes memory siblings) = rangeOf(venue, 1, 2, 4);
        _expectSettled(loser, -300e6);
        _expectSettled(winner, 180e6);
        _expectSettled(third, 120e6);
        vm.expectEmit(address(vault));
        emit ISettlementPool.Settled(venue, 1, 2, 3);
        settlement.settle(header, 2, leaves, siblings);
    }

    function test_payOwed_saysWhatWasPaid() public {
        _result();
        AccountProof memory proof = proofOf(loser);
        _expectSettled(loser, -210e6);
        vm.prank(owner);
        settlement.payOwed(proof, 210e6);
    }

    function test_claim_saysWhatWasPaid() public {
        forceRelease(winner, 70e6);
        settlement.contribute(venue, 50e6);
        vm.expectEmit(address(vault));
        emit ISettlementPool.ClaimPaid(venue, winner, 50e6);
        settlement.claim(venue, winner);
    }

    function test_push_saysTheRootsFigure_andWhenItWasSeen() public {
        ReserveFeed reserves = _feed(ReserveFeed.Side.RESERVES);
        ReserveFeed liabilities = _feed(ReserveFeed.Side.LIABILITIES);
        settlement.contribute(venue, 50e6);
        postRoot();
        setNet(loser, -300e6);
        setNet(winner, 300e6);
        EpochHeader memory header = postRoot();
        vm.expectEmit(address(reserves));
        emit ReserveFeed.RoundPushed(2, 350e6, uint40(clock - 12));
        reserves.push(header);
        vm.expectEmit(address(liabilities));
        emit ReserveFeed.RoundPushed(2, 300e6, uint40(clock - 12));
        liabilities.push(header);
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _result() private {
        setNet(loser, -300e6);
        setNet(winner, 180e6);
        setNet(third, 120e6);
        postRoot();
        advance(31 minutes);
    }

    function _feed(ReserveFeed.Side side) private returns (ReserveFeed) {
        return ReserveFeed(_create("ReserveFeed", abi.encode(address(vault), venue, side)));
    }

    function _expectSettled(address account, int256 delta) private {
        vm.expectEmit(address(vault));
        emit ICollateralVault.SettledChanged(account, venue, delta, SettledCause.SETTLEMENT);
    }
}
