// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The shape of a price feed that the oracle reads.
interface AggregatorV3Interface {
    function decimals() external view returns (uint8);
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
