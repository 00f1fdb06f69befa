import { NONE_ACTIVE } from "./instrument.ts";
import type { Runner } from "./runner.ts";

/** No mutant's number. */
const CANARY = 0xca7a4;

export const CANARY_FILE = "test/MutationCanary.t.sol";

/** Tests of every sort that fail when, and only when, they are told that the canary is the active mutant. */
export const CANARY_SOURCE = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

contract Target { uint256 public touched; function touch() external { ++touched; } }

contract MutationCanary {
    function setUp() public { new Target(); }
    function test_canary() public view { _look(); }
    function testFuzz_canary(uint256) public view { _look(); }
    function invariant_canary() public view { _look(); }
    function _look() private view { require(uint160(address(block.coinbase)) != ${NONE_ACTIVE + CANARY}, "the canary is active"); }
}
`;

/** Proves that the number of the active mutant reaches the contracts: if it did not, every mutant would seem to survive. */
export async function checkCanary(runner: Runner, suites: string[]): Promise<void> {
  const canary = suites.filter((suite) => suite.startsWith(`${CANARY_FILE}:`));
  const { results } = await runner.run({ mutant: CANARY, suites: canary, all: true }, () => 120);
  const { tests, failures } = results[0] ?? { tests: 0, failures: [] };
  if (tests !== 3 || failures.length !== 3)
    throw new Error(`the active mutant's number does not reach the tests: ${failures} of ${tests} noticed`);
}
