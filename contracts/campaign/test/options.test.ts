import assert from "node:assert/strict";
import { test } from "node:test";

import { optionsFrom } from "../options.ts";

test("without options: the campaign of the continuous integration", () => {
  const { runs, calls, run, fault } = optionsFrom([]);
  assert.deepEqual({ runs, calls, run, fault }, { runs: 256, calls: 500, run: undefined, fault: undefined });
});

test("--ten multiplies whatever runs there are", () => {
  const { runs, parts } = optionsFrom(["--ten", "--runs", "3"]);
  assert.deepEqual([runs, parts], [3, 10]);
  assert.deepEqual([optionsFrom([]).parts, optionsFrom(["--ten"]).runs], [1, 256]);
  assert.throws(() => optionsFrom(["--ten", "--run", "3"]), /without --ten/);
});

test("a seed is decimal or hexadecimal", () => {
  assert.equal(optionsFrom(["--seed", "17"]).seed, 17n);
  assert.equal(optionsFrom(["--seed", "0xff"]).seed, 255n);
  assert.throws(() => optionsFrom(["--seed", "seed"]), /--seed/);
});

test("a number that is none, or too small, is refused by name", () => {
  assert.throws(() => optionsFrom(["--runs", "0"]), /--runs/);
  assert.throws(() => optionsFrom(["--calls", "many"]), /--calls/);
  assert.throws(() => optionsFrom(["--run", "-1"]), /--run/);
  assert.throws(() => optionsFrom(["--length", "3"]));
});

test("breaking one needs fewer runs, unless they are given", () => {
  assert.deepEqual([optionsFrom(["--break", "nonceOnce"]).fault, optionsFrom(["--break", "nonceOnce"]).runs], ["nonceOnce", 32]);
  assert.equal(optionsFrom(["--break", "nonceOnce", "--runs", "64"]).runs, 64);
});
