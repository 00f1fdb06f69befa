import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** Whatever the build and the tests read; what was built of it before is used again where it has not changed. */
const COPIED = ["src", "mocks", "test", "coverage-check/hardhat.config.ts", "hardhat.config.ts", "package.json", "tsconfig.json"];

/** Copies the package, so that contracts with counters in them never take the place of the real ones among its artifacts. */
export function makeWorkspace(root: string): string {
  const workspace = join(root, "cache/coverage");
  mkdirSync(workspace, { recursive: true });
  for (const name of COPIED) {
    rmSync(join(workspace, name), { recursive: true, force: true });
    cpSync(join(root, name), join(workspace, name), { recursive: true });
  }
  if (!existsSync(join(workspace, "node_modules"))) symlinkSync(join(root, "node_modules"), join(workspace, "node_modules"));
  return workspace;
}
