// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A price feed that is always fresh until it is stopped.
contract CampaignFeed {
    uint8 public constant decimals = 8;
    int256 public answer;
    /// @dev 0: it goes on.
    uint256 public stoppedAt;

    constructor(int256 answer_) {
        answer = answer_;
    }

    function set(int256 answer_) external {
        answer = answer_;
    }

    function stop(uint256 since) external {
        stoppedAt = since;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        uint256 updatedAt = stoppedAt == 0 ? block.timestamp : stoppedAt;
        return (1, answer, updatedAt, updatedAt, 1);
    }

    /// @notice The price with 8 decimals, as whoever asks must understand it; 0: none.
    function usable(uint256 maxAge) external view returns (uint256) {
        if (answer <= 0 || (stoppedAt != 0 && block.timestamp - stoppedAt > maxAge)) return 0;
        return uint256(answer);
    }
}
