// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../../src/interfaces/ICollateralVault.sol";
import {IVenueStates} from "../../../src/interfaces/IVenueStates.sol";
import {AccountProof, AccountRecord, Leaf, Venue} from "../../../src/interfaces/Types.sol";
import {CampaignBook} from "./CampaignBook.sol";
import {CampaignFeed} from "./CampaignFeed.sol";
import {Inv} from "./CampaignKinds.sol";
import {CampaignToken} from "./CampaignToken.sol";

/// @notice At the end of a run, whoever is still pledged leaves, while everything that it does not need has stopped.
abstract contract CampaignWaysOut is CampaignBook {
    /// @dev How often an asset is given in kind at most: each time a hundredth of what was owed before is left.
    uint256 private constant PAYMENTS = 8;

    /// @notice exitAlwaysOpen: whatever venue, attestors, guardian, oracle and settlement token do or stop doing, after bounded time an
    /// owner gets out with an RPC and a wallet, paying at most its newest proven `owed`.
    /// reportsLockNeverTake: no requirement in a root, however large, moves a token out of an account; IM and MM hold an account no longer
    /// than `releaseLimit`. So the venue's last root demands the greatest margin of everybody, and then nothing works any more.
    function _checkWaysOut() internal {
        for (uint256 i; i < players.length; ++i) {
            if (_venueOf(players[i]) == 0 || broken != Inv.NONE) continue;
            uint256 id = vm.snapshotState();
            (uint256 time, uint256 block_) = (clock, height);
            _demandEverything(players[i]);
            if (broken == Inv.NONE) _escape(players[i]);
            (Inv inv, bytes32 what) = (broken, brokenBy);
            vm.revertToStateAndDelete(id);
            (clock, height) = (time, block_);
            vm.warp(clock);
            vm.roll(height);
            _require(inv == Inv.NONE, inv, what);
        }
    }

    function _demandEverything(address account) private {
        AccountRecord memory record = _record(account);
        Leaf[] storage leaves = ledger[record.venue];
        if (record.index < leaves.length) {
            (leaves[record.index].initialMargin, leaves[record.index].maintenanceMargin) = (type(uint96).max, type(uint96).max);
        }
        _post(record.venue, true);
        for (uint256 i; i < TOKENS; ++i) {
            _spoilSources(i);
        }
        if (_upSince() != 0) sequencer.set(true, clock);
        vm.prank(vm.addr(places[record.venue].guardianKey));
        (bool paused, ) = address(vault).call(abi.encodeCall(IVenueStates.pause, (record.venue)));
        paused;
        _cash(record.venue).behave(CampaignToken.Manner.REFUSE);
    }

    /// @dev They stop, contradict each other, break, or take all gas.
    function _spoilSources(uint256 i) private {
        uint256 way = runSeed % 4;
        if (way == 0) {
            feeds[i].stop(1);
            seconds_[i].stop(1);
        } else if (way == 1) {
            seconds_[i].set(feeds[i].answer() * 3e10);
        } else {
            CampaignFeed.Manner manner = way == 2 ? CampaignFeed.Manner.FLOODS : CampaignFeed.Manner.TAKES_ALL_GAS;
            feeds[i].behave(manner);
            seconds_[i].behave(manner);
        }
    }

    function _escape(address account) private {
        uint32 v = _venueOf(account);
        uint256 began = clock;
        uint256[] memory held = _heldBy(account, v);
        _leaveBegins(account, v);
        if (broken != Inv.NONE) return;
        _require(_unchanged(account, v, held), Inv.REPORTS_LOCK_NEVER_TAKE, "a requirement took something");
        uint256 until = exits.exitOf(account).challengeUntil;
        if (until >= clock) _pass(until + 1 - clock);
        if (_isDisputing(account)) {
            _pass(2 days);
            _ask(STRANGER, abi.encodeCall(disputes.lapseDispute, (account)), "a dispute did not lapse");
        }
        uint256 owed = exits.exitOwed(account);
        uint128[] memory prices = kept[v].length == 0 ? new uint128[](ASSETS) : _priceProof(account, v).prices.collateral;
        if (owed != 0) _payWithWhatWorks(account, v);
        _ask(STRANGER, abi.encodeCall(exits.finishExit, (account)), "an exit did not end");
        _require(clock - began <= 13 days, Inv.EXIT_ALWAYS_OPEN, "an exit took too long");
        _require(_venueOf(account) == 0, Inv.EXIT_ALWAYS_OPEN, "not out after its exit");
        _require(_paid(account, v, held, prices) <= owed, Inv.EXIT_ALWAYS_OPEN, "paid more than it owed");
        _require(_takesAll(account), Inv.UNPLEDGED_IS_FREE, "out, but not with its own");
    }

    function _leaveBegins(address account, uint32 v) private {
        AccountRecord memory record = _record(account);
        if (exits.exitOf(account).challengeUntil != 0) return;
        address owner = ownerAt[account];
        if (exits.mayExit(account) == 0) {
            if (!_isReleasing(record)) _ask(owner, abi.encodeCall(exits.requestRelease, (account)), "a release was refused");
            _pass(uint256(registry.parametersOf(account).releaseLimit) + 1);
            _require(exits.mayExit(account) != 0, Inv.REPORTS_LOCK_NEVER_TAKE, "held longer than releaseLimit");
        }
        _pass(1 hours + 1);
        uint256 epoch = _lastBeforeFreeze(account, v);
        if (!_inRoot(v, epoch, record.index)) {
            return _ask(owner, abi.encodeCall(exits.startExit, (account)), "an exit did not begin");
        }
        AccountProof memory proof = _proof(v, epoch, record.index);
        vm.prank(owner);
        (bool ok, ) = address(vault).call(abi.encodeCall(exits.startExitWithProof, (proof)));
        Inv inv = proof.leaf.initialMargin == 0 ? Inv.EXIT_ALWAYS_OPEN : Inv.REPORTS_LOCK_NEVER_TAKE;
        _require(ok, inv, "an exit did not begin");
    }

    /// @notice The last root that still says what an account's N is when it leaves.
    function _lastBeforeFreeze(address account, uint32 v) internal view returns (uint256 epoch) {
        uint256 freezeAt = exits.exitOf(account).freezeAt;
        Venue memory entry = registry.venueOf(v);
        if (freezeAt == 0 || freezeAt >= clock) freezeAt = entry.failed ? entry.failedAt : clock;
        for (epoch = kept[v].length; epoch != 0 && kept[v][epoch - 1].snapshotTime > freezeAt; --epoch) {}
    }

    /// @dev The settlement asset refuses everybody: after seven days the others pay, at the prices of the exit's root.
    function _payWithWhatWorks(address account, uint32 v) private {
        _pass(7 days + 1);
        for (uint256 i; i < ASSETS; ++i) {
            bytes memory data = abi.encodeCall(exits.payExitInKind, (_priceProof(account, v), address(_asset(v, i))));
            // What a token keeps of a transfer is still owed, and takes another one.
            for (uint256 j; j < PAYMENTS && exits.exitOwed(account) != 0 && _asset(v, i).balanceOf(account) != 0; ++j) {
                _ask(ownerAt[account], data, "it could not pay in kind");
            }
        }
    }

    /// @dev Of the proof only prices and account are read.
    function _priceProof(address account, uint32 v) internal view returns (AccountProof memory proof) {
        uint256 epoch = exits.exitOf(account).epoch;
        if (epoch == 0 || epoch > kept[v].length) epoch = kept[v].length;
        (proof.header, proof.prices) = _header(v, epoch);
        proof.leaf.account = account;
    }

    function _ask(address sender, bytes memory data, bytes32 what) private {
        vm.prank(sender);
        (bool ok, ) = address(vault).call(data);
        _require(ok, Inv.EXIT_ALWAYS_OPEN, what);
    }

    function _heldBy(address account, uint32 v) private view returns (uint256[] memory held) {
        held = new uint256[](ASSETS);
        for (uint256 i; i < ASSETS; ++i) {
            held[i] = _asset(v, i).balanceOf(account);
        }
    }

    function _unchanged(address account, uint32 v, uint256[] memory held) private view returns (bool same) {
        same = true;
        for (uint256 i; i < ASSETS; ++i) {
            same = same && _asset(v, i).balanceOf(account) == held[i];
        }
    }

    /// @dev What it gave, at the prices of its exit's root. Each payment is rounded up, to a unit of the asset and to one that it is worth.
    function _paid(address account, uint32 v, uint256[] memory held, uint128[] memory prices) private view returns (uint256 value) {
        for (uint256 i; i < ASSETS; ++i) {
            uint256 given = held[i] - _asset(v, i).balanceOf(account);
            if (given == 0) continue;
            uint256 payments = 1;
            // What a token keeps of a transfer is nobody's, and what arrives is what counts.
            if (_asset(v, i).manner() == CampaignToken.Manner.CHARGE) {
                payments = PAYMENTS;
                given -= _least(given, given / 100 + payments);
            }
            value += ((given - _least(given, payments)) * prices[i]) / WORD;
            if (payments != 1) value -= _least(value, payments);
        }
    }

    /// @dev Whether the owner can take to itself whatever the tokens themselves do not refuse.
    function _takesAll(address account) internal returns (bool all) {
        all = true;
        address owner = ownerAt[account];
        for (uint256 i; i < TOKENS; ++i) {
            uint256 held = tokens[i].balanceOf(account);
            if (held == 0 || !tokens[i].serves(account, owner)) continue;
            vm.prank(owner);
            (bool ok, ) = address(vault).call(abi.encodeCall(ICollateralVault.withdraw, (account, address(tokens[i]), held, owner)));
            all = all && ok && tokens[i].balanceOf(account) == 0;
        }
    }
}
