import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { CANARY_FILE, CANARY_SOURCE } from "./canary.ts";
import { start } from "./process.ts";
import type { Sources } from "./sources.ts";

/** Whatever the build and the tests read besides the sources; what a package does not have is passed over. */
const COPIED = ["mocks", "test", "hardhat.config.ts", "package.json", "tsconfig.json"];
const BUILT = "built";

/** Makes a copy of the package with other sources, to be built and tested without touching the package. */
export function makeWorkspace(root: string, directory: string, sources: Sources): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const name of COPIED) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(directory, name), { recursive: true });
  }
  for (const [file, text] of [...sources, [CANARY_FILE, CANARY_SOURCE] as const]) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
}

/** Builds it with the package's own settings. Resolves to the compiler's complaint, or to nothing. */
export async function build(directory: string): Promise<string | undefined> {
  const child = start("builder", directory);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code !== 0) {
    const log = readFileSync(join(directory, "builder.log"), "utf8");
    if (log.includes("Compilation failed")) return log;
    throw new Error(`the build ended (${code}) without an answer of the compiler:\n${log.slice(-2000)}`);
  }
  writeFileSync(join(directory, BUILT), "");
  return undefined;
}

/** Whether a build was finished there: a workspace's name says what is in it, so it is used again. */
export function isBuilt(directory: string): boolean {
  return existsSync(join(directory, BUILT));
}
