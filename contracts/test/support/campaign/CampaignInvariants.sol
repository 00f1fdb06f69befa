// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../../../src/interfaces/ICollateralVault.sol";
import {IVenueStates} from "../../../src/interfaces/IVenueStates.sol";
import {AccountProof, AccountRecord, EpochHeader, Leaf, Lot, RootPrices, Venue} from "../../../src/interfaces/Types.sol";
import {CampaignBook} from "./CampaignBook.sol";
import {Inv} from "./CampaignNames.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignTree} from "./CampaignTree.sol";

/// @notice The design's invariants, each with its sentence beside the code that checks it. What only shows in a transaction is checked
/// where that is sent: `neverPaysForAnother` and `reentrancySafe` at every one (`CampaignWorld._send`), the rest by the actors.
abstract contract CampaignInvariants is CampaignBook {
    /// @dev How often an asset is given in kind at most: each time a hundredth of what was owed before is left.
    uint256 private constant PAYMENTS = 8;

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
            _checkPrice(ids[i], lots[i]);
        }
    }

    function _checkPrice(uint256 lot, Lot memory sale) private {
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
        }
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

    /// @dev Whether the owner can take to itself whatever the tokens themselves do not refuse.
    function _takesAll(address account) private returns (bool all) {
        all = true;
        address owner = ownerAt[account];
        for (uint256 i; i < TOKENS; ++i) {
            uint256 held = tokens[i].balanceOf(account);
            if (held == 0 || !tokens[i].serves(account, owner)) continue;
            vm.prank(owner);
            (bool ok, ) = address(vault).call(abi.encodeCall(ICollateralVault.withdraw, (account, address(tokens[i]), held, owner)));
            all = all && ok && tokens[i].balanceOf(account) == 0;
        }
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

    // -- the way out ---------------------------------------------------------------------------------------------------------

    /// @notice exitAlwaysOpen: whatever venue, attestors, guardian, oracle and settlement token do or stop doing, after bounded time an
    /// owner gets out with an RPC and a wallet, paying at most its newest proven `owed`.
    /// reportsLockNeverTake: no requirement in a root, however large, moves a token out of an account; IM and MM hold an account no longer
    /// than `releaseLimit`. So the venue's last root demands the greatest margin of everybody, and then nothing works any more.
    function _checkWaysOut() internal {
        for (uint256 i; i < players.length; ++i) {
            if (_venueOf(players[i]) == 0 || broken != Inv.NONE) continue;
            uint256 id = vm.snapshotState();
            (uint256 time, uint256 block_) = (clock, height);
            _demandEverything(players[i]);
            if (broken == Inv.NONE) _escape(players[i]);
            (Inv inv, bytes32 what) = (broken, brokenBy);
            vm.revertToStateAndDelete(id);
            (clock, height) = (time, block_);
            vm.warp(clock);
            vm.roll(height);
            _require(inv == Inv.NONE, inv, what);
        }
    }

    function _demandEverything(address account) private {
        AccountRecord memory record = _record(account);
        Leaf[] storage leaves = ledger[record.venue];
        if (record.index < leaves.length) {
            (leaves[record.index].initialMargin, leaves[record.index].maintenanceMargin) = (type(uint96).max, type(uint96).max);
        }
        _post(record.venue, true);
        for (uint256 i; i < TOKENS; ++i) {
            feeds[i].stop(1);
        }
        vm.prank(vm.addr(places[record.venue].guardianKey));
        (bool paused, ) = address(vault).call(abi.encodeCall(IVenueStates.pause, (record.venue)));
        paused;
        _cash(record.venue).behave(CampaignToken.Manner.REFUSE);
    }

    function _escape(address account) private {
        uint32 v = _venueOf(account);
        uint256 began = clock;
        uint256[] memory held = _heldBy(account, v);
        _leaveBegins(account, v);
        if (broken != Inv.NONE) return;
        _require(_unchanged(account, v, held), Inv.REPORTS_LOCK_NEVER_TAKE, "a requirement took something");
        uint256 until = exits.exitOf(account).challengeUntil;
        if (until >= clock) _pass(until + 1 - clock);
        if (_isDisputing(account)) {
            _pass(2 days);
            _ask(STRANGER, abi.encodeCall(disputes.lapseDispute, (account)), "a dispute did not lapse");
        }
        uint256 owed = exits.exitOwed(account);
        uint128[] memory prices = kept[v].length == 0 ? new uint128[](ASSETS) : _priceProof(account, v).prices.collateral;
        if (owed != 0) _payWithWhatWorks(account, v);
        _ask(STRANGER, abi.encodeCall(exits.finishExit, (account)), "an exit did not end");
        _require(clock - began <= 13 days, Inv.EXIT_ALWAYS_OPEN, "an exit took too long");
        _require(_venueOf(account) == 0, Inv.EXIT_ALWAYS_OPEN, "not out after its exit");
        _require(_paid(account, v, held, prices) <= owed, Inv.EXIT_ALWAYS_OPEN, "paid more than it owed");
        _require(_takesAll(account), Inv.UNPLEDGED_IS_FREE, "out, but not with its own");
    }

    function _leaveBegins(address account, uint32 v) private {
        AccountRecord memory record = _record(account);
        if (exits.exitOf(account).challengeUntil != 0) return;
        address owner = ownerAt[account];
        if (exits.mayExit(account) == 0) {
            if (!_isReleasing(record)) _ask(owner, abi.encodeCall(exits.requestRelease, (account)), "a release was refused");
            _pass(uint256(registry.parametersOf(account).releaseLimit) + 1);
            _require(exits.mayExit(account) != 0, Inv.REPORTS_LOCK_NEVER_TAKE, "held longer than releaseLimit");
        }
        _pass(1 hours + 1);
        uint256 epoch = _lastBeforeFreeze(account, v);
        if (!_inRoot(v, epoch, record.index)) {
            return _ask(owner, abi.encodeCall(exits.startExit, (account)), "an exit did not begin");
        }
        AccountProof memory proof = _proof(v, epoch, record.index);
        vm.prank(owner);
        (bool ok, ) = address(vault).call(abi.encodeCall(exits.startExitWithProof, (proof)));
        Inv inv = proof.leaf.initialMargin == 0 ? Inv.EXIT_ALWAYS_OPEN : Inv.REPORTS_LOCK_NEVER_TAKE;
        _require(ok, inv, "an exit did not begin");
    }

    /// @notice The last root that still says what an account's N is when it leaves.
    function _lastBeforeFreeze(address account, uint32 v) internal view returns (uint256 epoch) {
        uint256 freezeAt = exits.exitOf(account).freezeAt;
        Venue memory entry = registry.venueOf(v);
        if (freezeAt == 0 || freezeAt >= clock) freezeAt = entry.failed ? entry.failedAt : clock;
        for (epoch = kept[v].length; epoch != 0 && kept[v][epoch - 1].snapshotTime > freezeAt; --epoch) {}
    }

    /// @dev The settlement asset refuses everybody: after seven days the others pay, at the prices of the exit's root.
    function _payWithWhatWorks(address account, uint32 v) private {
        _pass(7 days + 1);
        for (uint256 i; i < ASSETS; ++i) {
            bytes memory data = abi.encodeCall(exits.payExitInKind, (_priceProof(account, v), address(_asset(v, i))));
            // What a token keeps of a transfer is still owed, and takes another one.
            for (uint256 j; j < PAYMENTS && exits.exitOwed(account) != 0 && _asset(v, i).balanceOf(account) != 0; ++j) {
                _ask(ownerAt[account], data, "it could not pay in kind");
            }
        }
    }

    /// @dev Of the proof only prices and account are read.
    function _priceProof(address account, uint32 v) internal view returns (AccountProof memory proof) {
        uint256 epoch = exits.exitOf(account).epoch;
        if (epoch == 0 || epoch > kept[v].length) epoch = kept[v].length;
        (proof.header, proof.prices) = _header(v, epoch);
        proof.leaf.account = account;
    }

    function _ask(address sender, bytes memory data, bytes32 what) private {
        vm.prank(sender);
        (bool ok, ) = address(vault).call(data);
        _require(ok, Inv.EXIT_ALWAYS_OPEN, what);
    }

    function _heldBy(address account, uint32 v) private view returns (uint256[] memory held) {
        held = new uint256[](ASSETS);
        for (uint256 i; i < ASSETS; ++i) {
            held[i] = _asset(v, i).balanceOf(account);
        }
    }

    function _unchanged(address account, uint32 v, uint256[] memory held) private view returns (bool same) {
        same = true;
        for (uint256 i; i < ASSETS; ++i) {
            same = same && _asset(v, i).balanceOf(account) == held[i];
        }
    }

    /// @dev What it gave, at the prices of its exit's root. Each payment is rounded up, to a unit of the asset and to one that it is worth.
    function _paid(address account, uint32 v, uint256[] memory held, uint128[] memory prices) private view returns (uint256 value) {
        for (uint256 i; i < ASSETS; ++i) {
            uint256 given = held[i] - _asset(v, i).balanceOf(account);
            if (given == 0) continue;
            uint256 payments = 1;
            // What a token keeps of a transfer is nobody's, and what arrives is what counts.
            if (_asset(v, i).manner() == CampaignToken.Manner.CHARGE) {
                payments = PAYMENTS;
                given -= _least(given, given / 100 + payments);
            }
            value += ((given - _least(given, payments)) * prices[i]) / WORD;
            if (payments != 1) value -= _least(value, payments);
        }
    }
}
