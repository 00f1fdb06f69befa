import { type Artifact, buildOutput } from "../artifacts.ts";

const names = new Map<string, ReadonlyMap<string, string>>();

/** Name of each immutable of a contract, by the compiler's number for its declaration. */
export function immutableNames(contract: Artifact): ReadonlyMap<string, string> {
  let known = names.get(contract.build);
  if (known === undefined) {
    const found = new Map<string, string>();
    for (const { ast } of Object.values(buildOutput(contract.build).sources)) collect(ast, found);
    names.set(contract.build, (known = found));
  }
  return known;
}

/** Immutables are declared in contracts, which are at the top of a source's syntax tree. */
function collect(ast: unknown, found: Map<string, string>): void {
  interface Node {
    readonly id: number;
    readonly name?: string;
    readonly nodeType: string;
    readonly mutability?: string;
    readonly nodes?: readonly Node[];
  }
  for (const contract of (ast as Node).nodes ?? []) {
    for (const { id, name, nodeType, mutability } of contract.nodes ?? []) {
      if (nodeType === "VariableDeclaration" && mutability === "immutable") found.set(String(id), name!);
    }
  }
}
