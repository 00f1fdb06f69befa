import type { CompileError } from "./compiler.ts";
import { instrument, mutantAt, type Armed } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";
import type { Sources } from "./sources.ts";

type Analyse = (sources: Sources) => { errors: CompileError[] };

/** The mutants among the given that the compiler refuses, found by what it points at and, where that misleads, by halving. */
export function refusedAmong(mutants: Mutant[], sources: Sources, analyse: Analyse): Mutant[] {
  const numbered = mutants.map((mutant, i) => ({ mutant, number: i + 1 }));
  const refused: Mutant[] = [];
  let left = numbered;
  for (;;) {
    const attempt = instrument(sources, left);
    const { errors } = analyse(attempt);
    if (errors.length === 0) return refused;
    const pointedAt = new Set(errors.map((error) => blamed(error, attempt)));
    const suspects = left.filter(({ number }) => pointedAt.has(number));
    const failsWith = (some: Armed[]): boolean => analyse(instrument(sources, some)).errors.length > 0;
    const culprits = suspects.filter((suspect) => failsWith([suspect]));
    if (culprits.length === 0) culprits.push(halve(left, failsWith));
    refused.push(...culprits.map(({ mutant }) => mutant));
    left = left.filter((armed) => !culprits.includes(armed));
  }
}

function blamed({ file, start, end }: CompileError, attempt: Sources): number | undefined {
  const source = file === undefined ? undefined : attempt.get(file);
  return source === undefined ? undefined : mutantAt(source, start!, end!);
}

function halve(armed: Armed[], failsWith: (some: Armed[]) => boolean): Armed {
  if (!failsWith(armed)) throw new Error("mutants that the compiler takes apart but not together");
  let some = armed;
  while (some.length > 1) {
    const first = some.slice(0, some.length >> 1);
    some = failsWith(first) ? first : some.slice(some.length >> 1);
    if (some !== first && !failsWith(some)) throw new Error("mutants that the compiler takes apart but not together");
  }
  return some[0];
}
