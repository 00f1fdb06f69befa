// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../../src/interfaces/IAttestationLog.sol";
import {IVenueStates} from "../../../src/interfaces/IVenueStates.sol";
import {AccountRecord, EpochHeader, Leaf, Lot, RootPrices, Venue} from "../../../src/interfaces/Types.sol";
import {VaultLens} from "../../../src/lens/VaultLens.sol";
import {Inv} from "./CampaignKinds.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignTree} from "./CampaignTree.sol";
import {CampaignWaysOut} from "./CampaignWaysOut.sol";

/// @notice The design's invariants, each with its sentence beside the code that checks it. What only shows in a transaction is checked
/// where that is sent: `neverPaysForAnother` and `reentrancySafe` at every one (`CampaignWorld._send`), the rest by the actors.
abstract contract CampaignInvariants is CampaignWaysOut {
    mapping(uint32 venue => address[]) internal closedSeries;
    /// @dev A lot's id comes back under the same pledge: a run is known by its beginning too.
    mapping(bytes32 run => uint256) private _lastPrice;

    /// @notice What costs little, after every step.
    function _checkAlways() internal {
        // The venues take turns.
        uint32 v = venues[stepNow % venues.length];
        _checkPoolCovers(v);
        _checkPauseBounded(v);
        _checkLossConserved(v);
        _checkSettledOnce();
        _checkAuctionBounded();
    }

    /// @notice What costs more, now and then and at the end of a run.
    function _checkOften(uint256 seed) internal {
        uint32 v = venues[seed % venues.length];
        _checkRootsAppendOnly(v, seed >> 8);
        _checkSumProven(v, seed >> 16);
        _checkUnpledgedIsFree(v);
        _checkPrice(v, seed >> 24);
        _checkLens(seed >> 32);
    }

    /// @notice solventStaysWhole: nobody is called on a guess. Where there are two sources, the price is the one that they agree on or that
    /// the other has, and there is none while they contradict each other.
    function _checkPrice(uint32 v, uint256 seed) private {
        // A feed that takes all gas leaves the next reader a 63rd of it.
        if (_isGreedy(v)) return;
        uint256 i = seed % ASSETS;
        (bool usable, uint256 price) = _livePrice(v, i);
        try valuer.price{gas: 10_000_000}(v, address(_asset(v, i))) returns (uint128 told) {
            _require(usable && told == price, Inv.SOLVENT_STAYS_WHOLE, "a price that no source gave");
        } catch {
            _require(!usable, Inv.SOLVENT_STAYS_WHOLE, "a good price was refused");
        }
    }

    /// @notice auctionBounded: what keepers read of a lot in one call is what a take executes.
    function _checkLens(uint256 seed) private {
        (, , uint256 total) = auction.liveLots(0, 0);
        if (total == 0) return;
        (VaultLens.LotView[] memory views, uint256 told) = lens.lotViews(seed % total, 1, clock);
        (uint256 price, uint256 available) = auction.quote(views[0].lot, clock);
        bool same = told == total && views[0].quoted && views[0].price == price && views[0].available == available;
        _require(same, Inv.AUCTION_BOUNDED, "the lens quotes otherwise");
    }

    /// @notice settledOnce: moved by X + paid for X by tiers + written off + due = N. What was moved, paid and written off was measured in
    /// tokens and in the venue's book, transaction by transaction; `settled` must say the same, or some of N moves twice or never.
    function _checkSettledOnce() private {
        for (uint256 i; i < players.length; ++i) {
            AccountRecord memory record = _record(players[i]);
            if (record.venue == 0) continue;
            int256 measured = deeds[players[i]].moved - int256(deeds[players[i]].others);
            _require(record.settled == measured, Inv.SETTLED_ONCE, "settled is not what moved");
        }
    }

    /// @notice poolCovers: base = pool + what is held in kind + sum of settled over pledged accounts - open claims, the pool has every
    /// unit that it counts, and (at every post) a root's credits are no more than its debits and the base.
    function _checkPoolCovers(uint32 v) private {
        _require(settlement.base(v) == _baseByHand(v), Inv.POOL_COVERS, "the base is not what makes it up");
        uint256 counted = settlement.book(v).pool;
        _require(_poolHolds(v) >= counted, Inv.POOL_COVERS, "the pool lacks what it counts");
        for (uint256 i = 1; i < ASSETS; ++i) {
            CampaignToken token = _asset(v, i);
            uint256 inKind_ = settlement.inKind(v, address(token)).amount;
            _require(token.balanceOf(places[v].pool) >= inKind_, Inv.POOL_COVERS, "the pool lacks what is in kind");
        }
    }

    /// @notice pauseBounded: a pause ends by itself within a day and is not chained; the venue's clock stands still in it and only in it,
    /// so deadlines shift by it. That posting, cure, dispute, exit and free withdrawals go on in it, the actors check.
    function _checkPauseBounded(uint32 v) private {
        _require(registry.clock(v) == _clockByHand(v), Inv.PAUSE_BOUNDED, "the clock does not follow pauses");
        Venue memory entry = registry.venueOf(v);
        _require(entry.pausedUntil <= clock + 1 days, Inv.PAUSE_BOUNDED, "a pause of more than a day");
        _require((entry.pausedUntil > clock) == _isPaused(v), Inv.PAUSE_BOUNDED, "paused without a guardian");
    }

    /// @notice lossConserved: every unit that a tier had is still there or went where it was counted. That loss = paid by the account +
    /// each tier + shortfall, in the tiers' order and with nothing left unsold, is checked at every resolution and exit.
    function _checkLossConserved(uint32 v) private {
        uint256 counted = places[v].fund.venueTranche() + places[v].fund.memberTranche() + donatedToFund[v];
        address[] storage closed = closedSeries[v];
        for (uint256 i; i < closed.length; ++i) {
            counted += places[v].fund.assetsOf(closed[i]);
        }
        _require(_cash(v).balanceOf(address(places[v].fund)) == counted, Inv.LOSS_CONSERVED, "the fund has not what it counts");
    }

    /// @notice auctionBounded: a price lies within [floor, start], never rises within a run, and resets are bounded. That a take executes
    /// what was quoted, to the unit, is checked at every take; that every auction ends, at every way out.
    function _checkAuctionBounded() private {
        (uint256[] memory ids, Lot[] memory lots, ) = auction.liveLots(0, type(uint256).max);
        for (uint256 i; i < ids.length; ++i) {
            _require(lots[i].position == i + 1, Inv.AUCTION_BOUNDED, "a lot is not where it says");
            _require(lots[i].resets <= 1, Inv.AUCTION_BOUNDED, "more resets than the policy has");
            _checkCurve(ids[i], lots[i]);
        }
    }

    function _checkCurve(uint256 lot, Lot memory sale) private {
        (uint256 price, ) = auction.quote(lot, clock);
        uint256 top = (uint256(sale.price) * 11_000 + 9_999) / 10_000;
        uint256 floor = (uint256(sale.price) * 7_000) / 10_000;
        _require(price <= top && price >= (floor == 0 ? 1 : floor), Inv.AUCTION_BOUNDED, "a price outside [floor, start]");
        (uint256 later, ) = auction.quote(lot, clock + 1 + ((uint256(sale.startTime) + stepNow) % 700));
        _require(later <= price, Inv.AUCTION_BOUNDED, "the curve rises");
        bytes32 run = keccak256(abi.encode(lot, sale.startTime, sale.price, sale.resets));
        uint256 last = _lastPrice[run];
        _require(last == 0 || price <= last, Inv.AUCTION_BOUNDED, "the price rose within a run");
        _lastPrice[run] = price;
    }

    /// @notice rootsAppendOnly: epoch = last + 1, each links its predecessor, and none is ever overwritten. That a gap, a second root for an
    /// epoch, a false predecessor or a false snapshot hash is refused, the forger checks.
    function _checkRootsAppendOnly(uint32 v, uint256 seed) private {
        uint256 n = kept[v].length;
        _require(attestationLog.newest(v) == n, Inv.ROOTS_APPEND_ONLY, "not as many roots as were posted");
        for (uint256 i; i < 4 && n != 0; ++i) {
            uint256 epoch = 1 + ((seed >> (16 * i)) % n);
            (bytes32 structHash, ) = attestationLog.posted(v, uint64(epoch));
            _require(structHash == kept[v][epoch - 1].structHash, Inv.ROOTS_APPEND_ONLY, "a root was overwritten");
        }
    }

    /// @notice unpledgedIsFree: an unpledged account withdraws everything with no oracle, signature, proof or unpaused contract.
    function _checkUnpledgedIsFree(uint32 v) private {
        uint256 id = vm.snapshotState();
        for (uint256 i; i < TOKENS; ++i) {
            feeds[i].set(0);
            seconds_[i].set(0);
        }
        if (_upSince() != 0) sequencer.set(true, clock);
        vm.prank(vm.addr(places[v].guardianKey));
        (bool paused, ) = address(vault).call(abi.encodeCall(IVenueStates.pause, (v)));
        paused;
        bool free = true;
        for (uint256 i; i < players.length; ++i) {
            if (_venueOf(players[i]) == 0) free = free && _takesAll(players[i]);
        }
        vm.revertToStateAndDelete(id);
        _require(free, Inv.UNPLEDGED_IS_FREE, "it could not take its own");
    }

    // -- sums ----------------------------------------------------------------------------------------------------------------

    /// @notice sumProven: a proof that verifies implies leaf <= root in both sums; no overflow, no negative, no index at or past `accounts`.
    /// Here venue and attestors themselves sign trees that hide what is in them; that a true tree's proofs cannot be altered, the forger
    /// checks.
    function _checkSumProven(uint32 v, uint256 seed) private {
        uint256 n = ledger[v].length;
        if (n < 3 || registry.venueOf(v).failed) return;
        uint256 id = vm.snapshotState();
        bool fooled = _isFooled(v, seed);
        vm.revertToStateAndDelete(id);
        vm.warp(clock);
        vm.roll(height);
        _require(!fooled, Inv.SUM_PROVEN, "a false tree proved a leaf");
    }

    /// @dev A root whose right half is forged: with sums that wrap, or that hide some; or whose first leaf has credit and debit.
    function _isFooled(uint32 v, uint256 seed) private returns (bool) {
        settlement.checkpoint(v);
        vm.warp(clock + 12);
        vm.roll(height + 1);
        RootPrices memory prices = _pricesNow(v);
        bytes memory leaves = _packedLedger(v);
        Leaf memory leaf = CampaignTree.unpacked(leaves, 0);
        (leaf.index, leaf.account, leaf.credit) = (0, address(0xBAD), 1_000e6);
        // Enough of a debit for the root to be posted, whatever else is in it.
        leaf.debit = seed % 3 == 0 ? type(uint96).max : 0;
        _overwrite(leaves, CampaignTree.packed(leaf));
        bytes memory levels = CampaignTree.build(leaves);
        uint256 width = 1 << CampaignTree.depthOf(leaves.length / 120);
        if (seed % 3 != 0) _forgeTop(levels, width, seed % 3 == 1);
        EpochHeader memory header = _headerOver(v, leaves, prices, true);
        header.snapshotBlock = uint64(height);
        header.snapshotHash = blockhash(height);
        (bytes32 hash, uint256 sums) = CampaignTree.rootOf(levels);
        (header.root, header.totalCredit, header.totalDebit) = (hash, uint128(sums >> 128), uint128(sums));
        (bool posted, ) = address(vault).call(_postData(v, header, prices));
        if (!posted) return false;
        bytes memory siblings = CampaignTree.path(levels, width, 0);
        (bool proven, ) = address(vault).call(abi.encodeCall(IAttestationLog.verifyInclusion, (header, leaf, siblings)));
        return proven;
    }

    /// @param wraps the right half's credit makes the total overflow 128 bits; else the total leaves the left half's out
    function _forgeTop(bytes memory levels, uint256 width, bool wraps) private pure {
        // The top pair is the two nodes before the root, the last of 2 * width - 1.
        uint256 pair = 0x20 + (2 * width - 4) * 64;
        assembly ("memory-safe") {
            let left := add(levels, pair)
            let right := add(left, 64)
            let leftSums := mload(add(left, 32))
            let rightSums := mload(add(right, 32))
            if wraps {
                rightSums := or(shl(128, sub(shl(128, 1), shr(128, leftSums))), and(rightSums, sub(shl(128, 1), 1)))
                mstore(right, keccak256(right, 64))
                mstore(add(right, 32), rightSums)
                leftSums := and(leftSums, sub(shl(128, 1), 1))
                rightSums := and(rightSums, sub(shl(128, 1), 1))
            }
            let root := add(right, 64)
            mstore(root, keccak256(left, 128))
            if iszero(wraps) {
                leftSums := 0
            }
            mstore(add(root, 32), add(leftSums, rightSums))
        }
    }

    function _overwrite(bytes memory leaves, bytes memory leaf) private pure {
        assembly ("memory-safe") {
            mcopy(add(leaves, 0x20), add(leaf, 0x20), 120)
        }
    }
}
