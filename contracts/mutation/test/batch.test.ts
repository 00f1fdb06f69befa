import assert from "node:assert/strict";
import { test } from "node:test";

import { runBatch } from "../batch.ts";
import { candidatesOf } from "../candidates.ts";
import { analyser } from "../compiler.ts";
import type { Result } from "../results.ts";
import { readSources, readSurroundings } from "../sources.ts";
import { makeExample } from "./example.ts";

test("a mutant that keeps the others from building is found by halving, and the others run", async () => {
  const { root } = makeExample();
  const sources = readSources(root, "src");
  const candidates = candidatesOf(sources, analyser(root)(sources).trees);
  const [check] = candidates.filter(({ mutated }) => mutated === "false");
  const [other] = candidates.filter(({ kind }) => kind === "statement");
  const broken = { ...other, sites: other.sites.map((site) => ({ ...site, form: "expression" as const, mutated: "unknown" })) };
  const results: Result[] = [];
  const setting = { root, sources, surroundings: readSurroundings(root), jobs: 1, say: () => {} };
  const refused = await runBatch(setting, [check, broken], new Set([check, broken]), (result) => results.push(result));
  assert.deepEqual(refused, [broken]);
  assert.deepEqual(
    results.map(({ id, outcome }) => [id, outcome]),
    [[check.id, "killed"]],
  );
});
