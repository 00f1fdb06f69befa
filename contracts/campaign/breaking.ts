import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";

import { FAULTS } from "./faults.ts";
import type { Options } from "./options.ts";
import { readSources } from "../mutation/sources.ts";
import { buildFiles, run } from "./run.ts";
import { brokenOf } from "./sums.ts";

/** What the campaign needs; with the artifacts, only what the fault is in is compiled again. */
const COPIED = [
  "src",
  "mocks",
  "test/support",
  "test/Campaign.t.sol",
  "artifacts",
  "cache",
  "hardhat.config.ts",
  "package.json",
  "tsconfig.json",
];

/** Puts back one fault after the other. Resolves to whether each turned exactly its own invariant red. */
export async function breakNamed(root: string, options: Options, print: (line: string) => void): Promise<boolean> {
  const names = options.fault === "all" ? Object.keys(FAULTS) : [options.fault ?? ""];
  let exact = true;
  for (const name of names) exact = (await breakOne(root, name, options, print)) && exact;
  return exact;
}

export async function breakOne(root: string, name: string, options: Options, print: (line: string) => void): Promise<boolean> {
  const fault = FAULTS[name];
  if (fault === undefined) throw new Error(`no fault is known for "${name}"; there are: ${Object.keys(FAULTS).join(", ")}`);
  print(`${name}: ${fault.why} (${fault.file})`);
  const copy = mkdtempSync(join(tmpdir(), "ringfence-campaign-"));
  try {
    for (const part of COPIED.filter((name) => existsSync(join(root, name))))
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    writeFileSync(join(copy, fault.file), withFault(readFileSync(join(copy, fault.file), "utf8"), name));
    await buildFiles(copy, ["--no-tests", ...deployedWith(root, fault.file)]);
    const { sums, seconds } = await run(copy, options);
    const broken = brokenOf(sums);
    const exact = broken.length === 1 && broken[0] === name;
    for (const [invariant, verdict] of sums.invariants) {
      if (verdict.broken !== 0) print(`  BROKEN  ${invariant}, in ${verdict.broken} of ${sums.runs} runs; first: ${verdict.first}`);
    }
    const rest = sums.invariants.size - broken.length;
    print(`  ${rest} held. ${exact ? "Exactly this one turned red" : "NOT EXACT"}: ${name} (${seconds} s)`);
    return exact;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The contracts that are deployed with a file's text in them: whatever imports it and is imported by nothing. */
export function deployedWith(root: string, file: string): string[] {
  const files = [...readSources(root, "src").keys()];
  const imports = new Map(files.map((name) => [name, importsOf(root, name)]));
  const reached = new Set([file]);
  for (let before = 0; before !== reached.size;) {
    before = reached.size;
    for (const [name, used] of imports) if (used.some((one) => reached.has(one))) reached.add(name);
  }
  const imported = new Set([...imports.values()].flat());
  return [...reached].filter((name) => !imported.has(name)).sort();
}

function importsOf(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/from "(\.[^"]+)"/g)].map(([, path]) => posix.join(posix.dirname(file), path!));
}

/** A source with the fault in it. The text to find must be there once: otherwise the fault is not the known one any more. */
export function withFault(source: string, name: string): string {
  const fault = FAULTS[name];
  if (fault === undefined) throw new Error(`no fault is known for "${name}"`);
  const found = source.split(fault.find).length - 1;
  if (found !== 1) throw new Error(`the fault of ${name} is for a text that is ${found} times in ${fault.file}`);
  return source.replace(fault.find, () => fault.put);
}
