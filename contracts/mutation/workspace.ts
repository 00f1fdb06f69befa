import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { CANARY_FILE, CANARY_SOURCE } from "./canary.ts";
import type { Sources } from "./sources.ts";

/** Whatever the build and the tests read besides the sources; what a package does not have is passed over. */
const COPIED = ["mocks", "test", "hardhat.config.ts", "package.json", "tsconfig.json"];

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
  const done = join(directory, "built");
  if (existsSync(done)) return undefined;
  const log = join(directory, "build.log");
  const output = openSync(log, "w");
  const hardhat = join(directory, "node_modules/hardhat/dist/src/cli.js");
  const child = spawn(process.execPath, [hardhat, "build", "--quiet"], { cwd: directory, stdio: ["ignore", output, output] });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code !== 0) return readFileSync(log, "utf8");
  writeFileSync(done, "");
  return undefined;
}
