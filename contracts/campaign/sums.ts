/** What the campaign's tests printed, added up. */
export interface Sums {
  runs: number;
  calls: number;
  /** Steps that failed in the campaign's own code: there must be none. */
  stumbles: number;
  actions: Map<string, { tried: number; succeeded: number }>;
  states: Map<string, number>;
  invariants: Map<string, { broken: number; first: string }>;
}

export function nothing(): Sums {
  return { runs: 0, calls: 0, stumbles: 0, actions: new Map(), states: new Map(), invariants: new Map() };
}

/** Adds a part's sums to those of the parts before it; an invariant's first violation says which part it was in. */
export function addedTo(all: Sums, part: Sums, where: string): void {
  all.runs += part.runs;
  all.calls += part.calls;
  all.stumbles += part.stumbles;
  for (const [name, { tried, succeeded }] of part.actions) {
    const before = all.actions.get(name) ?? { tried: 0, succeeded: 0 };
    all.actions.set(name, { tried: before.tried + tried, succeeded: before.succeeded + succeeded });
  }
  for (const [name, visits] of part.states) all.states.set(name, (all.states.get(name) ?? 0) + visits);
  for (const [name, { broken, first }] of part.invariants) {
    const before = all.invariants.get(name) ?? { broken: 0, first: "" };
    all.invariants.set(name, { broken: before.broken + broken, first: before.first || (first && `${where}, ${first}`) });
  }
}

/** Adds up the lines `campaign|...` of all tests. */
export function sumsOf(output: string): Sums {
  const sums = nothing();
  for (const line of output.split("\n")) {
    const [mark, kind, name = "", ...rest] = line.trim().split("|");
    if (mark !== "campaign") continue;
    const number = (i: number): number => Number(rest[i] ?? 0);
    if (kind === "runs") {
      sums.runs += Number(name);
      sums.calls += number(0);
      sums.stumbles += number(1);
    } else if (kind === "act") {
      const action = sums.actions.get(name) ?? { tried: 0, succeeded: 0 };
      sums.actions.set(name, { tried: action.tried + number(0), succeeded: action.succeeded + number(1) });
    } else if (kind === "state") {
      sums.states.set(name, (sums.states.get(name) ?? 0) + number(0));
    } else if (kind === "invariant") {
      const before = sums.invariants.get(name) ?? { broken: 0, first: "" };
      sums.invariants.set(name, { broken: before.broken + number(0), first: before.first || (rest[1] ?? "") });
    }
  }
  return sums;
}

/** Actions that succeeded, and states that were visited, fewer times than `least`. */
export function seldom(sums: Sums, least: number): string[] {
  const actions = [...sums.actions]
    .filter(([, { succeeded }]) => succeeded < least)
    .map(([name, { succeeded }]) => `${name} (${succeeded})`);
  const states = [...sums.states].filter(([, visits]) => visits < 1).map(([name]) => `state "${name}" (0)`);
  return [...actions, ...states];
}

export function brokenOf(sums: Sums): string[] {
  return [...sums.invariants].filter(([, { broken }]) => broken !== 0).map(([name]) => name);
}
