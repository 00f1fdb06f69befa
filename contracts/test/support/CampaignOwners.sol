// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../../src/interfaces/IOwnerDesk.sol";
import {PledgeTerms, WithdrawalRequest} from "../../src/interfaces/Types.sol";
import {CampaignWorld} from "./CampaignWorld.sol";
import {TestToken} from "./Tokens.sol";

/// @notice The campaign's owners: they pledge, top up, and take out what they may.
abstract contract CampaignOwners is CampaignWorld {
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
        bytes memory data = abi.encodeCall(IOwnerDesk.requestWithdrawal, (account, address(token), wanted, address(this)));
        bool open_ = owners.pendingOf(account, address(token)) != 0;
        bool ok = _try("request", ownerOf(account), address(vault), data);
        _require(!ok || !open_, "nonceOnce", "a request replaced another");
    }

    function cancel(uint256 seed) external step {
        (address account, TestToken token) = _requested(seed);
        if (account == address(0)) return;
        _try("cancel", ownerOf(account), address(vault), abi.encodeCall(IOwnerDesk.cancelWithdrawal, (account, address(token))));
        _require(owners.pendingOf(account, address(token)) == 0, "exitAlwaysOpen", "a request could not be taken back");
    }

    function finalise(uint256 seed) external step {
        (address account, TestToken token) = _requested(seed >> 8);
        if (account == address(0)) return;
        WithdrawalRequest memory wanted = owners.request(account, address(token));
        nextBlock();
        if (seed % 4 != 0) setMargin(account, 0, 0);
        if (seed % 4 == 1) {
            deposit(account, usdc, 20_000e6);
            deposit(account, token, wanted.amount);
        }
        _post(true);
        _allow(account, token, wanted.amount);
        bytes memory data = abi.encodeCall(IOwnerDesk.finaliseWithdrawal, (address(token), proofOf(account)));
        bool ok = _try("finalise", address(this), address(vault), data);
        _require(!ok || !_isShort(account), "solventStaysWhole", "a withdrawal left the account short");
        if (ok) _require(!_try("finaliseTwice", address(this), address(vault), data), "nonceOnce", "a request was paid twice");
    }

    function _withdraw(string memory action, address account, TestToken token, uint256 amount) private returns (bool) {
        bytes memory data = abi.encodeCall(ICollateralVault.withdraw, (account, address(token), amount, address(this)));
        return _try(action, ownerOf(account), address(vault), data);
    }

    /// @dev Some request that waits; none: the zero address.
    function _requested(uint256 seed) private view returns (address account, TestToken token) {
        for (uint256 i; i < (PLAYERS - 1) * 3; ++i) {
            uint256 place = (seed % 1e9) + i;
            (account, token) = (_client(place / 3), tokens[place % 3]);
            if (_pledged(account) && owners.pendingOf(account, address(token)) != 0) return (account, token);
        }
        return (address(0), token);
    }
}
