// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {AccountProof, AssetConfig, Deployment} from "../interfaces/Types.sol";
import {Proofs} from "../lib/Proofs.sol";
import {Wired} from "../lib/Wired.sol";
import {PriceOracle} from "./PriceOracle.sol";

/// @title What an account's collateral is worth
/// @notice Trusts the venue's feeds within their staleness bounds. Holds nothing and stores nothing.
/// @dev While the lock is held only the deployment's own contracts may ask: during a token's or a taker's callback balances are in
/// motion, and an answer given to a third party then could be false.
contract CollateralValuer is ICollateralValuer, Wired {
    uint256 private constant BPS = 10_000;

    constructor(Deployment memory d) Wired(d, d.collateralValuer) {}

    modifier quiet() {
        if (
            msg.sender != address(VAULT) &&
            msg.sender != address(DEFAULTS) &&
            msg.sender != address(AUCTION) &&
            msg.sender != SETTLEMENT &&
            VAULT.locked()
        ) revert ValuingDuringCallback();
        _;
    }

    /// @inheritdoc ICollateralValuer
    function prices(uint32 venue) external view quiet returns (uint128[] memory) {
        return _livePrices(venue, REGISTRY.assets(venue));
    }

    /// @inheritdoc ICollateralValuer
    function price(uint32 venue, address token) external view quiet returns (uint128) {
        AssetConfig[] memory assets = REGISTRY.assets(venue);
        if (assets[0].token == token) return uint128(PriceOracle.ONE);
        for (uint256 i = 1; i < assets.length; ++i) {
            if (assets[i].token == token) return PriceOracle.relative(assets[i], assets[0], _settlementPrice(venue, assets[0]));
        }
        revert NotAccepted(venue, token);
    }

    /// @inheritdoc ICollateralValuer
    function values(uint32 venue, address account, uint128[] calldata rootPrices) public view quiet returns (uint256 atRoot, uint256 live) {
        AssetConfig[] memory assets = REGISTRY.assets(venue);
        if (rootPrices.length != assets.length) revert PricesLength(assets.length, rootPrices.length);
        uint128[] memory livePrices = _livePrices(venue, assets);
        for (uint256 i; i < assets.length; ++i) {
            uint256 amount = _amount(account, assets[i].token);
            if (amount == 0) continue;
            atRoot += _worth(amount, rootPrices[i], assets[i].haircutBps);
            live += _worth(amount, livePrices[i], assets[i].haircutBps);
        }
    }

    /// @inheritdoc ICollateralValuer
    function shortness(AccountProof calldata proof, int256 settled) external view returns (bool initial, bool maintenance) {
        (uint256 atRoot, uint256 live) = values(proof.header.venue, proof.leaf.account, proof.prices.collateral);
        int256 due = Proofs.due(proof.leaf, settled);
        uint256 owing = due > 0 ? uint256(due) : 0;
        uint256 owed = due < 0 ? uint256(-due) : 0;
        // Short only if the root's own prices and the live ones both say so: one price alone frames a hedged account.
        uint256 better = Math.max(atRoot, live) + owing;
        initial = better < proof.leaf.initialMargin + owed;
        maintenance = better < proof.leaf.maintenanceMargin + owed;
    }

    /// @inheritdoc ICollateralValuer
    function value(uint32 venue, address account, uint128[] calldata atPrices) external view quiet returns (uint256 sum) {
        AssetConfig[] memory assets = REGISTRY.assets(venue);
        if (atPrices.length != assets.length) revert PricesLength(assets.length, atPrices.length);
        for (uint256 i; i < assets.length; ++i) {
            sum += _worth(_amount(account, assets[i].token), atPrices[i], assets[i].haircutBps);
        }
    }

    function _livePrices(uint32 venue, AssetConfig[] memory assets) private view returns (uint128[] memory live) {
        live = new uint128[](assets.length);
        live[0] = uint128(PriceOracle.ONE);
        if (assets.length == 1) return live;
        uint256 settlementPrice = _settlementPrice(venue, assets[0]);
        for (uint256 i = 1; i < assets.length; ++i) {
            live[i] = PriceOracle.relative(assets[i], assets[0], settlementPrice);
        }
    }

    function _settlementPrice(uint32 venue, AssetConfig memory settlement) private view returns (uint256) {
        return PriceOracle.settlementAnswer(settlement, REGISTRY.parameters(venue).pegFloorBps);
    }

    function _amount(address account, address token) private view returns (uint256) {
        uint256 balance = IERC20(token).balanceOf(account);
        if (balance == 0) return 0;
        uint256 pending = VAULT.pendingOf(account, token);
        return balance > pending ? balance - pending : 0;
    }

    function _worth(uint256 amount, uint128 atPrice, uint256 haircutBps) private pure returns (uint256) {
        return Math.mulDiv(amount, uint256(atPrice) * (BPS - haircutBps), PriceOracle.ONE * BPS);
    }
}
