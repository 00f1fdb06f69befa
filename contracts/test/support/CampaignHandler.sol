// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IAttestationLog} from "../../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {ISettlement} from "../../src/interfaces/ISettlement.sol";
import {EpochHeader, Leaf, PledgeTerms, RootPrices, WithdrawalRequest} from "../../src/interfaces/Types.sol";
import {CampaignDefaults} from "./CampaignDefaults.sol";
import {TestFeed} from "./TestFeed.sol";
import {TestToken} from "./Tokens.sol";

/// @notice Everything that owners, venue, members, keepers and strangers may do, and the invariants' checks.
abstract contract CampaignHandler is CampaignDefaults {
    uint256[] private _requests;

    // -- owners ------------------------------------------------------------------------------------------------------------

    function topUp(uint256 who, uint256 which, uint256 amount) external step {
        uint256[3] memory most = [uint256(5_000e6), 1e7, 2e18];
        which %= 3;
        deposit(players[who % PLAYERS], tokens[which], bound(amount, 1, most[which]));
        _count("topUp", true);
    }

    function pledge(uint256 who) external step {
        address account = _client(who);
        if (_pledged(account)) return;
        PledgeTerms memory terms = termsOf(account, venue);
        bytes32 digest = pledgeDigest(terms);
        bytes memory data = abi.encodeCall(
            ICollateralVault.pledge,
            (terms, signAs(ownerKeyOf[account], digest), signAs(VENUE_KEY, digest))
        );
        if (!_try("pledge", address(this), address(vault), data)) return;
        enterLeaf(venue, account, vault.record(account).index);
        _require(!_try("pledgeTwice", address(this), address(vault), data), "nonceOnce", "a pledge was replayed");
    }

    /// @notice An owner takes everything out of an unpledged account, with every feed dead.
    function emptyOut(uint256 who) external step {
        address account = _client(who);
        if (_pledged(account)) return;
        feedsFollow = false;
        vm.warp(clock + 100 days);
        for (uint256 i; i < 3; ++i) {
            uint256 held = tokens[i].balanceOf(account);
            if (held == 0) continue;
            _allow(account, tokens[i], held);
            bool ok = _withdraw("emptyOut", account, tokens[i], held);
            _require(ok, "unpledgedIsFree", "an unpledged account could not withdraw");
        }
        feedsFollow = true;
        vm.warp(clock);
    }

    function withdrawFreely(uint256 who, uint256 which, uint256 amount) external step {
        address account = players[who % PLAYERS];
        TestToken token = tokens[which % 3];
        amount = bound(amount, 1, token.balanceOf(account) + 1);
        if (!_pledged(account)) _allow(account, token, amount);
        _withdraw("withdrawFreely", account, token, amount);
    }

    function withdrawWithConsent(uint256 who, uint256 which, uint256 amount) external step {
        address account = _client(who);
        TestToken token = tokens[which % 3];
        if (token.balanceOf(account) == 0) return;
        amount = bound(amount, 1, token.balanceOf(account) / 4 + 1);
        uint40 deadline = uint40(clock + 30 minutes);
        bytes32 digest = consentDigest(account, address(token), amount, address(this), vault.record(account).consentNonce, deadline);
        bytes memory data = abi.encodeCall(
            ICollateralVault.withdrawWithConsent,
            (account, address(token), amount, address(this), deadline, signAs(VENUE_KEY, digest))
        );
        _allow(account, token, amount);
        if (!_try("consent", ownerOf(account), address(vault), data)) return;
        _require(!_try("consentTwice", ownerOf(account), address(vault), data), "nonceOnce", "a consent was replayed");
    }

    function request(uint256 who, uint256 which, uint256 amount) external step {
        address account = _client(who);
        TestToken token = tokens[which % 3];
        if (token.balanceOf(account) == 0) return;
        uint128 wanted = uint128(bound(amount, 1, token.balanceOf(account) / 2 + 1));
        bytes memory data = abi.encodeCall(ICollateralVault.requestWithdrawal, (account, address(token), wanted, address(this)));
        if (_try("request", ownerOf(account), address(vault), data)) _requests.push(_requests.length + 1);
    }

    function cancel(uint256 seed) external step {
        if (_requests.length == 0) return;
        uint256 id = _requests[seed % _requests.length];
        WithdrawalRequest memory wanted = vault.request(id);
        if (wanted.account == address(0)) return;
        _try("cancel", ownerOf(wanted.account), address(vault), abi.encodeCall(ICollateralVault.cancelWithdrawal, (id)));
    }

    function finalise(uint256 seed) external step {
        if (_requests.length == 0) return;
        uint256 id = _requests[(seed >> 8) % _requests.length];
        WithdrawalRequest memory wanted = vault.request(id);
        if (wanted.account == address(0) || !_pledged(wanted.account)) return;
        nextBlock();
        if (seed % 4 != 0) setMargin(wanted.account, 0, 0);
        if (seed % 4 == 1) {
            deposit(wanted.account, usdc, 20_000e6);
            deposit(wanted.account, TestToken(wanted.token), wanted.amount);
        }
        _post(true);
        _allow(wanted.account, TestToken(wanted.token), wanted.amount);
        bytes memory data = abi.encodeCall(ICollateralVault.finaliseWithdrawal, (id, proofOf(wanted.account)));
        bool ok = _try("finalise", address(this), address(vault), data);
        _require(!ok || !_isShort(wanted.account), "solventStaysWhole", "a withdrawal left the account short");
        if (ok) _require(!_try("finaliseTwice", address(this), address(vault), data), "nonceOnce", "a request was paid twice");
    }

    // -- the venue ---------------------------------------------------------------------------------------------------------

    function trade(uint256 who, uint256 amount, bool wins) external step {
        address account = _client(who);
        if (!_pledged(account) || _isClosing(account)) return;
        int256 result = int256(bound(amount, 1, 2_000e6));
        if (!wins) result = -result;
        net[account] += result;
        net[players[0]] -= result;
        _count("trade", true);
    }

    function margin(uint256 who, uint256 initial, uint256 maintenance) external step {
        address account = _client(who);
        if (!_pledged(account)) return;
        // Half of the time the account has no positions: then it can take out what it does not owe.
        uint256 required = initial % 2 == 0 ? 0 : bound(initial, 0, 8_000e6);
        setMargin(account, uint96(required), uint96(bound(maintenance, 0, required)));
        _count("margin", true);
    }

    function post(bool settles) external step {
        nextBlock();
        _post(settles);
    }

    /// @notice The last root once more, a root with a gap, and one whose credits nobody covers: all must be refused.
    function postWrongly(uint256 extra) external step {
        uint256 last = roots[venue].length;
        if (last == 0) return;
        _refused(roots[venue][last - 1].header, roots[venue][last - 1].prices, "rootsAppendOnly", "a root was posted twice");
        nextBlock();
        vault.checkpoint(venue);
        nextBlock();
        RootPrices memory prices = livePrices(venue);
        EpochHeader memory header = headerOf(venue, uint64(height - 1), prices, true);
        header.epoch += 1;
        _refused(header, prices, "rootsAppendOnly", "an epoch was skipped");
        header.epoch -= 1;
        header.totalCredit = uint128(uint256(int256(uint256(header.totalDebit)) + _baseByHand() + 1 + int256(bound(extra, 0, 1e12))));
        _refused(header, prices, "poolCovers", "a root credits more than debits and base");
    }

    /// @notice Settles everybody under one of the last roots, the venue's own book first.
    function settleAll(uint256 back, uint256 later) external step {
        uint256 last = roots[venue].length;
        if (last == 0) return;
        advance(bound(later, 1, 40 minutes));
        uint256 epoch = last - bound(back, 0, last < 4 ? last - 1 : 3);
        for (uint256 i; i < players.length; ++i) {
            _settleOne(epoch, players[i]);
        }
    }

    function move(uint256 which, uint256 bps) external step {
        TestFeed feed = which % 2 == 0 ? btcFeed : ethFeed;
        int256 answer = (feed.answer() * int256(bound(bps, 7_000, 13_500))) / 10_000;
        setPrice(feed, answer < 1e8 ? int256(1e8) : answer);
        _count("move", true);
    }

    function pass(uint256 time) external step {
        advance(bound(time, 1, 2 hours));
    }

    // -- pool and fund -----------------------------------------------------------------------------------------------------

    function contribute(uint256 amount) external step {
        _try("contribute", address(this), address(vault), abi.encodeCall(ICollateralVault.contribute, (venue, bound(amount, 1, 500e6))));
    }

    function donate(uint256 amount) external step {
        amount = bound(amount, 1, 500e6);
        uint256 shares = fund.convertToAssets(1e12);
        usdc.mint(pool, amount);
        usdc.mint(address(fund), amount);
        donated += amount;
        _require(fund.convertToAssets(1e12) == shares, "lossConserved", "a donation moved the members' share price");
        _count("donate", true);
    }

    function claim(uint256 who) external step {
        _claim(_client(who));
    }

    function strengthen(uint256 amount, bool own) external step {
        amount = bound(amount, 1, 300e6);
        if (own) _try("fundOwn", address(this), address(fund), abi.encodeCall(IDefaultFund.fundVenueTranche, (amount)));
        else _try("fundJoin", MEMBER, address(fund), abi.encodeCall(IERC4626.deposit, (amount, MEMBER)));
    }

    function notice(uint256 share) external step {
        uint256 shares = fund.balanceOf(MEMBER) / bound(share, 2, 10);
        _try("notice", MEMBER, address(fund), abi.encodeCall(IDefaultFund.noticeRedemption, (shares)));
    }

    function redeem() external step {
        (uint128 shares, uint40 maturesAt) = fund.notices(MEMBER);
        if (shares == 0) return;
        if (maturesAt > clock) advance(maturesAt - clock);
        uint256 open_ = defaults.openDefaults(venue);
        bool ok = _try("redeem", MEMBER, address(fund), abi.encodeCall(IERC4626.redeem, (shares, MEMBER, MEMBER)));
        _require(!ok || open_ == 0, "lossConserved", "a member left while a default was open");
    }

    // -- the checks --------------------------------------------------------------------------------------------------------

    /// @notice Fails with what broke the invariant of this name, if a step did.
    function check(string calldata name) external view {
        assertTrue(bytes(broken[name]).length == 0, string.concat(name, ": ", broken[name]));
    }

    function checkBase() external view {
        assertEqInt(vault.base(venue), _baseByHand(), "poolCovers: base = pool + settled - claims");
        assertEq(usdc.balanceOf(pool), uint256(vault.book(venue).pool) + donated, "poolCovers: the pool has what it counts");
    }

    function checkFund() external view {
        uint256 counted = fund.venueTranche() + fund.memberTranche();
        assertEq(usdc.balanceOf(address(fund)), counted + donated, "lossConserved: the fund has what it counts");
    }

    function checkSettled() external view {
        for (uint256 i; i < players.length; ++i) {
            assertEqInt(settledOf(players[i]), moved[players[i]], "settledOnce: settled is what moved");
        }
    }

    function checkRoots() external view {
        assertEq(attestationLog.newest(venue), postedHashes.length, "rootsAppendOnly: as many as were posted");
        for (uint64 i; i < postedHashes.length; ++i) {
            (bytes32 structHash, ) = attestationLog.posted(venue, i + 1);
            assertEqHash(structHash, postedHashes[i], "rootsAppendOnly: never overwritten");
        }
    }

    // -- parts -------------------------------------------------------------------------------------------------------------

    function _withdraw(string memory action, address account, TestToken token, uint256 amount) private returns (bool) {
        bytes memory data = abi.encodeCall(ICollateralVault.withdraw, (account, address(token), amount, address(this)));
        return _try(action, ownerOf(account), address(vault), data);
    }

    function _refused(EpochHeader memory header, RootPrices memory prices, string memory name, string memory what) private {
        bytes32 digest = headerDigest(header);
        bytes memory data = abi.encodeCall(IAttestationLog.post, (header, prices, signAs(VENUE_KEY, digest), attest(digest, 2)));
        _require(!_try("postWrongly", address(this), address(attestationLog), data), name, what);
    }

    function _settleOne(uint256 epoch, address account) private {
        uint32 index = vault.record(account).index;
        if (!_pledged(account) || index >= roots[venue][epoch - 1].leaves.length) return;
        (EpochHeader memory header, Leaf[] memory leaves, bytes[] memory siblings) = settlementOf(epoch, only(account));
        int256 before = int256(uint256(leaves[0].credit)) - int256(uint256(leaves[0].debit)) - settledOf(account);
        if (before < 0) _allow(account, usdc, uint256(-before));
        int256 cash = int256(usdc.balanceOf(account));
        bool ok = _try("settle", address(this), address(settlement), abi.encodeCall(ISettlement.settle, (header, leaves, siblings)));
        if (!ok) return;
        int256 change = int256(usdc.balanceOf(account)) - cash;
        moved[account] += change;
        if (change < 0) ++succeeded["settledDebit"];
        if (change > 0) ++succeeded["settledCredit"];
        int256 rest = before - change;
        _require(before >= 0 ? rest >= 0 && rest <= before : rest <= 0 && rest >= before, "settledOnce", "settlement overshot");
        _require(change == 0 || !_isClosing(account), "settledOnce", "an account in default was settled");
    }
}
