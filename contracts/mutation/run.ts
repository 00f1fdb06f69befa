import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runBatch, type Setting } from "./batch.ts";
import { candidatesOf } from "./candidates.ts";
import { choose, inTurn } from "./choose.ts";
import { analyser } from "./compiler.ts";
import type { Mutant } from "./mutant.ts";
import type { Options } from "./options.ts";
import { reportOf, share, type Reasons } from "./report.ts";
import { digestOf, isKilled, readResults, writeResults, type Result, type Results } from "./results.ts";
import { readSources, readSurroundings } from "./sources.ts";
import { refusedAmong } from "./usable.ts";

/** Of all mutants, what the tests have to notice. */
const WANTED = 0.95;

export interface Place {
  /** The package with `src` and `test`. */
  root: string;
  /** Where results.json, RESULTS.md and survivors.json are. */
  results: string;
}

/** The whole run, or what is left of it. Returns whether enough mutants were killed. */
export async function run({ root, results: directory }: Place, options: Options, say: (line: string) => void): Promise<boolean> {
  const { setting, candidates, analyse } = open(root, options, say);
  const file = join(directory, "results.json");
  const reasons = reasonsIn(directory);
  const isEqual = ({ id }: { id: string }): boolean => reasons[id]?.equal === true;
  const { results, again } = begun(file, options, digestOf(setting.sources), digestOf(setting.surroundings), isEqual);
  // The tool itself may have learnt since that some are no mutants.
  results.mutants = results.mutants.filter((known) => candidates.some(({ id }) => id === known.id));
  const keep = (): void => {
    results.mutants.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1) || (a.id < b.id ? -1 : 1));
    writeResults(file, results);
    writeFileSync(join(directory, "RESULTS.md"), reportOf(results, reasons));
  };
  const record = (result: Result): void => {
    results.mutants.push(result);
    keep();
    say(`[${counted().length}/${options.count}] ${described(result)}`);
  };
  const counted = (): Result[] => results.mutants.filter((mutant) => !isEqual(mutant));
  const isKnown = ({ id }: Mutant): boolean => results.mutants.some((known) => known.id === id);
  for (;;) {
    const usable = candidates.filter((mutant) => !results.refused.includes(mutant.id) && !isEqual(mutant));
    const chosen = choose(usable, options.count, options.seed);
    const refuse = (refused: Mutant[]): void => {
      results.refused.push(...refused.map(({ id }) => id));
      keep();
      say(`${refused.length} do not compile, choosing others`);
    };
    const refused = refusedAmong(chosen, setting.sources, analyse);
    if (refused.length > 0) {
      refuse(refused);
      continue;
    }
    // Whoever has survived once stays in the run, whatever is chosen beside it now.
    const survivors = usable.filter((mutant) => again.has(mutant.id) && !isKnown(mutant));
    const missing = Math.max(0, options.count - counted().length - survivors.length);
    const others = chosen.filter((mutant) => !isKnown(mutant) && !survivors.includes(mutant));
    const wanted = new Set([...survivors, ...others.slice(0, missing)]);
    // What most are wanted of is built with all, so that a run that was cut finds its build again; a few are built by themselves.
    const built = 2 * wanted.size < chosen.length || survivors.length > 0 ? [...wanted] : chosen;
    const broken: Mutant[] = [];
    for (const batch of inBatches(built, options.batch)) broken.push(...(await runBatch(setting, batch, wanted, record)));
    if (broken.length === 0) break;
    refuse(broken);
  }
  results.finished = true;
  keep();
  const told = results.mutants.filter((mutant) => isEqual(mutant) && isKilled(mutant));
  for (const { id } of told) say(`${id} is said to be equal to the original, and a test tells it`);
  return judged(counted(), reasons, say) && told.length === 0;
}

/** Some of the recorded mutants again. Returns whether all that were killed still are. */
export async function sample({ root, results: directory }: Place, options: Options, say: (line: string) => void): Promise<boolean> {
  const results = readResults(join(directory, "results.json"));
  if (results === undefined) throw new Error("there are no results to take a sample of: run without --sample first");
  const { setting, candidates } = open(root, options, say);
  const recordedAs = new Map(results.mutants.map((mutant) => [mutant.id, mutant]));
  const present = candidates.filter(({ id }) => recordedAs.has(id));
  if (present.length < recordedAs.size) say(`${recordedAs.size - present.length} recorded mutants are of code that has changed since`);
  const chosen = inTurn(present, options.seed).slice(0, options.sample);
  const wanted = Math.min(options.sample!, recordedAs.size);
  if (chosen.length < wanted) throw new Error(`only ${chosen.length} recorded mutants are left: the results are too old, run all again`);
  const revived: Result[] = [];
  let count = 0;
  const compare = (result: Result): void => {
    const before = recordedAs.get(result.id)!;
    if (isKilled(before) && !isKilled(result)) revived.push(result);
    say(`[${++count}/${chosen.length}] ${described(result)} (recorded: ${before.outcome})`);
  };
  const refused: Mutant[] = [];
  for (const batch of inBatches(chosen, options.batch)) refused.push(...(await runBatch(setting, batch, new Set(batch), compare)));
  for (const { id } of refused) say(`${id} was recorded and does not build any more`);
  for (const mutant of revived) say(`was killed and is not any more: ${described(mutant)}`);
  return revived.length === 0 && refused.length === 0;
}

function inBatches<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function open(root: string, { only, jobs }: Options, say: (line: string) => void) {
  const sources = readSources(root, "src");
  const analyse = analyser(root);
  const { trees, errors } = analyse(sources);
  if (errors.length > 0) throw new Error(`the contracts do not compile: ${errors[0].file}: ${errors[0].message}`);
  const candidates = candidatesOf(sources, trees).filter(({ file }) => only === undefined || file.endsWith(only));
  say(`${candidates.length} possible mutants in ${new Set(candidates.map(({ file }) => file)).size} files`);
  const setting: Setting = { root, sources, surroundings: readSurroundings(root), jobs, say };
  return { setting, candidates, analyse };
}

/** With other tests than before, what was killed stays so (a sample shows whether it does), and the survivors are tested again. */
function begun(
  file: string,
  { seed, count, only, resume }: Options,
  sources: string,
  tests: string,
  isEqual: (mutant: Result) => boolean,
): { results: Results; again: Set<string> } {
  const fresh: Results = { seed, count, only: only ?? null, sources, tests, finished: false, refused: [], mutants: [] };
  const before = resume ? readResults(file) : undefined;
  if (before === undefined) return { results: fresh, again: new Set() };
  for (const name of ["seed", "count", "only", "sources"] as const) {
    if (before[name] !== fresh[name]) throw new Error(`cannot resume: ${name} was ${before[name]} and is ${fresh[name]}`);
  }
  const stays = (mutant: Result): boolean => isKilled(mutant) || isEqual(mutant);
  if (before.tests === tests) return { results: before, again: new Set() };
  const again = new Set(before.mutants.filter((mutant) => !stays(mutant)).map(({ id }) => id));
  return { results: { ...before, tests, finished: false, mutants: before.mutants.filter(stays) }, again };
}

function reasonsIn(directory: string): Reasons {
  const file = join(directory, "survivors.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

function judged(mutants: Result[], reasons: Reasons, say: (line: string) => void): boolean {
  say(`${share(mutants)} of ${mutants.length} mutants killed`);
  const unexplained = mutants.filter((mutant) => !isKilled(mutant) && reasons[mutant.id] === undefined);
  if (unexplained.length > 0)
    say(`${unexplained.length} survivors have no reason in survivors.json: ${unexplained.map(({ id }) => id).join(" ")}`);
  return mutants.filter(isKilled).length >= WANTED * mutants.length;
}

function described({ id, file, line, kind, original, mutated, outcome, killedBy, seconds }: Result): string {
  const by = killedBy === undefined ? "" : ` by ${killedBy.replace(/.*:/, "")}`;
  return `${outcome}${by} in ${seconds} s: ${id} ${file}:${line} ${kind}: ${original} -> ${mutated}`;
}
