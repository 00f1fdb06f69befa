// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Lots} from "../core/Lots.sol";
import {Money} from "../core/Money.sol";
import {IDefaultFund} from "../interfaces/IDefaultFund.sol";
import {ICloseOut} from "../interfaces/ICloseOut.sol";
import {AccountRecord, DefaultCase, SettledCause, VenueBook} from "../interfaces/Types.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {Policy} from "../venue/Policy.sol";

/// @title Where a loss goes
/// @notice The defaulter's account, then the venue's own tranche, then the members' up to their cap, then a recorded shortfall.
/// @dev Invariants kept here: `lossConserved`, `surplusReturns`.
abstract contract Waterfall is Lots {
    using SafeCast for uint256;
    using SafeCast for int256;

    /// @dev One resolution as it runs, settlement units.
    /// @param balance what is left in the account
    /// @param cap what the daily cap lets the default take today
    struct Draw {
        address asset;
        IDefaultFund fund;
        uint256 balance;
        uint256 cap;
        uint256 reward;
        uint256 fromAccount;
        uint256 penalty;
        uint256 fromVenue;
        uint256 fromMembers;
        uint256 shortfall;
    }

    /// @dev Reward, loss, penalty, in that order, out of the defaulter's own account; then the tiers. What is left stays in the account.
    /// A loss beyond the daily cap that the higher quorum did not sign is taken day by day, and nothing else happens until all is.
    function _draw(address account, AccountRecord memory record, Policy policy, DefaultCase memory case_) internal {
        Draw memory w;
        w.asset = policy.settlementAsset();
        w.fund = IDefaultFund(policy.fund());
        w.balance = Money.balance(w.asset, account);
        w.cap = case_.confirmed ? type(uint256).max : _capLeft(account, record);
        uint256 remaining = _remaining(record, case_.finalNet);
        // The reward comes first out of the account, so it is set aside before the loss is taken.
        uint256 reward = case_.loss == 0 ? 0 : Math.min(_reward(case_.loss, policy), w.balance);
        uint256 reachable = Math.min(remaining, w.balance - reward);
        if (reachable > w.cap) {
            if (w.cap == 0) revert ICloseOut.DebitCapReached(account, reachable);
            _useCap(account, record, w.cap);
            _collect(account, record, policy, w.cap, SettledCause.DEFAULTER);
            return;
        }
        _endCase(record, policy, case_.initialMargin);
        _payReward(account, case_, policy, w, reward);
        if (reachable != 0) {
            if (!case_.confirmed) _useCap(account, record, reachable);
            _collect(account, record, policy, reachable, SettledCause.DEFAULTER);
            w.balance -= reachable;
        }
        // What was paid on earlier days and in kind is the account's as well.
        w.fromAccount = case_.loss - (remaining - reachable);
        if (reachable == remaining) _payPenalty(account, case_, policy, w);
        else _drawFund(account, record, policy, case_, w, remaining - reachable);
        if (case_.mark != 0) _drawExcess(record, policy, w, case_.mark);
        _end(account, record, case_, w);
    }

    /// @dev A declarer who acted on two proofs did nothing wrong if the loss then turned out zero: the venue's own tranche pays.
    function _payReward(address account, DefaultCase memory case_, Policy policy, Draw memory w, uint256 reward) private {
        if (case_.loss == 0) {
            w.reward = w.fund.payFromVenueTranche(policy.declareReward(), address(this));
        } else if (reward != 0) {
            w.reward = reward;
            Money.pay(account, w.asset, address(this), reward);
            w.balance -= reward;
        }
        if (w.reward == 0) return;
        _rewards[case_.declarer][w.asset] += w.reward;
        emit ICloseOut.RewardAccrued(case_.declarer, w.asset, w.reward);
    }

    /// @dev From surplus only: nothing of the loss is left when this is called.
    function _payPenalty(address account, DefaultCase memory case_, Policy policy, Draw memory w) private {
        w.penalty = Math.min(_penalty(case_.loss, policy), w.balance);
        if (w.penalty == 0) return;
        Money.pay(account, w.asset, address(w.fund), w.penalty);
        w.fund.addPenalty(w.penalty);
    }

    function _drawFund(
        address account,
        AccountRecord memory record,
        Policy policy,
        DefaultCase memory case_,
        Draw memory w,
        uint256 rest
    ) private {
        (w.fromVenue, w.fromMembers) = w.fund.absorb(rest, _memberCap(case_.initialMargin, policy), policy.pool());
        if (w.fromVenue + w.fromMembers != 0) _credit(account, record, w.fromVenue + w.fromMembers, SettledCause.TIER);
        w.shortfall = rest - w.fromVenue - w.fromMembers;
        if (w.shortfall != 0) _writeOff(account, record, w.shortfall);
    }

    /// @dev Without a report, what a newer root said beyond the loss is the venue's: its tranche pays it into the pool, and what that
    /// cannot pay is gone, so the next root has to cut what is owing.
    function _drawExcess(AccountRecord memory record, Policy policy, Draw memory w, uint256 excess) private {
        uint256 paid = w.fund.payFromVenueTranche(excess, policy.pool());
        VenueBook storage book = _books[record.venue];
        if (paid != 0) {
            book.pool += paid.toUint96();
            book.gross += paid.toInt256().toInt96();
            emit ISettlementPool.PoolContributed(record.venue, address(w.fund), paid);
        }
        if (paid < excess) book.lastShortfallBlock = uint64(block.number);
        emit ICloseOut.ExcessDrawn(record.venue, excess, paid);
    }

    function _end(address account, AccountRecord memory record, DefaultCase memory case_, Draw memory w) private {
        emit ICloseOut.DefaultResolved(
            account,
            record.venue,
            case_.loss,
            w.fromAccount,
            w.fromVenue,
            w.fromMembers,
            w.shortfall,
            w.reward,
            w.penalty
        );
        // All of the loss is now in `settled`; what the close-out left the account to receive becomes a claim on the pool.
        int256 owing = int256(case_.finalNet) - record.settled;
        _release(account, record, owing > 0 ? uint256(owing) : 0);
    }
}
