import { parseArgs } from "node:util";

export interface Options {
  /** Runs of each part. */
  runs: number;
  /** Parts that are made one after the other, each in a process of its own, from seeds that follow each other. */
  parts: number;
  calls: number;
  seed: bigint;
  /** Only this run of all, to look at it again. */
  run: number | undefined;
  /** Name of an invariant whose known fault is put back, or `all`. */
  fault: string | undefined;
}

export const USAGE = `usage: npm run campaign -- [--runs N] [--calls N] [--ten] [--seed S] [--run K] [--break NAME]
  --runs N      how many runs, each from the same world (256)
  --calls N     calls in each of them (500)
  --ten         ten times as many runs: ten parts, of ten seeds that follow each other
  --seed S      what the runs are drawn from, decimal or 0x (0x52696e6766656e6365)
  --run K       only the run of this number
  --break NAME  puts back the known fault of this invariant, and fails unless exactly that one turns red; "all": one after the other`;

export function optionsFrom(given: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: given,
    options: { runs: text, calls: text, seed: text, run: text, break: text, ten: { type: "boolean" } },
  });
  const number = (name: "runs" | "calls" | "run", least: number): number | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(value) || Number(value) < least) throw new Error(`--${name} takes a whole number from ${least} on, not ${value}`);
    return Number(value);
  };
  const seed = values.seed ?? "0x52696e6766656e6365";
  if (!/^(\d+|0x[0-9a-fA-F]{1,64})$/.test(seed)) throw new Error(`--seed takes a number, decimal or 0x, not ${seed}`);
  if (values.ten === true && values.run !== undefined) {
    throw new Error("--run looks at one run of a seed again: give the seed that was printed with it, without --ten");
  }
  return {
    // A fault shows soon: breaking one needs fewer runs.
    runs: number("runs", 1) ?? (values.break === undefined ? 256 : 32),
    parts: values.ten === true ? 10 : 1,
    calls: number("calls", 1) ?? 500,
    seed: BigInt(seed),
    run: number("run", 0),
    fault: values.break,
  };
}
