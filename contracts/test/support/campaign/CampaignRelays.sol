// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOwnerDesk} from "../../../src/interfaces/IOwnerDesk.sol";
import {CampaignInvariants} from "./CampaignInvariants.sol";
import {Act, Inv} from "./CampaignKinds.sol";
import {CampaignWallet} from "./CampaignWallet.sol";

/// @notice What an owner does, by its own hand or by a signature that anybody carries there; and whoever misuses such a signature.
abstract contract CampaignRelays is CampaignInvariants {
    /// @dev A call that an owner wants and signs, as it is sent.
    struct Wish {
        address account;
        bytes call;
        uint256 nonce;
        uint40 deadline;
    }

    uint192 private constant LAST_NAMESPACE = type(uint192).max;

    /// @notice Some of what owners do goes through a relayer, and around some of that somebody tries to cheat.
    /// @param relayed what it counts as when it is relayed
    function _byOwner(Act act, Act relayed, address account, bytes memory data) internal returns (bool ok) {
        uint256 seed = uint256(keccak256(abi.encode(runSeed, stepNow, data)));
        // A wallet that will not sign can still call.
        if (_chance(seed, 2) && _signs(account)) ok = _relay(relayed, account, data, seed >> 8);
        else ok = _try(act, ownerAt[account], data);
        if (_chance(seed >> 128, 4)) _misuse(account, data, seed >> 136);
    }

    function _relay(Act relayed, address account, bytes memory call, uint256 seed) private returns (bool ok) {
        address owner = ownerAt[account];
        Wish memory wish = _wish(account, call, seed);
        uint256 used = uint64(wish.nonce);
        bytes memory data = _carried(wish, _ownerSigns(account, _digest(_hashOf(wish))));
        ok = _try(relayed, STRANGER, data);
        uint256 next = vault.nonceOf(owner, uint192(wish.nonce >> 64));
        _require(next == (ok ? used + 1 : used), Inv.NONCE_ONCE, "a nonce counted wrongly");
        if (!ok) return false;
        _remember(STRANGER, data);
        if (_chance(seed >> 64, 2)) _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, STRANGER, data, "a relayed call was replayed");
    }

    /// @dev Whether the owner's signature counts: a key's always does, a wallet's by its mood.
    function _signs(address account) private view returns (bool) {
        CampaignWallet wallet = walletOf[account];
        if (address(wallet) == address(0)) return true;
        return wallet.mood() == CampaignWallet.Mood.HONEST || wallet.mood() == CampaignWallet.Mood.CALLS_BACK;
    }

    function _wish(address account, bytes memory call, uint256 seed) private view returns (Wish memory) {
        uint192 namespace = _chance(seed, 3) ? LAST_NAMESPACE : uint192((seed >> 8) % 2);
        uint256 nonce = (uint256(namespace) << 64) | vault.nonceOf(ownerAt[account], namespace);
        return Wish(account, call, nonce, uint40(clock + 1 hours));
    }

    // -- misuse --------------------------------------------------------------------------------------------------------------

    /// @dev nonceOnce: each of these is signed, and still not for what it is used for.
    function _misuse(address account, bytes memory call, uint256 seed) private {
        Wish memory wish = _wish(account, call, seed >> 8);
        uint256 way = seed % 4;
        seed >>= 64;
        if (way == 0) _outOfTurn(wish, seed);
        else if (way == 1) _fromElsewhere(wish, seed);
        else if (way == 2) _expired(wish);
        else _notByTheOwner(wish, seed);
    }

    /// @dev A nonce that is used up, or not yet its turn, or was signed for another namespace.
    function _outOfTurn(Wish memory wish, uint256 seed) private {
        uint256 nonce = wish.nonce;
        uint256 way = seed % 3;
        if (way == 0 && uint64(nonce) != 0) {
            --wish.nonce;
        } else if (way == 1) {
            ++wish.nonce;
        } else {
            wish.nonce = (nonce & type(uint64).max) | (uint256(7 + ((seed >> 8) % 1_000)) << 64);
            bytes memory signature = _ownerSigns(wish.account, _digest(_hashOf(wish)));
            wish.nonce = nonce;
            return _refuse(Act.REFUSED_NONCE, wish, signature, "another namespace's signature");
        }
        _refuse(Act.REFUSED_NONCE, wish, _ownerSigns(wish.account, _digest(_hashOf(wish))), "a nonce out of turn");
    }

    /// @dev On another chain, or for another contract.
    function _fromElsewhere(Wish memory wish, uint256 seed) private {
        (uint256 chain, address place) = _chance(seed, 2)
            ? (block.chainid + 1 + ((seed >> 8) % 1_000), address(vault))
            : (block.chainid, address(probe));
        bytes32 digest = _digestAt(chain, place, _hashOf(wish));
        _refuse(Act.REFUSED_ELSEWHERE, wish, _ownerSigns(wish.account, digest), "signed for elsewhere");
    }

    function _expired(Wish memory wish) private {
        wish.deadline = uint40(clock - 1);
        bytes memory signature = _ownerSigns(wish.account, _digest(_hashOf(wish)));
        _refuse(Act.REFUSED_LATE, wish, signature, "after its deadline");
        wish.deadline = uint40(clock);
        _refuse(Act.REFUSED_LATE, wish, signature, "a later deadline than was signed");
    }

    /// @dev By another owner, by a wallet that says no or something else, or for another call than this.
    function _notByTheOwner(Wish memory wish, uint256 seed) private {
        CampaignWallet wallet = walletOf[wish.account];
        uint256 way = seed % 3;
        if (way == 0) {
            bytes memory signature = signAs(0xBAD0000 + ((seed >> 8) % 1_000), _digest(_hashOf(wish)));
            return _refuse(Act.REFUSED_SIGNER, wish, signature, "signed by somebody else");
        }
        bytes memory signed = _ownerSigns(wish.account, _digest(_hashOf(wish)));
        if (address(wallet) == address(0) || way == 1) {
            _alterCall(wish, seed >> 8);
            return _refuse(Act.REFUSED_SIGNER, wish, signed, "another call than was signed");
        }
        CampaignWallet.Mood mood = wallet.mood();
        wallet.feel(_chance(seed >> 8, 2) ? CampaignWallet.Mood.REFUSES : CampaignWallet.Mood.LIES, "");
        _refuse(Act.REFUSED_SIGNER, wish, signed, "a wallet that did not agree");
        wallet.feel(mood, abi.encodeCall(valuer.prices, (1)));
    }

    /// @dev One bit of what is signed; in the account's word it may make an account of somebody else, or of nobody.
    function _alterCall(Wish memory wish, uint256 seed) private view {
        (, uint256 words) = owners.callTypeHash(bytes4(wish.call));
        uint256 bit = 32 + (seed % (words * 256));
        bytes memory altered = bytes.concat(wish.call);
        altered[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        wish.call = altered;
    }

    function _refuse(Act act, Wish memory wish, bytes memory signature, bytes32 what) private {
        _refused(act, Inv.NONCE_ONCE, STRANGER, _carried(wish, signature), what);
    }

    function _carried(Wish memory wish, bytes memory signature) private pure returns (bytes memory) {
        return abi.encodeCall(IOwnerDesk.relay, (wish.call, wish.nonce, wish.deadline, signature));
    }

    function _hashOf(Wish memory wish) private view returns (bytes32) {
        (bytes32 typeHash, uint256 words) = owners.callTypeHash(bytes4(wish.call));
        bytes memory arguments = new bytes(words * 32);
        bytes memory signed = wish.call;
        assembly ("memory-safe") {
            mcopy(add(arguments, 0x20), add(signed, 0x24), mload(arguments))
        }
        return keccak256(abi.encodePacked(typeHash, arguments, wish.nonce, uint256(wish.deadline)));
    }
}
