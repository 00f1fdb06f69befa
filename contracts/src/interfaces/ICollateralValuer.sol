// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccountProof} from "./Types.sol";

/// @title What an account's collateral is worth
interface ICollateralValuer {
    error StalePrice(address feed, uint256 updatedAt, uint256 maxAge);
    error BadPrice(address feed, int256 answer);
    error PriceOverflow(address feed);
    error PricesLength(uint256 expected, uint256 given);
    error NotAccepted(uint32 venue, address token);
    error ValuingDuringCallback();

    /// @notice Live price of every accepted asset in the venue's order: settlement units for 1e18 of the asset's smallest units,
    /// rounded down. The settlement asset is 1e18; its feed is clamped to [pegFloor, 1].
    function prices(uint32 venue) external view returns (uint128[] memory);

    /// @notice Live price of one accepted asset.
    function price(uint32 venue, address token) external view returns (uint128);

    /// @notice Value after haircuts at root prices and at live prices, settlement units, rounded down asset by asset.
    /// Withdrawals that wait for a root count as gone.
    function values(uint32 venue, address account, uint128[] calldata rootPrices) external view returns (uint256 atRoot, uint256 live);

    /// @notice Whether the account is short of its initial and of its maintenance margin under a proof that the caller has verified.
    function shortness(AccountProof calldata proof, int256 settled) external view returns (bool initial, bool maintenance);

    /// @notice Value of one account at the given prices.
    function value(uint32 venue, address account, uint128[] calldata atPrices) external view returns (uint256);
}
