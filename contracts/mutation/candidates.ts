import { createHash } from "node:crypto";

import { descendants, type Node } from "./ast.ts";
import { draftsOf, type Declarations } from "./drafts.ts";
import type { Mutant } from "./mutant.ts";
import type { Sources } from "./sources.ts";

/** Every mutant the sources offer, each with an id that edits elsewhere leave alone. */
export function candidatesOf(sources: Sources, trees: Map<string, Node>): Mutant[] {
  const declarations: Declarations = new Map();
  for (const file of sources.keys()) {
    for (const node of descendants(trees.get(file)!)) {
      if (/^(ModifierDefinition|VariableDeclaration)$/.test(node.nodeType)) declarations.set(node.id, { file, node });
    }
  }
  return [...sources].flatMap(([file, source]) => {
    const occurrences = new Map<string, number>();
    return draftsOf(trees.get(file)!, source, declarations).map(({ context, ...draft }) => {
      const described = [file, draft.kind, draft.place, context, draft.original, draft.mutated].map(flat).join("\n");
      const occurrence = occurrences.get(described) ?? 0;
      occurrences.set(described, occurrence + 1);
      const id = createHash("sha256").update(`${described}\n${occurrence}`).digest("hex").slice(0, 12);
      const line = source.subarray(0, draft.sites[0].start).toString("latin1").split("\n").length;
      return { ...draft, id, file, line, original: flat(draft.original), mutated: flat(draft.mutated) };
    });
  });
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
