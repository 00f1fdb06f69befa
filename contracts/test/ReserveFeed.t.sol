// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReserveFeed} from "../src/attest/ReserveFeed.sol";
import {IAttestationLog} from "../src/interfaces/IAttestationLog.sol";
import {EpochHeader} from "../src/interfaces/Types.sol";
import {DefaultScenario} from "./support/DefaultScenario.sol";

/// @notice What a reader of feeds learns of a venue's roots.
contract ReserveFeedTest is DefaultScenario {
    ReserveFeed private reserves;
    ReserveFeed private liabilities;

    function setUp() public override {
        super.setUp();
        makePair(1_000e6, 0);
        reserves = ReserveFeed(_create("ReserveFeed", abi.encode(address(vault), venue, ReserveFeed.Side.RESERVES)));
        liabilities = ReserveFeed(_create("ReserveFeed", abi.encode(address(vault), venue, ReserveFeed.Side.LIABILITIES)));
    }

    function test_push_aRoundIsAnEpoch_asOldAsItsSnapshot() public {
        bookLoss(700e6);
        settlement.checkpoint(venue);
        uint256 seenAt = clock;
        uint64 seenBlock = uint64(height);
        advance(5 minutes);
        EpochHeader memory header = headerOf(venue, seenBlock, livePrices(venue), false);
        submit(header, livePrices(venue), VENUE_KEY);
        _push(header);
        _assertRound(reserves, 1, 700e6, seenAt);
        _assertRound(liabilities, 1, 700e6, seenAt);
        assertEq(reserves.decimals(), 6, "of the settlement asset");
        assertEq(reserves.version(), 1, "the first of its kind");
        assertEq(bytes(reserves.description()), "Ringfence venue 1 reserves", "says what it is");
        assertEq(bytes(liabilities.description()), "Ringfence venue 1 liabilities", "and which side");
    }

    function test_push_countsTheBaseAmongTheReserves() public {
        usdc.mint(address(this), 50e6);
        usdc.approve(address(vault), 50e6);
        settlement.contribute(venue, 50e6);
        bookLoss(700e6);
        _push(postRoot());
        _assertRound(reserves, 1, 750e6, clock - 12);
        _assertRound(liabilities, 1, 700e6, clock - 12);
    }

    function test_latestRoundData_fallsWithAShortfall_atOnce() public {
        setMargin(debtor, 2_000e6, 1_500e6);
        bookLoss(1_500e6);
        defaultDebtor(address(0));
        _push(roots[venue][1].header);
        (, int256 before, , , ) = reserves.latestRoundData();
        fixDebtor(-1_500e6);
        closeOut.resolve(debtor);
        uint256 shortfall = settlement.book(venue).shortfalls;
        assertTrue(shortfall != 0, "some of the loss is nobody's");
        (, int256 answer, , , ) = reserves.latestRoundData();
        assertEqInt(answer, before - int256(shortfall), "the reserves of the old root are less by it");
        (, answer, , , ) = liabilities.latestRoundData();
        assertEqInt(answer, 1_500e6, "and no longer cover what it says is owing");
    }

    function test_push_outOfOrder_keepsTheNewestLatest() public {
        postRoot();
        bookLoss(100e6);
        postRoot();
        _push(roots[venue][1].header);
        _push(roots[venue][0].header);
        (uint80 round, int256 answer, , , uint80 answeredIn) = liabilities.latestRoundData();
        assertEq(round, 2, "the newest");
        assertEq(answeredIn, 2, "answered in itself");
        assertEqInt(answer, 100e6, "its own credits");
        (, answer, , , ) = liabilities.getRoundData(1);
        assertEqInt(answer, 0, "the older one is kept");
    }

    function test_push_refusesWhatTheLogDoesNotHave() public {
        EpochHeader memory header = postRoot();
        header.totalCredit += 1;
        vm.expectRevert(abi.encodeWithSelector(IAttestationLog.NotPosted.selector, venue, 1));
        reserves.push(header);
        header.totalCredit -= 1;
        header.venue = venue + 1;
        vm.expectRevert(abi.encodeWithSelector(ReserveFeed.NotThisVenue.selector, venue + 1));
        reserves.push(header);
        header.venue = venue;
        reserves.push(header);
        vm.expectRevert(abi.encodeWithSelector(ReserveFeed.PushedAlready.selector, 1));
        reserves.push(header);
    }

    function test_getRoundData_ofNoRound() public {
        vm.expectRevert(abi.encodeWithSelector(ReserveFeed.NoRound.selector, 0));
        reserves.latestRoundData();
        _push(postRoot());
        uint80 aliased = uint80(1) | (uint80(1) << 64);
        vm.expectRevert(abi.encodeWithSelector(ReserveFeed.NoRound.selector, aliased));
        reserves.getRoundData(aliased);
    }

    function test_aFeed_isMadeWhateverTheTokenDoes_withTheDecimalsThatTheVaultCountsWith() public {
        bytes[3] memory codes = [bytes(""), hex"5f5ffd", hex"60125f5260205ff3"];
        for (uint256 i; i < codes.length; ++i) {
            vm.etch(address(usdc), codes[i]);
            ReserveFeed feed = ReserveFeed(_create("ReserveFeed", abi.encode(address(vault), venue, ReserveFeed.Side.RESERVES)));
            assertEq(feed.decimals(), 6, "not those that it gives now");
        }
    }

    function test_aRound_isPushedAndReadWhateverTheTokenDoes() public {
        bookLoss(700e6);
        EpochHeader memory header = postRoot();
        uint256 seenAt = clock - 12;
        vm.etch(address(usdc), hex"fe");
        _push(header);
        _assertRound(reserves, 1, 700e6, seenAt);
        _assertRound(liabilities, 1, 700e6, seenAt);
    }

    function test_aFeed_ofNoVenue_isNotMade() public {
        bytes memory code = vm.getCode("ReserveFeed.sol:ReserveFeed");
        uint32[3] memory none = [uint32(0), 99, type(uint32).max];
        for (uint256 i; i < none.length; ++i) {
            bytes memory making = bytes.concat(code, abi.encode(address(vault), none[i], ReserveFeed.Side.RESERVES));
            address made;
            assembly ("memory-safe") {
                made := create(0, add(making, 0x20), mload(making))
            }
            assertEqAddress(made, address(0), "there is nothing to show");
        }
    }

    function _push(EpochHeader memory header) private {
        reserves.push(header);
        liabilities.push(header);
    }

    function _assertRound(ReserveFeed feed, uint256 epoch, int256 expected, uint256 seenAt) private view {
        (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = feed.latestRoundData();
        assertEq(round, epoch, "the epoch is the round");
        assertEq(answeredIn, epoch, "and the round that answered");
        assertEqInt(answer, expected, "the amount");
        assertEq(startedAt, seenAt, "from the snapshot");
        assertEq(updatedAt, seenAt, "as old as the snapshot, however late it was posted");
    }
}
