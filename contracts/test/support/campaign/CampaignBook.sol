// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../../src/interfaces/IAttestationLog.sol";
import {AccountProof, AccountRecord, DefaultCase, Dispute, EpochHeader, Flags, Leaf, RootPrices} from "../../../src/interfaces/Types.sol";
import {Act, Inv} from "./CampaignKinds.sol";
import {CampaignPrices} from "./CampaignPrices.sol";
import {CampaignTree} from "./CampaignTree.sol";

/// @notice The venues' books: results, roots, proofs, and what the campaign knows by hand of values, needs and dues.
abstract contract CampaignBook is CampaignPrices {
    /// @notice A posted root; header, prices and leaves are the code of contracts.
    struct Kept {
        address header;
        address leaves;
        uint64 snapshotBlock;
        uint40 snapshotTime;
        uint40 postedAt;
        bool settles;
        bytes32 structHash;
    }

    mapping(uint32 venue => Kept[]) internal kept;

    // -- posting -------------------------------------------------------------------------------------------------------------

    /// @notice Posts the venue's book as the next root, at live prices as far as there are any.
    function _post(uint32 v, bool settles) internal returns (bool ok) {
        if (places[v].dying || registry.venueOf(v).failed) return false;
        _balanceBook(v);
        _writeNets(v);
        settlement.checkpoint(v);
        _pass(12);
        RootPrices memory prices = _pricesNow(v);
        bytes memory leaves = _packedLedger(v);
        EpochHeader memory header = _headerOver(v, leaves, prices, settles);
        bytes memory data = _postData(v, header, prices);
        ok = _try(Act.POST, address(this), data);
        _require(ok, _isPaused(v) ? Inv.PAUSE_BOUNDED : Inv.POOL_COVERS, "a true root was refused");
        if (!ok) return false;
        _keep(v, header, prices, leaves);
        bool covered = int256(uint256(header.totalCredit)) <= int256(uint256(header.totalDebit)) + _baseByHand(v);
        _require(covered, Inv.POOL_COVERS, "a root's credits are uncovered");
        _require(attestationLog.newest(v) == kept[v].length, Inv.ROOTS_APPEND_ONLY, "not the next epoch");
        _remember(address(this), data);
    }

    function _postData(uint32 v, EpochHeader memory header, RootPrices memory prices) internal view returns (bytes memory) {
        bytes32 digest = headerDigest(header);
        return abi.encodeCall(IAttestationLog.post, (header, prices, _venueSigns(v, digest), _attested(v, digest, 2)));
    }

    function _headerOver(
        uint32 v,
        bytes memory leaves,
        RootPrices memory prices,
        bool settles
    ) internal view returns (EpochHeader memory header) {
        (bytes32 hash, uint256 sums) = CampaignTree.rootOf(CampaignTree.build(leaves));
        uint256 last = kept[v].length;
        header.venue = v;
        header.epoch = uint64(last + 1);
        header.snapshotBlock = uint64(height - 1);
        header.snapshotHash = blockhash(height - 1);
        header.previous = last == 0 ? bytes32(0) : kept[v][last - 1].structHash;
        header.accounts = uint32(leaves.length / 120);
        header.root = hash;
        header.totalCredit = uint128(sums >> 128);
        header.totalDebit = uint128(sums);
        header.paramsHash = keccak256("parameters");
        header.pricesHash = keccak256(abi.encode(prices.collateral, prices.market));
        header.settles = settles;
    }

    function _keep(uint32 v, EpochHeader memory header, RootPrices memory prices, bytes memory leaves) private {
        kept[v].push(
            Kept({
                header: _stored(abi.encode(header, prices)),
                leaves: _stored(leaves),
                snapshotBlock: header.snapshotBlock,
                snapshotTime: uint40(clock - 12),
                postedAt: uint40(_clockByHand(v)),
                settles: header.settles,
                structHash: keccak256(abi.encode(HEADER_TYPEHASH, header))
            })
        );
    }

    /// @dev sum of N must not exceed the base: the house takes what is missing, and has what is over.
    function _balanceBook(uint32 v) private {
        int256 sum;
        for (uint256 i; i < players.length; ++i) {
            if (_venueOf(players[i]) == v) sum += deeds[players[i]].net;
        }
        int256 excess = sum - _baseByHand(v);
        address house = places[v].house;
        int256 owing = deeds[house].net - settledOf(house);
        if (excess <= 0 || owing >= excess) {
            deeds[house].net -= excess;
            return;
        }
        if (owing > 0) {
            deeds[house].net -= owing;
            excess -= owing;
        }
        // Half of the time after a shortfall winners are cut before the house owes anything.
        if (stepNow % 2 == 0) excess = _cutWinners(v, excess);
        deeds[house].net -= excess;
    }

    function _cutWinners(uint32 v, int256 excess) private returns (int256) {
        for (uint256 i; i < players.length && excess > 0; ++i) {
            address account = players[i];
            if (isHouse[account] || _venueOf(account) != v) continue;
            int256 owing = deeds[account].net - settledOf(account);
            if (owing <= 0) continue;
            int256 cut = owing < excess ? owing : excess;
            deeds[account].net -= cut;
            excess -= cut;
        }
        return excess;
    }

    function _writeNets(uint32 v) private {
        Leaf[] storage leaves = ledger[v];
        for (uint256 i; i < players.length; ++i) {
            AccountRecord memory record = _record(players[i]);
            if (record.venue != v) continue;
            int256 net = deeds[players[i]].net;
            Leaf storage leaf = leaves[record.index];
            (leaf.credit, leaf.debit) = (uint96(_positive(net)), uint96(_positive(-net)));
        }
    }

    function _packedLedger(uint32 v) internal view returns (bytes memory leaves) {
        Leaf[] storage list = ledger[v];
        uint256 n = list.length;
        leaves = new bytes(n * 120);
        for (uint256 i; i < n; ++i) {
            if (list[i].account == address(0)) continue;
            bytes memory one = CampaignTree.packed(list[i]);
            assembly ("memory-safe") {
                mcopy(add(add(leaves, 0x20), mul(i, 120)), add(one, 0x20), 120)
            }
        }
    }

    function _setMargin(address account, uint256 initial, uint256 maintenance) internal {
        AccountRecord memory record = _record(account);
        Leaf storage leaf = ledger[record.venue][record.index];
        (leaf.initialMargin, leaf.maintenanceMargin) = (uint96(initial), uint96(maintenance));
    }

    /// @notice Enters the empty leaf of a new pledge.
    function _enter(address account, uint32 v, uint32 index) internal {
        _require(index == ledger[v].length, Inv.NONCE_ONCE, "an index was issued twice");
        enterLeaf(v, account, index);
    }

    /// @notice What the venue does when an account has left it.
    function _forget(address account, uint32 v, uint32 index) internal {
        delete ledger[v][index];
        delete deeds[account];
    }

    /// @dev Live prices; where there is none, the last root's or the first.
    function _pricesNow(uint32 v) internal view returns (RootPrices memory prices) {
        prices.collateral = new uint128[](ASSETS);
        prices.market = keccak256("market");
        for (uint256 i; i < ASSETS; ++i) {
            (bool usable, uint256 price) = _livePrice(v, i);
            if (!usable) price = kept[v].length == 0 ? 1e12 : _pricesOf(v, kept[v].length)[i];
            prices.collateral[i] = uint128(price);
        }
    }

    // -- reading what was posted ---------------------------------------------------------------------------------------------

    function _header(uint32 v, uint256 epoch) internal view returns (EpochHeader memory header, RootPrices memory prices) {
        return abi.decode(_loaded(kept[v][epoch - 1].header), (EpochHeader, RootPrices));
    }

    function _pricesOf(uint32 v, uint256 epoch) internal view returns (uint128[] memory) {
        (, RootPrices memory prices) = _header(v, epoch);
        return prices.collateral;
    }

    function _leavesOf(uint32 v, uint256 epoch) internal view returns (bytes memory) {
        return _loaded(kept[v][epoch - 1].leaves);
    }

    function _proof(uint32 v, uint256 epoch, uint256 index) internal view returns (AccountProof memory proof) {
        bytes memory leaves = _leavesOf(v, epoch);
        (proof.header, proof.prices) = _header(v, epoch);
        proof.leaf = CampaignTree.unpacked(leaves, index);
        proof.siblings = CampaignTree.path(CampaignTree.build(leaves), 1 << CampaignTree.depthOf(leaves.length / 120), index);
    }

    /// @notice The account's proof in the newest root that has a leaf of its present pledge.
    function _newestProof(address account) internal view returns (bool known, AccountProof memory proof) {
        AccountRecord memory record = _record(account);
        uint256 last = kept[record.venue].length;
        known = record.venue != 0 && _inRoot(record.venue, last, record.index);
        if (known) proof = _proof(record.venue, last, record.index);
    }

    function _inRoot(uint32 v, uint256 epoch, uint256 index) internal view returns (bool) {
        return epoch != 0 && index < kept[v][epoch - 1].leaves.code.length / 120;
    }

    function _leafIn(uint32 v, uint256 epoch, uint256 index) internal view returns (Leaf memory) {
        return CampaignTree.unpacked(_leavesOf(v, epoch), index);
    }

    function _netOf(Leaf memory leaf) internal pure returns (int256) {
        return int256(uint256(leaf.credit)) - int256(uint256(leaf.debit));
    }

    function _isFresh(uint32 v) internal view returns (bool) {
        uint256 last = kept[v].length;
        return last != 0 && clock <= uint256(kept[v][last - 1].snapshotTime) + 1 hours;
    }

    // -- by hand -------------------------------------------------------------------------------------------------------------

    /// @notice Whether the newest root, at its own and at live prices, shows the account short of its initial margin.
    function _shortByHand(address account) internal view returns (bool known, bool isShort) {
        AccountRecord memory record = _record(account);
        uint256 last = kept[record.venue].length;
        if (record.venue == 0 || !_inRoot(record.venue, last, record.index)) return (false, false);
        (bool priced, uint256 live) = _liveValueByHand(account, record);
        if (!priced) return (false, false);
        Leaf memory leaf = _leafIn(record.venue, last, record.index);
        uint256 atRoot = _valueByHand(account, record, _pricesOf(record.venue, last));
        int256 better = int256(atRoot > live ? atRoot : live) + _netOf(leaf) - record.settled;
        return (true, better < int256(uint256(leaf.initialMargin)));
    }

    /// @notice N of a leaf as far as a dispute, open or ended, lets be collected.
    function _collectableByHand(address account, int256 net, int256 settled, uint256 snapshotBlock) internal view returns (int256) {
        Deeds storage d = deeds[account];
        if (!d.disputing && snapshotBlock > d.endedBlock) return net;
        if (!d.disputing && d.endedBlock == 0) return net;
        int256 least = d.held < settled ? d.held : settled;
        return net < least ? least : net;
    }

    function _owedByHand(address account, int256 net) internal view returns (uint256) {
        return _positive(settledOf(account) - net);
    }

    function _capLeftByHand(address account) internal view returns (uint256) {
        Deeds storage d = deeds[account];
        uint256 taken = d.day == clock / 1 days ? d.taken : 0;
        return d.cap > taken ? d.cap - taken : 0;
    }

    // -- what was measured ---------------------------------------------------------------------------------------------------

    /// @notice Books settlement asset that went from an account to the pool, or a value in kind.
    /// @param signed by the owner's own hand or the higher quorum
    function _took(address account, uint256 amount, bool signed, bool inKind_) internal {
        Deeds storage d = deeds[account];
        if (inKind_) d.others += amount;
        else d.moved -= int256(amount);
        if (signed || amount == 0 || d.cap == type(uint256).max) return;
        if (d.day != clock / 1 days) (d.day, d.taken) = (clock / 1 days, 0);
        d.taken += amount;
        _require(d.taken <= d.cap, Inv.NEVER_PAYS_FOR_ANOTHER, "more than the daily debit cap");
    }

    function _shortfalls(uint32 v) internal view returns (uint256) {
        return settlement.book(v).shortfalls;
    }

    function _caseOf(address account) internal view returns (DefaultCase memory) {
        return defaults.caseOf(account);
    }

    function _isDisputing(address account) internal view returns (bool) {
        Dispute memory dispute = disputes.disputeOf(account);
        return dispute.disputedAt != 0 && dispute.endedBlock == 0;
    }

    function _isReleasing(AccountRecord memory record) internal pure returns (bool) {
        return record.flags & Flags.RELEASING != 0;
    }

    function _stored(bytes memory data) private returns (address place) {
        bytes memory code = bytes.concat(hex"600b5981380380925939f3", data);
        assembly ("memory-safe") {
            place := create(0, add(code, 0x20), mload(code))
        }
        assertTrue(place != address(0), "stored");
    }

    function _loaded(address place) private view returns (bytes memory) {
        return place.code;
    }
}
