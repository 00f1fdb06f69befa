import { descendants, spanOf, type Node } from "./ast.ts";
import type { Analysis, CompileError } from "./compiler.ts";
import { instrument, mutantAt, type Armed } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";
import type { Sources } from "./sources.ts";

type Analyse = (sources: Sources) => Analysis;

/** The mutants among the given that the compiler refuses, found by what it points at and, where that misleads, by halving. */
export function refusedAmong(mutants: Mutant[], sources: Sources, analyse: Analyse): Mutant[] {
  const numbered = mutants.map((mutant, i) => ({ mutant, number: i + 1 }));
  const refused: Mutant[] = [];
  let left = numbered;
  for (;;) {
    const attempt = instrument(sources, left);
    const { errors, trees } = analyse(attempt);
    if (errors.length === 0) {
      const others = ofAnotherType(left, sources, attempt, trees);
      return [...refused, ...others];
    }
    const pointedAt = new Set(errors.map((error) => blamed(error, attempt)));
    const suspects = left.filter(({ number }) => pointedAt.has(number));
    const failsWith = (some: Armed[]): boolean => analyse(instrument(sources, some)).errors.length > 0;
    const culprits = suspects.filter((suspect) => failsWith([suspect]));
    if (culprits.length === 0) culprits.push(halve(left, failsWith));
    refused.push(...culprits.map(({ mutant }) => mutant));
    left = left.filter((armed) => !culprits.includes(armed));
  }
}

/** Mutants whose choice is of another type than what stood there: they would change the contract even when not active. */
function ofAnotherType(armed: Armed[], sources: Sources, attempt: Sources, trees: Map<string, Node>): Mutant[] {
  const types = new Map<number, Set<string>>();
  for (const file of sources.keys()) {
    for (const node of descendants(trees.get(file)!)) {
      if (node.nodeType !== "Conditional" || node.condition.nodeType !== "FunctionCall") continue;
      const { start, end } = spanOf(node.condition);
      const number = /^mutant[0-9a-f]{8}\((\d+)\)$/.exec(attempt.get(file)!.subarray(start, end).toString("utf8"))?.[1];
      if (number === undefined) continue;
      types.set(Number(number), (types.get(Number(number)) ?? new Set()).add(node.typeDescriptions.typeString));
    }
  }
  const wrong = ({ mutant, number }: Armed): boolean => {
    const wanted = mutant.sites.map(({ type, cast }) => type ?? cast).filter((type) => type !== undefined);
    return wanted.length > 0 && [...(types.get(number) ?? [])].some((type) => !wanted.includes(type));
  };
  return armed.filter(wrong).map(({ mutant }) => mutant);
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
