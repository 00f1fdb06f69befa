import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Source text by path from the package's root, with forward slashes: `src/lib/Proofs.sol`. */
export type Sources = Map<string, Buffer>;

export function readSources(root: string, directory: string): Sources {
  if (!existsSync(join(root, directory))) return new Map();
  const files = readdirSync(join(root, directory), { recursive: true, encoding: "utf8" });
  const solidity = files.filter((file) => file.endsWith(".sol")).map((file) => `${directory}/${file.replaceAll("\\", "/")}`);
  return new Map(solidity.sort().map((file) => [file, readFileSync(join(root, file))]));
}

/** Whatever else decides what the tests say: the tests, what they deploy, the settings and the libraries' versions. */
export function readSurroundings(root: string): Sources {
  const settings = ["hardhat.config.ts", "package-lock.json"].filter((file) => existsSync(join(root, file)));
  return new Map([
    ...readSources(root, "test"),
    ...readSources(root, "mocks"),
    ...settings.map((file) => [file, readFileSync(join(root, file))] as const),
  ]);
}
