import { isKilled, type Result, type Results } from "./results.ts";

/** Why a mutant may survive, by its id; written by hand. */
export type Reasons = Record<string, { reason: string }>;

/** What to read: totals by file and by kind, and every survivor with its reason. */
export function reportOf(results: Results, reasons: Reasons): string {
  const { mutants, seed, count, finished } = results;
  const survivors = mutants.filter((mutant) => !isKilled(mutant));
  return [
    "# Mutants of the contracts",
    "",
    `Seed ${seed}: ${mutants.length} of ${count} mutants run${finished ? "" : " (unfinished)"}, ${share(mutants)} killed.`,
    "",
    ...table("Contract", mutants, ({ file }) => file),
    ...table("Kind", mutants, ({ kind }) => kind),
    ...table("Killed by", mutants.filter(isKilled), ({ killedBy, outcome }) => (killedBy ?? outcome).replace(/:.*/, "")),
    "## Survivors",
    "",
    ...(survivors.length === 0 ? ["None."] : survivors.flatMap((mutant) => survivor(mutant, reasons))),
    "",
  ].join("\n");
}

export function share(mutants: Result[]): string {
  const killed = mutants.filter(isKilled).length;
  return `${killed} (${mutants.length === 0 ? "0.0" : ((100 * killed) / mutants.length).toFixed(1)}%)`;
}

function table(heading: string, mutants: Result[], by: (mutant: Result) => string): string[] {
  const groups = Map.groupBy(mutants, by);
  const row = (name: string, of: Result[]): string => `| ${name} | ${of.length} | ${share(of)} |`;
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => row(name, of));
  return [`| ${heading} | mutants | killed |`, "| --- | ---: | ---: |", ...rows, ""];
}

function survivor({ id, file, line, place, kind, original, mutated, outcome }: Result, reasons: Reasons): string[] {
  const reason = reasons[id]?.reason ?? "**no reason given yet**";
  const note = outcome === "survived" ? "" : ` (${outcome})`;
  return [`- \`${id}\` ${file}:${line}, ${place}, ${kind}${note}: \`${original}\` → \`${mutated}\``, `  ${reason}`];
}
