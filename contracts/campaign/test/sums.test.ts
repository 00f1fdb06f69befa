import assert from "node:assert/strict";
import { test } from "node:test";

import { addedTo, brokenOf, nothing, seldom, sumsOf } from "../sums.ts";

const OUTPUT = `
campaign|runs|2|1000|0
campaign|act|post|10|9
campaign|act|refused: replay|4|4
campaign|state|venue paused|0
campaign|invariant|nonceOnce|0|
campaign|invariant|poolCovers|1|uncovered (run 3, step 7)
    1) test_campaign_3()
campaign|runs|1|500|1
campaign|act|post|5|5
campaign|act|refused: replay|0|0
campaign|state|venue paused|2
campaign|invariant|nonceOnce|0|
campaign|invariant|poolCovers|2|later (run 4, step 9)
`;

test("what all tests printed is added up", () => {
  const sums = sumsOf(OUTPUT);
  assert.deepEqual([sums.runs, sums.calls, sums.stumbles], [3, 1500, 1]);
  assert.deepEqual(sums.actions.get("post"), { tried: 15, succeeded: 14 });
  assert.equal(sums.states.get("venue paused"), 2);
});

test("an invariant's first violation is kept", () => {
  const sums = sumsOf(OUTPUT);
  assert.deepEqual(brokenOf(sums), ["poolCovers"]);
  assert.deepEqual(sums.invariants.get("poolCovers"), { broken: 3, first: "uncovered (run 3, step 7)" });
});

test("what happened too seldom is named", () => {
  assert.deepEqual(seldom(sumsOf(OUTPUT), 5), ["refused: replay (4)"]);
});

test("parts are added up, and a violation says which seed it was of", () => {
  const all = nothing();
  const held = OUTPUT.replaceAll(/(invariant\|\w+)\|.*/g, "$1|0|");
  addedTo(all, sumsOf(held), "seed 0x1");
  addedTo(all, sumsOf(OUTPUT), "seed 0x2");
  assert.deepEqual([all.runs, all.calls, all.stumbles], [6, 3000, 2]);
  assert.deepEqual(all.actions.get("post"), { tried: 30, succeeded: 28 });
  assert.equal(all.states.get("venue paused"), 4);
  assert.deepEqual(brokenOf(all), ["poolCovers"]);
  assert.equal(all.invariants.get("poolCovers")?.first, "seed 0x2, uncovered (run 3, step 7)");
});
