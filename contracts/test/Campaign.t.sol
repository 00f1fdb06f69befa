// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {console} from "hardhat/console.sol";
import {CampaignHandler} from "./support/campaign/CampaignHandler.sol";
import {Inv} from "./support/campaign/CampaignKinds.sol";
import {CampaignNames} from "./support/campaign/CampaignNames.sol";

/// @notice What the runner says of its environment.
interface Environment {
    function envOr(string calldata name, uint256 other) external view returns (uint256);
}

/// @notice One shared campaign: seeded runs over everybody and everything, all of the design's invariants checked as they go.
/// @dev The runs are dealt to the tests below, which the runner executes side by side. `campaign/main.ts` sets the environment and adds up
/// what is printed; without it a few runs are made, as a test among the others.
contract CampaignTest is CampaignHandler {
    uint256 private constant SHARDS = 8;
    Environment private constant ENVIRONMENT = Environment(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @notice What a test's runs came to.
    struct Sums {
        uint256 runs;
        uint256 calls;
        uint256 stumbles;
        uint256[] tally;
        uint256[] visits;
        uint256[] broken;
        string[] first;
    }

    function test_campaign_0() public {
        _shard(0);
    }

    function test_campaign_1() public {
        _shard(1);
    }

    function test_campaign_2() public {
        _shard(2);
    }

    function test_campaign_3() public {
        _shard(3);
    }

    function test_campaign_4() public {
        _shard(4);
    }

    function test_campaign_5() public {
        _shard(5);
    }

    function test_campaign_6() public {
        _shard(6);
    }

    function test_campaign_7() public {
        _shard(7);
    }

    function _shard(uint256 shard) private {
        Sums memory sums;
        sums.tally = new uint256[](CampaignNames.ACTS);
        sums.visits = new uint256[](CampaignNames.SPOTS);
        sums.broken = new uint256[](CampaignNames.INVARIANTS);
        sums.first = new string[](CampaignNames.INVARIANTS);
        uint256 runs = ENVIRONMENT.envOr("CAMPAIGN_RUNS", 8);
        uint256 calls = ENVIRONMENT.envOr("CAMPAIGN_CALLS", 500);
        uint256 seed = ENVIRONMENT.envOr("CAMPAIGN_SEED", 0x52696e6766656e6365);
        uint256 only = ENVIRONMENT.envOr("CAMPAIGN_ONLY", type(uint256).max);
        // Two of the tests are on a chain with a sequencer.
        this.found(shard % 4 == 3);
        for (uint256 run = shard; run < runs; run += SHARDS) {
            if (only == type(uint256).max || only == run) _run(sums, seed, run, calls);
        }
        _print(sums);
        for (uint256 i = 1; i < CampaignNames.INVARIANTS; ++i) {
            assertTrue(sums.broken[i] == 0, string.concat(CampaignNames.invariantOf(i), ": ", sums.first[i]));
        }
        assertTrue(sums.stumbles == 0, "a step of the campaign itself failed");
    }

    /// @dev From the same world each time; what a run counted is read before it is undone.
    function _run(Sums memory sums, uint256 seed, uint256 run, uint256 calls) private {
        uint256 id = vm.snapshotState();
        ++sums.runs;
        this.begin(uint256(keccak256(abi.encode(seed, run))));
        uint256 i;
        for (; i < calls && this.broken() == Inv.NONE; ++i) {
            ++sums.calls;
            try this.step(i) {
                continue;
            } catch (bytes memory why) {
                if (sums.stumbles++ < 3) {
                    console.log("campaign|stumble|%d|%d", run, i);
                    console.logBytes(why);
                }
            }
        }
        if (this.broken() == Inv.NONE) this.finish();
        _add(sums, run, i);
        assertTrue(vm.revertToStateAndDelete(id), "the world is as it was");
    }

    function _add(Sums memory sums, uint256 run, uint256 calls) private view {
        for (uint256 i; i < sums.tally.length; ++i) {
            sums.tally[i] += this.tally(i);
        }
        for (uint256 i; i < sums.visits.length; ++i) {
            sums.visits[i] += this.visits(i);
        }
        uint256 inv = uint256(broken);
        if (inv == 0) return;
        if (sums.broken[inv]++ == 0) {
            sums.first[inv] = string.concat(_text(brokenBy), " (run ", _decimal(run), ", step ", _decimal(calls), ")");
        }
    }

    function _print(Sums memory sums) private pure {
        console.log("campaign|runs|%d|%d|%d", sums.runs, sums.calls, sums.stumbles);
        for (uint256 i; i < sums.tally.length; ++i) {
            console.log(
                string.concat("campaign|act|", CampaignNames.act(i), "|%d|%d"),
                sums.tally[i] >> 128,
                uint256(uint128(sums.tally[i]))
            );
        }
        for (uint256 i; i < sums.visits.length; ++i) {
            console.log(string.concat("campaign|state|", CampaignNames.state(i), "|%d"), sums.visits[i]);
        }
        for (uint256 i = 1; i < sums.broken.length; ++i) {
            console.log(string.concat("campaign|invariant|", CampaignNames.invariantOf(i), "|%d|%s"), sums.broken[i], sums.first[i]);
        }
    }

    function _text(bytes32 short_) private pure returns (string memory) {
        uint256 length;
        while (length < 32 && short_[length] != 0) ++length;
        bytes memory text = new bytes(length);
        for (uint256 i; i < length; ++i) {
            text[i] = short_[i];
        }
        return string(text);
    }

    function _decimal(uint256 number) private pure returns (string memory) {
        if (number < 10) return string(abi.encodePacked(uint8(48 + number)));
        return string.concat(_decimal(number / 10), string(abi.encodePacked(uint8(48 + (number % 10)))));
    }
}
