import type { Kind } from "./mutant.ts";

/** What each binary operator is replaced by; the first of a comparison's replacements moves only its boundary. */
export const BINARY: Record<string, { kind: Kind; by: string[] }> = {
  "<": { kind: "comparison", by: ["<=", ">="] },
  "<=": { kind: "comparison", by: ["<", ">"] },
  ">": { kind: "comparison", by: [">=", "<="] },
  ">=": { kind: "comparison", by: [">", "<"] },
  "==": { kind: "comparison", by: ["!="] },
  "!=": { kind: "comparison", by: ["=="] },
  "+": { kind: "arithmetic", by: ["-"] },
  "-": { kind: "arithmetic", by: ["+"] },
  "*": { kind: "arithmetic", by: ["/"] },
  "/": { kind: "arithmetic", by: ["*"] },
  "%": { kind: "arithmetic", by: ["/"] },
  "**": { kind: "arithmetic", by: ["*"] },
  "&": { kind: "bitwise", by: ["|"] },
  "|": { kind: "bitwise", by: ["&"] },
  "^": { kind: "bitwise", by: ["&"] },
  "<<": { kind: "bitwise", by: [">>"] },
  ">>": { kind: "bitwise", by: ["<<"] },
};

export const ASSIGNMENT: Record<string, { kind: Kind; by: string[] }> = {
  "+=": { kind: "arithmetic", by: ["-="] },
  "-=": { kind: "arithmetic", by: ["+="] },
  "*=": { kind: "arithmetic", by: ["/="] },
  "/=": { kind: "arithmetic", by: ["*="] },
  "|=": { kind: "bitwise", by: ["&="] },
  "&=": { kind: "bitwise", by: ["|="] },
  "^=": { kind: "bitwise", by: ["&="] },
  "<<=": { kind: "bitwise", by: [">>="] },
  ">>=": { kind: "bitwise", by: ["<<="] },
};

export const ASSEMBLY: Record<string, string[]> = {
  add: ["sub"],
  sub: ["add"],
  mul: ["add"],
  div: ["mul"],
  and: ["or"],
  or: ["and"],
  xor: ["and"],
  shl: ["shr"],
  shr: ["shl"],
  lt: ["gt"],
  gt: ["lt"],
  slt: ["sgt"],
  sgt: ["slt"],
  eq: ["sub"],
};

/** Instructions without effect: they may be evaluated twice. */
export const WITHOUT_EFFECT = new Set([
  ...Object.keys(ASSEMBLY),
  ...["iszero", "not", "mod", "smod", "sdiv", "exp", "addmod", "mulmod", "byte", "sar", "signextend", "keccak256"],
  ...["mload", "sload", "tload", "calldataload", "calldatasize", "caller", "callvalue", "address", "extcodesize", "returndatasize"],
  ...["timestamp", "number", "chainid", "codesize", "extcodehash", "balance", "selfbalance", "gas"],
]);
