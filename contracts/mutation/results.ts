import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import type { Mutant } from "./mutant.ts";
import type { Sources } from "./sources.ts";

/** timeout counts as killed: a loop that does not end is noticed. broken: the runner itself failed twice, so nothing is known. */
export type Outcome = "killed" | "survived" | "timeout" | "broken";

export interface Result extends Omit<Mutant, "sites"> {
  outcome: Outcome;
  killedBy?: string;
  seconds: number;
}

export interface Results {
  seed: number;
  count: number;
  only: string | null;
  /** Of the contracts that this holds for. */
  sources: string;
  /** Of the tests and the settings that the survivors are judged by; what was killed may have been by earlier ones. */
  tests: string;
  finished: boolean;
  /** Ids of mutants that do not compile, in whose place others were chosen. */
  refused: string[];
  mutants: Result[];
}

export const isKilled = ({ outcome }: Result): boolean => outcome === "killed" || outcome === "timeout";

export function digestOf(...all: Sources[]): string {
  const hash = createHash("sha256");
  for (const sources of all) for (const [file, text] of sources) hash.update(`${file}\0${text.length}\0`).update(text);
  return hash.digest("hex").slice(0, 16);
}

export function readResults(file: string): Results | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Whole or not at all: a kill in the middle leaves what was there. */
export function writeResults(file: string, results: Results): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

export function recorded({ sites: _, ...mutant }: Mutant, outcome: Outcome, seconds: number, killedBy?: string): Result {
  return { ...mutant, outcome, ...(killedBy === undefined ? {} : { killedBy }), seconds: Math.round(seconds * 10) / 10 };
}
