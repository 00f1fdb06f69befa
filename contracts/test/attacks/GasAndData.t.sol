// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralValuer} from "../../src/interfaces/ICollateralValuer.sol";
import {AssetConfig, PledgeTerms} from "../../src/interfaces/Types.sol";
import {Bombs} from "../support/Bombs.sol";
import {DefaultScenario} from "../support/DefaultScenario.sol";
import {WalletOwner} from "../support/Owners.sol";
import {FlashTaker, TestMarket} from "../support/Takers.sol";
import {TestFeed} from "../support/TestFeed.sol";
import {TestToken} from "../support/Tokens.sol";

/// @notice Calls that are given too little gas, and answers that are given too much. Settlement's are in `SettlementRangeTest`, exits' in
/// `ExitHostileTest`.
contract GasAndDataAttacksTest is DefaultScenario {
    /// @dev Filling a megabyte of memory costs about 2 million; whoever copies it pays as much again.
    uint256 private constant MEGABYTE = 1_000_000;
    uint256 private constant ONE_COPY = 2_700_000;

    // -- too little gas ------------------------------------------------------------------------------------------------

    /// @dev Whatever gas there is for an owner's code: it agrees, or nothing has happened; and code that does not agree never does.
    function test_gasStarved_signatureCheckOfAWallet_pledgesWholeOrNotAtAll() public {
        WalletOwner wallet = new WalletOwner();
        address its = vault.open(address(wallet), 0);
        PledgeTerms memory terms = termsOf(its, venue);
        bytes32 digest = pledgeDigest(terms);
        bytes memory call = abi.encodeCall(vault.pledge, (terms, "", signAs(VENUE_KEY, digest)));
        for (uint256 gas = 20_000; gas < 400_000; gas += 2_503) {
            (bool ok, ) = address(vault).call{gas: gas}(call);
            assertTrue(!ok, "it has not agreed");
        }
        wallet.approve(digest);
        uint256 before = vm.snapshotState();
        bool done;
        for (uint256 gas = 20_000; gas < 400_000; gas += 2_503) {
            (bool ok, ) = address(vault).call{gas: gas}(call);
            assertTrue(ok || !done, "more gas never fails where less did not");
            assertEq(vault.record(its).venue, ok ? venue : 0, "pledged or not");
            assertEq(settlement.book(venue).nextIndex, ok ? 1 : 0, "with an index or without");
            assertEq(vault.pledges(its), ok ? 1 : 0, "its nonce used or not");
            done = ok;
            vm.revertToState(before);
            before = vm.snapshotState();
        }
        assertTrue(done, "with enough it agrees");
    }

    /// @dev Two sources that contradict each other are no price. A first source that ran out of gas would leave the second's alone.
    function test_gasStarved_readOfAFeed_leavesNoPriceToTheOtherSource() public {
        Bombs heavy = new Bombs();
        heavy.price(60_000e8, clock, 300_000);
        uint32 second = _venueOfTwoSources(address(heavy), 30_000e8);
        for (uint256 gas = 20_000; gas < 400_000; gas += 509) {
            (bool ok, bytes memory answer) = address(vault).staticcall{gas: gas}(abi.encodeCall(valuer.price, (second, address(wbtc))));
            assertTrue(!ok, "never the other source's alone");
            if (gas > 380_000) assertEqHash(bytes32(bytes4(answer)), bytes32(ICollateralValuer.SourcesDisagree.selector), "by name");
        }
    }

    /// @dev The same of a source that needs all but what the 63rd part that its failure leaves is judged by.
    function test_gasStarved_readOfAFeedThatNeedsAMillion_leavesNoPriceToTheOtherSource() public {
        Bombs heavy = new Bombs();
        heavy.price(60_000e8, clock, 995_000);
        uint32 second = _venueOfTwoSources(address(heavy), 30_000e8);
        for (uint256 gas = 1_000_000; gas < 1_100_000; gas += 211) {
            (bool ok, bytes memory answer) = address(vault).staticcall{gas: gas}(abi.encodeCall(valuer.price, (second, address(wbtc))));
            assertTrue(!ok, "never the other source's alone");
            if (gas > 1_090_000) assertEqHash(bytes32(bytes4(answer)), bytes32(ICollateralValuer.SourcesDisagree.selector), "by name");
        }
    }

    /// @dev Once no price has been there for long, a run begins at the last floor. Too little gas for the feed is not that.
    function test_gasStarved_resetOfALot_neverTakesTheLastFloorForTheLivePrice() public {
        uint256 lot = _default();
        advance(20 minutes + 1 hours + 1);
        uint256 before = vm.snapshotState();
        bool done;
        for (uint256 gas = 20_000; gas < 300_000; gas += 997) {
            (bool ok, ) = address(vault).call{gas: gas}(abi.encodeCall(auction.reset, (lot)));
            assertTrue(ok || !done, "more gas never fails where less did not");
            if (ok) assertEq(auction.lotOf(lot).price, BTC_PRICE, "from the live price");
            done = ok;
            vm.revertToState(before);
            before = vm.snapshotState();
        }
        assertTrue(done, "with enough it runs again");
    }

    /// @dev A callback without gas for its payment: the take is undone, whoever sent it.
    function test_gasStarved_callbackOfATaker_undoesTheTake() public {
        uint256 lot = _default();
        FlashTaker flash = new FlashTaker(auction, usdc, new TestMarket(usdc, BTC_PRICE * 2));
        uint256 before = vm.snapshotState();
        bool done;
        for (uint256 gas = 50_000; gas < 700_000; gas += 4_999) {
            (bool ok, ) = address(flash).call{gas: gas}(abi.encodeCall(flash.take, (lot, 1e7)));
            assertTrue(ok || !done, "more gas never fails where less did not");
            assertEq(wbtc.balanceOf(debtor), ok ? 1e8 - 1e7 : 1e8, "taken or not");
            assertTrue(usdc.balanceOf(debtor) == 0 || ok, "paid for");
            assertTrue(usdc.balanceOf(debtor) != 0 || !ok, "or not taken");
            assertTrue(!vault.locked(), "the lock is open again");
            done = ok;
            vm.revertToState(before);
            before = vm.snapshotState();
        }
        assertTrue(done, "with enough it is taken");
    }

    // -- too much of an answer -----------------------------------------------------------------------------------------

    function test_returnBomb_ofAnOwnersCode_isNotCopied() public {
        Bombs wallet = new Bombs();
        wallet.arm(MEGABYTE);
        address its = vault.open(address(wallet), 0);
        PledgeTerms memory terms = termsOf(its, venue);
        bytes memory venueSignature = signAs(VENUE_KEY, pledgeDigest(terms));
        vault.pledge{gas: ONE_COPY}(terms, "", venueSignature);
        assertEq(vault.record(its).venue, venue, "its first word was yes, and nobody read on");
    }

    function test_returnBomb_ofAFeed_isNotCopied() public {
        Bombs feed = new Bombs();
        feed.price(60_000e8, clock, 0);
        feed.arm(MEGABYTE);
        uint32 second = _venueOfTwoSources(address(feed), 60_000e8);
        (bool ok, bytes memory answer) = address(vault).staticcall{gas: ONE_COPY}(abi.encodeCall(valuer.price, (second, address(wbtc))));
        assertTrue(ok, "a price");
        assertEq(abi.decode(answer, (uint256)), BTC_PRICE, "its five words are read, and no more");
    }

    function test_returnBomb_ofATransfer_isNotCopied() public {
        Bombs token = new Bombs();
        token.arm(MEGABYTE);
        address its = vault.open(vm.addr(0xF00), 0);
        vm.prank(vm.addr(0xF00));
        vault.withdraw{gas: ONE_COPY}(its, address(token), 1, address(this));
        assertEq(token.transfers(), 1, "the transfer's first word is read, and no more");
    }

    function test_returnBomb_ofATakersCallback_isNotCopied() public {
        uint256 lot = _default();
        Bombs taker = new Bombs();
        taker.arm(MEGABYTE);
        usdc.mint(address(taker), 1e12);
        taker.take{gas: ONE_COPY}(auction, TestToken(address(usdc)), lot, 1e6);
        assertEq(wbtc.balanceOf(address(taker)), 1e6, "taken");
        assertGe(usdc.balanceOf(debtor), 600e6, "and paid for");
    }

    /// @dev A refusal a megabyte long costs the caller of that one withdrawal its gas, and leaves the lock open.
    function test_returnBomb_ofARefusedTransfer_isTheCallersOwn() public {
        Bombs token = new Bombs();
        token.arm(MEGABYTE);
        token.refuse(true);
        address its = vault.open(vm.addr(0xF00), 0);
        deposit(its, usdc, 100);
        vm.prank(vm.addr(0xF00));
        (bool ok, ) = address(vault).call{gas: ONE_COPY}(abi.encodeCall(vault.withdraw, (its, address(token), 1, address(this))));
        assertTrue(!ok, "refused");
        assertTrue(!vault.locked(), "the lock is open");
        vm.prank(vm.addr(0xF00));
        vault.withdraw(its, address(usdc), 100, address(this));
        assertEq(usdc.balanceOf(address(this)), 100, "and everything else leaves as before");
    }

    // -- steps ---------------------------------------------------------------------------------------------------------

    function _default() private returns (uint256 lot) {
        makePair(0, 1e8);
        fillFund(1_000e6, 1_000e6, address(0x3E3BE4));
        bookLoss(20_000e6);
        setMargin(debtor, 60_000e6, 0);
        return defaultDebtor(address(wbtc));
    }

    function _venueOfTwoSources(address first, int256 answer) private returns (uint32) {
        AssetConfig[] memory assets = defaultAssets();
        (assets[1].feed, assets[1].secondFeed) = (first, address(new TestFeed(8, answer, clock)));
        (assets[1].secondMaxAge, assets[1].deviationBps) = (1 hours, 100);
        return registry.register(venueKey, address(0), assets, attestorAddresses(), 2, defaultParameters());
    }
}
