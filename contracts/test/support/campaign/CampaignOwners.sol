// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../../src/interfaces/ICollateralVault.sol";
import {IOwnerDesk} from "../../../src/interfaces/IOwnerDesk.sol";
import {IVenueRegistry} from "../../../src/interfaces/IVenueRegistry.sol";
import {
    AccountProof,
    AccountRecord,
    AccountStatus,
    Flags,
    PledgeTerms,
    VenueState,
    WithdrawalRequest
} from "../../../src/interfaces/Types.sol";
import {Act, Inv} from "./CampaignKinds.sol";
import {CampaignRelays} from "./CampaignRelays.sol";
import {CampaignToken} from "./CampaignToken.sol";
import {CampaignWallet} from "./CampaignWallet.sol";

/// @notice The owners: they pledge, top up, take out what they may, and set their own limits.
abstract contract CampaignOwners is CampaignRelays {
    /// @notice Pledges to a venue that takes pledges, with both signatures.
    function _pledgeTo(address account, uint32 v, uint256 seed) internal {
        uint96 cap = _chance(seed, 3) ? uint96((100 + ((seed >> 8) % 3_000)) * places[v].unit) : type(uint96).max;
        PledgeTerms memory terms = _termsOf(account, v, cap);
        bytes32 digest = pledgeDigest(terms);
        bytes memory data = abi.encodeCall(ICollateralVault.pledge, (terms, _ownerSigns(account, digest), _venueSigns(v, digest)));
        bool ok = _try(Act.PLEDGE, address(this), data);
        if (!ok) return _whyNotPledged(account, v);
        _require(!_isPaused(v), Inv.PAUSE_BOUNDED, "a pledge in a pause");
        _entered(account, v, cap);
        _remember(address(this), data);
        if (_chance(seed >> 32, 2)) _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, address(this), data, "a pledge was replayed");
    }

    function _entered(address account, uint32 v, uint256 cap) internal {
        delete deeds[account];
        deeds[account].cap = cap == type(uint96).max ? type(uint256).max : cap;
        _enter(account, v, _record(account).index);
    }

    /// @dev A wallet that calls back while it is asked signs as well as an honest one: whatever it is told then counts against it.
    function _whyNotPledged(address account, uint32 v) private {
        CampaignWallet wallet = walletOf[account];
        bool honest = address(wallet) == address(0) || wallet.mood() == CampaignWallet.Mood.HONEST;
        bool open_ = registry.stateOf(v) == VenueState.LIVE && !_isPaused(v);
        bool callsBack = !honest && wallet.mood() == CampaignWallet.Mood.CALLS_BACK;
        _require(!open_ || !callsBack, Inv.REENTRANCY_SAFE, "a wallet was told a price");
    }

    function _topUp(address account, uint256 seed) internal {
        uint256 t = seed % TOKENS;
        uint256[TOKENS] memory most = [uint256(5_000e6), 1e7, 2e18, 5_000e18];
        tokens[t].mint(account, 1 + ((seed >> 8) % most[t]));
        _count(Act.DEPOSIT, true);
    }

    /// @notice Door 1, free.
    function _withdraw(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        CampaignToken token = tokens[seed % TOKENS];
        uint256 held = token.balanceOf(account);
        if (held == 0) return _topUp(account, seed);
        uint256 amount = 1 + ((seed >> 8) % held);
        address owner = ownerAt[account];
        address to = _chance(seed >> 64, 2) ? owner : RECEIVER;
        bool accepted = record.venue != 0 && registry.isAccepted(record.venue, address(token));
        bool mayGo = to == owner || !_bookHolds(account, to);
        if (!accepted && mayGo) _allow(account, token, amount);
        bool ok = _byOwner(
            Act.WITHDRAW,
            Act.RELAY_WITHDRAW,
            account,
            abi.encodeCall(ICollateralVault.withdraw, (account, address(token), amount, to))
        );
        if (accepted || !mayGo || !token.serves(account, to)) return;
        _require(ok, Inv.UNPLEDGED_IS_FREE, "a free withdrawal was refused");
    }

    function _bookHolds(address account, address to) private view returns (bool) {
        if (_record(account).flags & Flags.BOOK == 0) return false;
        uint256 goodFrom = vault.addressBook(account, to);
        return bookEnds[account] == 0 || clock < bookEnds[account] ? goodFrom == 0 || clock < goodFrom : false;
    }

    /// @notice Door 1, with the venue's consent.
    function _withdrawWithConsent(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        if (record.venue == 0) return;
        uint32 v = record.venue;
        CampaignToken token = _asset(v, seed % ASSETS);
        uint256 held = token.balanceOf(account);
        if (held == 0) return;
        uint256 amount = 1 + ((seed >> 8) % held) / 4;
        address owner = ownerAt[account];
        uint40 deadline = uint40(clock + 30 minutes);
        bytes32 digest = consentDigest(account, address(token), amount, owner, record.consentNonce, deadline);
        bytes memory data = abi.encodeCall(
            ICollateralVault.withdrawWithConsent,
            (account, address(token), amount, owner, deadline, _venueSigns(v, digest))
        );
        bool free = record.status == AccountStatus.ACTIVE && record.flags & Flags.OWED_AUCTION == 0;
        if (free) _allow(account, token, amount);
        if (!_byOwner(Act.WITHDRAW_WITH_CONSENT, Act.RELAY_CONSENT, account, data)) return;
        _remember(owner, data);
        _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, owner, data, "a consent was replayed");
    }

    /// @notice Door 1, by request: asks, takes back, or has it paid under a later root.
    function _withdrawByRequest(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        if (record.venue == 0 || registry.venueOf(record.venue).failed) return _withdraw(account, seed);
        if (record.pendingMask == 0) return _requestWithdrawal(account, record.venue, seed);
        uint256 i;
        while (record.pendingMask & (1 << i) == 0) ++i;
        CampaignToken token = _asset(record.venue, i);
        if (_chance(seed, 3)) {
            bytes memory data = abi.encodeCall(IOwnerDesk.cancelWithdrawal, (account, address(token)));
            bool ok = _byOwner(Act.CANCEL_WITHDRAWAL, Act.RELAY_CANCEL_WITHDRAWAL, account, data);
            _require(ok, Inv.EXIT_ALWAYS_OPEN, "a request was not taken back");
            return;
        }
        _finaliseWithdrawal(account, record, token, seed);
    }

    function _requestWithdrawal(address account, uint32 v, uint256 seed) private {
        CampaignToken token = _asset(v, seed % ASSETS);
        uint256 held = token.balanceOf(account);
        uint128 amount = uint128(1 + ((seed >> 8) % (held / 2 + 1)));
        bytes memory data = abi.encodeCall(IOwnerDesk.requestWithdrawal, (account, address(token), amount, ownerAt[account]));
        _byOwner(Act.REQUEST_WITHDRAWAL, Act.RELAY_REQUEST_WITHDRAWAL, account, data);
    }

    function _finaliseWithdrawal(address account, AccountRecord memory record, CampaignToken token, uint256 seed) private {
        uint32 v = record.venue;
        WithdrawalRequest memory wanted = owners.request(account, address(token));
        if (!_chance(seed >> 8, 4)) {
            _setMargin(account, 0, 0);
            if (!_chance(seed >> 16, 4)) _cash(v).mint(account, _owedByHand(account, deeds[account].net));
            _pass(12);
            _post(v, true);
        }
        (bool known, AccountProof memory proof) = _newestProof(account);
        if (!known) return;
        _allow(account, token, wanted.amount);
        bytes memory data = abi.encodeCall(IOwnerDesk.finaliseWithdrawal, (address(token), proof));
        (uint256 atRoot, bool priced, uint256 live) = _valuesNow(account, record, proof);
        uint256 required = proof.leaf.initialMargin + _owedByHand(account, _netOf(proof.leaf));
        bool ok = _try(Act.FINALISE_WITHDRAWAL, STRANGER, data);
        if (!ok) return;
        bool covered = priced && _least(atRoot, live) >= required;
        _require(covered, Inv.SOLVENT_STAYS_WHOLE, "a withdrawal left too little");
        _refused(Act.REFUSED_REPLAY, Inv.NONCE_ONCE, STRANGER, data, "a request was paid twice");
    }

    function _valuesNow(
        address account,
        AccountRecord memory record,
        AccountProof memory proof
    ) private view returns (uint256 atRoot, bool priced, uint256 live) {
        atRoot = _valueByHand(account, record, proof.prices.collateral);
        (priced, live) = _liveValueByHand(account, record);
    }

    // -- limits --------------------------------------------------------------------------------------------------------------

    mapping(address account => uint256) internal bookEnds;

    function _setLimits(address account, uint256 seed) internal {
        uint256 kind = (seed >> 8) % 6;
        if (kind == 0) {
            _switchBook(account, !_chance(seed >> 16, 3));
        } else if (kind == 1) {
            _byOwner(Act.ADD_TO_BOOK, Act.RELAY_ADD_TO_BOOK, account, abi.encodeCall(IOwnerDesk.addToBook, (account, RECEIVER)));
        } else if (kind == 2) {
            bytes memory data = abi.encodeCall(IOwnerDesk.removeFromBook, (account, RECEIVER));
            _byOwner(Act.REMOVE_FROM_BOOK, Act.RELAY_REMOVE_FROM_BOOK, account, data);
        } else {
            _lowerCap(account, seed >> 16);
        }
    }

    function _switchBook(address account, bool on) private {
        bytes memory data = abi.encodeCall(IOwnerDesk.switchAddressBook, (account, on));
        if (_byOwner(Act.SWITCH_ADDRESS_BOOK, Act.RELAY_SWITCH_BOOK, account, data)) bookEnds[account] = on ? 0 : clock + 2 days;
    }

    /// @dev Asks for a lower cap, and puts one into effect that has waited long enough.
    function _lowerCap(address account, uint256 seed) private {
        uint32 v = _venueOf(account);
        if (v == 0) return;
        Deeds storage d = deeds[account];
        if (d.lowerCap == 0) {
            uint96 cap = uint96((100 + (seed % 2_000)) * places[v].unit);
            bytes memory data = abi.encodeCall(IOwnerDesk.lowerDebitCap, (account, cap));
            if (_byOwner(Act.LOWER_DEBIT_CAP, Act.RELAY_LOWER_CAP, account, data)) d.lowerCap = cap;
            return;
        }
        if (!_chance(seed, 4)) _pass(6 hours + 1);
        if (!_try(Act.APPLY_DEBIT_CAP, STRANGER, abi.encodeCall(IOwnerDesk.applyDebitCap, (account)))) return;
        (d.cap, d.lowerCap) = (d.lowerCap, 0);
    }

    /// @notice Binds the pledge to the newest policy: its owner at once, anybody later.
    function _adopt(address account, uint256 seed) internal {
        AccountRecord memory record = _record(account);
        if (record.venue == 0) return;
        uint32 newest = registry.policyVersion(record.venue);
        if (newest <= record.policyVersion) return;
        address sender = _chance(seed, 3) ? STRANGER : ownerAt[account];
        bool binds = clock >= registry.policyAt(record.venue, newest).bindsAt;
        bool ok = _try(Act.ADOPT_POLICY, sender, abi.encodeCall(IVenueRegistry.adoptPolicy, (account, newest)));
        _require(!ok || binds || sender != STRANGER, Inv.EXIT_ALWAYS_OPEN, "bound to a policy too early");
    }
}
