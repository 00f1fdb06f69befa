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
  const differences = right === "0" ? [left, `-${left}`] : [`${left} - ${right}`, `${right} - ${left}`];
  return choices.includes("0") && choices.some((choice) => differences.some((one) => choice === one || choice === `uint256(${one})`));
}

/** Whether an `if` spares adding or taking nothing: without the question the same is written, for more gas. */
export function sparesNothing({ condition, trueBody, falseBody }: Node, text: (node: Node) => string): boolean {
  if (falseBody != null || condition.nodeType !== "BinaryOperation" || condition.operator !== "!=") return false;
  if (text(condition.rightExpression) !== "0") return false;
  const assignment = assignmentIn(trueBody);
  return (
    (assignment?.operator === "+=" || assignment?.operator === "-=") && text(assignment.rightHandSide) === text(condition.leftExpression)
  );
}

function setsOneToTheOther(body: Node, left: string, right: string, text: (node: Node) => string): boolean {
  const assignment = assignmentIn(body);
  if (assignment?.operator !== "=") return false;
  const sides = [text(assignment.leftHandSide), text(assignment.rightHandSide)];
  return sides.includes(left) && sides.includes(right);
}

function assignmentIn(body: Node): Node | undefined {
  const only = body.nodeType === "Block" && body.statements.length === 1 ? body.statements[0] : body;
  const expression = only.nodeType === "ExpressionStatement" ? only.expression : undefined;
  return expression?.nodeType === "Assignment" ? expression : undefined;
}

/** Whether an assembly call asks where memory is free: any place further on does as well, and costs more gas. */
export function findsFreeMemory(call: Node): boolean {
  return call.functionName.name === "mload" && call.arguments[0].nodeType === "YulLiteral" && Number(call.arguments[0].value) === 0x40;
}
