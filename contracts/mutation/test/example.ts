import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const example = fileURLToPath(new URL("./example", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** A package of one contract and its test, made for one test and removed after it. */
export function makeExample(): { root: string; results: string; [Symbol.dispose](): void } {
  const directory = mkdtempSync(join(tmpdir(), "mutation-"));
  const place = { root: join(directory, "package"), results: join(directory, "results") };
  cpSync(example, place.root, { recursive: true });
  mkdirSync(place.results);
  symlinkSync(modules, join(place.root, "node_modules"));
  return { ...place, [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }) };
}
