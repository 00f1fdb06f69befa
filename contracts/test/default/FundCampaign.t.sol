// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {console} from "hardhat/console.sol";
import {Assertions} from "../support/Assertions.sol";
import {FundWorld} from "../support/FundWorld.sol";

/// @notice The players, deployed: the runner finds targets among the contracts of this file.
contract FundCampaign is FundWorld {}

/// @notice The fund's part of the invariants under random interleavings of everything that anybody may do.
contract FundCampaignTest is Assertions {
    FundCampaign private world;

    function setUp() public {
        world = new FundCampaign();
        world.setUp();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(world);
    }

    function invariant_fund_hasWhatItCounts() public view {
        world.checkCounted();
    }

    function invariant_fund_promisesWhatItHas() public view {
        world.checkShares();
    }

    function invariant_fund_lossConserved() public view {
        world.check("lossConserved");
    }

    function invariant_fund_capsStay() public view {
        world.check("capsStay");
    }

    function invariant_fund_priceNeverFallsByComingOrGoing() public view {
        world.check("priceNeverFalls");
    }

    function invariant_fund_maximaAreTruthful() public view {
        world.check("truthful");
    }

    /// @notice One long run from a fixed seed: every kind of step succeeds in it at least once, and the invariants hold all the way.
    function test_campaign_reachesEveryStep() public {
        uint256 seed = 0x52696e6766656e6365;
        for (uint256 i; i < 2_000; ++i) {
            seed = uint256(keccak256(abi.encode(seed, i)));
            _step(seed % 24, seed >> 8, seed >> 72, i % 200 >= 150);
            world.checkCounted();
            world.checkShares();
        }
        invariant_fund_lossConserved();
        invariant_fund_capsStay();
        invariant_fund_priceNeverFallsByComingOrGoing();
        invariant_fund_maximaAreTruthful();
        string[13] memory wanted = [
            "join",
            "notice",
            "cancel",
            "lapse",
            "redeem",
            "part",
            "withdraw",
            "penalty",
            "default",
            "resolve",
            "membersPaid",
            "series",
            "emptied"
        ];
        string memory missing;
        for (uint256 i; i < wanted.length; ++i) {
            console.log(wanted[i], world.done(wanted[i]));
            if (world.done(wanted[i]) == 0) missing = string.concat(missing, " ", wanted[i]);
        }
        assertTrue(bytes(missing).length == 0, string.concat("never succeeded:", missing));
    }

    /// @param calm everybody leaves, and what is open comes to an end
    function _step(uint256 kind, uint256 a, uint256 b, bool calm) private {
        if (calm && kind < 8) world.giveNotice(a, b - (b % 3));
        else if (calm && kind < 18) world.redeemOne(a, b);
        else if (calm && kind < 21) world.wait(a, b);
        else if (calm && kind < 23) world.resolve(a, b);
        else if (calm) world.leave();
        else if (kind < 3) world.comeIn(a, b);
        else if (kind < 7) world.giveNotice(a, b);
        else if (kind == 7) world.cancel(a, b);
        else if (kind < 11) world.redeemOne(a, b);
        else if (kind < 13) world.withdraw(a);
        else if (kind == 13) world.addPenalty(a);
        else if (kind == 14) world.open(a);
        else if (kind < 17) world.resolve(a, b);
        else if (kind < 20) world.pass(a);
        else if (kind < 22) world.wait(a, b);
        else if (kind == 22) world.roll();
        else a % 2 == 0 ? world.strengthenVenue(b) : world.donate(b);
    }
}
