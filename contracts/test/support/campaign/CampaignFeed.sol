// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A price feed that is always fresh until it is stopped, and now and then behaves as no feed should.
contract CampaignFeed {
    enum Manner {
        ANSWERS,
        REVERTS,
        SAYS_TOO_LITTLE,
        FLOODS,
        TAKES_ALL_GAS,
        // It does answer, to whoever has almost a million of gas to spare for it.
        HUNGRY
    }

    /// @dev With what it takes to answer, a feed that needs 1,008,000 of gas is the hungriest whose silence is never taken for an answer:
    /// it leaves its reader a 63rd, which is 16,000.
    uint256 private constant APPETITE = 990_000;

    uint8 public immutable decimals;
    int256 public answer;
    /// @dev 0: it goes on.
    uint256 public stoppedAt;
    Manner public manner;

    error Broken();

    constructor(uint8 decimals_, int256 answer_) {
        (decimals, answer) = (decimals_, answer_);
    }

    function set(int256 answer_) external {
        answer = answer_;
    }

    function stop(uint256 since) external {
        stoppedAt = since;
    }

    function behave(Manner manner_) external {
        manner = manner_;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        if (manner != Manner.ANSWERS) _misbehave(manner);
        uint256 updatedAt = stoppedAt == 0 ? block.timestamp : stoppedAt;
        return (1, answer, updatedAt, updatedAt, 1);
    }

    /// @notice The price with 18 decimals, as whoever asks must understand it; 0: none.
    function usable(uint256 maxAge) external view returns (uint256) {
        if (manner != Manner.ANSWERS && manner != Manner.HUNGRY) return 0;
        if (answer <= 0 || (stoppedAt != 0 && block.timestamp - stoppedAt > maxAge)) return 0;
        return uint256(answer) * 10 ** (18 - decimals);
    }

    function _misbehave(Manner how) private view {
        if (how == Manner.REVERTS) revert Broken();
        // Asked once: between two answers it falls, and a difference below zero would be a refusal with almost all gas left.
        uint256 given = gasleft();
        uint256 until = given > APPETITE ? given - APPETITE : 0;
        assembly ("memory-safe") {
            let at := mload(0x40)
            // What it says would do, if there were enough of it.
            mstore(add(at, 0x20), 6000000000000)
            mstore(add(at, 0x60), timestamp())
            switch how
            case 2 {
                return(at, 0x9f)
            }
            case 3 {
                revert(at, 20000)
            }
            case 4 {
                invalid()
            }
            default {
                for {} gt(gas(), until) {} {}
            }
        }
    }
}
