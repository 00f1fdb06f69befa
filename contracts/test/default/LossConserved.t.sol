// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DefaultScenario} from "../support/DefaultScenario.sol";

/// @notice A fuzzed default through the real flow: every unit of the loss is paid by somebody or recorded, in the right order.
contract LossConservedTest is DefaultScenario {
    struct Money {
        uint256 cash;
        uint256 loss;
        uint256 own;
        uint256 members;
        uint96 requirement;
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_lossConserved(uint256 seed) public {
        Money memory m = Money({
            cash: _draw(seed, "cash", 2_000e6),
            loss: _draw(seed, "loss", 2_000e6),
            own: _draw(seed, "own", 500e6),
            members: _draw(seed, "members", 500e6),
            requirement: uint96(_draw(seed, "requirement", 600e6))
        });
        fillFund(m.own, m.members, address(0x3E3BE4));
        makePair(m.cash, 0);
        setMargin(debtor, m.requirement, 0);
        // Short by one unit at least, whatever was drawn; the report then says what the loss really was.
        bookLoss(m.cash + 1);
        defaultDebtor(address(0));
        fixDebtor(-int256(m.loss));
        uint256 total = _total();
        closeOut.resolve(debtor);

        uint256 reward = _least(_least(50e6, (m.loss * 200) / 10_000), m.cash);
        uint256 fromAccount = _least(m.loss, m.cash - reward);
        uint256 rest = m.loss - fromAccount;
        uint256 penalty = rest == 0 ? _least((m.loss * 500) / 10_000, m.cash - reward - fromAccount) : 0;
        uint256 fromVenue = _least(rest, m.own);
        uint256 fromMembers = _least(_least(rest - fromVenue, m.requirement), m.members);
        uint256 shortfall = rest - fromVenue - fromMembers;
        uint256 flat = m.loss == 0 ? _least(50e6, m.own) : 0;

        assertEq(usdc.balanceOf(debtor), m.cash - reward - fromAccount - penalty, "the account keeps the surplus");
        assertEq(closeOut.rewards(declarer, address(usdc)), reward + flat, "reward");
        assertEq(fund.venueTranche(), m.own - fromVenue - flat + (m.members == 0 ? penalty : 0), "first tranche");
        assertEq(fund.memberTranche(), m.members - fromMembers + (m.members == 0 ? 0 : penalty), "second tranche");
        assertEq(settlement.book(venue).pool, fromAccount + fromVenue + fromMembers, "the pool has what was paid");
        assertEq(settlement.book(venue).shortfalls, shortfall, "shortfall");
        assertEqInt(settlement.base(venue), int256(m.loss) - int256(shortfall), "base backs what was collected");
        assertEq(_total(), total, "no unit made or lost");
        assertEq(usdc.balanceOf(address(fund)), fund.venueTranche() + fund.memberTranche(), "the fund has what it counts");
        assertEq(usdc.balanceOf(pool), settlement.book(venue).pool, "the pool has what it counts");
    }

    function _total() private view returns (uint256) {
        return usdc.balanceOf(debtor) + usdc.balanceOf(pool) + usdc.balanceOf(address(fund)) + usdc.balanceOf(address(vault));
    }

    /// @dev Zero and the highest value are drawn often: they are where order and caps show.
    function _draw(uint256 seed, string memory what, uint256 highest) private pure returns (uint256) {
        uint256 word = uint256(keccak256(abi.encode(seed, what)));
        if (word % 8 == 0) return 0;
        if (word % 8 == 1) return highest;
        return bound(word >> 8, 0, highest);
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
