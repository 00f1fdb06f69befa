// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../src/attest/SumTree.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {AccountProof, Checkpoint, EpochFacts, EpochHeader, RootPrices} from "../src/interfaces/Types.sol";
import {ForcedStates} from "./support/ForcedStates.sol";
import {SumTreeBuilder} from "./support/SumTreeBuilder.sol";

/// @notice `rootsAppendOnly` and `poolCovers`: what a header must be before it is kept.
contract AttestationLogTest is ForcedStates {
    address private alice;
    address private bob;
    RootPrices private prices;

    function setUp() public override {
        super.setUp();
        alice = openAndPledge(1);
        bob = openAndPledge(2);
        prices = livePrices(venue);
    }

    function test_post_keepsTheFactsAndLinksTheEpochs() public {
        settlement.checkpoint(venue);
        uint256 seenAt = clock;
        uint64 seenBlock = uint64(height);
        advance(5 minutes);
        EpochHeader memory first = headerOf(venue, seenBlock, prices, false);
        submit(first, prices, VENUE_KEY);
        (bytes32 structHash, EpochFacts memory facts) = attestationLog.posted(venue, 1);
        assertEqHash(structHash, keccak256(abi.encode(HEADER_TYPEHASH, first)), "kept by its EIP-712 struct hash");
        assertEq(facts.postedAt, clock, "when it was posted");
        assertEq(facts.snapshotTime, seenAt, "when its snapshot was");
        assertEq(facts.snapshotBlock, seenBlock, "which block that was");
        EpochHeader memory second = postRoot();
        assertEq(attestationLog.newest(venue), 2, "one more");
        assertEqHash(second.previous, structHash, "it names the one before");
        attestationLog.requirePosted(first);
    }

    function test_digestOf_isEip712() public {
        EpochHeader memory header = _next();
        assertEqHash(attestationLog.digestOf(attestationLog.structHashOf(header)), headerDigest(header), "the digest that wallets sign");
    }

    // -- order and snapshot ------------------------------------------------------------------------------------------

    function test_post_outOfOrder() public {
        EpochHeader memory header = _next();
        header.epoch = 2;
        _refuse(header, abi.encodeWithSelector(IAttestationLog.EpochNotNext.selector, 1, 2));
        header.epoch = 0;
        _refuse(header, abi.encodeWithSelector(IAttestationLog.EpochNotNext.selector, 1, 0));
    }

    function test_post_overAnEpoch() public {
        EpochHeader memory first = postRoot();
        _refuse(first, abi.encodeWithSelector(IAttestationLog.EpochNotNext.selector, 2, 1));
        EpochHeader memory other = _next();
        other.epoch = 1;
        other.previous = 0;
        _refuse(other, abi.encodeWithSelector(IAttestationLog.EpochNotNext.selector, 2, 1));
    }

    function test_post_withoutItsPredecessor() public {
        EpochHeader memory header = _next();
        header.previous = bytes32(uint256(1));
        _refuse(header, abi.encodeWithSelector(IAttestationLog.PreviousMismatch.selector, bytes32(0), bytes32(uint256(1))));
        postRoot();
        header = _next();
        bytes32 previous = header.previous;
        header.previous = 0;
        _refuse(header, abi.encodeWithSelector(IAttestationLog.PreviousMismatch.selector, previous, bytes32(0)));
    }

    function test_post_onASnapshotThatIsNotNewer() public {
        EpochHeader memory first = postRoot();
        EpochHeader memory again = headerOf(venue, first.snapshotBlock, prices, false);
        _refuse(again, abi.encodeWithSelector(IAttestationLog.SnapshotNotNewer.selector, first.snapshotBlock, first.snapshotBlock));
    }

    function test_post_onABlockWithoutAHash() public {
        EpochHeader memory header = _next();
        header.snapshotBlock = uint64(height);
        _refuse(header, abi.encodeWithSelector(IAttestationLog.SnapshotHashUnavailable.selector, height));
        header.snapshotBlock = uint64(height + 5);
        _refuse(header, abi.encodeWithSelector(IAttestationLog.SnapshotHashUnavailable.selector, height + 5));
        header.snapshotBlock = 1;
        _refuse(header, abi.encodeWithSelector(IAttestationLog.SnapshotHashUnavailable.selector, 1));
    }

    function test_post_onAForkedBlock() public {
        EpochHeader memory header = _next();
        bytes32 right = header.snapshotHash;
        header.snapshotHash = keccak256("a block of another branch");
        _refuse(header, abi.encodeWithSelector(IAttestationLog.SnapshotHashMismatch.selector, right, header.snapshotHash));
    }

    function test_post_withOtherPrices() public {
        EpochHeader memory header = _next();
        bytes32 right = header.pricesHash;
        header.pricesHash = keccak256("other");
        _refuse(header, abi.encodeWithSelector(IAttestationLog.PricesMismatch.selector, right, header.pricesHash));
    }

    function test_post_onABlockWithoutACheckpoint() public {
        nextBlock();
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, false);
        _refuse(header, abi.encodeWithSelector(IAttestationLog.NoCheckpoint.selector, venue, header.snapshotBlock));
    }

    function test_post_forAnUnknownVenue() public {
        EpochHeader memory header = _next();
        header.venue = 9;
        _refuse(header, abi.encodeWithSelector(IAttestationLog.NoCheckpoint.selector, 9, header.snapshotBlock));
    }

    function test_post_withAnotherNumberOfAccounts() public {
        EpochHeader memory header = _next();
        header.accounts = 3;
        _refuse(header, abi.encodeWithSelector(IAttestationLog.AccountsMismatch.selector, 2, 3));
        header.accounts = 1;
        _refuse(header, abi.encodeWithSelector(IAttestationLog.AccountsMismatch.selector, 2, 1));
    }

    // -- checkpoints -------------------------------------------------------------------------------------------------

    function test_checkpoint_isTheEndOfItsBlock() public {
        settlement.checkpoint(venue);
        uint64 here = uint64(height);
        openAndPledge(3);
        _contribute(70);
        Checkpoint memory seen = settlement.checkpointAt(venue, here);
        assertEq(seen.nextIndex, 3, "a pledge later in the block is in it");
        assertEqInt(seen.gross, 70, "and a contribution");
        nextBlock();
        openAndPledge(4);
        _contribute(70);
        seen = settlement.checkpointAt(venue, here);
        assertEq(seen.nextIndex, 3, "a later block's pledge is not");
        assertEqInt(seen.gross, 70, "nor its contribution");
        assertEq(settlement.checkpointAt(venue, uint64(height)).time, 0, "no checkpoint unless somebody asks");
    }

    function test_checkpoint_ofAnUnknownVenue() public {
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueNotLive.selector, 9));
        settlement.checkpoint(9);
    }

    // -- poolCovers --------------------------------------------------------------------------------------------------

    function test_post_whenCreditsExceedDebits() public {
        setNet(alice, 101);
        setNet(bob, -100);
        _refuse(_next(), abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, 101, 100));
        setNet(bob, -101);
        postRoot();
    }

    function test_post_whenAContributionCovers() public {
        setNet(alice, 101);
        setNet(bob, -100);
        _contribute(1);
        EpochHeader memory header = postRoot();
        assertEq(header.totalCredit, 101, "covered to the unit");
        setNet(alice, 102);
        _refuse(_next(), abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, 102, 101));
    }

    function test_post_whenTheContributionCameAfterTheSnapshot() public {
        setNet(alice, 1);
        EpochHeader memory header = _next();
        _contribute(1);
        _refuse(header, abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, 1, 0));
    }

    function test_post_afterAShortfallSinceTheSnapshot() public {
        _contribute(50);
        setNet(alice, 150);
        setNet(bob, -100);
        EpochHeader memory header = _next();
        forceWriteOff(bob, 30);
        _refuse(header, abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, 150, 120));
        setNet(alice, 120);
        EpochHeader memory cut = headerOf(venue, header.snapshotBlock, prices, false);
        submit(cut, prices, VENUE_KEY);
        assertEqInt(settlement.base(venue), 20, "base fell by exactly the shortfall");
    }

    function test_post_whenSettlementMovedMoneyIntoThePool() public {
        // Money that settlement moved to the pool is no cover of its own: `settled` fell by what the pool gained.
        deposit(bob, usdc, 100);
        setNet(alice, 100);
        setNet(bob, -100);
        postRoot();
        advance(31 minutes);
        settle(1, bob);
        assertEqInt(settlement.base(venue), 0, "base is unchanged");
        setNet(alice, 101);
        _refuse(_next(), abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, 101, 100));
    }

    function test_post_whenADonationReachesThePool() public {
        usdc.mint(pool, 1_000);
        setNet(alice, 1);
        _refuse(_next(), abi.encodeWithSelector(IAttestationLog.CreditsUncovered.selector, 1, 0));
    }

    // -- what readers are told ---------------------------------------------------------------------------------------

    function test_requirePosted_whatWasNot() public {
        EpochHeader memory header = _next();
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        attestationLog.requirePosted(header);
        submit(header, prices, VENUE_KEY);
        header.totalCredit += 1;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        attestationLog.requirePosted(header);
        EpochHeader memory nothing;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, 0, 0));
        attestationLog.requirePosted(nothing);
    }

    function test_requireFresh_onlyTheNewest() public {
        EpochHeader memory first = postRoot();
        attestationLog.requireFresh(first);
        postRoot();
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotNewest.selector, 2, 1));
        attestationLog.requireFresh(first);
    }

    function test_requireFresh_upToOneHeartbeatAfterTheSnapshot() public {
        EpochHeader memory header = postRoot();
        uint256 seenAt = clock - 12;
        vm.warp(seenAt + 1 hours);
        attestationLog.requireFresh(header);
        vm.warp(seenAt + 1 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotFresh.selector, 1 hours + 1, 1 hours));
        attestationLog.requireFresh(header);
    }

    function test_requireFresh_whenPostedLate() public {
        settlement.checkpoint(venue);
        uint64 seen = uint64(height);
        clock += 2 hours;
        height += 20;
        vm.warp(clock);
        vm.roll(height);
        EpochHeader memory header = headerOf(venue, seen, prices, false);
        submit(header, prices, VENUE_KEY);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotFresh.selector, 2 hours, 1 hours));
        attestationLog.requireFresh(header);
    }

    function test_verifyInclusion_whenOnlyTheCreditIsChanged() public {
        setNet(alice, 100);
        setNet(bob, -100);
        postRoot();
        AccountProof memory proof = proofOf(alice);
        attestationLog.verifyInclusion(proof.header, proof.leaf, proof.siblings);
        proof.leaf.credit = 101;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        attestationLog.verifyInclusion(proof.header, proof.leaf, proof.siblings);
        proof.header.root = keccak256("a root of my own");
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        attestationLog.verifyInclusion(proof.header, proof.leaf, proof.siblings);
    }

    function _next() private returns (EpochHeader memory) {
        settlement.checkpoint(venue);
        nextBlock();
        return headerOf(venue, uint64(height - 1), prices, false);
    }

    function _contribute(uint256 amount) private {
        usdc.mint(address(this), amount);
        usdc.approve(address(vault), amount);
        settlement.contribute(venue, amount);
    }

    /// @dev Signed by everybody who should: the refusal is the log's own.
    function _refuse(EpochHeader memory header, bytes memory reason) private {
        bytes32 digest = headerDigest(header);
        (bytes memory its, bytes memory theirs) = (signAs(VENUE_KEY, digest), attest(digest, 2));
        RootPrices memory given = prices;
        vm.expectRevert(reason);
        attestationLog.post(header, given, its, theirs);
    }

    /// @dev Three accounts: the place after the last is the fourth, whose one neighbour is the third.
    function test_verifyBoundary_ofAPostedRootOnly() public {
        for (uint256 key = 0xB0; ledger[venue].length < 3; ++key) {
            openAndPledge(key);
        }
        EpochHeader memory header = postRoot();
        bytes memory path = SumTreeBuilder.siblings(SumTreeBuilder.build(ledger[venue]), 3);
        attestationLog.verifyBoundary(header, path);
        bytes memory other = SumTreeBuilder.siblings(SumTreeBuilder.build(ledger[venue]), 2);
        vm.expectRevert();
        attestationLog.verifyBoundary(header, other);
        header.accounts = 2;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        attestationLog.verifyBoundary(header, path);
    }
}
