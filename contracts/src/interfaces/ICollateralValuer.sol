// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What an account's collateral is worth
interface ICollateralValuer {
    error NoPrice(address feed);
    error SourcesDisagree(address feed, uint256 price, uint256 second);
    error PriceOverflow(address feed);
    error PricesLength(uint256 expected, uint256 given);

    /// @notice Live price of every accepted asset in the venue's order: settlement units for 1e18 of the asset's smallest units,
    /// rounded down. The settlement asset is 1e18; its feed is clamped to [pegFloor, 1].
    function prices(uint32 venue) external view returns (uint128[] memory);

    /// @notice Live price of one accepted asset.
    function price(uint32 venue, address token) external view returns (uint128);

    /// @notice Value of a pledged account after haircuts at root prices and at live prices, settlement units, rounded down asset by
    /// asset. Withdrawals that wait for a root count as gone.
    function values(address account, uint128[] calldata rootPrices) external view returns (uint256 atRoot, uint256 live);
}
