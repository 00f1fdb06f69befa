// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../interfaces/ICollateralVault.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {AccountRecord, Deployment, Venue, VenueState} from "../interfaces/Types.sol";
import {Policy, PolicyCode} from "../venue/Policy.sol";
import {Quorum} from "../venue/Quorum.sol";
import {Signatures} from "./Signatures.sol";
import {VaultStorage} from "./VaultStorage.sol";

/// @title What every part of the vault stands on
/// @notice The lock, who acts, the policy that binds, the venue's clock and state, and the EIP-712 domain.
abstract contract Core is VaultStorage {
    /// @notice Length of a pause. It ends by itself.
    uint256 internal constant PAUSE = 1 days;
    /// @notice A venue that is suspended and was found so fails after as long without a root.
    uint256 internal constant FAIL_GRACE = 1 days;
    uint256 internal constant BPS = 10_000;

    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    address internal immutable VAULT;
    address internal immutable SEQUENCER;
    address internal immutable FUNDS;
    uint256 private immutable CHAIN_ID;
    bytes32 private immutable DOMAIN;

    constructor(Deployment memory d) {
        VAULT = d.vault;
        SEQUENCER = d.sequencerFeed;
        FUNDS = d.funds;
        CHAIN_ID = block.chainid;
        DOMAIN = _domainOf(d.vault);
    }

    /// @dev One lock for all parts: whoever holds it, a callback enters none of them. A part refuses to run as itself.
    modifier alone() {
        if (address(this) != VAULT) revert ICollateralVault.OnlyAsVault();
        if (_held != 0) revert ICollateralVault.Locked();
        _held = 1;
        _;
        _held = 0;
    }

    /// @dev During a callback balances are in motion: nobody is told a price or a value then.
    modifier quiet() {
        if (_held != 0) revert ICollateralVault.Locked();
        _;
    }

    // -- who -----------------------------------------------------------------------------------------------------------

    /// @dev The owner whose signature is being carried out, else the caller.
    function _actor() internal view returns (address) {
        address signer = _signer;
        return signer == address(0) ? msg.sender : signer;
    }

    /// @dev The digest that a signature over `structHash` is made of. Computed anew on a chain that has split off.
    function _digest(bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = block.chainid == CHAIN_ID ? DOMAIN : _domainOf(VAULT);
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _requireVenueSignature(uint32 venue, bytes32 structHash, bytes calldata signature) internal view {
        address key = Quorum.venueKey(_venues[venue].quorum);
        if (!Signatures.isBy(key, _digest(structHash), signature)) revert ICollateralVault.VenueSignature(key);
    }

    // -- records -------------------------------------------------------------------------------------------------------

    function _recordOf(address account) internal view returns (AccountRecord memory record) {
        _loadInto(record, account);
    }

    /// @dev Whether an account is unpledged, and its flags: all that a free withdrawal asks of its record.
    function _freedom(address account) internal view returns (bool free, uint8 flags) {
        assembly ("memory-safe") {
            mstore(0x00, shr(96, shl(96, account)))
            mstore(0x20, _records.slot)
            let word := sload(keccak256(0x00, 0x40))
            free := iszero(and(word, 0xffffffff))
            flags := and(shr(72, word), 0xff)
        }
    }

    /// @dev Fills `record` with an account's. By hand, as `_store` is: every operation reads one and most write one, and the compiler's
    /// own code for nine fields of a word costs three times as much.
    function _loadInto(AccountRecord memory record, address account) internal view {
        assembly ("memory-safe") {
            mstore(0x00, shr(96, shl(96, account)))
            mstore(0x20, _records.slot)
            let word := sload(keccak256(0x00, 0x40))
            mstore(record, and(word, 0xffffffff))
            mstore(add(record, 0x20), and(shr(32, word), 0xffffffff))
            mstore(add(record, 0x40), and(shr(64, word), 0xff))
            mstore(add(record, 0x60), and(shr(72, word), 0xff))
            mstore(add(record, 0x80), and(shr(80, word), 0xff))
            mstore(add(record, 0xa0), signextend(12, shr(88, word)))
            mstore(add(record, 0xc0), and(shr(192, word), 0xffffffff))
            mstore(add(record, 0xe0), and(shr(224, word), 0xffff))
            mstore(add(record, 0x100), shr(240, word))
        }
    }

    /// @dev Fields in memory are as clean as their types say; only `settled` may have bits above its own, those of its sign.
    function _store(address account, AccountRecord memory record) internal {
        assembly ("memory-safe") {
            let word := or(mload(record), shl(32, mload(add(record, 0x20))))
            word := or(word, or(shl(64, mload(add(record, 0x40))), shl(72, mload(add(record, 0x60)))))
            word := or(word, or(shl(80, mload(add(record, 0x80))), shr(64, shl(152, mload(add(record, 0xa0))))))
            word := or(word, or(shl(192, mload(add(record, 0xc0))), shl(224, mload(add(record, 0xe0)))))
            word := or(word, shl(240, mload(add(record, 0x100))))
            mstore(0x00, shr(96, shl(96, account)))
            mstore(0x20, _records.slot)
            sstore(keccak256(0x00, 0x40), word)
        }
    }

    /// @dev Writes the record of an account that is unpledged: its flags and nothing else.
    function _storeFree(address account, uint8 flags) internal {
        assembly ("memory-safe") {
            mstore(0x00, shr(96, shl(96, account)))
            mstore(0x20, _records.slot)
            sstore(keccak256(0x00, 0x40), shl(72, and(flags, 0xff)))
        }
    }

    // -- pledges and policies ------------------------------------------------------------------------------------------

    function _keyOf(AccountRecord memory record) internal pure returns (uint64) {
        return (uint64(record.venue) << 32) | record.index;
    }

    function _pledged(address account) internal view returns (AccountRecord memory record) {
        _loadInto(record, account);
        if (record.venue == 0) revert ICollateralVault.NotPledged(account);
    }

    /// @dev The version that binds a pledge.
    function _policyOf(AccountRecord memory record) internal view returns (Policy) {
        return _policyOf(record, _venues[record.venue]);
    }

    /// @dev The same, for whoever has its venue at hand.
    function _policyOf(AccountRecord memory record, Venue storage entry) internal view returns (Policy) {
        if (entry.policyVersion == record.policyVersion) return PolicyCode.load(entry.policy);
        return PolicyCode.load(_policies[record.venue][record.policyVersion].code);
    }

    /// @dev Both at once, out of one slot: the version that binds a pledge, and what the venue's clock shows. Reverts while it stands still.
    function _policyAndTime(AccountRecord memory record, Venue storage entry) internal view returns (Policy policy, uint40 time) {
        (address code, uint16 version, uint256 until, uint256 stood) = (
            entry.policy,
            entry.policyVersion,
            entry.pausedUntil,
            entry.pausedBefore
        );
        if (block.timestamp < until) revert ICollateralVault.Paused(record.venue, until);
        // A venue has not stood still for longer than there has been time.
        unchecked {
            if (until != 0) stood += PAUSE;
            time = uint40(block.timestamp - stood);
        }
        if (version != record.policyVersion) code = _policies[record.venue][record.policyVersion].code;
        policy = PolicyCode.load(code);
    }

    /// @dev The venue's newest version: for what concerns the venue and not one pledge. Pool, fund and settlement asset are the same in all.
    function _newestPolicy(uint32 venue) internal view returns (Policy) {
        address code = _venues[venue].policy;
        if (code == address(0)) revert ICollateralVault.VenueNotLive(venue);
        return PolicyCode.load(code);
    }

    // -- time ----------------------------------------------------------------------------------------------------------

    /// @dev The venue's clock: chain time less all time spent in pauses. It stands still during one, and so does every deadline that is
    /// kept on it; never runs backwards.
    function _clock(uint32 venue) internal view returns (uint40) {
        return _clockAt(_venues[venue], block.timestamp);
    }

    /// @dev What the clock showed or will show at a time since the end of the last pause but one, if no further pause comes; for an
    /// earlier time, less than it showed.
    function _clockAt(Venue storage entry, uint256 time) internal view returns (uint40) {
        (uint256 until, uint256 stood) = (entry.pausedUntil, entry.pausedBefore);
        if (time >= until) {
            if (until != 0) stood += PAUSE;
        } else if (time + PAUSE > until) {
            stood += time + PAUSE - until;
        }
        return time > stood ? uint40(time - stood) : 0;
    }

    function _requireNotPaused(uint32 venue) internal view {
        _requireNotPaused(venue, _venues[venue]);
    }

    function _requireNotPaused(uint32 venue, Venue storage entry) internal view {
        uint256 until = entry.pausedUntil;
        if (block.timestamp < until) revert ICollateralVault.Paused(venue, until);
    }

    function _stateOf(Venue storage entry, Policy policy) internal view returns (VenueState) {
        (bool failed, uint256 snapshotTime) = (entry.failed, entry.snapshotTime);
        if (failed) return VenueState.FAILED;
        return block.timestamp > snapshotTime + policy.suspendAfter() ? VenueState.SUSPENDED : VenueState.LIVE;
    }

    /// @dev New calls, defaults, claims and pledges need a venue that posts roots.
    function _requireLive(uint32 venue, Venue storage entry, Policy policy) internal view {
        if (_stateOf(entry, policy) != VenueState.LIVE) revert ICollateralVault.VenueNotLive(venue);
    }

    /// @dev When the chain's sequencer came up; 0 on a chain without one. Reverts while it is down: bids and cures are impossible then.
    function _sequencerUpSince() internal view returns (uint256) {
        if (SEQUENCER == address(0)) return 0;
        (, int256 down, uint256 startedAt, , ) = AggregatorV3Interface(SEQUENCER).latestRoundData();
        if (down != 0 || startedAt == 0) revert ICollateralVault.SequencerDown();
        return startedAt;
    }

    function _domainOf(address vault) private view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPEHASH, keccak256("Ringfence"), keccak256("1"), block.chainid, vault));
    }
}
