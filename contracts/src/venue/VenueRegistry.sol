// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IVenueRegistry} from "../interfaces/IVenueRegistry.sol";
import {AssetConfig, Deployment, VenueParameters} from "../interfaces/Types.sol";
import {DefaultFundFactory} from "../default/DefaultFundFactory.sol";
import {PolicyBounds} from "./PolicyBounds.sol";
import {Wired} from "../lib/Wired.sol";

/// @title Venues: keys, attestors, accepted assets and parameters
/// @notice A registered policy never changes: an account is bound by what its owner signed.
/// @dev Registering is open to anyone: a venue has power only over accounts whose owners pledge to it.
contract VenueRegistry is IVenueRegistry, Wired {
    uint32 private constant FIRST_POLICY = 1;
    uint256 private constant SIGNATURE_BYTES = 65;

    struct Venue {
        address venueKey;
        uint32 heartbeat;
        uint8 threshold;
        address fund;
    }

    uint32 public venues;
    mapping(uint32 venue => Venue) private _venues;
    mapping(uint32 venue => VenueParameters) private _parameters;
    mapping(uint32 venue => AssetConfig[]) private _assets;
    mapping(uint32 venue => mapping(address token => bool)) private _accepted;
    mapping(uint32 venue => address[]) private _attestors;
    mapping(uint32 venue => mapping(address attestor => bool)) private _isAttestor;

    constructor(Deployment memory d) Wired(d, d.venueRegistry) {}

    /// @inheritdoc IVenueRegistry
    function register(
        address key,
        AssetConfig[] calldata assets_,
        address[] calldata attestors_,
        uint8 threshold,
        VenueParameters calldata parameters_
    ) external returns (uint32 venue) {
        if (key == address(0)) revert ZeroVenueKey();
        PolicyBounds.requireWithin(parameters_);
        venue = ++venues;
        _storeAttestors(venue, key, attestors_, threshold);
        _storeAssets(venue, assets_);
        _parameters[venue] = parameters_;
        address asset = assets_[0].token;
        address pool = VAULT.openPool(venue);
        address fund = DefaultFundFactory(FUNDS).create(venue, asset);
        _venues[venue] = Venue({venueKey: key, heartbeat: parameters_.heartbeat, threshold: threshold, fund: fund});
        emit VenueRegistered(venue, key, asset, pool, fund, FIRST_POLICY);
        emit VenuePolicy(venue, FIRST_POLICY, parameters_, _assets[venue], attestors_, threshold);
    }

    /// @inheritdoc IVenueRegistry
    function requireQuorum(uint32 venue, bytes32 digest, bytes calldata venueSignature, bytes calldata attestorSignatures) external view {
        Venue memory entry = _known(venue);
        if (!SignatureChecker.isValidSignatureNow(entry.venueKey, digest, venueSignature)) revert VenueSignatureInvalid(entry.venueKey);
        uint256 given = attestorSignatures.length / SIGNATURE_BYTES;
        if (given < entry.threshold || attestorSignatures.length % SIGNATURE_BYTES != 0) revert TooFewAttestors(given, entry.threshold);
        address last;
        for (uint256 i; i < given; ++i) {
            bytes calldata signature = attestorSignatures[i * SIGNATURE_BYTES:(i + 1) * SIGNATURE_BYTES];
            (address signer, ECDSA.RecoverError failed, ) = ECDSA.tryRecover(digest, signature);
            // Ascending order makes every signer count once.
            if (failed != ECDSA.RecoverError.NoError || signer <= last || !_isAttestor[venue][signer])
                revert AttestorSignatureInvalid(signer);
            last = signer;
        }
    }

    /// @inheritdoc IVenueRegistry
    function venueKey(uint32 venue) external view returns (address) {
        return _known(venue).venueKey;
    }

    /// @inheritdoc IVenueRegistry
    function heartbeat(uint32 venue) external view returns (uint256) {
        return _known(venue).heartbeat;
    }

    /// @inheritdoc IVenueRegistry
    function policyVersion(uint32 venue) external view returns (uint32) {
        _known(venue);
        return FIRST_POLICY;
    }

    /// @inheritdoc IVenueRegistry
    function parameters(uint32 venue) external view returns (VenueParameters memory) {
        _known(venue);
        return _parameters[venue];
    }

    /// @inheritdoc IVenueRegistry
    function assets(uint32 venue) external view returns (AssetConfig[] memory) {
        _known(venue);
        return _assets[venue];
    }

    /// @inheritdoc IVenueRegistry
    function settlementAsset(uint32 venue) external view returns (address) {
        _known(venue);
        return _assets[venue][0].token;
    }

    /// @inheritdoc IVenueRegistry
    function isAccepted(uint32 venue, address token) external view returns (bool) {
        return _accepted[venue][token];
    }

    /// @inheritdoc IVenueRegistry
    function attestors(uint32 venue) external view returns (address[] memory, uint8) {
        return (_attestors[venue], _known(venue).threshold);
    }

    /// @inheritdoc IVenueRegistry
    function attestorSetHash(uint32 venue) external view returns (bytes32) {
        return keccak256(abi.encode(_attestors[venue], _known(venue).threshold));
    }

    /// @inheritdoc IVenueRegistry
    function fundOf(uint32 venue) external view returns (address) {
        return _known(venue).fund;
    }

    function _known(uint32 venue) private view returns (Venue memory entry) {
        entry = _venues[venue];
        if (entry.venueKey == address(0)) revert UnknownVenue(venue);
    }

    function _storeAttestors(uint32 venue, address key, address[] calldata attestors_, uint8 threshold) private {
        PolicyBounds.within("attestors", attestors_.length, 1, 32);
        PolicyBounds.within("threshold", threshold, 1, attestors_.length);
        address last;
        for (uint256 i; i < attestors_.length; ++i) {
            address attestor = attestors_[i];
            if (attestor <= last) revert AttestorsNotAscending(attestor);
            if (attestor == key) revert AttestorIsVenue(attestor);
            _isAttestor[venue][attestor] = true;
            last = attestor;
        }
        _attestors[venue] = attestors_;
    }

    function _storeAssets(uint32 venue, AssetConfig[] calldata assets_) private {
        PolicyBounds.within("assets", assets_.length, 1, 8);
        for (uint256 i; i < assets_.length; ++i) {
            AssetConfig memory asset = assets_[i];
            if (asset.token.code.length == 0) revert NotAToken(asset.token);
            if (asset.feed.code.length == 0) revert NotAFeed(asset.feed);
            if (_accepted[venue][asset.token]) revert AssetTwice(asset.token);
            PolicyBounds.within("haircutBps", asset.haircutBps, 0, 9_500);
            PolicyBounds.within("maxAge", asset.maxAge, 1 minutes, 2 days);
            asset.decimals = IERC20Metadata(asset.token).decimals();
            asset.feedDecimals = AggregatorV3Interface(asset.feed).decimals();
            PolicyBounds.within("decimals", asset.decimals, 0, 18);
            PolicyBounds.within("feedDecimals", asset.feedDecimals, 0, 18);
            _accepted[venue][asset.token] = true;
            _assets[venue].push(asset);
        }
    }
}
