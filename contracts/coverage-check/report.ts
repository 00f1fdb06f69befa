import type { Statement } from "./statements.ts";
import { LEAST, percent, placeOf, shareOf, type Checked, type Verdict } from "./exceptions.ts";

/** For a terminal: every file, the total, and what no test runs. */
export function printed(statements: Checked[], { excepted, unnamed }: Verdict): string {
  const lines = rowsOf(statements).map(([name, ...figures]) => name.padEnd(36) + figures.map((figure) => figure.padStart(14)).join(""));
  for (const { statement, reason } of excepted) lines.push(`excepted: ${placeOf(statement)}: ${statement.text}\n    ${reason}`);
  for (const statement of unnamed) lines.push(`uncovered: ${placeOf(statement)}: ${statement.text}`);
  return lines.join("\n");
}

/** For the repository: nothing in it changes unless the sources, the tests or what they cover do. */
export function written(statements: Checked[], { excepted, unnamed }: Verdict, tests: number): string {
  const [head, ...rows] = rowsOf(statements);
  return [
    "# What the Solidity tests cover",
    "",
    `Written by \`scripts/npm-package contracts npm run coverage\`, which fails below ${percent(LEAST)} of the statements and over any`,
    "statement that is neither run by a test nor named, with a reason, in `exceptions.json`.",
    "",
    `${tests} tests.`,
    "",
    row(head),
    row(head.map((_, i) => (i === 0 ? "---" : "--:"))),
    ...rows.map(row),
    "",
    "## Exceptions",
    "",
    ...(excepted.length === 0 ? ["None."] : []),
    ...excepted.map(({ statement, reason }) => `- \`${statement.file}\`, \`${statement.within}\`: \`${statement.text}\`. ${reason}`),
    ...(unnamed.length === 0 ? [] : ["", "## Neither covered nor excepted", ""]),
    ...unnamed.map((statement) => `- \`${placeOf(statement)}\`: \`${statement.text}\``),
    "",
  ].join("\n");
}

/** Files of which the kept results do not tell, or tell of another number of statements: they were changed since. */
export function changedSince(statements: Statement[], kept: string): string[] {
  const files = [...new Set(statements.map(({ file }) => file))];
  return files.filter((file) => !kept.includes(`\n| ${file} | ${statements.filter((one) => one.file === file).length} |`));
}

function rowsOf(statements: Checked[]): [string, ...string[]][] {
  const files = [...new Set(statements.map(({ file }) => file))];
  return [
    ["file", "statements", "run", "of statements", "of lines"],
    ...files.map((file) =>
      figuresOf(
        file,
        statements.filter((one) => one.file === file),
      ),
    ),
    figuresOf("total", statements),
  ];
}

function figuresOf(name: string, statements: Checked[]): [string, ...string[]] {
  const run = statements.filter(({ covered }) => covered).length;
  return [name, String(statements.length), String(run), percent(shareOf(statements)), percent(shareOf(linesOf(statements)))];
}

/** A line is covered if every statement that begins on it is. */
function linesOf(statements: Checked[]): { covered: boolean }[] {
  const lines = new Map<string, boolean>();
  for (const { file, line, covered } of statements) {
    const key = `${file}:${line}`;
    lines.set(key, covered && (lines.get(key) ?? true));
  }
  return [...lines.values()].map((covered) => ({ covered }));
}

function row(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
