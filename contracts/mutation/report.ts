import { isKilled, type Result, type Results } from "./results.ts";

/** Why a mutant may survive, by its id; written by hand. `equal`: no input tells it from the original, it costs other gas at most. */
export type Reasons = Record<string, { reason: string; equal?: true }>;

/** What to read: totals by file and by kind, and every survivor with its reason. */
export function reportOf(results: Results, reasons: Reasons): string {
  const { seed, count, finished } = results;
  const equal = results.mutants.filter(({ id }) => reasons[id]?.equal);
  const mutants = results.mutants.filter((mutant) => !equal.includes(mutant));
  const survivors = mutants.filter((mutant) => !isKilled(mutant));
  return [
    "# Mutants of the contracts",
    "",
    `Seed ${seed}: ${mutants.length} mutants run${finished ? "" : `, of ${count} (unfinished)`}, ${share(mutants)} killed.`,
    "",
    ...table("Contract", mutants, ({ file }) => file),
    ...table("Kind", mutants, ({ kind }) => kind),
    ...table("Killed by", mutants.filter(isKilled), ({ killedBy, outcome }) => (killedBy ?? outcome).replace(/:.*/, "")),
    "## Survivors",
    "",
    ...listed(survivors, reasons),
    "",
    "## Equal to the original",
    "",
    "No input tells these from the original; they cost other gas at most. They are not counted above, and others were chosen in their place.",
    `With them ${share(results.mutants)} of ${results.mutants.length} are killed.`,
    "",
    ...listed(equal, reasons),
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

function listed(mutants: Result[], reasons: Reasons): string[] {
  return mutants.length === 0 ? ["None."] : mutants.flatMap((mutant) => survivor(mutant, reasons));
}

function survivor({ id, file, line, place, kind, original, mutated, outcome }: Result, reasons: Reasons): string[] {
  const reason = reasons[id]?.reason ?? "**no reason given yet**";
  const note = outcome === "survived" ? "" : ` (${outcome})`;
  return [`- \`${id}\` ${file}:${line}, ${place}, ${kind}${note}: \`${original}\` → \`${mutated}\``, `  ${reason}`];
}
