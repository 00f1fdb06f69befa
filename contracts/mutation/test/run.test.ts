import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { optionsFrom } from "../options.ts";
import { readResults, writeResults, type Result, type Results } from "../results.ts";
import { run, sample } from "../run.ts";
import { makeExample } from "./example.ts";

const options = optionsFrom(["--seed", "3", "--count", "1000", "--jobs", "1"]);
const outcomes = ({ mutants }: Results): string[] => mutants.map(({ id, outcome }) => `${id} ${outcome}`);

test("a contract and its test from end to end: killed, survived, resumed, sampled", async () => {
  const example = makeExample();
  const file = join(example.results, "results.json");
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  assert.equal(await run(example, options, say), false, "a contract with an untested function is not well tested");
  const results = readResults(file)!;
  const find = (original: string, mutated: string): Result =>
    results.mutants.find((mutant) => mutant.original === original && mutant.mutated === mutated)!;

  for (const [original, mutated, test] of [
    ["amount > MOST", "false", "test_put"],
    ["amount > MOST", "amount >= MOST", "test_put"],
    ["onlyOwner", "(removed)", "test_put_byAnother"],
    ["held += amount", "(removed)", "test_put"],
    ["add(mul(a, 3), b)", "sub(mul(a, 3), b)", "test_mixed"],
    ["sum := add(mul(a, 3), b)", "(removed)", "test_mixed"],
    ["a > b ? a - b : 0", "a > b ? 0 : a - b", "test_mixed"],
  ]) {
    const { outcome, killedBy } = find(original, mutated);
    assert.deepEqual([outcome, killedBy], ["killed", `test/Box.t.sol:BoxTest:${test}`], `${original} -> ${mutated}`);
  }
  const survivor = find("unwatched = 7", "(removed)");
  assert.equal(survivor.outcome, "survived");
  assert.ok(said.some((line) => line.includes("have no reason") && line.includes(survivor.id)));
  assert.match(readFileSync(join(example.results, "RESULTS.md"), "utf8"), new RegExp(`${survivor.id}.*\n.*no reason`));

  // As a kill in the middle leaves it.
  const cut = { ...results, finished: false, mutants: results.mutants.slice(5) };
  writeResults(file, cut);
  writeFileSync(join(example.results, "survivors.json"), JSON.stringify({ [survivor.id]: { reason: "Nobody looks." } }));
  said.length = 0;
  await run(example, { ...options, resume: true }, say);
  assert.deepEqual(outcomes(readResults(file)!), outcomes(results));
  assert.equal(said.filter((line) => line.startsWith("[")).length, 5, "only what was missing ran again");
  assert.match(readFileSync(join(example.results, "RESULTS.md"), "utf8"), /Nobody looks\./);

  assert.equal(await sample(example, { ...options, sample: 4 }, say), true);
  const claimed = results.mutants.map((mutant): Result => ({ ...mutant, outcome: "killed" }));
  writeResults(file, { ...results, mutants: claimed.filter(({ id }) => id === survivor.id) });
  assert.equal(await sample(example, { ...options, sample: 1 }, say), false, "a mutant recorded as killed survives");
});

test("with other tests than before only what survived is run again", async () => {
  const example = makeExample();
  const file = join(example.results, "results.json");
  await run(example, options, () => {});
  const survivors = readResults(file)!.mutants.filter(({ outcome }) => outcome === "survived");
  assert.ok(survivors.length > 0 && survivors.every(({ place }) => place === "Box.forget"));

  const tests = join(example.root, "test/Box.t.sol");
  const text = readFileSync(tests, "utf8");
  writeFileSync(tests, text.replace("box.forget();", 'box.forget();\n        require(box.unwatched() == 7, "noted");'));
  const said: string[] = [];
  await run(example, { ...options, resume: true }, (line) => void said.push(line));
  assert.equal(said.filter((line) => line.startsWith("[")).length, survivors.length);
  assert.ok(readResults(file)!.mutants.every(({ outcome }) => outcome === "killed"));
});

test("what is equal to the original is not counted, and another is run in its place", async () => {
  const example = makeExample();
  const file = join(example.results, "results.json");
  const few = { ...options, count: 12 };
  await run(example, few, () => {});
  const before = readResults(file)!.mutants;
  const survivor = before.find(({ outcome }) => outcome === "survived")!;
  writeFileSync(join(example.results, "survivors.json"), JSON.stringify({ [survivor.id]: { reason: "Nobody can tell.", equal: true } }));
  await run(example, { ...few, resume: true }, () => {});
  const after = readResults(file)!.mutants;
  assert.equal(after.length, 13);
  const report = readFileSync(join(example.results, "RESULTS.md"), "utf8");
  assert.match(report, /: 12 mutants run, /);
  assert.match(report, new RegExp(`## Equal to the original[^]*${survivor.id}[^]*Nobody can tell\\.`));

  const killed = before.find(({ outcome }) => outcome === "killed")!;
  const reasons = Object.fromEntries([survivor, killed].map(({ id }) => [id, { reason: "Nobody can tell.", equal: true }]));
  writeFileSync(join(example.results, "survivors.json"), JSON.stringify(reasons));
  const said: string[] = [];
  assert.equal(await run(example, { ...few, resume: true }, (line) => void said.push(line)), false);
  assert.ok(said.some((line) => line.includes(killed.id) && line.includes("a test tells it")));
});

test("a run over other sources is not resumed", async () => {
  const example = makeExample();
  const recorded = { seed: 3, count: 1000, only: null, sources: "others", tests: "others", finished: false, refused: [], mutants: [] };
  writeResults(join(example.results, "results.json"), recorded);
  await assert.rejects(
    run(example, { ...options, resume: true }, () => {}),
    /cannot resume: sources/,
  );
});

test("tests that fail without any mutant end the run", async () => {
  const example = makeExample();
  const tests = join(example.root, "test/Box.t.sol");
  writeFileSync(tests, readFileSync(tests, "utf8").replace("== 41", "== 42"));
  await assert.rejects(
    run(example, options, () => {}),
    /fail without any mutant:\ntest\/Box.t.sol:BoxTest:test_mixed/,
  );
});

test("options are read strictly", () => {
  assert.deepEqual(optionsFrom([]), { seed: 1, count: 300, jobs: 2, batch: 300, sample: undefined, only: undefined, resume: false });
  assert.throws(() => optionsFrom(["--count", "0"]), /--count takes a whole number from 1 on, not 0/);
  assert.throws(() => optionsFrom(["--what"]));
});
