import { parseArgs } from "node:util";

export interface Options {
  seed: number;
  count: number;
  jobs: number;
  batch: number;
  sample: number | undefined;
  only: string | undefined;
  resume: boolean;
}

export const USAGE = `usage: npm run mutation -- [--seed N] [--count N] [--resume] [--sample N] [--only FILE] [--jobs N] [--batch N]
  --seed N     which mutants are chosen (1)
  --count N    how many (300)
  --resume     go on with the run in results.json; if tests have changed since, what survived them is tested again
  --sample N   run N of the mutants in results.json again, and fail if one that was killed survives
  --only FILE  mutate only files whose path ends so
  --jobs N     mutants tested at the same time (2)
  --batch N    mutants built into one set of contracts (300)`;

export function optionsFrom(given: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: given,
    options: { seed: text, count: text, jobs: text, batch: text, sample: text, only: text, resume: { type: "boolean" } },
  });
  const number = (name: "seed" | "count" | "jobs" | "batch" | "sample", least: number): number | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(value) || Number(value) < least) throw new Error(`--${name} takes a whole number from ${least} on, not ${value}`);
    return Number(value);
  };
  return {
    seed: number("seed", 0) ?? 1,
    count: number("count", 1) ?? 300,
    jobs: number("jobs", 1) ?? 2,
    batch: number("batch", 1) ?? 300,
    sample: number("sample", 1),
    only: values.only,
    resume: values.resume ?? false,
  };
}
