import { rmSync } from "node:fs";
import { join } from "node:path";

import { CANARY_FILE, checkCanary } from "./canary.ts";
import { instrument } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";
import { Order } from "./order.ts";
import { digestOf, recorded, type Result } from "./results.ts";
import { Runner } from "./runner.ts";
import type { Sources } from "./sources.ts";
import { build, isBuilt, makeWorkspace } from "./workspace.ts";

export interface Setting {
  root: string;
  sources: Sources;
  surroundings: Sources;
  jobs: number;
  say: (line: string) => void;
}

/**
 * Builds all the mutants of a batch as one, so that a run that goes on finds the build of the one before, and runs those that are
 * wanted. Mutants that keep the whole from building are returned instead.
 */
export async function runBatch(setting: Setting, batch: Mutant[], wanted: Set<Mutant>, done: (result: Result) => void): Promise<Mutant[]> {
  const { root, sources, surroundings, jobs, say } = setting;
  const armed = batch.map((mutant, i) => ({ mutant, number: i + 1 }));
  const waiting = armed.filter(({ mutant }) => wanted.has(mutant));
  if (waiting.length === 0) return [];
  const instrumented = instrument(sources, armed);
  const directory = join(root, "cache/mutation", digestOf(instrumented, surroundings));
  const complaint = await prepare(root, directory, instrumented, say);
  if (complaint !== undefined) {
    if (batch.length === 1) return batch;
    say(`${batch.length} mutants do not build together, trying halves: ${complaint.trim().split("\n").slice(0, 3).join(" ")}`);
    const [first, second] = [batch.slice(0, batch.length >> 1), batch.slice(batch.length >> 1)];
    return [...(await runBatch(setting, first, wanted, done)), ...(await runBatch(setting, second, wanted, done))];
  }
  const seconds = await baseline(directory, say);
  const order = new Order(seconds);
  const work = async (): Promise<void> => {
    const runner = new Runner(directory);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const result = await tested(runner, next.mutant, next.number, order, seconds);
        if (result.killedBy !== undefined) order.killed(result.file, suiteOf(result.killedBy));
        done(result);
      }
    } finally {
      runner.stop();
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  rmSync(directory, { recursive: true, force: true });
  return [];
}

async function prepare(root: string, directory: string, instrumented: Sources, say: (line: string) => void): Promise<string | undefined> {
  if (isBuilt(directory)) return undefined;
  say(`building in ${directory}`);
  const started = performance.now();
  makeWorkspace(root, directory, instrumented);
  const complaint = await build(directory);
  if (complaint === undefined) say(`built in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return complaint;
}

/** With no mutant active every test passes, or no outcome would mean anything. Returns each suite's seconds. */
async function baseline(directory: string, say: (line: string) => void): Promise<Map<string, number>> {
  const runner = new Runner(directory);
  const all = await runner.suites();
  await checkCanary(runner, all);
  const suites = all.filter((suite) => !suite.startsWith(CANARY_FILE));
  const { end, results, why } = await runner.run({ mutant: 0, suites, all: true }, () => 600);
  runner.stop();
  if (end !== "done") throw new Error(`the tests do not run to their end without any mutant: ${why ?? end}`);
  const failures = results.flatMap(({ suite, failures }) => failures.map((test) => `${suite}:${test}`));
  if (failures.length > 0) throw new Error(`tests fail without any mutant:\n${failures.join("\n")}`);
  const total = results.reduce((sum, { tests }) => sum + tests, 0);
  const time = results.reduce((sum, { seconds }) => sum + seconds, 0);
  const [slowest] = results.sort((a, b) => b.seconds - a.seconds);
  const most = `${slowest.seconds.toFixed(1)} s of them ${slowest.suite.replace(/.*:/, "")}`;
  say(`${total} tests in ${suites.length} suites pass without any mutant, in ${time.toFixed(1)} s, ${most}`);
  return new Map(results.map(({ suite, seconds }) => [suite, seconds]));
}

async function tested(runner: Runner, mutant: Mutant, number: number, order: Order, seconds: Map<string, number>): Promise<Result> {
  const patience = (suite: string | undefined): number => 60 + 10 * (seconds.get(suite ?? "") ?? 0);
  const started = performance.now();
  for (let attempt = 1; ; ++attempt) {
    const { end, results } = await runner.run({ mutant: number, suites: order.for(mutant.file), all: false }, patience);
    const took = (performance.now() - started) / 1000;
    const killer = results.find(({ failures }) => failures.length > 0);
    if (killer !== undefined) return recorded(mutant, "killed", took, `${killer.suite}:${killer.failures[0]}`);
    if (end === "done") return recorded(mutant, "survived", took);
    if (end === "timeout") return recorded(mutant, "timeout", took);
    if (attempt === 2) return recorded(mutant, "broken", took);
  }
}

const suiteOf = (killedBy: string): string => killedBy.slice(0, killedBy.lastIndexOf(":"));
