import { spawn } from "node:child_process";

import type { Options } from "./options.ts";
import { addedTo, nothing, sumsOf, type Sums } from "./sums.ts";

const TEST = "test/Campaign.t.sol";

export interface Ran {
  sums: Sums;
  seconds: number;
}

/** Builds what has changed in the package: the contracts, and the campaign, which does not import them. */
export async function build(root: string): Promise<void> {
  await buildFiles(root, ["--no-tests"]);
  await buildFiles(root, [TEST]);
}

export async function buildFiles(root: string, files: string[]): Promise<void> {
  const { code, output } = await hardhat(root, ["build", ...files], {});
  if (code !== 0) throw new Error(`the build failed:\n${output.slice(-4000)}`);
}

/** Runs all parts of the campaign of a package that is built, and prints each as it ends. */
export async function runParts(root: string, options: Options, print: (line: string) => void): Promise<Ran> {
  const all: Ran = { sums: nothing(), seconds: 0 };
  for (let part = 0; part < options.parts; part++) {
    const seed = options.seed + BigInt(part);
    const { sums, seconds } = await run(root, { ...options, seed });
    addedTo(all.sums, sums, `seed 0x${seed.toString(16)}`);
    all.seconds += seconds;
    if (options.parts > 1) print(`part ${part + 1} of ${options.parts}, seed 0x${seed.toString(16)}: ${sums.runs} runs, ${seconds} s`);
  }
  return all;
}

/** Runs the campaign of one seed. */
export async function run(root: string, options: Options): Promise<Ran> {
  const began = Date.now();
  const environment = {
    CAMPAIGN_RUNS: String(options.runs),
    CAMPAIGN_CALLS: String(options.calls),
    CAMPAIGN_SEED: options.seed.toString(),
    ...(options.run === undefined ? {} : { CAMPAIGN_ONLY: String(options.run) }),
  };
  // That a test failed is read from what it prints: a broken invariant is a result here.
  const { output } = await hardhat(root, ["test", "solidity", "--no-compile", TEST], environment);
  const sums = sumsOf(output);
  if (sums.runs === 0) throw new Error(`the campaign did not run:\n${output.slice(-4000)}`);
  return { sums, seconds: Math.round((Date.now() - began) / 1000) };
}

function hardhat(root: string, task: string[], environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("npx", ["--no", "hardhat", ...task], { cwd: root, env: { ...process.env, ...environment } });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output: Buffer.concat(chunks).toString("utf8") }));
  });
}
