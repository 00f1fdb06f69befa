import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What Hardhat itself calls to put counters into a source. */
interface Instrumenter {
  latestSupportedSolidityVersion(): string;
  addStatementCoverageInstrumentation(
    source: string,
    name: string,
    version: string,
  ): { metadata: { tag: Uint8Array; startUtf16: number; endUtf16: number }[] };
}

// It is Hardhat's dependency, not ours, so that the one that is found is always the one that Hardhat uses.
const edr: Instrumenter = createRequire(import.meta.resolve("hardhat"))("@nomicfoundation/edr");

export interface Statement {
  /** Under `src`. */
  file: string;
  /** The function, modifier or constructor that it is in. */
  within: string;
  line: number;
  /** Its text up to its first brace, in one line. */
  text: string;
  /** What a run that comes by reports. */
  tag: string;
}

/** Every statement of the sources, as Hardhat's instrumentation marks them: by the same call, so with the same tags. */
export function statementsIn(workspace: string): Statement[] {
  return readdirSync(join(workspace, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .sort()
    .flatMap((file) => statementsOf(file, readFileSync(join(workspace, "src", file), "utf8")));
}

export function statementsOf(file: string, source: string): Statement[] {
  const { metadata } = edr.addStatementCoverageInstrumentation(source, `project/src/${file}`, edr.latestSupportedSolidityVersion());
  const functions = functionsIn(source);
  return metadata
    .map(({ tag, startUtf16, endUtf16 }) => {
      const text = withoutComments(source.slice(startUtf16, endUtf16));
      // What the instrumentation marks includes the blanks and comments before a statement.
      const start = startUtf16 + text.search(/\S/);
      return {
        file,
        within: functions.findLast((one) => one.start < start)?.name ?? "",
        line: source.slice(0, start).split("\n").length,
        text: headOf(text),
        tag: Buffer.from(tag).toString("hex"),
      };
    })
    .filter(({ text }) => text !== "");
}

function functionsIn(source: string): { name: string; start: number }[] {
  const heads = source.matchAll(/^[ \t]*(?:function\s+(\w+)|modifier\s+(\w+)|(constructor|fallback|receive)\b)/gm);
  return [...heads].map((head) => ({ name: head[1] ?? head[2] ?? head[3], start: head.index }));
}

/** Blanks of the same length, so that offsets stay. */
function withoutComments(text: string): string {
  return text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
}

/** Nothing, of a bare block: what counts is in it. */
function headOf(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  // A brace in a statement that ends with a semicolon holds options or fields.
  const end = line.endsWith(";") ? -1 : line.indexOf("{");
  return end < 0 ? line : line.slice(0, end).trim();
}
