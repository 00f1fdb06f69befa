// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../src/attest/SumTree.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../src/interfaces/ICollateralVault.sol";
import {IDisputeDesk} from "../src/interfaces/IDisputeDesk.sol";
import {AccountProof, AccountStatus, AssetConfig, Demand, EpochHeader, Flags, Leaf, VenueState} from "../src/interfaces/Types.sol";
import {DisputeScenario} from "./support/DisputeScenario.sol";
import {TestFeed} from "./support/TestFeed.sol";
import {FeeToken} from "./support/Tokens.sol";

/// @notice Demands for an account's proof.
contract DemandTest is DisputeScenario {
    uint256 internal constant FEE = 5e6;
    address internal constant ANSWERER = address(0xA45);

    function setUp() public virtual override {
        super.setUp();
        usdc.mint(address(this), 1_000e6);
        usdc.approve(address(vault), type(uint256).max);
    }

    // -- demand ------------------------------------------------------------------------------------------------------

    function test_demand_takesTheFee_andOneOfTheVenuesPlaces() public {
        disputes.demand(loser);
        Demand memory made = disputes.demandOf(loser);
        assertEqAddress(made.payer, address(this), "who paid");
        assertEq(made.madeAt, clock, "when");
        assertEq(made.answerBy, clock + 2 hours, "until when");
        assertEq(made.blockNumber, height, "the block");
        assertEq(made.fee, FEE, "the fee");
        assertEq(usdc.balanceOf(address(vault)), FEE, "is in the vault");
        assertEq(_open(), 1, "a place is taken");
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.DemandOpen.selector, loser));
        disputes.demand(loser);
    }

    function test_demand_refusals() public {
        address free = vault.open(ownerOf(loser), 9);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotPledged.selector, free));
        disputes.demand(free);
        usdc.approve(address(vault), FEE - 1);
        vm.expectRevert();
        disputes.demand(loser);
        usdc.approve(address(vault), type(uint256).max);
        advance(6 hours + 1);
        states.poke(venue);
        advance(1 days + 1);
        states.fail(venue);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.VenueNotLive.selector, venue));
        disputes.demand(loser);
    }

    function test_demand_withATokenThatKeepsAShare() public {
        FeeToken fee = new FeeToken(6, 100);
        AssetConfig[] memory assets = new AssetConfig[](1);
        assets[0] = assetOf(address(fee), 0, usdcFeed);
        uint32 other = registry.register(venueKey, address(0), assets, attestorAddresses(), 2, defaultParameters());
        address account = openAndPledge(LOSER_KEY, 1, other, VENUE_KEY);
        fee.mint(address(this), FEE);
        fee.approve(address(vault), FEE);
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.TransferNotExact.selector, address(fee), FEE, 4_950_000));
        disputes.demand(account);
    }

    function test_demand_cannotFloodTheVenue() public {
        for (uint96 i = 1; i <= 8; ++i) {
            disputes.demand(openAndPledge(LOSER_KEY, i, venue, VENUE_KEY));
        }
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.TooManyDemands.selector, venue, 8));
        disputes.demand(loser);
        postRoot();
        (Leaf[] memory leaves, bytes[] memory siblings) = _leaves(3, 8);
        disputes.answer(_header(), leaves, siblings);
        assertEq(_open(), 0, "one batch frees all places");
        disputes.demand(loser);
    }

    // -- answer ------------------------------------------------------------------------------------------------------

    function test_answer_publishes_andEarnsTheFees() public {
        disputes.demand(loser);
        disputes.demand(house);
        postLoss(300e6);
        (Leaf[] memory leaves, bytes[] memory siblings) = _leaves(0, 3);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.DemandAnswered(loser, venue, 1, leaves[0], siblings[0]);
        vm.prank(ANSWERER);
        disputes.answer(_header(), leaves, siblings);
        assertEq(rewardsOf(ANSWERER), 2 * FEE, "for the two that were asked for");
        assertEq(_open(), 0, "no demand waits");
        vm.prank(ANSWERER);
        disputes.answer(_header(), leaves, siblings);
        assertEq(rewardsOf(ANSWERER), 2 * FEE, "once");
        vm.prank(ANSWERER);
        closeOut.collectReward(address(usdc), ANSWERER);
        assertEq(usdc.balanceOf(ANSWERER), 2 * FEE, "paid");
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NoDemand.selector, loser));
        disputes.findUnanswered(loser);
    }

    function test_answer_changesNothingElse() public {
        vm.prank(ownerOf(loser));
        owners.switchAddressBook(loser, true);
        disputes.demand(loser);
        uint8 flags = vault.record(loser).flags;
        postRoot();
        _answerLoser();
        assertEq(vault.record(loser).flags, flags & ~Flags.DEMANDED, "the book is still kept");
    }

    function test_answer_inTheSameBlockAsTheSnapshot() public {
        disputes.demand(loser);
        postRoot();
        assertEq(_header().snapshotBlock, disputes.demandOf(loser).blockNumber, "the same block");
        _answerLoser();
        assertEq(_open(), 0, "answered");
    }

    function test_answer_withAnOlderRoot_answersNothing() public {
        postRoot();
        disputes.demand(loser);
        _answerLoser();
        assertEq(_open(), 1, "an old root says nothing about what was asked");
        nextBlock();
        postRoot();
        postRoot();
        (Leaf[] memory leaves, bytes[] memory siblings) = _oneLeaf(2);
        EpochHeader memory header = roots[venue][1].header;
        disputes.answer(header, leaves, siblings);
        assertEq(_open(), 0, "it need not be the newest");
    }

    function test_answer_isNotSpoiltByWhoeverComesFirst() public {
        disputes.demand(loser);
        disputes.demand(winner);
        postRoot();
        _answerLoser();
        // Asked again, of a later block.
        nextBlock();
        disputes.demand(loser);
        (Leaf[] memory leaves, bytes[] memory siblings) = _leaves(0, 3);
        disputes.answer(_header(), leaves, siblings);
        assertEq(_open(), 1, "the batch goes on past the newer demand");
        assertTrue(!disputes.demandOf(winner).unanswered, "and answers the other");
    }

    function test_answer_refusals() public {
        disputes.demand(loser);
        postRoot();
        (Leaf[] memory leaves, bytes[] memory siblings) = _leaves(0, 2);
        EpochHeader memory header = _header();
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.LengthMismatch.selector, 2, 1));
        disputes.answer(header, leaves, new bytes[](1));
        leaves[0].initialMargin += 1;
        vm.expectPartialRevert(SumTree.RootMismatch.selector);
        disputes.answer(header, leaves, siblings);
        leaves[0].initialMargin -= 1;
        header.totalDebit += 1;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        disputes.answer(header, leaves, siblings);
        leaves[0].index = 1;
        disputes.answer(_header(), leaves, siblings);
        assertEq(_open(), 1, "a leaf at another index is nobody's");
    }

    function test_answer_untilTheLastMoment_whereUnansweredBegins() public {
        disputes.demand(loser);
        postRoot();
        uint256 until = disputes.demandOf(loser).answerBy;
        advance(until - clock);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.AnswerTimeNotOver.selector, until));
        disputes.findUnanswered(loser);
        uint256 state = vm.snapshotState();
        _answerLoser();
        assertEq(_open(), 0, "in time");
        vm.revertToState(state);
        advance(1);
        _answerLoser();
        assertEq(_open(), 1, "too late, though nobody has found it yet");
        disputes.findUnanswered(loser);
    }

    // -- findUnanswered ----------------------------------------------------------------------------------------------

    function test_findUnanswered_returnsTheFee_andEntitlesToLeave() public {
        disputes.demand(loser);
        advance(2 hours + 1);
        vm.expectEmit(address(vault));
        emit IDisputeDesk.DemandUnanswered(loser, venue, 1);
        disputes.findUnanswered(loser);
        assertEq(rewardsOf(address(this)), FEE, "the fee returns");
        assertTrue(disputes.demandOf(loser).unanswered, "the account may exit");
        assertEq(_open(), 0, "the place is free");
        assertEq(registry.venueOf(venue).unanswered, 1, "counted");
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.NoDemand.selector, loser));
        disputes.findUnanswered(loser);
    }

    function test_findUnanswered_countsAnAccountOnce() public {
        for (uint256 i; i < 3; ++i) {
            disputes.demand(loser);
            advance(2 hours + 1);
            disputes.findUnanswered(loser);
        }
        assertEq(registry.venueOf(venue).unanswered, 1, "one client fails no venue");
        disputes.demand(loser);
        postRoot();
        _answerLoser();
        assertTrue(disputes.demandOf(loser).unanswered, "a later answer takes no right away");
    }

    function test_findUnanswered_ofDistinctAccounts_failsTheVenue() public {
        disputes.demand(loser);
        disputes.demand(winner);
        disputes.demand(house);
        advance(2 hours + 1);
        // It posts roots and answers nothing.
        postRoot();
        disputes.findUnanswered(loser);
        disputes.findUnanswered(winner);
        vm.expectRevert();
        states.fail(venue);
        disputes.findUnanswered(house);
        states.fail(venue);
        assertEq(uint256(registry.stateOf(venue)), uint256(VenueState.FAILED), "three did not get theirs");
    }

    function test_findUnanswered_isNotHeldUpByAPause() public {
        disputes.demand(loser);
        vm.prank(vm.addr(GUARDIAN_KEY));
        states.pause(venue);
        advance(2 hours + 1);
        disputes.findUnanswered(loser);
    }

    function test_findUnanswered_afterTheVenueFailed_returnsTheFee() public {
        advance(6 hours + 1);
        states.poke(venue);
        disputes.demand(loser);
        advance(1 days + 1);
        states.fail(venue);
        disputes.findUnanswered(loser);
        assertEq(rewardsOf(address(this)), FEE, "nothing is lost with the venue");
    }

    function test_demand_endsWithItsPledge() public {
        bookLoss(100e6);
        disputes.demand(loser);
        defaultLoser();
        fileReport(loser, -100e6);
        advance(31 minutes);
        closeOut.fixLoss(loser);
        closeOut.resolve(loser);
        assertStatus(AccountStatus.UNPLEDGED, "released by other means");
        assertEq(_open(), 0, "its place is free");
        // This contract is the declarer too: 2% of the loss.
        assertEq(rewardsOf(address(this)), FEE + 2e6, "its fee returns");
        assertEq(registry.venueOf(venue).unanswered, 0, "and nobody failed to answer");
        vm.expectRevert(abi.encodeWithSelector(ICollateralVault.NotPledged.selector, loser));
        disputes.findUnanswered(loser);
        pledgeAgain(loser, venue, VENUE_KEY);
        assertEq(disputes.demandOf(loser).madeAt, 0, "the next pledge knows nothing of it");
        disputes.demand(loser);
    }

    function _answerLoser() private {
        (Leaf[] memory leaves, bytes[] memory siblings) = _oneLeaf(roots[venue].length);
        disputes.answer(_header(), leaves, siblings);
    }

    function _open() internal view returns (uint256) {
        return registry.venueOf(venue).openDemands;
    }

    function _header() internal view returns (EpochHeader memory) {
        return roots[venue][roots[venue].length - 1].header;
    }

    function _oneLeaf(uint256 epoch) internal view returns (Leaf[] memory leaves, bytes[] memory siblings) {
        AccountProof memory proof = proofUnder(epoch);
        (leaves, siblings) = (new Leaf[](1), new bytes[](1));
        (leaves[0], siblings[0]) = (proof.leaf, proof.siblings);
    }

    function _leaves(uint32 first, uint256 count) internal view returns (Leaf[] memory leaves, bytes[] memory siblings) {
        (leaves, siblings) = (new Leaf[](count), new bytes[](count));
        for (uint32 i; i < count; ++i) {
            AccountProof memory proof = proofAt(venue, roots[venue].length, first + i);
            (leaves[i], siblings[i]) = (proof.leaf, proof.siblings);
        }
    }
}

/// @notice On a chain with a sequencer.
contract DemandOnARollupTest is DisputeScenario {
    TestFeed private _sequencer;

    function setUp() public override {
        _sequencer = new TestFeed(0, 0, 1_799_000_000);
        sequencerFeed = address(_sequencer);
        super.setUp();
        bondFor(address(this));
    }

    function test_outage_givesTheVenueItsWholeTimeAgain() public {
        disputes.demand(loser);
        uint256 made = clock;
        advance(1 hours);
        _sequencer.set(1, clock);
        advance(3 hours);
        vm.expectPartialRevert(ICollateralVault.SequencerDown.selector);
        disputes.findUnanswered(loser);
        _sequencer.set(0, clock);
        uint256 until = clock + 2 hours;
        assertTrue(until > made + 2 hours, "longer than before");
        advance(2 hours);
        vm.expectRevert(abi.encodeWithSelector(IDisputeDesk.AnswerTimeNotOver.selector, until));
        disputes.findUnanswered(loser);
        advance(1);
        disputes.findUnanswered(loser);
    }
}
