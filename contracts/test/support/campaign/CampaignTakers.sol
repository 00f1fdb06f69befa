// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILotDesk} from "../../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../../src/interfaces/ILotTaking.sol";
import {AccountProof, AccountRecord, AccountStatus, Flags, Lot} from "../../../src/interfaces/Types.sol";
import {Act, Inv} from "./CampaignKinds.sol";
import {CampaignOutages} from "./CampaignOutages.sol";
import {CampaignToken} from "./CampaignToken.sol";

/// @notice Whoever starts, takes, resets and ends lots.
abstract contract CampaignTakers is CampaignOutages {
    /// @notice A take as it was before it.
    struct Before {
        uint256 price;
        uint256 available;
        uint256 need;
        uint256 cash;
        uint256 held;
        uint256 pool;
        uint256 kind;
    }

    function _someCollateral(address account, uint32 v, uint256 seed) internal {
        for (uint256 i = 1; i < ASSETS; ++i) {
            CampaignToken token = _asset(v, i);
            if (token.balanceOf(account) != 0 && !_chance(seed >> i, 4)) continue;
            uint256 dollars = 500 + ((seed >> (8 * i)) % 5_000);
            uint256 d = token.decimals();
            token.mint(
                account,
                d == 8
                    ? (dollars * 1e8) / 60_000
                    : d == 18
                        ? (dollars * 1e18) / 3_000
                        : dollars * 1e6
            );
        }
    }

    function _startLot(address account, uint256 i) internal {
        AccountRecord memory record = _record(account);
        if (record.venue == 0) return;
        bytes memory data = abi.encodeCall(ILotDesk.start, (account, address(_asset(record.venue, i))));
        bool ok = _try(Act.START, STRANGER, data);
        if (!ok) return;
        (bool usable, ) = _livePrice(record.venue, i);
        _require(usable, Inv.SOLVENT_STAYS_WHOLE, "for sale at nobody's price");
        bool closing = record.status == AccountStatus.CLOSING_OUT || record.status == AccountStatus.LOSS_FIXED;
        _require(closing, Inv.SOLVENT_STAYS_WHOLE, "a lot of one not in default");
    }

    /// @notice What an account owes and cannot pay in cash is sold for, without penalty.
    function _startOwed(address account, uint256 settling, uint256 i) internal {
        (bool known, AccountProof memory current) = _newestProof(account);
        AccountRecord memory record = _record(account);
        if (!known || !_inRoot(record.venue, settling, record.index)) return;
        AccountProof memory first = _proof(record.venue, settling, record.index);
        int256 net = _collectableByHand(account, _netOf(first.leaf), record.settled, first.header.snapshotBlock);
        int256 now_ = _collectableByHand(account, _netOf(current.leaf), record.settled, current.header.snapshotBlock);
        uint256 owed = _owedByHand(account, net > now_ ? net : now_);
        uint256 cash = _cashOf(account, record.venue);
        bytes memory data = abi.encodeCall(ILotDesk.startOwed, (first, current, address(_asset(record.venue, i))));
        bool ok = _try(Act.START_OWED, STRANGER, data);
        _require(!ok || owed > cash, Inv.SOLVENT_STAYS_WHOLE, "sold though it owes nothing");
    }

    function _startExitSale(address account, uint256 i, address sender) internal {
        uint32 v = _venueOf(account);
        if (v == 0) return;
        bytes memory data = abi.encodeCall(ILotDesk.startExit, (account, address(_asset(v, i))));
        _try(Act.START_EXIT_SALE, sender, data);
    }

    /// @notice Some live lot; none: the zero account.
    function _someLot(uint256 seed) internal view returns (uint256 lot, address account) {
        (, , uint256 total) = auction.liveLots(0, 0);
        if (total == 0) return (0, address(0));
        (uint256[] memory ids, Lot[] memory lots, ) = auction.liveLots(seed % total, 1);
        return (ids[0], lots[0].account);
    }

    function _lotOf(address account, uint256 i) internal view returns (uint256 lot, bool live) {
        AccountRecord memory record = _record(account);
        if (record.venue == 0) return (0, false);
        lot = (((uint256(record.venue) << 32) | record.index) << 8) | i;
        try auction.lotOf(lot) returns (Lot memory) {
            return (lot, true);
        } catch {
            return (lot, false);
        }
    }

    /// @dev One lot of the account: on sale, and then sold or run out.
    function _sellOne(address account, uint256 seed) internal {
        uint256 i = 1 + (seed % 2);
        (uint256 lot, bool live) = _lotOf(account, i);
        if (!live) {
            _startLot(account, i);
            (lot, live) = _lotOf(account, i);
        }
        if (!live) return;
        if (_chance(seed >> 8, 3)) _runOut(lot, account, i, seed >> 16);
        else _take(lot, account, i, _chance(seed >> 16, 3) ? 1 + ((seed >> 24) % 1e18) : type(uint128).max, seed >> 88);
    }

    function _sellAll(address account, uint256 seed) internal {
        for (uint256 i = 1; i < ASSETS; ++i) {
            (uint256 lot, bool live) = _lotOf(account, i);
            if (!live) {
                _startLot(account, i);
                (lot, live) = _lotOf(account, i);
            }
            if (!live) continue;
            // A fixed loss waits for every lot, so what nobody buys has to go its way to fund or pool.
            if (_chance(seed >> (8 * i), 2) || (_status(account) == AccountStatus.LOSS_FIXED && _chance(seed >> (100 + i), 2))) {
                _runOut(lot, account, i, seed >> 32);
                continue;
            }
            _pass(1 + ((seed >> (12 * i)) % 600));
            _take(lot, account, i, type(uint128).max, seed >> 64);
        }
    }

    /// @notice Buys of a lot, with a callback half of the time.
    function _take(uint256 lot, address account, uint256 i, uint256 amount, uint256 seed) internal {
        _mayGoDown(seed >> 8);
        if (!_overcomeOutage(lot, seed >> 48)) return;
        uint32 v = _venueOf(account);
        Before memory b = _before(lot, account, v, i);
        _allow(account, _asset(v, i), b.available);
        _allow(account, _cash(v), type(uint128).max);
        bytes memory data = abi.encodeCall(ILotTaking.take, (lot, amount, b.price, RECEIVER, _chance(seed, 2) ? bytes("1") : bytes("")));
        bool ok = _try(Act.TAKE, address(probe), data);
        if (!ok) return;
        uint256 sold = b.held - _asset(v, i).balanceOf(account);
        uint256 due = (sold * b.price + WORD - 1) / WORD;
        _require(_status(account) == AccountStatus.EXITING || !_isPaused(v), Inv.PAUSE_BOUNDED, "a take in a pause");
        _require(sold <= b.available && (amount < b.available || sold == b.available), Inv.AUCTION_BOUNDED, "a quote was not executed");
        _require(due <= b.need + 10 * places[v].unit + b.price / WORD + 1, Inv.SOLVENT_STAYS_WHOLE, "sold beyond the need");
        _afterTake(account, v, b, due);
    }

    /// @dev What came in stays in the account, or settles in the same call what it was sold for.
    function _afterTake(address account, uint32 v, Before memory b, uint256 due) private {
        uint256 settled = _poolHolds(v) - b.pool;
        _require(_cashOf(account, v) + settled == b.cash + due, Inv.SURPLUS_RETURNS, "a sale did not bring its price");
        _took(account, settled, false, false);
    }

    function _before(uint256 lot, address account, uint32 v, uint256 i) private view returns (Before memory b) {
        (b.price, b.available) = auction.quote(lot, clock);
        b.need = defaults.need(account);
        b.cash = _cashOf(account, v);
        b.held = _asset(v, i).balanceOf(account);
        b.pool = _poolHolds(v);
        b.kind = settlement.inKind(v, address(_asset(v, i))).value;
    }

    /// @notice One run after another; after the last, what is left goes to the venue's tranche and then in kind.
    function _runOut(uint256 lot, address account, uint256 i, uint256 seed) internal {
        if (_mayGoDown(seed >> 16) && !_overcomeOutage(lot, seed >> 56)) return;
        _pass(10 minutes + 1);
        if (_reset(lot)) {
            if (_chance(seed, 4)) return;
            _pass(10 minutes + 1);
        }
        // An outage in the last run: that one begins again too.
        if (_mayGoDown(seed >> 64)) {
            if (!_overcomeOutage(lot, seed >> 104)) return;
            _pass(10 minutes + 1);
        }
        if (_chance(seed >> 8, 6)) return _closeLot(lot, account);
        _toFund(lot, account, i);
        (, bool live) = _lotOf(account, i);
        bool fixed_ = _status(account) == AccountStatus.LOSS_FIXED;
        if (live && (fixed_ || _chance(seed >> 12, 6))) _passInKind(lot, account, i);
        (, live) = _lotOf(account, i);
        if (live && _chance(seed >> 16, 3)) _closeLot(lot, account);
    }

    /// @dev Somebody tops the account up, and the rest needs no sale.
    function _closeLot(uint256 lot, address account) internal {
        uint32 v = _venueOf(account);
        _cash(v).mint(account, defaults.need(account));
        uint256 need = defaults.need(account);
        bool ok = _try(Act.CLOSE, STRANGER, abi.encodeCall(ILotDesk.close, (lot)));
        _require(ok == (need == 0), Inv.AUCTION_BOUNDED, "a needless lot did not close");
    }

    function _toFund(uint256 lot, address account, uint256 i) private {
        uint32 v = _venueOf(account);
        Before memory b = _before(lot, account, v, i);
        (uint256 own, uint256 members) = (places[v].fund.venueTranche(), places[v].fund.memberTranche());
        _allow(account, _asset(v, i), b.available);
        _allow(account, _cash(v), type(uint128).max);
        if (!_try(Act.SELL_TO_FUND, STRANGER, abi.encodeCall(ILotDesk.sellToFund, (lot)))) return;
        _require(places[v].fund.memberTranche() == members, Inv.LOSS_CONSERVED, "members bought collateral");
        _afterTake(account, v, b, own - places[v].fund.venueTranche());
    }

    function _passInKind(uint256 lot, address account, uint256 i) private {
        uint32 v = _venueOf(account);
        Before memory b = _before(lot, account, v, i);
        bool confirmed = _caseOf(account).confirmed;
        _allow(account, _asset(v, i), b.held);
        if (!_try(Act.PASS_IN_KIND, STRANGER, abi.encodeCall(ILotDesk.passInKind, (lot)))) return;
        uint256 value = settlement.inKind(v, address(_asset(v, i))).value - b.kind;
        uint256 passed = b.held - _asset(v, i).balanceOf(account);
        _require(value <= b.need, Inv.SOLVENT_STAYS_WHOLE, "passed on more than the need");
        _require(passed * b.price <= (value + 1) * WORD + b.price, Inv.SURPLUS_RETURNS, "passed on below the floor");
        _took(account, value, confirmed, true);
    }

    /// @dev Whether collateral is being sold for what the account owes.
    function _isOwedAuction(AccountRecord memory record) internal pure returns (bool) {
        return record.flags & Flags.OWED_AUCTION != 0;
    }
}
