import assert from "node:assert/strict";
import { test } from "node:test";

import { judge, type Checked } from "../exceptions.ts";
import { changedSince, printed, written } from "../report.ts";

function statement(file: string, line: number, covered: boolean): Checked {
  return { file, within: "put", line, text: `step(${line});`, tag: `${file}${line}`, covered };
}

const STATEMENTS = [statement("Box.sol", 3, true), statement("Box.sol", 3, false), statement("Lid.sol", 4, true)];
const VERDICT = judge(STATEMENTS, [{ file: "Box.sol", function: "put", statement: "step(3);", reason: "Cannot happen." }]);

test("a line counts as covered only if all that begins on it is", () => {
  const text = written(STATEMENTS, VERDICT, 7);
  assert.match(text, /\| Box\.sol \| 2 \| 1 \| 50\.00 % \| 0\.00 % \|/);
  assert.match(text, /\| total \| 3 \| 2 \| 66\.66 % \| 50\.00 % \|/);
});

test("exceptions are given with their reasons, and what is not excepted by its place", () => {
  assert.match(written(STATEMENTS, VERDICT, 7), /- `Box\.sol`, `put`: `step\(3\);`\. Cannot happen\./);
  assert.match(printed(STATEMENTS, judge(STATEMENTS, [])), /uncovered: Box\.sol:3 put: step\(3\);/);
});

test("kept results that tell of another number of statements are found out", () => {
  const kept = written(STATEMENTS, VERDICT, 7);
  assert.deepEqual(changedSince(STATEMENTS, kept), []);
  assert.deepEqual(changedSince([...STATEMENTS, statement("Lid.sol", 5, true)], kept), ["Lid.sol"]);
  assert.deepEqual(changedSince([statement("Key.sol", 1, true)], kept), ["Key.sol"]);
});
