import type { Options } from "./options.ts";
import type { Ran } from "./run.ts";
import { brokenOf, seldom } from "./sums.ts";

type Print = (line: string) => void;

/** Calls of the longer run, over which every action has to succeed a thousand times. */
const LONG = 1_280_000;

/** Prints what was done, where things stood and each invariant's verdict. Returns whether all is well. */
export function report({ sums, seconds }: Ran, options: Options, print: Print): boolean {
  const seed = `0x${options.seed.toString(16)}`;
  print(
    `seed ${seed}${options.parts > 1 ? ` and the ${options.parts - 1} after it` : ""}: ${sums.runs} runs, ${sums.calls} calls, ${seconds} s`,
  );
  print("");
  print(row("action", "tried", "succeeded"));
  for (const [name, { tried, succeeded }] of sums.actions) print(row(name, tried, succeeded));
  print("");
  print(row("state", "visits"));
  for (const [name, visits] of sums.states) print(row(name, visits));
  print("");
  const whole = options.run === undefined && brokenOf(sums).length === 0;
  const rare = whole ? seldom(sums, leastOf(sums.calls)) : [];
  for (const name of rare) print(`too seldom: ${name}`);
  if (sums.stumbles !== 0) print(`${sums.stumbles} steps failed in the campaign's own code`);
  for (const [name, { broken, first }] of sums.invariants) {
    print(broken === 0 ? `  held    ${name}` : `  BROKEN  ${name}, in ${broken} runs; first: ${first}; again: ${again(first, options)}`);
  }
  const broken = brokenOf(sums).length;
  print(`${sums.invariants.size - broken} invariants held, ${broken} broken`);
  return broken === 0 && rare.length === 0 && sums.stumbles === 0;
}

/** A thousand over the longer run; over a shorter one, that it happens at all. */
function leastOf(calls: number): number {
  if (calls >= LONG) return 1_000;
  return calls >= LONG / 10 ? 1 : 0;
}

function again(first: string, options: Options): string {
  const seed = /seed (0x[0-9a-f]+)/.exec(first)?.[1] ?? `0x${options.seed.toString(16)}`;
  const number = /run (\d+)/.exec(first)?.[1] ?? "0";
  return `--seed ${seed} --runs ${options.runs} --calls ${options.calls} --run ${number}`;
}

function row(name: string, ...figures: (string | number)[]): string {
  return name.padEnd(28) + figures.map((figure) => String(figure).padStart(12)).join("");
}
