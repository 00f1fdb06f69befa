import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Node, Span } from "./ast.ts";
import type { Sources } from "./sources.ts";

export interface CompileError extends Partial<Span> {
  file?: string;
  message: string;
}

export interface Analysis {
  trees: Map<string, Node>;
  errors: CompileError[];
}

/** Parses and checks sources without generating code: seconds instead of minutes, and the compiler's own types and offsets. */
export function analyser(root: string): (sources: Sources) => Analysis {
  const solc = createRequire(join(root, "package.json"))("solc");
  const imported = (path: string) => {
    const file = [join(root, path), join(root, "node_modules", path)].find(existsSync);
    return file === undefined ? { error: `${path} is not installed` } : { contents: readFileSync(file, "utf8") };
  };
  return (sources) => {
    const input = {
      language: "Solidity",
      sources: Object.fromEntries([...sources].map(([file, text]) => [file, { content: text.toString("utf8") }])),
      settings: { evmVersion: "prague", outputSelection: { "*": { "": ["ast"] } } },
    };
    const output = JSON.parse(solc.compile(JSON.stringify(input), { import: imported }));
    const failed = (output.errors ?? []).filter((error: any) => error.severity === "error");
    return {
      trees: new Map(Object.entries<any>(output.sources ?? {}).map(([file, { ast }]) => [file, ast])),
      errors: failed.map((error: any) => ({
        file: error.sourceLocation?.file,
        start: error.sourceLocation?.start,
        end: error.sourceLocation?.end,
        message: error.message,
      })),
    };
  };
}
