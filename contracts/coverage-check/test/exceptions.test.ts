import assert from "node:assert/strict";
import { test } from "node:test";

import { exceptionsFrom, judge, type Checked, type Exception } from "../exceptions.ts";

function statement(line: number, covered: boolean): Checked {
  return { file: "Box.sol", within: "put", line, text: `step(${line});`, tag: String(line), covered };
}

function exception(line: number): Exception {
  return { file: "Box.sol", function: "put", statement: `step(${line});`, reason: "cannot happen" };
}

const HUNDRED = Array.from({ length: 99 }, (_, i) => statement(i, true));

test("all covered is well", () => {
  assert.deepEqual(judge(HUNDRED, []).complaints, []);
});

test("an uncovered statement is named or complained of", () => {
  const statements = [...HUNDRED, statement(99, false)];
  assert.deepEqual(judge(statements, []).complaints, ["neither covered nor excepted: Box.sol:99 put: step(99);"]);
  const { complaints, excepted } = judge(statements, [exception(99)]);
  assert.deepEqual(complaints, []);
  assert.equal(excepted[0].reason, "cannot happen");
});

test("an exception that nothing needs is complained of", () => {
  assert.deepEqual(judge(HUNDRED, [exception(5)]).complaints, ["the exception is needed no more: Box.sol, put: step(5);"]);
});

test("exceptions count as uncovered: they cannot take the place of tests", () => {
  const statements = [...HUNDRED, statement(99, false), statement(100, false), statement(101, false)];
  const { complaints } = judge(statements, [exception(99), exception(100), exception(101)]);
  assert.deepEqual(complaints, ["97.05 % of the statements are covered, and 98.00 % have to be"]);
});

test("an exception gives every part of itself", () => {
  const without = ({ reason: _, ...rest }: Exception): object => rest;
  assert.throws(() => exceptionsFrom(JSON.stringify([without(exception(1))])), /no reason/);
  assert.throws(() => exceptionsFrom(JSON.stringify([{ ...exception(1), function: " " }])), /no function/);
  assert.throws(() => exceptionsFrom("{}"), /not a list/);
});
