import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Source text by path from the package's root, with forward slashes: `src/lib/Proofs.sol`. */
export type Sources = Map<string, Buffer>;

export function readSources(root: string, directory: string): Sources {
  const files = readdirSync(join(root, directory), { recursive: true, encoding: "utf8" });
  const solidity = files.filter((file) => file.endsWith(".sol")).map((file) => `${directory}/${file.replaceAll("\\", "/")}`);
  return new Map(solidity.sort().map((file) => [file, readFileSync(join(root, file))]));
}
