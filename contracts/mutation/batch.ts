import { existsSync } from "node:fs";
import { join } from "node:path";

import { CANARY_FILE, checkCanary } from "./canary.ts";
import { instrument } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";
import { Order } from "./order.ts";
import { digestOf, recorded, type Result } from "./results.ts";
import { Runner } from "./runner.ts";
import type { Sources } from "./sources.ts";
import { build, makeWorkspace } from "./workspace.ts";

export interface Setting {
  root: string;
  sources: Sources;
  tests: Sources;
  jobs: number;
  say: (line: string) => void;
}

/** Builds all the mutants as one and runs them one by one. Those that keep the whole from building are returned instead. */
export async function runBatch(setting: Setting, mutants: Mutant[], done: (result: Result) => void): Promise<Mutant[]> {
  const { root, sources, tests, say } = setting;
  const armed = mutants.map((mutant, i) => ({ mutant, number: i + 1 }));
  const instrumented = instrument(sources, armed);
  const directory = join(root, "cache/mutation", digestOf(instrumented, tests));
  const started = performance.now();
  say(`building ${mutants.length} mutants in ${directory}`);
  const complaint = await prepare(root, directory, instrumented);
  if (complaint !== undefined) {
    if (mutants.length === 1) return mutants;
    say(`does not build together, trying halves: ${complaint.trim().split("\n").slice(0, 3).join(" ")}`);
    const half = mutants.length >> 1;
    return [...(await runBatch(setting, mutants.slice(0, half), done)), ...(await runBatch(setting, mutants.slice(half), done))];
  }
  say(`built in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  const seconds = await baseline(directory, say);
  const order = new Order(seconds);
  const waiting = [...armed];
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
  await Promise.all(Array.from({ length: setting.jobs }, work));
  return [];
}

/** A workspace that was built before is used again: its name says what is in it. */
async function prepare(root: string, directory: string, instrumented: Sources): Promise<string | undefined> {
  if (!existsSync(join(directory, "built"))) makeWorkspace(root, directory, instrumented);
  return build(directory);
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
  say(`${total} tests in ${suites.length} suites pass without any mutant, in ${time.toFixed(1)} s`);
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
