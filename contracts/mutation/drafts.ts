import { assemblyDrafts } from "./assembly.ts";
import { childrenOf, spanOf, type Node } from "./ast.ts";
import { meetsAtTheBoundary, sparesNothing } from "./equivalent.ts";
import type { Draft, Kind, Site } from "./mutant.ts";
import { ASSIGNMENT, BINARY } from "./operators.ts";

/** Declarations of all files by the compiler's number. */
export type Declarations = Map<number, { file: string; node: Node }>;

const isConstant = (node: Node): boolean => /^(int|rational)_const/.test(node.typeDescriptions?.typeString ?? "");
const isInteger = (node: Node): boolean => /^u?int\d+$/.test(node.typeDescriptions?.typeString ?? "");
const isCompound = (node: Node): boolean =>
  /^(Block|UncheckedBlock|IfStatement|ForStatement|WhileStatement|TryStatement)$/.test(node.nodeType);
const isStatement = (node: Node): boolean => /Statement$|^Return$/.test(node.nodeType) || isCompound(node);

/** Whether a statement does nothing but revert. */
function refuses(statement: Node): boolean {
  const only = statement.nodeType === "Block" && statement.statements.length === 1 ? statement.statements[0] : statement;
  return only.nodeType === "RevertStatement" || (only.nodeType === "ExpressionStatement" && only.expression.expression?.name === "revert");
}

/** All mutants of the bodies of one file, in the order of the source. */
export function draftsOf(tree: Node, source: Buffer, declarations: Declarations): Draft[] {
  const drafts: Draft[] = [];
  const text = (node: Node): string => cut(source, spanOf(node).start, spanOf(node).end);
  for (const contract of tree.nodes as Node[]) {
    const bodies = contract.nodeType === "ContractDefinition" ? contract.nodes : [contract];
    for (const body of bodies) {
      if (!/^(Function|Modifier)Definition$/.test(body.nodeType) || body.body == null) continue;
      const name = body.name || body.kind;
      visitBody(body, contract === body ? name : `${contract.name}.${name}`);
    }
  }
  return drafts;

  function visitBody(body: Node, place: string): void {
    for (const invocation of (body.modifiers as Node[] | undefined) ?? []) {
      const site = modifierSite(invocation, declarations);
      if (site !== undefined) add("check", place, text(invocation), "(removed)", `${name(body)} ${text(invocation)}`, [site]);
    }
    visit(body.body, body, body.body, place, []);
  }

  function name(body: Node): string {
    return cut(source, spanOf(body).start, spanOf(body.body).start);
  }

  function add(kind: Kind, place: string, original: string, mutated: string, context: string, sites: Site[]): void {
    drafts.push({ kind, place, original, mutated, context, sites });
  }

  function visit(node: Node, parent: Node | undefined, statement: Node, place: string, conditions: Node[]): void {
    const within = isStatement(node) ? node : statement;
    const context = isCompound(within) ? text(within.condition ?? within.expression ?? within).slice(0, 200) : text(within);
    const inCheck = conditions.length > 0;
    const replace = (kind: Kind, mutated: string, at = node): void =>
      add(kind, place, text(at), mutated, context, [expressionSite(at, at === node ? parent : node, mutated)]);
    const remove = (kind: Kind): void => {
      const { start, end } = spanOf(node);
      // The compiler's span of a simple statement stops before its semicolon.
      const semicolon = source.indexOf(";", end);
      const whole = source[end - 1] === 0x3b ? end : semicolon + 1;
      add(kind, place, text(node), "(removed)", context, [{ start, end: whole, form: "statement", mutated: "" }]);
    };

    switch (node.nodeType) {
      case "InlineAssembly":
        drafts.push(...assemblyDrafts(node, text, place));
        return;
      case "VariableDeclaration":
      case "ElementaryTypeNameExpression":
        return;
      case "IfStatement":
        if (refuses(node.trueBody) && node.falseBody == null) {
          replace("check", "false", node.condition);
          visit(node.condition, node, within, place, [node]);
          visit(node.trueBody, node, within, place, []);
          return;
        }
        if (!sparesNothing(node, text)) replace("branch", "true", node.condition);
        replace("branch", "false", node.condition);
        break;
      case "ForStatement":
      case "WhileStatement":
        if (node.condition != null) replace("branch", "false", node.condition);
        break;
      case "Conditional":
        replace("branch", `${text(node.condition)} ? ${text(node.falseExpression)} : ${text(node.trueExpression)}`);
        break;
      case "EmitStatement":
        remove("statement");
        break;
      case "ExpressionStatement": {
        if (parent?.nodeType === "ForStatement") break;
        const called = node.expression.expression?.name;
        if (called !== "revert") remove(called === "require" || called === "assert" ? "check" : "statement");
        break;
      }
      case "BinaryOperation":
        binary();
        if (isConstant(node)) return;
        break;
      case "Assignment":
        for (const by of ASSIGNMENT[node.operator]?.by ?? []) {
          replace(ASSIGNMENT[node.operator].kind, `${text(node.leftHandSide)} ${by} ${text(node.rightHandSide)}`);
        }
        break;
      case "UnaryOperation":
        if (node.operator === "!") replace(inCheck ? "check" : "branch", text(node.subExpression));
        if (node.operator === "~") replace("bitwise", text(node.subExpression));
        if (node.operator === "-" && !isConstant(node)) replace("arithmetic", text(node.subExpression));
        if (node.operator === "++" || node.operator === "--") {
          const by = node.operator === "++" ? "--" : "++";
          replace("arithmetic", node.prefix ? by + text(node.subExpression) : text(node.subExpression) + by);
        }
        break;
      case "FunctionCall":
        swaps();
        break;
      case "Literal":
        if (node.kind === "bool") replace("constant", node.value === "true" ? "false" : "true");
        if (node.kind === "number" && isConstant(node)) {
          replace("constant", `${text(node)} + 1`);
          if (Number(node.value) > 0) replace("constant", `${text(node)} - 1`);
        }
        return;
      case "Identifier":
      case "MemberAccess": {
        const declared = declarations.get(node.referencedDeclaration)?.node;
        if (declared?.nodeType === "VariableDeclaration" && declared.constant && isInteger(node)) {
          replace("constant", `${text(node)} + 1`);
          return;
        }
      }
    }
    for (const child of childrenOf(node)) visit(child, node, within, place, inCheck && !isStatement(child) ? conditions : []);

    function binary(): void {
      const [left, right] = [text(node.leftExpression), text(node.rightExpression)];
      if (isConstant(node)) {
        replace("constant", `(${text(node)}) + 1`);
        return;
      }
      if (node.operator === "&&" || node.operator === "||") {
        replace(inCheck ? "check" : "branch", left);
        replace(inCheck ? "check" : "branch", right);
        return;
      }
      const { kind, by } = BINARY[node.operator] ?? { kind: "comparison", by: [] };
      const skipped = kind === "comparison" && by.length > 1 && meetsAtTheBoundary(node, parent, text) ? 1 : 0;
      for (const operator of by.slice(skipped)) replace(kind, `${left} ${operator} ${right}`);
    }

    function swaps(): void {
      const called = node.expression.memberName ?? node.expression.name ?? "";
      if (/^(min|max|average)$/.test(called)) return;
      const given: Node[] = node.arguments;
      // mulDiv's factors, like the operands of the above, may stand either way.
      for (let i = called === "mulDiv" ? 1 : 0; i + 1 < given.length; ++i) {
        const [first, second] = [given[i], given[i + 1]];
        const same = first.typeDescriptions?.typeString === second.typeDescriptions?.typeString;
        if (!same || text(first) === text(second) || first.nodeType === "ElementaryTypeNameExpression") continue;
        add("argument", place, `${text(first)}, ${text(second)}`, `${text(second)}, ${text(first)}`, `${context} #${i}`, [
          expressionSite(first, node, text(second)),
          expressionSite(second, node, text(first)),
        ]);
      }
    }
  }
}

/** `10 ** x` is a uint256 and `(active ? 11 : 10) ** x` would be a uint8: a literal's type comes from what it stands beside. */
function expressionSite(node: Node, parent: Node | undefined, mutated: string): Site {
  const site: Site = { ...spanOf(node), form: "expression", mutated };
  if (!isConstant(node)) return { ...site, type: node.typeDescriptions?.typeString };
  if (parent?.nodeType !== "BinaryOperation") return site;
  const power = /^(\*\*|<<|>>)$/.test(parent.operator);
  if (power && node === parent.rightExpression) return site;
  return { ...site, cast: (power ? parent.typeDescriptions : parent.commonType).typeString };
}

function modifierSite(invocation: Node, declarations: Declarations): Site | undefined {
  const declared = declarations.get(invocation.modifierName?.referencedDeclaration);
  if (declared?.node.nodeType !== "ModifierDefinition" || declared.node.virtual || declared.node.body == null) return undefined;
  const { file, node } = declared;
  return {
    ...spanOf(invocation.modifierName),
    form: "modifier",
    mutated: "",
    declaration: { ...spanOf(node), file, name: node.name, body: spanOf(node.body), parameters: spanOf(node.parameters) },
  };
}

function cut(source: Buffer, start: number, end: number): string {
  return source.subarray(start, end).toString("utf8");
}
