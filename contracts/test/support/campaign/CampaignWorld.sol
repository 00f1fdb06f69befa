// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountRecord, AccountStatus, PledgeTerms} from "../../../src/interfaces/Types.sol";
import {CampaignFeed} from "./CampaignFeed.sol";
import {Act, Inv, Spot} from "./CampaignKinds.sol";
import {CampaignState} from "./CampaignState.sol";
import {CampaignToken} from "./CampaignToken.sol";

/// @notice The one way in which anybody sends a transaction, who and what there is, signatures and time.
abstract contract CampaignWorld is CampaignState {
    /// @dev What a transaction may use: a feed that takes all that it is given takes no more of it than a block has.
    uint256 private constant GAS = 30_000_000;

    // -- transactions --------------------------------------------------------------------------------------------------------

    /// @notice Lets `account` fall by up to `amount` of `token` in the next transaction.
    function _allow(address account, CampaignToken token, uint256 amount) internal {
        allowances.push(Allowance({account: account, token: address(token), amount: amount}));
    }

    function _allowAssets(address account, uint32 v) internal {
        for (uint256 i; i < ASSETS; ++i) {
            CampaignToken token = _asset(v, i);
            _allow(account, token, token.balanceOf(account));
        }
    }

    function _try(Act act, address sender, bytes memory data) internal returns (bool ok) {
        (ok, ) = _send(act, sender, address(vault), data);
    }

    /// @notice Sends one transaction, whatever comes of it, and holds every account's balances against what was allowed.
    function _send(Act act, address sender, address target, bytes memory data) internal returns (bool ok, bytes memory answer) {
        uint256[][] memory before = _balances();
        if (sender != address(this)) vm.prank(sender);
        (ok, answer) = target.call{gas: _gas()}(data);
        _compare(before);
        delete allowances;
        _require(!vault.locked(), Inv.REENTRANCY_SAFE, "the lock was kept");
        _require(probe.entered() == 0, Inv.REENTRANCY_SAFE, "a door was open in a callback");
        _count(act, ok);
    }

    /// @notice Sends what must be refused: who does, counts it as a success of `act`.
    function _refused(Act act, Inv inv, address sender, bytes memory data, bytes32 what) internal {
        uint256[][] memory before = _balances();
        if (sender != address(this)) vm.prank(sender);
        (bool ok, ) = address(vault).call{gas: _gas()}(data);
        _require(!ok, inv, what);
        _compare(before);
        delete allowances;
        _count(act, !ok);
    }

    /// @dev Keeps what carried a signature, to be sent again at any later time.
    function _remember(address sender, bytes memory data) internal {
        uint256 place = rememberedCount++ % RING;
        (remembered[place], rememberedSender[place]) = (data, sender);
    }

    function _gas() private returns (uint256 gas_) {
        gas_ = gasGiven == 0 ? GAS : gasGiven;
        gasGiven = 0;
    }

    function _count(Act act, bool ok) internal {
        tally[uint256(act)] += ok ? (1 << 128) | 1 : 1 << 128;
    }

    function _visit(Spot spot) internal {
        ++visits[uint256(spot)];
    }

    /// @dev The first violation ends the run: what comes after it may follow from it.
    function _require(bool holds, Inv inv, bytes32 what) internal {
        if (!holds && broken == Inv.NONE) (broken, brokenBy) = (inv, what);
    }

    function _balances() private view returns (uint256[][] memory held) {
        held = new uint256[][](TOKENS);
        address[] memory who = players;
        for (uint256 i; i < TOKENS; ++i) {
            held[i] = tokens[i].balancesOf(who);
        }
    }

    function _compare(uint256[][] memory before) private {
        uint256[][] memory held = _balances();
        uint256 n = before[0].length;
        for (uint256 i; i < TOKENS; ++i) {
            for (uint256 j; j < n; ++j) {
                if (held[i][j] >= before[i][j]) continue;
                uint256 allowed = _allowed(players[j], address(tokens[i]));
                _require(before[i][j] - held[i][j] <= allowed, Inv.NEVER_PAYS_FOR_ANOTHER, "fell by no door of its own");
            }
        }
    }

    function _allowed(address account, address token) private view returns (uint256 allowed) {
        for (uint256 j; j < allowances.length; ++j) {
            Allowance memory allowance = allowances[j];
            if (allowance.account == account && allowance.token == token) allowed += allowance.amount;
        }
    }

    // -- who and where -------------------------------------------------------------------------------------------------------

    function _client(uint256 seed) internal view returns (address) {
        return players[seed % CLIENTS];
    }

    function _record(address account) internal view returns (AccountRecord memory) {
        return vault.record(account);
    }

    function _venueOf(address account) internal view returns (uint32) {
        return vault.record(account).venue;
    }

    function _status(address account) internal view returns (AccountStatus) {
        return vault.record(account).status;
    }

    function _asset(uint32 v, uint256 i) internal view returns (CampaignToken) {
        return tokens[_tokenAt(v, i)];
    }

    function _feed(uint32 v, uint256 i) internal view returns (CampaignFeed) {
        return feeds[_tokenAt(v, i)];
    }

    function _secondFeed(uint32 v, uint256 i) internal view returns (CampaignFeed) {
        return seconds_[_tokenAt(v, i)];
    }

    /// @dev The last asset of every odd venue has two sources, and of every even one the settlement asset and the first other one.
    function _hasSecond(uint32 v, uint256 i) internal pure returns (bool) {
        return v % 2 == 0 ? i < 2 : i == 2;
    }

    /// @dev What a token is worth to begin with, 8 decimals.
    function _fairPrice(uint256 token) internal pure returns (int256) {
        if (token == 1) return 60_000e8;
        return token == 2 ? int256(3_000e8) : int256(1e8);
    }

    function _cash(uint32 v) internal view returns (CampaignToken) {
        return tokens[_tokenAt(v, 0)];
    }

    /// @dev Tokens are: 6 decimals, returns nothing; 8; 18; 18, the second kind's settlement asset.
    function _tokenAt(uint32 v, uint256 i) private view returns (uint256) {
        if (places[v].kind == 0) return i;
        return
            i == 0
                ? 3
                : i == 1
                    ? 1
                    : 0;
    }

    function _cashOf(address account, uint32 v) internal view returns (uint256) {
        return _cash(v).balanceOf(account);
    }

    function _poolHolds(uint32 v) internal view returns (uint256) {
        return _cash(v).balanceOf(places[v].pool);
    }

    /// @dev Whether a transfer out of an account, into its venue's pool, would be served.
    function _servesPool(address account, uint32 v) internal view returns (bool) {
        return _cash(v).serves(account, places[v].pool);
    }

    function _chance(uint256 seed, uint256 outOf) internal pure returns (bool) {
        return seed % outOf == 0;
    }

    function _part(uint256 seed, uint256 nth) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, nth)));
    }

    function _least(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }

    function _positive(int256 a) internal pure returns (uint256) {
        return a > 0 ? uint256(a) : 0;
    }

    // -- signatures ----------------------------------------------------------------------------------------------------------

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return digestFor(address(vault), structHash);
    }

    /// @dev The same words in the domain of another chain, or of another contract.
    function _digestAt(uint256 chain, address place, bytes32 structHash) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        bytes32 domain = keccak256(abi.encode(typeHash, keccak256("Ringfence"), keccak256("1"), chain, place));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _venueSigns(uint32 v, bytes32 digest) internal view returns (bytes memory) {
        return signAs(places[v].key, digest);
    }

    function _ownerSigns(address account, bytes32 digest) internal returns (bytes memory) {
        if (address(walletOf[account]) == address(0)) return signAs(ownerKeyOf[account], digest);
        walletOf[account].approve(digest);
        return "";
    }

    /// @notice Signatures of the first `count` attestors, ascending.
    function _attested(uint32 v, bytes32 digest, uint256 count) internal view returns (bytes memory signatures) {
        for (uint256 i; i < count; ++i) {
            signatures = bytes.concat(signatures, signAs(places[v].attestors[i], digest));
        }
    }

    /// @dev Three keys whose addresses ascend.
    function _newAttestors(uint256 salt) internal pure returns (uint256[] memory keys) {
        keys = new uint256[](3);
        for (uint256 i; i < 3; ++i) {
            keys[i] = (uint256(keccak256(abi.encode("attestor", salt, i))) >> 8) | 1;
        }
        for (uint256 i; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                if (vm.addr(keys[j]) < vm.addr(keys[i])) (keys[i], keys[j]) = (keys[j], keys[i]);
            }
        }
    }

    function _addressesOf(uint256[] memory keys) internal pure returns (address[] memory list) {
        list = new address[](keys.length);
        for (uint256 i; i < keys.length; ++i) {
            list[i] = vm.addr(keys[i]);
        }
    }

    // -- time ----------------------------------------------------------------------------------------------------------------

    function _pass(uint256 secondsOn) internal {
        clock += secondsOn;
        height += secondsOn < 12 ? 1 : secondsOn / 12;
        vm.warp(clock);
        vm.roll(height);
    }

    /// @notice The venue's clock by the campaign's own record of pauses.
    function _clockByHand(uint32 v) internal view returns (uint256) {
        return _clockAtByHand(v, clock);
    }

    /// @dev Of a time before the last pause, less than it showed if there were others before.
    function _clockAtByHand(uint32 v, uint256 time) internal view returns (uint256) {
        uint256 from = pausedFrom[v];
        uint256 stood = pausedBefore[v] + (from == 0 || time < from ? 0 : _least(time - from, 1 days));
        return time > stood ? time - stood : 0;
    }

    /// @notice When the sequencer last came up or went down; 0: there is none.
    function _upSince() internal view returns (uint256) {
        return address(sequencer) == address(0) ? 0 : sequencer.since();
    }

    function _isDown() internal view returns (bool) {
        return address(sequencer) != address(0) && sequencer.down();
    }

    function _isPaused(uint32 v) internal view returns (bool) {
        return pausedFrom[v] != 0 && clock < pausedFrom[v] + 1 days;
    }

    function _termsOf(address account, uint32 v, uint96 cap) internal view returns (PledgeTerms memory) {
        return
            PledgeTerms({
                account: account,
                venue: v,
                policyVersion: registry.policyVersion(v),
                debitCap: cap,
                nonce: vault.pledges(account),
                deadline: uint40(clock + 1 hours)
            });
    }
}
