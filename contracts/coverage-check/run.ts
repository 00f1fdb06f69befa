import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Counters cost gas and room: what measures either, or reads a contract's bytecode, says nothing under them. */
const MEASURES = [
  "test_absorb_gas",
  "test_code_ofEveryContract_fitsTheLimit",
  "test_everyFunctionOfEveryPart_isReached",
  "test_gasStarved_\\w+",
  "test_notices_areBounded",
  "test_parts_areWhatTheyAreCalled",
  "test_parts_keepNoState",
  "test_parts_refuseToRunAsThemselves",
  "test_requireIncluded_gasAmongAMillionAccounts",
  "test_requireRange_gasPerLeafOf256AmongAMillionAccounts",
];

/** The campaign has a run of its own; what it alone reaches is reached by chance. */
const LEFT_OUT = ["Campaign.t.sol"];

export interface Ran {
  /** Tags of the statements that were run. */
  hit: Set<string>;
  tests: number;
}

/** Builds the workspace's contracts with a counter before every statement and runs their tests, which are built as always. */
export async function run(workspace: string, say: (line: string) => void): Promise<Ran> {
  const files = readdirSync(join(workspace, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".t.sol") && !LEFT_OUT.includes(file))
    .map((file) => `test/${file}`);
  say("building the contracts with counters");
  await hardhat(workspace, ["build", "--no-tests", "--coverage"]);
  // Tests deploy the contracts from their artifacts: what they import needs no counters, and has no room for them.
  say("building the tests");
  // More than half at once is more than the compiler can write the output of.
  const half = Math.ceil(files.length / 2);
  for (const some of [files.slice(0, half), files.slice(half)]) await hardhat(workspace, ["build", ...some]);
  say("running the tests");
  const output = await hardhat(workspace, [
    "test",
    "solidity",
    "--no-compile",
    "--coverage",
    "--grep-exclude",
    `^(${MEASURES.join("|")})(\\(|$)`,
    ...files,
  ]);
  const tests = Number(/^\s*(\d+) passing/m.exec(output)?.[1] ?? 0);
  if (tests === 0) throw new Error(`no test ran:\n${output.slice(-4000)}`);
  return { hit: hitsIn(join(workspace, "coverage/data/solidity")), tests };
}

function hitsIn(directory: string): Set<string> {
  const parts = readdirSync(directory).map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")));
  return new Set(parts.flatMap((part) => Object.keys(part)));
}

function hardhat(workspace: string, task: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const command = ["--no", "hardhat", ...task, "--config", "coverage-check/hardhat.config.ts"];
    const child = spawn("npx", command, { cwd: workspace, env: { ...process.env, NO_COLOR: "1" } });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const output = Buffer.concat(chunks).toString("utf8");
      if (code === 0) resolve(output);
      else reject(new Error(`hardhat ${task[0]} failed:\n${output.slice(-8000)}`));
    });
  });
}
