// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDisputeDesk} from "../../../src/interfaces/IDisputeDesk.sol";
import {AccountProof, AccountRecord, Dispute, EpochHeader, Flags, Leaf} from "../../../src/interfaces/Types.sol";
import {CampaignKeepers} from "./CampaignKeepers.sol";
import {Act, Inv} from "./CampaignKinds.sol";

/// @notice Owners against false roots and withheld ones, and the quorum that confirms.
abstract contract CampaignDisputes is CampaignKeepers {
    bytes32 private constant CONFIRMATION = keccak256(
        "DebitConfirmation(address account,uint32 venue,uint32 index,uint40 disputedAt,int256 net)"
    );

    /// @notice Books a loss of the account and posts it as a settling root.
    /// @param more whole units of it beyond fifty
    function _postLoss(address account, uint256 more) internal {
        uint32 v = _venueOf(account);
        int256 loss = int256((50 + more) * places[v].unit);
        deeds[account].net = _lesser(deeds[account].net, settledOf(account)) - loss;
        deeds[places[v].house].net += loss;
        _post(v, true);
    }

    /// @notice Books a gain, to the house's cost.
    function _postGain(address account, uint256 seed) internal {
        uint32 v = _venueOf(account);
        int256 gain = int256((50 + (seed % 800)) * places[v].unit);
        deeds[account].net = settledOf(account) + gain;
        deeds[places[v].house].net -= gain;
        _post(v, true);
    }

    /// @notice An owner's whole quarrel, one step at a time: two roots, a dispute of the second, and one of its ends.
    function _leadDispute(address account, uint256 seed) internal {
        uint32 v = _venueOf(account);
        if (deeds[account].disputing) return _endDispute(account, seed);
        _postLoss(account, seed % 800);
        if (_chance(seed >> 16, 2)) {
            _pass(15 minutes + 1);
            _postLoss(account, (seed >> 24) % 800);
        }
        _disputeRoot(account, kept[v].length);
    }

    function _disputeRoot(address account, uint256 epoch) internal {
        AccountRecord memory record = _record(account);
        if (!_inRoot(record.venue, epoch, record.index)) return;
        AccountProof memory proof = _proof(record.venue, epoch, record.index);
        if (!_try(Act.DISPUTE_ROOT, ownerAt[account], abi.encodeCall(IDisputeDesk.disputeRoot, (proof)))) return;
        (deeds[account].disputing, deeds[account].held, deeds[account].disputed) = (true, record.settled, _netOf(proof.leaf));
    }

    function _disputeTheReport(address account) internal override {
        AccountRecord memory record = _record(account);
        bool open_ = deeds[account].disputing;
        if (!_try(Act.DISPUTE_REPORT, ownerAt[account], abi.encodeCall(IDisputeDesk.disputeReport, (account)))) return;
        int256 held = open_ ? _lesser(deeds[account].held, record.settled) : int256(record.settled);
        (deeds[account].disputing, deeds[account].held, deeds[account].reportDisputed) = (true, held, true);
        deeds[account].disputed = _caseOf(account).finalNet;
    }

    function _endDisputeOfReport(address account, uint256 seed) internal override {
        _endDispute(account, seed);
    }

    function _endDispute(address account, uint256 seed) internal {
        uint256 way = seed % 4;
        if (way == 0) _lowerDisputeCap(account, seed >> 8);
        else if (way == 1) _accept(account);
        else if (way == 2) _confirm(account, seed >> 8);
        else _lapseDispute(account, !_chance(seed >> 8, 4));
    }

    function _accept(address account) private {
        uint40 disputedAt = disputes.disputeOf(account).disputedAt;
        bytes memory data = abi.encodeCall(IDisputeDesk.acceptDebit, (account, disputedAt));
        if (_byOwner(Act.ACCEPT_DEBIT, Act.RELAY_ACCEPT_DEBIT, account, data)) {
            _ended(account, _lesser(deeds[account].held, deeds[account].disputed));
        }
    }

    function _confirm(address account, uint256 seed) private {
        AccountRecord memory record = _record(account);
        Dispute memory dispute = disputes.disputeOf(account);
        int256 net = int256(dispute.capNet) - 1 - int256(seed % (400 * places[record.venue].unit));
        bytes32 digest = _digest(keccak256(abi.encode(CONFIRMATION, account, record.venue, record.index, dispute.disputedAt, net)));
        bytes memory few = abi.encodeCall(IDisputeDesk.confirmDebit, (account, net, _attested(record.venue, digest, 2)));
        _refused(Act.REFUSED_SIGNATURE, Inv.NEVER_PAYS_FOR_ANOTHER, STRANGER, few, "confirmed by too few");
        bytes memory data = abi.encodeCall(IDisputeDesk.confirmDebit, (account, net, _attested(record.venue, digest, 3)));
        if (!_try(Act.CONFIRM_DEBIT, STRANGER, data)) return;
        _ended(account, net);
        _remember(STRANGER, data);
        _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, STRANGER, data, "a confirmation was replayed");
    }

    function _lapseDispute(address account, bool wait) internal {
        uint32 v = _venueOf(account);
        uint256 until = disputes.disputeOf(account).disputedAt + 2 hours;
        if (wait) _pass(until + 1 > _clockByHand(v) ? until + 1 - _clockByHand(v) : 1);
        bool due = _clockByHand(v) > until;
        bool ok = _try(Act.LAPSE_DISPUTE, STRANGER, abi.encodeCall(IDisputeDesk.lapseDispute, (account)));
        _require(ok == due, Inv.EXIT_ALWAYS_OPEN, "a dispute ends by itself, then");
        if (ok) _ended(account, deeds[account].held);
    }

    function _lowerDisputeCap(address account, uint256 seed) private {
        AccountRecord memory record = _record(account);
        uint256 last = kept[record.venue].length;
        uint256 back = 1 + (seed % 2);
        if (last <= back || !_inRoot(record.venue, last - back, record.index)) return;
        AccountProof memory proof = _proof(record.venue, last - back, record.index);
        if (!_try(Act.LOWER_CAP, STRANGER, abi.encodeCall(IDisputeDesk.lowerCap, (proof)))) return;
        int256 net = disputes.disputeOf(account).capNet;
        _require(net >= _netOf(proof.leaf), Inv.NEVER_PAYS_FOR_ANOTHER, "a cap below the undisputed");
        deeds[account].held = net;
    }

    /// @param left down to which roots from before the end may collect
    function _ended(address account, int256 left) private {
        (deeds[account].disputing, deeds[account].held, deeds[account].endedBlock) = (false, left, height);
    }

    // -- demands -------------------------------------------------------------------------------------------------------------

    function _demand(address account) internal {
        if (_venueOf(account) != 0) _try(Act.DEMAND, STRANGER, abi.encodeCall(IDisputeDesk.demand, (account)));
    }

    /// @notice Answers a demand under a root from after it, or finds it unanswered.
    function _leadDemand(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        uint32 v = record.venue;
        if (record.flags & Flags.DEMANDED == 0) return _demand(account);
        if (_chance(seed, 3) && !_mayFail(v)) {
            _pass(30 minutes + 1);
            return _findUnanswered(account);
        }
        _post(v, true);
        uint256 epoch = kept[v].length;
        if (!_inRoot(v, epoch, record.index)) return;
        _answer(account, v, epoch, record.index);
    }

    function _findUnanswered(address account) internal {
        bytes memory data = abi.encodeCall(IDisputeDesk.findUnanswered, (account));
        if (_record(account).flags & Flags.DEMANDED != 0 && _mayGoDown(uint256(keccak256(abi.encode(clock, account))))) {
            if (_isDown() || clock <= _unansweredFrom(account)) {
                _refused(Act.REFUSED_OUTAGE, Inv.EXIT_ALWAYS_OPEN, STRANGER, data, "unanswered by an outage");
            }
            _comeUp();
            if (clock <= _unansweredFrom(account)) _pass(_unansweredFrom(account) + 1 - clock);
        }
        bool early = _isDown() || clock <= _unansweredFrom(account);
        bool ok = _try(Act.FIND_UNANSWERED, STRANGER, data);
        if (!ok) return;
        _require(exits.mayExit(account) != 0, Inv.EXIT_ALWAYS_OPEN, "unanswered, and held");
        _require(!early, Inv.EXIT_ALWAYS_OPEN, "unanswered before its time");
    }

    function _answer(address account, uint32 v, uint256 epoch, uint32 index) private {
        AccountProof memory proof = _proof(v, epoch, index);
        Leaf[] memory leaves = new Leaf[](1);
        bytes[] memory paths = new bytes[](1);
        (leaves[0], paths[0]) = (proof.leaf, proof.siblings);
        EpochHeader memory header = proof.header;
        uint256 before = closeOut.rewards(DECLARER, address(_cash(v)));
        bool ok = _try(Act.ANSWER, DECLARER, abi.encodeCall(IDisputeDesk.answer, (header, leaves, paths)));
        uint256 earned = closeOut.rewards(DECLARER, address(_cash(v))) - before;
        bool waits = _record(account).flags & Flags.DEMANDED != 0;
        _require(!ok || waits == (earned == 0), Inv.NONCE_ONCE, "a fee without an answer");
    }

    /// @dev One unanswered demand more, and the venue can be failed.
    function _mayFail(uint32 v) internal view returns (bool) {
        return registry.venueOf(v).unanswered + 1 >= registry.parameters(v).failingDemands;
    }

    function _lesser(int256 a, int256 b) internal pure returns (int256) {
        return a < b ? a : b;
    }
}
