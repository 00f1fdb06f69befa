import type { Span } from "./ast.ts";

export const KINDS = ["argument", "arithmetic", "assembly", "bitwise", "branch", "check", "comparison", "constant", "statement"] as const;
export type Kind = (typeof KINDS)[number];

/**
 * How a place in the source becomes a choice at run time.
 * expression: `(active ? mutated : original)`; statement: runs unless active; modifier: a copy of the modifier that does nothing if
 * active; word: an expression in assembly; step: a statement in assembly.
 */
export type Form = "expression" | "statement" | "modifier" | "word" | "step";

export interface Site extends Span {
  form: Form;
  mutated: string;
  /** Of an expression that is no literal: its type, which the choice must have as well. */
  type?: string;
  /** Of a literal among operands: the type it takes there, which as one of two alternatives it would lose. */
  cast?: string;
  /** Of a word or step: the whole assembly statement around it. */
  assembly?: Span;
  /** Of a modifier: where it is declared. */
  declaration?: Span & { file: string; name: string; body: Span; parameters: Span };
}

export interface Mutant {
  id: string;
  file: string;
  line: number;
  kind: Kind;
  /** Contract and function, as a reader would look for it. */
  place: string;
  original: string;
  mutated: string;
  sites: Site[];
}

/** A mutant before it has its id. */
export type Draft = Omit<Mutant, "id" | "file" | "line"> & { context: string };
