/** A node of the compiler's syntax tree. What differs by node type is read by name where it is needed. */
export interface Node {
  nodeType: string;
  src: string;
  [field: string]: any;
}

export interface Span {
  start: number;
  end: number;
}

/** Offsets are in bytes: sources are handled as buffers. */
export function spanOf(node: Node): Span {
  const [start, length] = node.src.split(":").map(Number);
  return { start, end: start + length };
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).nodeType === "string";
}

/** The nodes directly below, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  const found = Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return found.filter(isNode).sort((a, b) => spanOf(a).start - spanOf(b).start);
}

export function* descendants(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* descendants(child);
}
