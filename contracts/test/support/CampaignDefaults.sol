// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {ILiquidationAuction} from "../../src/interfaces/ILiquidationAuction.sol";
import {AccountProof, AccountStatus, CloseOutReport} from "../../src/interfaces/Types.sol";
import {CampaignWorld} from "./CampaignWorld.sol";
import {TestToken} from "./Tokens.sol";

/// @notice The campaign's steps around a default: call, cure, declare, sell, report, fix, resolve.
abstract contract CampaignDefaults is CampaignWorld {
    struct Resolution {
        uint256 pool;
        uint256 shortfalls;
        uint256 own;
        uint256 members;
        uint256 cash;
        int256 settled;
    }

    /// @notice Takes the next step that a client's state allows, so that runs reach every state.
    function drive(uint256 who, uint256 seed) external step {
        _drive(_client(who), seed);
    }

    /// @notice Leads one client through call, default and close-out to its release.
    function ruin(uint256 who, uint256 seed) external step {
        address account = _client(who);
        for (uint256 i; i < 10 && _pledged(account); ++i) {
            _drive(account, uint256(keccak256(abi.encode(seed, i))));
            _watchAuctions();
        }
    }

    function _drive(address account, uint256 seed) private {
        AccountStatus status = statusOf(account);
        if (status == AccountStatus.ACTIVE) {
            _sink(account, seed);
            _callMargin(account);
        } else if (status == AccountStatus.CALLED) {
            advance(31 minutes);
            _post(true);
            _endCall(account, seed);
        } else if (status == AccountStatus.CLOSING_OUT) {
            _closeOut(account, seed);
        } else if (status == AccountStatus.LOSS_FIXED) {
            _sellAll(account, seed);
            _resolve(account);
        }
    }

    /// @notice Leads a default that has begun towards its end, and begins none.
    function finish(uint256 who, uint256 seed) external step {
        address account = _client(who);
        if (statusOf(account) == AccountStatus.CLOSING_OUT) _closeOut(account, seed);
        else if (statusOf(account) == AccountStatus.LOSS_FIXED) {
            _sellAll(account, seed);
            _resolve(account);
        }
    }

    function callMargin(uint256 who) external step {
        _callMargin(_client(who));
    }

    function cure(uint256 who, uint256 amount) external step {
        address account = _client(who);
        if (statusOf(account) != AccountStatus.CALLED) return;
        deposit(account, usdc, bound(amount, 0, 15_000e6));
        _post(true);
        _cure(account);
    }

    function lapse(uint256 who) external step {
        address account = _client(who);
        if (statusOf(account) != AccountStatus.CALLED) return;
        advance(3 hours);
        _lapse(account);
    }

    function declare(uint256 who, uint256 seed) external step {
        _declare(_client(who), seed);
    }

    function refresh(uint256 who) external step {
        address account = _client(who);
        if (statusOf(account) != AccountStatus.CLOSING_OUT) return;
        _refresh(account);
    }

    function sell(uint256 seed, uint256 amount, uint256 later) external step {
        uint256[] memory live = auction.liveLots();
        if (live.length == 0) return;
        advance(bound(later, 1, 20 minutes));
        _take(live[seed % live.length], bound(amount, 1, 1e20));
    }

    function start(uint256 who, uint256 seed) external step {
        _startLot(_client(who), tokens[1 + (seed % 2)]);
    }

    function runOut(uint256 seed) external step {
        uint256[] memory live = auction.liveLots();
        if (live.length == 0) return;
        _runOut(live[seed % live.length], seed);
    }

    /// @dev A call ends one of three ways: nobody came in time, it is short no more, or it becomes a default.
    function _endCall(address account, uint256 seed) private {
        if (clock > uint256(caseOf(account).deadline) + 2 hours) _lapse(account);
        else if (!_isShort(account)) _cure(account);
        else _declare(account, seed);
    }

    // -- one step each -------------------------------------------------------------------------------------------------------

    /// @dev A loss that puts the account under water, or a requirement that it no longer meets.
    function _sink(address account, uint256 seed) internal {
        if (seed % 3 != 0) deposit(account, wbtc, 1e6 + ((seed >> 32) % 1e7));
        uint256 value = _valueByHand(account, valuer.prices(venue));
        if (seed % 2 == 0) {
            int256 target = settledOf(account) - int256(value) - int256(bound(seed >> 8, 1, 6_000e6));
            net[players[0]] += net[account] - target;
            net[account] = target;
        }
        setMargin(account, uint96(value + bound(seed >> 16, 0, 2_000e6)), uint96(bound(seed >> 24, 0, value)));
        _post(true);
        // The market moves between root and call: then one of the two prices may say short, and the other not.
        if (seed % 3 == 1) setPrice(btcFeed, seed % 4 < 2 ? (btcFeed.answer() * 5) / 4 : (btcFeed.answer() * 4) / 5 + 1);
    }

    function _cure(address account) private {
        bool short_ = _isShort(account);
        bool ok = _try("cure", address(this), address(defaults), abi.encodeCall(IDefaultManager.cure, (proofOf(account))));
        _require(ok != short_, "solventStaysWhole", "cure and shortness disagree");
    }

    function _lapse(address account) private {
        _try("lapse", address(this), address(defaults), abi.encodeCall(IDefaultManager.lapse, (account)));
    }

    function _refresh(address account) private {
        _post(true);
        _try("refresh", address(this), address(defaults), abi.encodeCall(IDefaultManager.refreshOwed, (proofOf(account))));
    }

    function _callMargin(address account) internal {
        if (!_provable(account)) return;
        bool short_ = _isShort(account);
        AccountProof memory proof = proofOf(account);
        bool ok = _try("call", address(this), address(defaults), abi.encodeCall(IDefaultManager.callMargin, (proof)));
        _require(!ok || short_, "solventStaysWhole", "an account that meets its requirement was called");
    }

    function _declare(address account, uint256 seed) internal {
        if (!_provable(account)) return;
        bool short_ = _isShort(account);
        address first = address(tokens[1 + (seed % 2)]);
        if (TestToken(first).balanceOf(account) == 0) first = address(0);
        AccountProof memory proof = proofOf(account);
        bytes memory data = abi.encodeCall(IDefaultManager.declareDefault, (proof, first));
        bool ok = _try("declare", declarer, address(defaults), data);
        if (!ok && first != address(0)) {
            data = abi.encodeCall(IDefaultManager.declareDefault, (proof, address(0)));
            ok = _try("declare", declarer, address(defaults), data);
        }
        _require(!ok || short_, "solventStaysWhole", "an account that meets its requirement was put into default");
    }

    function _closeOut(address account, uint256 seed) internal {
        if (seed % 5 == 0) {
            _refresh(account);
        } else if (seed % 4 == 0) {
            _sellAll(account, seed);
        } else if (caseOf(account).reportedAt != 0) {
            advance(31 minutes);
            _try("fix", address(this), address(defaults), abi.encodeCall(IDefaultManager.fixLoss, (account)));
        } else if (seed % 4 == 1) {
            advance(4 hours);
            _post(true);
            bytes memory data = abi.encodeCall(IDefaultManager.fixLossWithoutReport, (proofOf(account)));
            _try("fallback", address(this), address(defaults), data);
        } else {
            _fileReport(account, seed);
        }
    }

    /// @dev Positions were closed somewhere near the net of the newest root, now and then at a profit.
    function _fileReport(address account, uint256 seed) private {
        int256 finalNet = net[account] + int256(bound(seed >> 8, 0, 2_000e6)) - 1_000e6;
        if (seed % 8 == 3) finalNet = settledOf(account) + int256(bound(seed >> 8, 0, 500e6));
        CloseOutReport memory closeOut = closeOutOf(account, finalNet);
        bytes32 digest = reportDigest(closeOut);
        bytes memory data = abi.encodeCall(IDefaultManager.report, (closeOut, signAs(VENUE_KEY, digest), attest(digest, 2)));
        _try("report", address(this), address(defaults), data);
    }

    function _sellAll(address account, uint256 seed) internal {
        for (uint256 i = 1; i < 3; ++i) {
            if (auction.lotFor(account, address(tokens[i])) == 0) _startLot(account, tokens[i]);
            uint256 lot = auction.lotFor(account, address(tokens[i]));
            if (lot == 0) continue;
            if (seed % 7 < 2) {
                _runOut(lot, seed >> 4);
                continue;
            }
            advance(bound(seed >> i, 1, 25 minutes));
            _take(lot, 1e30);
            _closeLot(lot);
        }
    }

    function _startLot(address account, TestToken token) internal {
        bool ok = _try("start", address(this), address(auction), abi.encodeCall(ILiquidationAuction.start, (account, address(token))));
        _require(!ok || _isClosing(account), "solventStaysWhole", "a lot of an account that is not in default");
    }

    function _take(uint256 lot, uint256 amount) internal {
        ILiquidationAuction.Lot memory sale = auction.lotOf(lot);
        (uint256 price, uint256 available) = auction.quote(lot, clock);
        uint256 need = defaults.need(sale.account);
        uint256 cash = usdc.balanceOf(sale.account);
        uint256 held = TestToken(sale.token).balanceOf(sale.account);
        _allow(sale.account, TestToken(sale.token), available);
        bytes memory data = abi.encodeCall(ILiquidationAuction.take, (lot, amount, price, address(this), ""));
        if (!_try("take", address(this), address(auction), data)) return;
        uint256 paid = usdc.balanceOf(sale.account) - cash;
        uint256 sold = held - TestToken(sale.token).balanceOf(sale.account);
        _require(paid * 1e18 >= sold * price, "auctionBounded", "sold below the quoted price");
        _require(paid <= need + 10e6 + price / 1e18 + 1, "solventStaysWhole", "sold beyond the need by more than a least lot");
    }

    /// @dev One run after another, to the fund after the last; now and then a top-up makes the rest needless.
    function _runOut(uint256 lot, uint256 seed) internal {
        for (uint256 i; i < (seed % 2 == 0 ? 2 : seed % 3); ++i) {
            advance(20 minutes + 1);
            _try("reset", address(this), address(auction), abi.encodeCall(ILiquidationAuction.reset, (lot)));
        }
        if (seed % 8 != 1) advance(20 minutes + 1);
        _toFund(lot);
        (bool exists, bytes memory answer) = address(auction).call(abi.encodeCall(ILiquidationAuction.lotOf, (lot)));
        if (exists && seed % 3 == 0) {
            address account = abi.decode(answer, (ILiquidationAuction.Lot)).account;
            deposit(account, usdc, defaults.need(account));
        }
        _closeLot(lot);
    }

    function _closeLot(uint256 lot) private {
        (bool exists, bytes memory answer) = address(auction).call(abi.encodeCall(ILiquidationAuction.lotOf, (lot)));
        if (!exists) return;
        ILiquidationAuction.Lot memory sale = abi.decode(answer, (ILiquidationAuction.Lot));
        uint256 need = defaults.need(sale.account);
        bool ok = _try("close", address(this), address(auction), abi.encodeCall(ILiquidationAuction.close, (lot)));
        _require(ok == (need == 0), "auctionBounded", "a lot closes exactly when nothing is needed");
    }

    function _toFund(uint256 lot) private {
        ILiquidationAuction.Lot memory sale = auction.lotOf(lot);
        (, uint256 available) = auction.quote(lot, clock);
        uint256 members = fund.memberTranche();
        _allow(sale.account, TestToken(sale.token), available);
        _try("toFund", address(this), address(auction), abi.encodeCall(ILiquidationAuction.sellToFund, (lot)));
        _require(fund.memberTranche() == members, "lossConserved", "members' money bought collateral");
    }

    function _resolve(address account) internal {
        if (statusOf(account) != AccountStatus.LOSS_FIXED) return;
        IDefaultManager.Case memory entry = caseOf(account);
        uint32 index = vault.record(account).index;
        Resolution memory before = _resolutionOf(account);
        uint256 reward = _least(50e6, (uint256(entry.loss) * 200) / 10_000);
        uint256 penalty = (uint256(entry.loss) * 500) / 10_000;
        _allow(account, usdc, entry.loss + reward + penalty);
        bool ok = _try("resolve", address(this), address(defaults), abi.encodeCall(IDefaultManager.resolve, (account)));
        bool unsold = entry.openLots != 0;
        _require(!ok || !unsold, "lossConserved", "a tier paid while a lot was unsold");
        if (!ok) return;
        _checkResolution(account, entry, before, reward, penalty);

        // The venue's own book takes the difference between its last net of the account and what the close-out came to.
        net[players[0]] += net[account] - entry.finalNet;
        net[account] = 0;
        moved[account] = 0;
        clearLeaf(venue, index);
        if (entry.finalNet > before.settled) _claim(account);
    }

    /// @notice What a released winner is still owed.
    function _claim(address account) internal {
        _try("claim", address(this), address(vault), abi.encodeCall(ICollateralVault.claim, (venue, account)));
    }

    function _checkResolution(
        address account,
        IDefaultManager.Case memory entry,
        Resolution memory before,
        uint256 reward,
        uint256 penalty
    ) private {
        Resolution memory now_ = _resolutionOf(account);
        uint256 written = now_.shortfalls - before.shortfalls;
        _require(now_.pool - before.pool + written == entry.loss, "lossConserved", "loss is not what was paid and written off");
        if (written != 0) {
            uint256 cap = entry.initialMargin;
            _require(now_.own == 0, "lossConserved", "a shortfall while the venue's tranche had money");
            _require(now_.members == 0 || before.members - now_.members == cap, "lossConserved", "a shortfall below the members' cap");
            ++succeeded["shortfall"];
        }
        if (now_.members < before.members) {
            _require(now_.own == 0, "lossConserved", "members paid before the venue's tranche was empty");
            ++succeeded["membersPaid"];
        }
        uint256 spent = before.cash - now_.cash;
        uint256 fullPrice = entry.loss + reward + penalty;
        if (before.cash >= fullPrice) _require(spent == fullPrice, "surplusReturns", "the account paid more or less than it owed");
        else _require(spent <= before.cash, "surplusReturns", "the account paid more than it had");
        if (before.cash > fullPrice) ++succeeded["surplus"];
        if (entry.loss == 0) _require(spent == 0, "surplusReturns", "an account without a loss paid");
        _require(int256(before.settled) - entry.finalNet <= int256(uint256(entry.loss)), "settledOnce", "loss below settled - net");
        int256 owing = entry.finalNet - before.settled;
        if (owing > 0) _require(vault.claims(venue, account) >= uint256(owing), "settledOnce", "a winner's owing was lost");
    }

    function _resolutionOf(address account) private view returns (Resolution memory) {
        return
            Resolution({
                pool: vault.book(venue).pool,
                shortfalls: vault.book(venue).shortfalls,
                own: fund.venueTranche(),
                members: fund.memberTranche(),
                cash: usdc.balanceOf(account),
                settled: settledOf(account)
            });
    }

    function _provable(address account) private view returns (bool) {
        uint256 last = roots[venue].length;
        return last != 0 && _pledged(account) && vault.record(account).index < roots[venue][last - 1].leaves.length;
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
