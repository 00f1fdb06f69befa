// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICloseOut} from "../../src/interfaces/ICloseOut.sol";
import {IDefaultManager} from "../../src/interfaces/IDefaultManager.sol";
import {AccountProof, AccountStatus, CloseOutReport, DefaultCase} from "../../src/interfaces/Types.sol";
import {CampaignTakers} from "./CampaignTakers.sol";
import {TestToken} from "./Tokens.sol";

/// @notice The campaign's keepers: call, cure, declare, report, fix, resolve.
abstract contract CampaignKeepers is CampaignTakers {
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

    /// @dev A call ends one of three ways: nobody came in time, it is short no more, or it becomes a default.
    function _endCall(address account, uint256 seed) private {
        if (clock > uint256(caseOf(account).time) + 2 hours) _lapse(account);
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
        bool ok = _try("cure", address(this), address(vault), abi.encodeCall(IDefaultManager.cure, (proofOf(account))));
        _require(ok != short_, "solventStaysWhole", "cure and shortness disagree");
    }

    function _lapse(address account) private {
        _try("lapse", address(this), address(vault), abi.encodeCall(IDefaultManager.lapse, (account)));
    }

    function _refresh(address account) private {
        _post(true);
        _try("refresh", address(this), address(vault), abi.encodeCall(IDefaultManager.refreshOwed, (proofOf(account))));
    }

    function _callMargin(address account) internal {
        if (!_provable(account)) return;
        bool short_ = _isShort(account);
        AccountProof memory proof = proofOf(account);
        bool ok = _try("call", address(this), address(vault), abi.encodeCall(IDefaultManager.callMargin, (proof)));
        _require(!ok || short_, "solventStaysWhole", "an account that meets its requirement was called");
    }

    function _declare(address account, uint256 seed) internal {
        if (!_provable(account)) return;
        bool short_ = _isShort(account);
        address first = address(tokens[1 + (seed % 2)]);
        if (TestToken(first).balanceOf(account) == 0) first = address(0);
        AccountProof memory proof = proofOf(account);
        bytes memory data = abi.encodeCall(IDefaultManager.declareDefault, (proof, first));
        bool ok = _try("declare", declarer, address(vault), data);
        if (!ok && first != address(0)) {
            data = abi.encodeCall(IDefaultManager.declareDefault, (proof, address(0)));
            ok = _try("declare", declarer, address(vault), data);
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
            _try("fix", address(this), address(vault), abi.encodeCall(ICloseOut.fixLoss, (account)));
        } else if (seed % 4 == 1) {
            advance(4 hours);
            _post(true);
            bytes memory data = abi.encodeCall(ICloseOut.fixLossWithoutReport, (proofOf(account)));
            _try("fallback", address(this), address(vault), data);
        } else {
            _fileReport(account, seed);
        }
    }

    /// @dev Positions were closed somewhere near the net of the newest root, now and then at a profit.
    function _fileReport(address account, uint256 seed) private {
        int256 finalNet = net[account] + int256(bound(seed >> 8, 0, 2_000e6)) - 1_000e6;
        if (seed % 8 == 3) finalNet = settledOf(account) + int256(bound(seed >> 8, 0, 500e6));
        CloseOutReport memory filed = closeOutOf(account, finalNet);
        bytes32 digest = reportDigest(filed);
        bytes memory data = abi.encodeCall(ICloseOut.report, (filed, signAs(VENUE_KEY, digest), attest(digest, 2)));
        _try("report", address(this), address(vault), data);
    }

    function _resolve(address account) internal {
        if (statusOf(account) != AccountStatus.LOSS_FIXED) return;
        DefaultCase memory entry = caseOf(account);
        uint32 index = vault.record(account).index;
        Resolution memory before = _resolutionOf(account);
        uint256 reward = _least(50e6, (uint256(entry.loss) * 200) / 10_000);
        uint256 penalty = (uint256(entry.loss) * 500) / 10_000;
        _allow(account, usdc, entry.loss + reward + penalty);
        bool ok = _try("resolve", address(this), address(vault), abi.encodeCall(ICloseOut.resolve, (account)));
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

    function _checkResolution(
        address account,
        DefaultCase memory entry,
        Resolution memory before,
        uint256 reward,
        uint256 penalty
    ) private {
        Resolution memory now_ = _resolutionOf(account);
        uint256 written = now_.shortfalls - before.shortfalls;
        // Without a report the newest root may have said more than the loss: that the venue's tranche pays too, as far as it reaches.
        uint256 settled = now_.pool - before.pool + written;
        _require(settled >= entry.loss, "lossConserved", "less was paid and written off than the loss");
        uint256 excess = settled > entry.loss ? settled - entry.loss : 0;
        _require(excess <= entry.mark, "lossConserved", "more was paid and written off than loss and excess");
        _require(excess == entry.mark || now_.own == 0, "lossConserved", "the venue's tranche kept money while excess was unpaid");
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
        if (owing > 0) _require(settlement.claims(venue, account) >= uint256(owing), "settledOnce", "a winner's owing was lost");
    }

    function _resolutionOf(address account) private view returns (Resolution memory) {
        return
            Resolution({
                pool: settlement.book(venue).pool,
                shortfalls: settlement.book(venue).shortfalls,
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
}
