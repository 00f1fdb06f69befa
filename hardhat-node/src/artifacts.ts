import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Interface, type InterfaceAbi } from "ethers";

/** Where an immutable's value is in the code that runs: byte offsets, all of 32 bytes. */
export type ImmutableReferences = Readonly<Record<string, readonly { start: number; length: number }[]>>;

/** A compiled contract. */
export interface Artifact {
  readonly name: string;
  /** Its path inside contracts/. */
  readonly source: string;
  readonly abi: Interface;
  readonly bytecode: string;
  /** The code that runs, with zeros for immutables. */
  readonly runtime: string;
  /** By the compiler's numbers: see `immutables.ts` for their names. */
  readonly immutables: ImmutableReferences;
  /** Which run of the compiler made it. */
  readonly build: string;
}

interface ArtifactFile {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
  readonly deployedBytecode: string;
  readonly immutableReferences?: ImmutableReferences;
  readonly buildInfoId: string;
}

const directory = fileURLToPath(new URL("../../contracts/artifacts", import.meta.url));
const loaded = new Map<string, Artifact>();

/** The contract that a source file is named for; `source` is its path inside contracts/. */
export function artifact(source: string): Artifact {
  const known = loaded.get(source);
  if (known !== undefined) return known;
  const name = path.basename(source, ".sol");
  const file = path.join(directory, source, `${name}.json`);
  if (!existsSync(file)) throw new Error(`contracts/${source} is not compiled: run "npx hardhat build" in contracts/`);
  const { abi, bytecode, deployedBytecode, immutableReferences, buildInfoId } = JSON.parse(readFileSync(file, "utf8")) as ArtifactFile;
  if (bytecode.includes("__$")) throw new Error(`contracts/${source} calls a library that would have to be deployed and linked first`);
  const made = { name, source, abi: new Interface(abi), bytecode, runtime: deployedBytecode, immutables: immutableReferences ?? {} };
  const whole = { ...made, build: buildInfoId };
  loaded.set(source, whole);
  return whole;
}

/** What the compiler said of the run that made an artifact, with the syntax trees of its sources. */
export function buildOutput(build: string): { readonly sources: Readonly<Record<string, { readonly ast: unknown }>> } {
  const file = path.join(directory, "build-info", `${build}.output.json`);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npx hardhat build --force" in contracts/`);
  return (JSON.parse(readFileSync(file, "utf8")) as { output: ReturnType<typeof buildOutput> }).output;
}
