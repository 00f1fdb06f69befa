// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../../../src/interfaces/ICloseOut.sol";
import {IDefaultManager} from "../../../src/interfaces/IDefaultManager.sol";
import {AccountProof, AccountRecord, AccountStatus, CloseOutReport, DefaultCase} from "../../../src/interfaces/Types.sol";
import {CampaignTakers} from "./CampaignTakers.sol";
import {Act, Inv} from "./CampaignKinds.sol";

/// @notice The keepers and the venue's default desk: call, cure, declare, report, fix, resolve.
abstract contract CampaignKeepers is CampaignTakers {
    /// @notice How things stand before a loss is shared out.
    struct Standing {
        uint256 pool;
        uint256 shortfalls;
        uint256 own;
        uint256 members;
        uint256 cash;
        int256 settled;
        uint256 claims;
    }

    /// @notice Who paid what of a resolution, as it must be and as it was.
    struct Share {
        uint256 reward;
        uint256 penalty;
        uint256 fromAccount;
        uint256 written;
        uint256 spent;
    }

    function _callMargin(address account) internal {
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known) return;
        (bool priced, bool isShort) = _shortByHand(account);
        bool ok = _try(Act.CALL_MARGIN, STRANGER, abi.encodeCall(IDefaultManager.callMargin, (proof)));
        if (!ok) return;
        _require(priced && isShort, Inv.SOLVENT_STAYS_WHOLE, "called though not short");
        _require(!_isPaused(_venueOf(account)), Inv.PAUSE_BOUNDED, "a call in a pause");
    }

    function _cure(address account) internal {
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known || _status(account) != AccountStatus.CALLED) return;
        (bool priced, bool isShort) = _shortByHand(account);
        bool ok = _try(Act.CURE, STRANGER, abi.encodeCall(IDefaultManager.cure, (proof)));
        if (!priced || !_isFresh(_venueOf(account)) || _isGreedy(_venueOf(account))) return;
        _require(ok || isShort, _isPaused(_venueOf(account)) ? Inv.PAUSE_BOUNDED : Inv.SOLVENT_STAYS_WHOLE, "a cure was refused");
        _require(!ok || !isShort, Inv.SOLVENT_STAYS_WHOLE, "cured though it is short");
    }

    function _lapse(address account) internal {
        if (_status(account) != AccountStatus.CALLED) return;
        _try(Act.LAPSE, STRANGER, abi.encodeCall(IDefaultManager.lapse, (account)));
    }

    function _declare(address account, uint256 seed) internal {
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known) return;
        (bool priced, bool isShort) = _shortByHand(account);
        DefaultCase memory call_ = _caseOf(account);
        uint256 until = _deadlineByHand(account);
        uint32 v = _venueOf(account);
        address first = address(_asset(v, 1 + (seed % 2)));
        bool ok = _try(Act.DECLARE_DEFAULT, DECLARER, abi.encodeCall(IDefaultManager.declareDefault, (proof, first)));
        if (!ok) ok = _try(Act.DECLARE_DEFAULT, DECLARER, abi.encodeCall(IDefaultManager.declareDefault, (proof, address(0))));
        if (!ok) return;
        _require(priced && isShort, Inv.SOLVENT_STAYS_WHOLE, "in default though not short");
        bool inTime = _clockByHand(v) > until && proof.header.snapshotBlock > call_.mark;
        _require(inTime && !_isDown(), Inv.SOLVENT_STAYS_WHOLE, "in default before its time");
        _require(!_isPaused(v), Inv.PAUSE_BOUNDED, "a default in a pause");
    }

    function _refresh(address account) internal {
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (known) _try(Act.REFRESH_OWED, STRANGER, abi.encodeCall(IDefaultManager.refreshOwed, (proof)));
    }

    /// @notice Positions were closed somewhere near the net of the newest root, now and then at a profit.
    function _report(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        uint32 v = record.venue;
        int256 unit = int256(places[v].unit);
        int256 finalNet = deeds[account].net + int256((seed >> 8) % 1_000) * unit - 500 * unit;
        if (_chance(seed, 6)) finalNet = record.settled + int256((seed >> 8) % 500) * unit;
        CloseOutReport memory filed = CloseOutReport(v, account, record.index, finalNet, keccak256("fills"));
        bytes32 digest = reportDigest(filed);
        bytes memory data = abi.encodeCall(
            ICloseOut.report,
            (filed, _venueSigns(v, digest), _attested(v, digest, _chance(seed >> 4, 4) ? 3 : 2))
        );
        if (!_try(Act.REPORT, STRANGER, data)) return;
        _remember(STRANGER, data);
        _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, STRANGER, data, "a report was replayed");
    }

    function _fixLoss(address account) internal {
        DefaultCase memory entry = _caseOf(account);
        uint256 reported = entry.reportedAt;
        uint32 v = _venueOf(account);
        bool disputing = deeds[account].disputing;
        if (!_try(Act.FIX_LOSS, STRANGER, abi.encodeCall(ICloseOut.fixLoss, (account)))) return;
        _require(_clockByHand(v) > reported + 15 minutes, Inv.SOLVENT_STAYS_WHOLE, "fixed in the dispute window");
        _require(!disputing || entry.confirmed, Inv.NEVER_PAYS_FOR_ANOTHER, "a disputed report was fixed");
        _require(!_isPaused(v), Inv.PAUSE_BOUNDED, "fixed in a pause");
    }

    function _fixWithoutReport(address account) internal {
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known) return;
        uint256 owed = _owedByHand(account, _netOf(proof.leaf));
        uint256 mark = _caseOf(account).mark;
        if (!_try(Act.FIX_LOSS_WITHOUT_REPORT, STRANGER, abi.encodeCall(ICloseOut.fixLossWithoutReport, (proof)))) return;
        uint256 loss = _caseOf(account).loss;
        _require(loss <= _least(owed, mark), Inv.SETTLED_ONCE, "more than two roots said");
    }

    /// @notice Reward, loss and penalty from the account, then tier by tier; all of it is measured.
    function _resolve(address account) internal {
        AccountRecord memory record = _record(account);
        if (record.status != AccountStatus.LOSS_FIXED) return;
        DefaultCase memory entry = _caseOf(account);
        Standing memory before = _standing(account, record.venue);
        uint256 remaining = _positive(before.settled - entry.finalNet);
        // Its own default: how much it takes is `surplusReturns`.
        _allow(account, _cash(record.venue), before.cash);
        bool ok = _try(Act.RESOLVE, STRANGER, abi.encodeCall(ICloseOut.resolve, (account)));
        if (!ok) return;
        _require(entry.openLots == 0, Inv.LOSS_CONSERVED, "a tier paid beside an unsold lot");
        _require(!_isPaused(record.venue), Inv.PAUSE_BOUNDED, "resolved in a pause");
        if (_venueOf(account) != 0) {
            // A loss beyond the daily cap is taken day by day.
            uint256 part = before.cash - _cashOf(account, record.venue);
            _require(part <= remaining, Inv.SURPLUS_RETURNS, "a part beyond the loss");
            _took(account, part, entry.confirmed, false);
            return;
        }
        _checkResolution(account, record.venue, entry, before, remaining);
        _checkOwing(account, record.venue, before, entry.finalNet);
        _forget(account, record.venue, record.index);
    }

    /// @dev surplusReturns: what a default did not need stays in the account. The reward comes first, the loss next, the penalty from what
    /// is left.
    function _checkResolution(address account, uint32 v, DefaultCase memory entry, Standing memory before, uint256 remaining) private {
        Standing memory now_ = _standing(account, v);
        Share memory share = _shareOf(entry.loss, before.cash, remaining, places[v].unit);
        share.written = now_.shortfalls - before.shortfalls;
        share.spent = before.cash - now_.cash;
        bool exact = share.spent == share.reward + share.fromAccount + share.penalty;
        _require(exact, Inv.SURPLUS_RETURNS, "took another sum than it needed");
        _took(account, share.fromAccount, entry.confirmed, false);
        _checkTiers(entry, before, now_, share, remaining - share.fromAccount);
    }

    function _checkOwing(address account, uint32 v, Standing memory before, int256 finalNet) private {
        uint256 owing = _positive(finalNet - before.settled);
        _require(settlement.claims(v, account) - before.claims == owing, Inv.SETTLED_ONCE, "a winner's owing was lost");
    }

    function _shareOf(uint256 loss, uint256 cash, uint256 remaining, uint256 unit) private pure returns (Share memory share) {
        (uint256 reward, uint256 penalty) = _rewardAndPenalty(loss, unit);
        share.reward = _least(reward, cash);
        cash -= share.reward;
        share.fromAccount = _least(remaining, cash);
        cash -= share.fromAccount;
        if (share.fromAccount == remaining) share.penalty = _least(penalty, cash);
    }

    /// @dev lossConserved: loss = paid by the account + each tier's payment + recorded shortfall, to the unit; tier n+1 untouched until n is
    /// empty or capped.
    /// @param rest what the account did not pay
    function _checkTiers(DefaultCase memory entry, Standing memory before, Standing memory now_, Share memory share, uint256 rest) private {
        uint256 found = now_.pool - before.pool - share.fromAccount + share.written;
        _require(found >= rest, Inv.LOSS_CONSERVED, "less than the loss was found");
        // What a newer root said beyond a loss without a report is the venue's.
        uint256 excess = found > rest ? found - rest : 0;
        _require(excess <= entry.mark, Inv.LOSS_CONSERVED, "more than loss and excess found");
        _require(excess == entry.mark || now_.own == 0, Inv.LOSS_CONSERVED, "excess unpaid beside money");
        // A penalty joins the members' tranche; where there is none, the venue's.
        uint256 fromMembers = before.members == 0 ? 0 : before.members + share.penalty - now_.members;
        _require(fromMembers == 0 || now_.own == 0, Inv.LOSS_CONSERVED, "members paid before the venue");
        _require(fromMembers <= entry.initialMargin, Inv.LOSS_CONSERVED, "members paid beyond their cap");
        if (share.written == 0) return;
        _require(now_.own == 0, Inv.LOSS_CONSERVED, "a shortfall beside venue money");
        bool capped = now_.members == 0 || fromMembers == entry.initialMargin;
        _require(capped, Inv.LOSS_CONSERVED, "a shortfall beside members");
    }

    function _rewardAndPenalty(uint256 loss, uint256 unit) private pure returns (uint256, uint256) {
        return (_least(50 * unit, (loss * 200) / 10_000), (loss * 500) / 10_000);
    }

    function _standing(address account, uint32 v) internal view returns (Standing memory) {
        return
            Standing({
                pool: settlement.book(v).pool,
                shortfalls: _shortfalls(v),
                own: places[v].fund.venueTranche(),
                members: places[v].fund.memberTranche(),
                cash: _cashOf(account, v),
                settled: settledOf(account),
                claims: settlement.claims(v, account)
            });
    }

    function _collectReward(uint32 v, address who) internal {
        if (closeOut.rewards(who, address(_cash(v))) == 0) return;
        _try(Act.COLLECT_REWARD, who, abi.encodeCall(ICloseOut.collectReward, (address(_cash(v)), RECEIVER)));
    }

    // -- one after the other -------------------------------------------------------------------------------------------------

    /// @notice Leads a called or defaulted account one step on.
    function _leadDefault(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        if (record.status == AccountStatus.CALLED) return _leadCall(account, record.venue, seed);
        if (record.status == AccountStatus.CLOSING_OUT) return _leadCloseOut(account, record.venue, seed);
        if (_chance(seed, 3)) _sellOne(account, seed >> 8);
        else _sellAll(account, seed >> 8);
        if (deeds[account].cap != type(uint256).max && _capLeftByHand(account) == 0) _pass(1 days);
        _resolve(account);
    }

    /// @notice A loss that puts the account under water, or a requirement that it no longer meets.
    function _sink(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        uint32 v = record.venue;
        uint256 unit = places[v].unit;
        _someCollateral(account, v, seed >> 8);
        (, uint256 value) = _liveValueByHand(account, record);
        if (!_chance(seed, 3)) {
            // Up to a little more than all it has, seldom much more.
            uint256 depth = (seed >> 16) % (_chance(seed >> 12, 4) ? value / 2 + 500 * unit : 6_000 * unit);
            // Or all that members have as well, however the report differs from the root.
            if (_chance(seed >> 200, 2)) depth = value + 1_000 * unit + places[v].fund.venueTranche() + places[v].fund.memberTranche();
            int256 target = record.settled - int256(value / 2 + depth);
            deeds[places[v].house].net += deeds[account].net - target;
            deeds[account].net = target;
        }
        _setMargin(account, value + unit + ((seed >> 80) % (500 * unit)), (seed >> 120) % (value + 1));
        _post(v, true);
    }

    function _leadCall(address account, uint32 v, uint256 seed) private {
        if (_chance(seed, 4)) {
            _cash(v).mint(account, (seed >> 8) % (15_000 * places[v].unit));
            _setMargin(account, 0, 0);
            _post(v, true);
            _cure(account);
        } else if (_chance(seed, 7)) {
            _pass(3 hours);
            _lapse(account);
        } else {
            if (_mayGoDown(seed >> 96)) _declareTooEarly(account, v);
            _comeUp();
            uint256 until = _deadlineByHand(account);
            uint256 time = _clockByHand(v);
            if (until >= time) _pass(until - time + 13);
            _post(v, !_chance(seed >> 16, 3));
            if (time > until + 1 hours) _lapse(account);
            else _declare(account, seed >> 24);
            (bool priced, bool isShort) = _shortByHand(account);
            if (priced && !isShort) _cure(account);
        }
    }

    /// @dev The owner's deadline has passed, and so it would be declared if nobody asked whether it could have cured.
    function _declareTooEarly(address account, uint32 v) private {
        uint256 until = _caseOf(account).time;
        uint256 time = _clockByHand(v);
        if (until >= time && !_isDown()) _pass(_least(until - time + 1, 5 minutes));
        _post(v, true);
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known || (!_isDown() && _clockByHand(v) > _deadlineByHand(account))) return;
        bytes memory data = abi.encodeCall(IDefaultManager.declareDefault, (proof, address(0)));
        _refused(Act.REFUSED_OUTAGE, Inv.SOLVENT_STAYS_WHOLE, DECLARER, data, "in default by an outage");
    }

    function _leadCloseOut(address account, uint32 v, uint256 seed) private {
        DefaultCase memory entry = _caseOf(account);
        if (_chance(seed, 6)) {
            _post(v, true);
            _refresh(account);
        } else if (_chance(seed, 4)) {
            _sellOne(account, seed >> 8);
        } else if (entry.reportedAt != 0) {
            if (deeds[account].disputing) return _endDisputeOfReport(account, seed >> 8);
            if (_chance(seed >> 4, 3) && !entry.confirmed && !deeds[account].reportDisputed) return _disputeTheReport(account);
            _pass(15 minutes + 1);
            _fixLoss(account);
        } else if (_chance(seed >> 4, 4)) {
            _pass(1 hours + 1);
            _post(v, true);
            _fixWithoutReport(account);
        } else {
            _report(account, seed >> 8);
            if (!_chance(seed >> 5, 4)) _disputeTheReport(account);
        }
    }

    function _disputeTheReport(address account) internal virtual;
    function _endDisputeOfReport(address account, uint256 seed) internal virtual;
}
