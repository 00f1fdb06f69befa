import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";

import { exceptionsFrom, judge } from "./exceptions.ts";
import { changedSince, printed, written } from "./report.ts";
import { run } from "./run.ts";
import { statementsIn } from "./statements.ts";
import { makeWorkspace } from "./workspace.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const here = (name: string): string => join(root, "coverage-check", name);

const USAGE = `usage: npm run coverage [-- --kept]
  --kept  runs nothing, and only says whether RESULTS.md is about the contracts as they are`;

/** Returns what there is to complain of. */
async function cover(): Promise<string[]> {
  const exceptions = exceptionsFrom(readFileSync(here("exceptions.json"), "utf8"));
  const began = Date.now();
  const workspace = makeWorkspace(root);
  const { hit, tests } = await run(workspace, console.error);
  const statements = statementsIn(workspace).map((statement) => ({ ...statement, covered: hit.has(statement.tag) }));
  const verdict = judge(statements, exceptions);
  console.log(printed(statements, verdict));
  writeFileSync(here("RESULTS.md"), written(statements, verdict, tests));
  console.log(`${tests} tests, ${Math.round((Date.now() - began) / 1000)} s`);
  return verdict.complaints;
}

function checkKept(): string[] {
  const changed = changedSince(statementsIn(root), readFileSync(here("RESULTS.md"), "utf8"));
  return changed.map((file) => `RESULTS.md is older than ${file}: run npm run coverage`);
}

const given = process.argv.slice(2);
if (given.some((option) => option !== "--kept")) {
  console.error(USAGE);
  process.exit(2);
}
try {
  const complaints = given.length === 0 ? await cover() : checkKept();
  for (const complaint of complaints) console.log(styleText("red", complaint));
  process.exitCode = complaints.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`coverage: ${(error as Error).message}`);
  process.exitCode = 1;
}
