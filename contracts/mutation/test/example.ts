import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const example = fileURLToPath(new URL("./example", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** A package of one contract and its test, made anew and removed when the tests of its file are over. */
export function makeExample(): { root: string; results: string } {
  const directory = mkdtempSync(join(tmpdir(), "mutation-"));
  const place = { root: join(directory, "package"), results: join(directory, "results") };
  cpSync(example, place.root, { recursive: true });
  mkdirSync(place.results);
  symlinkSync(modules, join(place.root, "node_modules"));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return place;
}
