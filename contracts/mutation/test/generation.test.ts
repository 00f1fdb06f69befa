import assert from "node:assert/strict";
import { test } from "node:test";

import { candidatesOf } from "../candidates.ts";
import { choose, quotas } from "../choose.ts";
import { analyser } from "../compiler.ts";
import { instrument, mutantAt } from "../instrument.ts";
import { KINDS, type Mutant } from "../mutant.ts";
import { readSources, type Sources } from "../sources.ts";
import { refusedAmong } from "../usable.ts";
import { makeExample } from "./example.ts";

const example = makeExample();
const sources = readSources(example.root, "src");
const analyse = analyser(example.root);
const candidatesIn = (some: Sources): Mutant[] => candidatesOf(some, analyse(some).trees);
const candidates = candidatesIn(sources);
const edited = (from: string, to: string): Sources =>
  new Map([...sources].map(([file, text]) => [file, Buffer.from(text.toString().replace(from, to))]));
const find = (original: string, mutated: string): Mutant[] =>
  candidates.filter((mutant) => mutant.original === original && mutant.mutated === mutated);

test("the same sources give the same mutants, each with an id of its own", () => {
  assert.deepEqual(candidatesIn(sources), candidates);
  assert.equal(new Set(candidates.map(({ id }) => id)).size, candidates.length);
});

test("one of every form is found, at its line and in its function", () => {
  const [check] = find("amount > MOST", "false");
  assert.deepEqual([check.kind, check.line, check.place], ["check", 24, "Box.put"]);
  for (const [original, mutated] of [
    ["onlyOwner", "(removed)"],
    ["amount > MOST", "amount >= MOST"],
    ["held += amount", "held -= amount"],
    ["held += amount", "(removed)"],
    ["MOST", "MOST + 1"],
    ["a, b", "b, a"],
    ["++i", "--i"],
    ["add(mul(a, 3), b)", "sub(mul(a, 3), b)"],
    ["a > b ? a - b : 0", "a > b ? 0 : a - b"],
  ]) {
    assert.equal(find(original, mutated).length, 1, `${original} -> ${mutated}`);
  }
});

test("a boundary at which both sides give the same is left alone", () => {
  assert.equal(find("a > b", "a >= b").length, 0);
  assert.equal(find("a > b", "a <= b").length, 1);
  const limited = candidatesIn(edited("unwatched = 7;", "uint256 most = 7; if (unwatched > most) unwatched = most;"));
  const moved = (by: string): number => limited.filter(({ mutated }) => mutated === `unwatched ${by} most`).length;
  assert.deepEqual([moved(">="), moved("<=")], [0, 1]);
  const negated = candidatesIn(edited("unwatched = 7;", "int256 due = -7; unwatched = due < 0 ? uint256(-due) : 0;"));
  const shifted = (by: string): number => negated.filter(({ mutated }) => mutated === `due ${by} 0`).length;
  assert.deepEqual([shifted("<="), shifted(">=")], [0, 1]);
});

test("a question that spares adding nothing is left alone, and not its answer", () => {
  const always = (body: string): number =>
    candidatesIn(edited("unwatched = 7;", `uint256 more = 7; if (more != 0) ${body}`)).filter(
      ({ original, mutated }) => original === "more != 0" && mutated === "true",
    ).length;
  assert.deepEqual([always("unwatched += more;"), always("{ held -= more; }"), always("unwatched = more;")], [0, 0, 1]);
  const never = candidatesIn(edited("unwatched = 7;", "uint256 more = 7; if (more != 0) unwatched += more;"));
  assert.equal(never.filter(({ original, mutated }) => original === "more != 0" && mutated === "false").length, 1);
});

test("where memory is free is left alone", () => {
  const block = 'assembly ("memory-safe") { let at := mload(0x40) mstore(at, mload(0x20)) }';
  const literals = candidatesIn(edited("unwatched = 7;", block)).map(({ original }) => original);
  assert.deepEqual([literals.includes("0x40"), literals.includes("0x20")], [false, true]);
});

test("ids outlive edits elsewhere, and not edits of their own statement", () => {
  const ids = new Set(candidates.map(({ id }) => id));
  const after = (some: Sources): number => candidatesIn(some).filter(({ id }) => ids.has(id)).length;
  assert.equal(after(edited("unwatched = 7;", "\n        // Later.\n        unwatched = 7;")), candidates.length);
  const [statement] = find("unwatched = 7", "(removed)");
  assert.ok(!candidatesIn(edited("unwatched = 7;", "unwatched = 9;")).some(({ id }) => id === statement.id));
});

test("the choice follows from the seed", () => {
  const ids = (seed: number): string[] => choose(candidates, 12, seed).map(({ id }) => id);
  assert.deepEqual(ids(1), ids(1));
  assert.notDeepEqual(ids(1), ids(2));
  assert.equal(new Set(ids(1)).size, 12);
  assert.equal(choose(candidates, 10_000, 1).length, candidates.length);
});

test("the choice is spread over the kinds and in proportion over the files", () => {
  const kinds = new Set(candidates.map(({ kind }) => kind));
  assert.deepEqual(new Set(choose(candidates, kinds.size, 5).map(({ kind }) => kind)), kinds);
  assert.ok(kinds.size >= KINDS.length - 1);
  const shares = quotas(
    new Map([
      ["a", 60],
      ["b", 30],
      ["c", 1],
    ]),
    10,
  );
  assert.deepEqual([...shares.values()], [7, 3, 0]);
});

test("all mutants together compile, but for those that are none in Solidity", () => {
  const refused = refusedAmong(candidates, sources, analyse);
  const armed = candidates.filter((mutant) => !refused.includes(mutant)).map((mutant, i) => ({ mutant, number: i + 1 }));
  assert.deepEqual(analyse(instrument(sources, armed)).errors, []);
  assert.ok(refused.length < candidates.length / 10, `${refused.length} of ${candidates.length} are refused`);
});

test("a literal keeps the type that its place gives it, and nothing takes another's", () => {
  const [power] = find("10", "10 + 1");
  const [shift] = find("1", "1 + 1");
  assert.deepEqual([power.sites[0].cast, shift.sites[0].cast], ["uint256", "uint256"]);
  const [wider] = find("base ** exponent", "base * exponent");
  assert.deepEqual(refusedAmong([power, shift, wider], sources, analyse), [wider]);
});

test("a mutant that does not compile is found among others", () => {
  const [wrong] = find("amount > MOST", "amount >= MOST");
  const broken = { ...wrong, sites: wrong.sites.map((site) => ({ ...site, mutated: "unknown" })) };
  const others = candidates.filter(({ file, kind }) => file === wrong.file && kind === "statement");
  assert.deepEqual(refusedAmong([...others, broken], sources, analyse), [broken]);
});

test("no mutant, no change", () => {
  assert.deepEqual(instrument(sources, []), sources);
});

test("the mutant at an offset is the one inside, or else the last before it", () => {
  const source = Buffer.from("(mutant01234567(3) ? (a) : (b)) + (mutant01234567(12) ? (c) : (d))");
  assert.equal(mutantAt(source, 34, 66), 12);
  assert.equal(mutantAt(source, 22, 23), 3);
  assert.equal(mutantAt(source, 0, 1), undefined);
});
