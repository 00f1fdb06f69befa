// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title A price feed with the AggregatorV3 interface whose owner says what it answers
/// @notice Nothing is checked: a test must be able to report a price of zero, a negative one, or one from the future.
contract TestFeed is Ownable {
    struct Round {
        int256 answer;
        uint256 updatedAt;
    }

    uint8 public immutable decimals;
    uint256 public constant version = 1;
    string public description;
    /// @notice Number of the newest round; the first is 1, 0 while there is none.
    uint80 public latestRound;

    mapping(uint80 roundId => Round) private _rounds;

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    error NoRound(uint80 roundId);

    constructor(string memory description_, uint8 decimals_) Ownable(msg.sender) {
        description = description_;
        decimals = decimals_;
    }

    /// @notice Opens a new round.
    /// @param answer price scaled by 10 ** decimals
    /// @param updatedAt unix seconds
    function set(int256 answer, uint256 updatedAt) external onlyOwner {
        uint80 roundId = ++latestRound;
        _rounds[roundId] = Round(answer, updatedAt);
        emit AnswerUpdated(answer, roundId, updatedAt);
    }

    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        return getRoundData(latestRound);
    }

    function getRoundData(
        uint80 id
    ) public view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound) {
        if (id == 0 || id > latestRound) revert NoRound(id);
        Round storage round = _rounds[id];
        return (id, round.answer, round.updatedAt, round.updatedAt, id);
    }
}
