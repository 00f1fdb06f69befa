import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Interface, type InterfaceAbi } from "ethers";

/** A compiled contract. */
export interface Artifact {
  readonly name: string;
  readonly abi: Interface;
  readonly bytecode: string;
}

const directory = fileURLToPath(new URL("../../contracts/artifacts", import.meta.url));

/** The contract that a source file is named for; `source` is its path inside contracts/. */
export function artifact(source: string): Artifact {
  const name = path.basename(source, ".sol");
  const file = path.join(directory, source, `${name}.json`);
  if (!existsSync(file)) throw new Error(`contracts/${source} is not compiled: run "npx hardhat build" in contracts/`);
  const { abi, bytecode } = JSON.parse(readFileSync(file, "utf8")) as { abi: InterfaceAbi; bytecode: string };
  if (bytecode.includes("__$")) throw new Error(`contracts/${source} calls a library that would have to be deployed and linked first`);
  return { name, abi: new Interface(abi), bytecode };
}
