// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLog} from "../../../src/interfaces/IAttestationLog.sol";
import {ICollateralVault} from "../../../src/interfaces/ICollateralVault.sol";
import {IDefaultManager} from "../../../src/interfaces/IDefaultManager.sol";
import {IExitDesk} from "../../../src/interfaces/IExitDesk.sol";
import {IOwnerDesk} from "../../../src/interfaces/IOwnerDesk.sol";
import {IVenueStates} from "../../../src/interfaces/IVenueStates.sol";
import {AccountProof, AccountRecord, EpochHeader, PledgeTerms, RootPrices} from "../../../src/interfaces/Types.sol";
import {CampaignInvariants} from "./CampaignInvariants.sol";
import {Act, Inv} from "./CampaignKinds.sol";
import {CampaignToken} from "./CampaignToken.sol";

/// @notice Whoever tries what must be refused.
abstract contract CampaignForgers is CampaignInvariants {
    function _forge(uint256 seed) internal {
        uint256 kind = (seed >> 8) % 6;
        address account = players[(seed >> 16) % players.length];
        seed >>= 32;
        if (kind == 0) _asAnother(account, seed);
        else if (kind == 1) _again(seed);
        else if (kind == 2) _underAnOldRoot(account, seed);
        else if (kind == 3) _withAForgedProof(account, seed);
        else if (kind == 4) _falseRoot(venues[seed % venues.length], seed >> 8);
        else _falselySigned(account, seed);
    }

    /// @dev Somebody who is not the owner, nor the guardian.
    function _asAnother(address account, uint256 seed) private {
        CampaignToken token = tokens[seed % TOKENS];
        uint256 held = token.balanceOf(account);
        bytes[5] memory calls = [
            abi.encodeCall(ICollateralVault.withdraw, (account, address(token), held == 0 ? 1 : held, STRANGER)),
            abi.encodeCall(IOwnerDesk.requestWithdrawal, (account, address(token), 1, STRANGER)),
            abi.encodeCall(IExitDesk.requestRelease, (account)),
            abi.encodeCall(IVenueStates.pause, (venues[(seed >> 16) % venues.length])),
            abi.encodeCall(IOwnerDesk.switchAddressBook, (account, true))
        ];
        _refused(Act.REFUSED_SENDER, Inv.NEVER_PAYS_FOR_ANOTHER, STRANGER, calls[(seed >> 8) % 5], "a stranger acted as another");
    }

    /// @dev Something that carried a signature and worked, at any time before.
    function _again(uint256 seed) private {
        if (rememberedCount == 0) return;
        uint256 place = seed % _least(rememberedCount, RING);
        _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, rememberedSender[place], remembered[place], "replayed later");
    }

    function _underAnOldRoot(address account, uint256 seed) private {
        AccountRecord memory record = _record(account);
        uint256 last = kept[record.venue].length;
        if (last < 2) return;
        uint256 epoch = 1 + (seed % (last - 1));
        if (!_inRoot(record.venue, epoch, record.index)) return;
        AccountProof memory proof = _proof(record.venue, epoch, record.index);
        bytes[3] memory calls = [
            abi.encodeCall(IDefaultManager.callMargin, (proof)),
            abi.encodeCall(IDefaultManager.cure, (proof)),
            abi.encodeCall(IOwnerDesk.finaliseWithdrawal, (address(_cash(record.venue)), proof))
        ];
        _refused(Act.REFUSED_STALE_ROOT, Inv.SOLVENT_STAYS_WHOLE, STRANGER, calls[(seed >> 128) % 3], "an old root counted");
    }

    /// @dev sumProven: a true tree's proof, and each way to alter it.
    function _withAForgedProof(address account, uint256 seed) private {
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known) return;
        bytes memory right = abi.encodeCall(IAttestationLog.verifyInclusion, (proof.header, proof.leaf, proof.siblings));
        (bool ok, ) = address(vault).call(right);
        _require(ok, Inv.SUM_PROVEN, "a true proof was refused");
        uint256 way = seed % 7;
        uint96 more = uint96(1 + ((seed >> 8) % 1e9));
        if (way == 0) proof.leaf.credit ^= more;
        else if (way == 1) proof.leaf.debit ^= more;
        else if (way == 2) proof.leaf.initialMargin ^= more;
        else if (way == 3) proof.leaf.account = STRANGER;
        else if (way == 4)
            proof.leaf.index = proof.header.accounts;
            // A tree of one account has no siblings to alter: it gets one too many.
        else if (way == 5 || proof.siblings.length == 0) proof.siblings = bytes.concat(proof.siblings, new bytes(64));
        else _alter(proof.siblings, seed >> 64);
        bytes memory wrong = abi.encodeCall(IAttestationLog.verifyInclusion, (proof.header, proof.leaf, proof.siblings));
        _refused(Act.REFUSED_FORGED_PROOF, Inv.SUM_PROVEN, STRANGER, wrong, "a forged proof verified");
    }

    function _alter(bytes memory siblings, uint256 seed) private pure {
        uint256 place = seed % siblings.length;
        siblings[place] = siblings[place] ^ bytes1(uint8(1 + ((seed >> 32) % 255)));
    }

    /// @dev rootsAppendOnly and poolCovers: signed by all, and still not the next root of this book.
    function _falseRoot(uint32 v, uint256 seed) private {
        if (kept[v].length == 0 || registry.venueOf(v).failed) return;
        uint256 way = seed % 7;
        settlement.checkpoint(v);
        _pass(12);
        RootPrices memory prices = _pricesNow(v);
        EpochHeader memory header = _headerOver(v, _packedLedger(v), prices, true);
        _falsify(v, header, way, seed >> 8);
        Inv inv = way == 6 ? Inv.POOL_COVERS : Inv.ROOTS_APPEND_ONLY;
        _refused(Act.REFUSED_FALSE_ROOT, inv, STRANGER, _postData(v, header, prices), "a false root was posted");
    }

    function _falsify(uint32 v, EpochHeader memory header, uint256 way, uint256 seed) private view {
        if (way == 0) header.epoch += 1;
        else if (way == 1) header.epoch -= 1;
        else if (way == 2) header.previous = keccak256("another");
        else if (way == 3) header.snapshotHash = keccak256("another");
        else if (way == 4) header.accounts += 1;
        else if (way == 5) {
            header.snapshotBlock = kept[v][kept[v].length - 1].snapshotBlock;
            header.snapshotHash = blockhash(header.snapshotBlock);
        } else {
            uint256 covered = _positive(int256(uint256(header.totalDebit)) + _baseByHand(v));
            header.totalCredit = uint128(covered + 1 + (seed % 1e12));
        }
    }

    /// @dev nonceOnce: what is signed for one account, chain or purpose serves no other.
    function _falselySigned(address account, uint256 seed) private {
        AccountRecord memory record = _record(account);
        if (record.venue == 0) return _pledgeSignedElsewhere(account, seed);
        uint32 v = record.venue;
        address other = _client(seed);
        if (other == account || _venueOf(other) == 0) return;
        CampaignToken token = _asset(v, (seed >> 8) % ASSETS);
        uint40 deadline = uint40(clock + 10 minutes);
        address owner = ownerAt[account];
        bytes32 digest = consentDigest(other, address(token), 1, owner, record.consentNonce, deadline);
        bytes memory data = abi.encodeCall(
            ICollateralVault.withdrawWithConsent,
            (account, address(token), 1, owner, deadline, _venueSigns(v, digest))
        );
        _refused(Act.REFUSED_SIGNATURE, Inv.NONCE_ONCE, owner, data, "another account's consent");
    }

    function _pledgeSignedElsewhere(address account, uint256 seed) private {
        uint32 v = venues[seed % venues.length];
        PledgeTerms memory terms = _termsOf(account, v, type(uint96).max);
        bytes32 digest = _digestAt(
            block.chainid + 1,
            address(vault),
            keccak256(abi.encode(PLEDGE_TYPEHASH, account, v, terms.policyVersion, terms.debitCap, terms.nonce, terms.deadline))
        );
        bytes memory data = abi.encodeCall(ICollateralVault.pledge, (terms, _ownerSigns(account, digest), _venueSigns(v, digest)));
        _refused(Act.REFUSED_SIGNATURE, Inv.NONCE_ONCE, STRANGER, data, "another chain's pledge");
    }
}
