// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The uptime feed of a rollup's sequencer: 0 up, 1 down, and since when. It has been up since long before the campaign.
contract CampaignSequencer {
    bool public down;
    uint256 public since = 1;

    function set(bool down_, uint256 since_) external {
        (down, since) = (down_, since_);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, down ? int256(1) : int256(0), since, since, 1);
    }
}
