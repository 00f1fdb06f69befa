import { childrenOf, descendants, spanOf, type Node } from "./ast.ts";
import { findsFreeMemory } from "./equivalent.ts";
import type { Draft } from "./mutant.ts";
import { ASSEMBLY, WITHOUT_EFFECT } from "./operators.ts";

type Text = (node: Node) => string;

/** Mutants of one assembly block: instructions, numbers, conditions and statements. Functions inside it are left alone. */
export function* assemblyDrafts(whole: Node, text: Text, place: string): Generator<Draft> {
  const visit = function* (node: Node, statement: Node): Generator<Draft> {
    const within = node.nodeType.match(/Assignment|ExpressionStatement|VariableDeclaration|If$/) ? node : statement;
    const draft = (at: Node, form: "word" | "step", mutated: string): Draft => ({
      kind: "assembly",
      place,
      original: text(at),
      mutated: mutated === "" ? "(removed)" : mutated,
      context: within.nodeType === "YulIf" ? text(within.condition) : text(within),
      sites: [{ ...spanOf(at), form, mutated, assembly: spanOf(whole) }],
    });
    if (node.nodeType === "YulFunctionDefinition" || (node.nodeType === "YulFunctionCall" && findsFreeMemory(node))) return;
    if (node.nodeType === "YulExpressionStatement" || node.nodeType === "YulAssignment") yield draft(node, "step", "");
    if (node.nodeType === "YulIf" && repeatable(node.condition)) yield draft(node.condition, "word", "0");
    if (node.nodeType === "YulFunctionCall" && repeatable(node)) {
      for (const by of ASSEMBLY[node.functionName.name] ?? []) yield draft(node, "word", `${by}(${node.arguments.map(text).join(", ")})`);
    }
    if (node.nodeType === "YulLiteral" && node.kind === "number") yield draft(node, "word", `add(${text(node)}, 1)`);
    for (const child of childrenOf(node)) {
      // A case's value has to be a literal.
      if (node.nodeType === "YulCase" && child === node.value) continue;
      yield* visit(child, within);
    }
  };
  yield* visit(whole.AST, whole.AST);
}

function repeatable(expression: Node): boolean {
  return [...descendants(expression)].every((node) => node.nodeType !== "YulFunctionCall" || WITHOUT_EFFECT.has(node.functionName.name));
}
