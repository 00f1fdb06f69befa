import { spawn } from "node:child_process";

import type { Options } from "./options.ts";
import { sumsOf, type Sums } from "./sums.ts";

const TEST = "test/Campaign.t.sol";

export interface Ran {
  sums: Sums;
  seconds: number;
}

/** Builds what has changed in the package at `root` and runs its campaign. */
export async function run(root: string, options: Options): Promise<Ran> {
  const began = Date.now();
  const output = await outputOf(root, {
    CAMPAIGN_RUNS: String(options.runs),
    CAMPAIGN_CALLS: String(options.calls),
    CAMPAIGN_SEED: options.seed.toString(),
    ...(options.run === undefined ? {} : { CAMPAIGN_ONLY: String(options.run) }),
  });
  const sums = sumsOf(output);
  if (sums.runs === 0) throw new Error(`the campaign did not run:\n${output.slice(-4000)}`);
  return { sums, seconds: Math.round((Date.now() - began) / 1000) };
}

/** What Hardhat prints; that a test failed is read from it, not from its exit code. */
function outputOf(root: string, environment: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("npx", ["--no", "hardhat", "test", "solidity", TEST], { cwd: root, env: { ...process.env, ...environment } });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", () => resolve(Buffer.concat(chunks).toString("utf8")));
  });
}
