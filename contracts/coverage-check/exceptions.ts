import type { Statement } from "./statements.ts";

/** Of all statements that have to be run, as parts of ten thousand. */
export const LEAST = 9_800;

export interface Exception {
  file: string;
  function: string;
  /** The statement's text up to its first brace, as the report prints it. */
  statement: string;
  reason: string;
}

export interface Checked extends Statement {
  covered: boolean;
}

export interface Verdict {
  excepted: { statement: Checked; reason: string }[];
  unnamed: Checked[];
  stale: Exception[];
  complaints: string[];
}

export function exceptionsFrom(json: string): Exception[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw new Error("exceptions.json is not a list");
  for (const entry of list) {
    for (const field of ["file", "function", "statement", "reason"]) {
      if (typeof entry[field] !== "string" || entry[field].trim() === "") {
        throw new Error(`an exception has no ${field}: ${JSON.stringify(entry)}`);
      }
    }
  }
  return list as Exception[];
}

/** What is not covered, by whether it is excepted; and what keeps the whole from being good. */
export function judge(statements: Checked[], exceptions: Exception[]): Verdict {
  const uncovered = statements.filter(({ covered }) => !covered);
  const nameOf = (of: Checked): Exception | undefined =>
    exceptions.find((one) => one.file === of.file && one.function === of.within && one.statement === of.text);
  const excepted = uncovered.flatMap((statement) => {
    const exception = nameOf(statement);
    return exception === undefined ? [] : [{ statement, exception, reason: exception.reason }];
  });
  const unnamed = uncovered.filter((statement) => nameOf(statement) === undefined);
  const stale = exceptions.filter((one) => !excepted.some(({ exception }) => exception === one));
  const complaints = [
    ...unnamed.map((one) => `neither covered nor excepted: ${placeOf(one)}: ${one.text}`),
    ...stale.map((one) => `the exception is needed no more: ${one.file}, ${one.function}: ${one.statement}`),
  ];
  const share = shareOf(statements);
  if (share < LEAST) complaints.push(`${percent(share)} of the statements are covered, and ${percent(LEAST)} have to be`);
  return { excepted: excepted.map(({ statement, reason }) => ({ statement, reason })), unnamed, stale, complaints };
}

export function placeOf({ file, line, within }: Statement): string {
  return `${file}:${line} ${within}`;
}

/** Parts of ten thousand, rounded down: what is not whole never looks whole. */
export function shareOf(list: { covered: boolean }[]): number {
  if (list.length === 0) return 10_000;
  return Math.floor((list.filter(({ covered }) => covered).length * 10_000) / list.length);
}

export function percent(share: number): string {
  return `${(share / 100).toFixed(2)} %`;
}
