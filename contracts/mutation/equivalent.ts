import type { Node } from "./ast.ts";

/**
 * Whether both sides of a choice give the same where the compared values are equal, so that moving the boundary changes nothing:
 * the greater or lesser of two, a value that is set to its limit, and a difference that stops at zero.
 */
export function meetsAtTheBoundary(comparison: Node, parent: Node | undefined, text: (node: Node) => string): boolean {
  if (parent?.condition !== comparison) return false;
  const [left, right] = [text(comparison.leftExpression), text(comparison.rightExpression)];
  if (parent.nodeType === "IfStatement") return parent.falseBody == null && setsOneToTheOther(parent.trueBody, left, right, text);
  if (parent.nodeType !== "Conditional") return false;
  const choices = [text(parent.trueExpression), text(parent.falseExpression)];
  if (choices.includes(left) && choices.includes(right)) return true;
  const differences = [`${left} - ${right}`, `${right} - ${left}`, `uint256(${left} - ${right})`, `uint256(${right} - ${left})`];
  return choices.includes("0") && choices.some((choice) => differences.includes(choice));
}

function setsOneToTheOther(body: Node, left: string, right: string, text: (node: Node) => string): boolean {
  const only = body.nodeType === "Block" && body.statements.length === 1 ? body.statements[0] : body;
  const assignment = only.nodeType === "ExpressionStatement" ? only.expression : undefined;
  if (assignment?.nodeType !== "Assignment" || assignment.operator !== "=") return false;
  const sides = [text(assignment.leftHandSide), text(assignment.rightHandSide)];
  return sides.includes(left) && sides.includes(right);
}

/** Whether an assembly call asks where memory is free: any place further on does as well, and costs more gas. */
export function findsFreeMemory(call: Node): boolean {
  return call.functionName.name === "mload" && call.arguments[0].nodeType === "YulLiteral" && Number(call.arguments[0].value) === 0x40;
}
