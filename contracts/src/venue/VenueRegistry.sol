// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {AccountLookup} from "../account/AccountLookup.sol";
import {Core} from "../core/Core.sol";
import {DefaultFundFactory} from "../default/DefaultFundFactory.sol";
import {ISettlementPool} from "../interfaces/ISettlementPool.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {IVenueStates} from "../interfaces/IVenueStates.sol";
import {
    AccountRecord,
    AccountStatus,
    AssetConfig,
    Deployment,
    Flags,
    PolicyVersion,
    Venue,
    VenueParameters,
    VenueState
} from "../interfaces/Types.sol";
import {Policy, PolicyCode} from "./Policy.sol";
import {PolicyBounds} from "./PolicyBounds.sol";
import {Quorum} from "./Quorum.sol";

/// @title Venues: keys, attestors, accepted assets, policy versions, and whether they still work
/// @notice A published policy never changes: an account is bound by the version that its owner signed, and by a later one only with its
/// consent or after a delay in which it could have left.
/// @dev Registering is open to anyone: a venue has power only over accounts whose owners pledge to it. Keeps its part of `exitAlwaysOpen`: whoever dislikes a version can leave before it binds.
contract VenueRegistry is IVenueRegistry, AccountLookup {
    constructor(Deployment memory d) Core(d) {}

    /// @inheritdoc IVenueRegistry
    function register(
        address key,
        address guardian_,
        AssetConfig[] calldata assets_,
        address[] calldata attestors_,
        uint8 threshold,
        VenueParameters calldata parameters_
    ) external alone returns (uint32 venue) {
        venue = ++_venueCount;
        Venue storage entry = _venues[venue];
        entry.quorum = Quorum.checkedStore(key, guardian_, attestors_, threshold);
        PolicyBounds.requireWithin(parameters_);
        AssetConfig[] memory checked = _checked(assets_);
        address asset = checked[0].token;
        address pool = _create(address(0), venue);
        address fund = DefaultFundFactory(FUNDS).create(venue, asset);
        entry.policy = PolicyCode.store(parameters_, checked, pool, fund);
        entry.policyVersion = 1;
        entry.heartbeat = parameters_.heartbeat;
        entry.snapshotTime = uint40(block.timestamp);
        _policies[venue][1] = PolicyVersion({code: entry.policy, bindsAt: uint40(block.timestamp)});
        emit ISettlementPool.PoolOpened(venue, pool);
        emit VenueRegistered(venue, key, asset, pool, fund, 1);
        emit IVenueStates.QuorumChanged(venue, key, guardian_, attestors_, threshold);
        emit VenuePolicy(venue, 1, parameters_, checked, block.timestamp);
    }

    /// @inheritdoc IVenueRegistry
    function publishPolicy(
        uint32 venue,
        AssetConfig[] calldata assets_,
        VenueParameters calldata parameters_
    ) external alone returns (uint32 version) {
        Venue storage entry = _known(venue);
        if (msg.sender != Quorum.venueKey(entry.quorum)) revert NotTheVenue(msg.sender);
        if (entry.failed) revert IVenueStates.AlreadyFailed(venue);
        PolicyBounds.requireWithin(parameters_);
        Policy present = PolicyCode.load(entry.policy);
        AssetConfig[] memory checked = _checked(assets_);
        _requireSamePlaces(present, checked);
        // They are read from the newest version: a venue in trouble must not put its own failing off.
        PolicyBounds.within("suspendAfter", parameters_.suspendAfter, 0, present.suspendAfter());
        PolicyBounds.within("failingDemands", parameters_.failingDemands, 0, present.failingDemands());
        // Not before the version before it: an account that has signed a long delay keeps it, however short the ones in between are.
        uint256 bindsAt = Math.max(block.timestamp + present.policyDelay(), _policies[venue][entry.policyVersion].bindsAt);
        version = entry.policyVersion + uint32(1);
        PolicyBounds.within("policyVersion", version, 2, type(uint16).max);
        entry.policy = PolicyCode.store(parameters_, checked, present.pool(), present.fund());
        entry.policyVersion = uint16(version);
        entry.heartbeat = parameters_.heartbeat;
        _policies[venue][version] = PolicyVersion({code: entry.policy, bindsAt: uint40(bindsAt)});
        emit VenuePolicy(venue, version, parameters_, checked, bindsAt);
    }

    /// @inheritdoc IVenueRegistry
    function adoptPolicy(address account, uint32 version) external alone {
        AccountRecord memory record = _pledged(account);
        if (version <= record.policyVersion) revert VersionNotLater(record.policyVersion, version);
        PolicyVersion memory later = _policies[record.venue][version];
        if (later.code == address(0)) revert NoSuchVersion(record.venue, version);
        // What has begun under a version ends under it; a pending release keeps the old one.
        bool disputing = record.flags & Flags.DISPUTED != 0 && _disputes[_keyOf(record)].endedBlock == 0;
        if (record.status != AccountStatus.ACTIVE || disputing || record.flags & (Flags.RELEASING | Flags.OWED_AUCTION) != 0) {
            revert NotAdoptable(account);
        }
        if (_actor() != _ownerOf(account) && block.timestamp < later.bindsAt) revert TooEarly(later.bindsAt);
        record.policyVersion = uint16(version);
        _store(account, record);
        emit PolicyAdopted(account, record.venue, version);
    }

    /// @inheritdoc IVenueRegistry
    function venues() external view returns (uint32) {
        return _venueCount;
    }

    /// @inheritdoc IVenueRegistry
    function venueOf(uint32 venue) external view returns (Venue memory) {
        return _known(venue);
    }

    /// @inheritdoc IVenueRegistry
    function stateOf(uint32 venue) external view returns (VenueState) {
        Venue storage entry = _known(venue);
        return _stateOf(entry, PolicyCode.load(entry.policy));
    }

    /// @inheritdoc IVenueRegistry
    function clock(uint32 venue) external view returns (uint40) {
        return _clock(venue);
    }

    /// @inheritdoc IVenueRegistry
    function venueKey(uint32 venue) external view returns (address) {
        return Quorum.venueKey(_known(venue).quorum);
    }

    /// @inheritdoc IVenueRegistry
    function guardian(uint32 venue) external view returns (address) {
        return Quorum.guardian(_known(venue).quorum);
    }

    /// @inheritdoc IVenueRegistry
    function heartbeat(uint32 venue) external view returns (uint256) {
        return _policy(venue).heartbeat();
    }

    /// @inheritdoc IVenueRegistry
    function policyVersion(uint32 venue) external view returns (uint32) {
        return _known(venue).policyVersion;
    }

    /// @inheritdoc IVenueRegistry
    function policyAt(uint32 venue, uint32 version) external view returns (PolicyVersion memory) {
        return _policies[venue][version];
    }

    /// @inheritdoc IVenueRegistry
    function parameters(uint32 venue) external view returns (VenueParameters memory) {
        return _policy(venue).parameters();
    }

    /// @inheritdoc IVenueRegistry
    function parametersOf(address account) external view returns (VenueParameters memory) {
        return _policyOf(_pledged(account)).parameters();
    }

    /// @inheritdoc IVenueRegistry
    function assets(uint32 venue) external view returns (AssetConfig[] memory list) {
        Policy policy = _policy(venue);
        list = new AssetConfig[](policy.count());
        for (uint256 i; i < list.length; ++i) {
            list[i] = policy.config(i);
        }
    }

    /// @inheritdoc IVenueRegistry
    function settlementAsset(uint32 venue) external view returns (address) {
        return _policy(venue).settlementAsset();
    }

    /// @inheritdoc IVenueRegistry
    function isAccepted(uint32 venue, address token) external view returns (bool) {
        Policy policy = _policy(venue);
        return policy.placeOf(token) < policy.count();
    }

    /// @inheritdoc IVenueRegistry
    function attestors(uint32 venue) external view returns (address[] memory, uint8) {
        return Quorum.attestors(_known(venue).quorum);
    }

    /// @inheritdoc IVenueRegistry
    function attestorSetHash(uint32 venue) external view returns (bytes32) {
        (address[] memory list, uint8 threshold) = Quorum.attestors(_known(venue).quorum);
        return keccak256(abi.encode(list, threshold));
    }

    /// @inheritdoc IVenueRegistry
    function fundOf(uint32 venue) external view returns (address) {
        return _policy(venue).fund();
    }

    /// @notice See `IFundCore`.
    function openMemberCaps(uint32 venue) external view returns (uint256) {
        return _venues[venue].openMemberCaps;
    }

    /// @notice See `IFundCore`.
    function fundNotice(uint32 venue) external view returns (uint256) {
        return _policy(venue).fundNotice();
    }

    /// @notice See `IFundCore`.
    function venueFailed(uint32 venue) external view returns (bool) {
        return _venues[venue].failed;
    }

    function _known(uint32 venue) private view returns (Venue storage entry) {
        entry = _venues[venue];
        if (entry.policy == address(0)) revert UnknownVenue(venue);
    }

    function _policy(uint32 venue) private view returns (Policy) {
        return PolicyCode.load(_known(venue).policy);
    }

    function _checked(AssetConfig[] calldata list) private view returns (AssetConfig[] memory checked) {
        PolicyBounds.within("assets", list.length, 1, 8);
        checked = new AssetConfig[](list.length);
        for (uint256 i; i < list.length; ++i) {
            checked[i] = PolicyBounds.checked(list[i]);
            for (uint256 j; j < i; ++j) {
                if (checked[j].token == checked[i].token) revert AssetTwice(checked[i].token);
            }
        }
    }

    /// @dev Requests, lots and prices name assets by place.
    function _requireSamePlaces(Policy present, AssetConfig[] memory next) private pure {
        uint256 n = present.count();
        PolicyBounds.within("assets", next.length, n, 8);
        for (uint256 i; i < n; ++i) {
            if (present.token(i) != next[i].token) revert AssetMoved(i, present.token(i), next[i].token);
        }
    }
}
