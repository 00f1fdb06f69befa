import type { Node } from "./ast.ts";

/**
 * Whether both sides of a choice give the same where the compared values are equal, so that moving the boundary changes nothing:
 * the greater or lesser of two, and a difference that stops at zero.
 */
export function meetsAtTheBoundary(comparison: Node, parent: Node | undefined, text: (node: Node) => string): boolean {
  if (parent?.nodeType !== "Conditional" || parent.condition !== comparison) return false;
  const [left, right] = [text(comparison.leftExpression), text(comparison.rightExpression)];
  const choices = [text(parent.trueExpression), text(parent.falseExpression)];
  if (choices.includes(left) && choices.includes(right)) return true;
  const differences = [`${left} - ${right}`, `${right} - ${left}`, `uint256(${left} - ${right})`, `uint256(${right} - ${left})`];
  return choices.includes("0") && choices.some((choice) => differences.includes(choice));
}
