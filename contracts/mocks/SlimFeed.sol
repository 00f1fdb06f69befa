// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A price feed in one storage slot, for measuring what its readers cost
/// @notice Anybody says what it answers.
contract SlimFeed {
    int192 private _answer;
    uint64 private _updatedAt;

    function set(int192 answer, uint64 updatedAt) external {
        (_answer, _updatedAt) = (answer, updatedAt);
    }

    function decimals() external pure returns (uint8) {
        return 8;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, _answer, _updatedAt, _updatedAt, 1);
    }
}
