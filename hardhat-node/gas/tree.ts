import { concat, dataSlice, hexlify, keccak256, solidityPacked, toBeHex, ZeroHash } from "ethers";

/** One account's line, as `Leaf` in the contracts. */
export interface Leaf {
  readonly index: number;
  readonly account: string;
  readonly credit: bigint;
  readonly debit: bigint;
  readonly initialMargin: bigint;
  readonly maintenanceMargin: bigint;
  readonly positionsHash: string;
  readonly salt: string;
}

interface Node {
  readonly hash: string;
  readonly credit: bigint;
  readonly debit: bigint;
}

export function packLeaf(leaf: Leaf): string {
  return solidityPacked(
    ["uint32", "address", "uint96", "uint96", "uint96", "uint96", "bytes32", "bytes16"],
    [leaf.index, leaf.account, leaf.credit, leaf.debit, leaf.initialMargin, leaf.maintenanceMargin, leaf.positionsHash, leaf.salt],
  );
}

/**
 * A tree of 2^20 accounts of which the leaves given here are the first: above them every sibling is a made-up subtree with sums as large
 * as a venue's, since what a proof costs depends on the bytes of its siblings.
 */
export class Tree {
  static readonly DEPTH = 20;
  readonly #levels: Node[][] = [];

  constructor(readonly leaves: readonly Leaf[]) {
    let width = 1;
    while (width < leaves.length) width *= 2;
    const bottom = Array.from({ length: width }, (_, i): Node => {
      const leaf = leaves[i];
      return leaf === undefined
        ? { hash: ZeroHash, credit: 0n, debit: 0n }
        : { hash: keccak256(packLeaf(leaf)), credit: leaf.credit, debit: leaf.debit };
    });
    this.#levels.push(bottom);
    while (this.#levels.length <= Tree.DEPTH) {
      const below = this.#levels.at(-1) as Node[];
      const level = this.#levels.length - 1;
      if (below.length === 1) below.push(madeUp(level));
      this.#levels.push(Array.from({ length: below.length / 2 }, (_, i) => parent(below[2 * i] as Node, below[2 * i + 1] as Node)));
    }
  }

  get root(): Node {
    return this.#levels[Tree.DEPTH]?.[0] as Node;
  }

  siblings(index: number): string {
    return concat(Array.from({ length: Tree.DEPTH }, (_, level) => packNode(this.#levels[level]?.[(index >> level) ^ 1] as Node)));
  }

  rangeSiblings(first: number, last: number): string {
    const taken: string[] = [];
    let [low, high] = [first, last];
    for (let level = 0; level < Tree.DEPTH; level++) {
      const nodes = this.#levels[level] as Node[];
      if (low % 2 === 1) taken.push(packNode(nodes[low - 1] as Node));
      if (high % 2 === 0) taken.push(packNode(nodes[high + 1] as Node));
      [low, high] = [low >> 1, high >> 1];
    }
    return concat(taken);
  }

  packed(first: number, last: number): string {
    return concat(this.leaves.slice(first, last + 1).map(packLeaf));
  }
}

function madeUp(level: number): Node {
  const amount = 1_234_567_890n << BigInt(level);
  return { hash: keccak256(toBeHex(level + 1, 32)), credit: amount, debit: amount };
}

function packNode(node: Node): string {
  return solidityPacked(["bytes32", "uint128", "uint128"], [node.hash, node.credit, node.debit]);
}

function parent(left: Node, right: Node): Node {
  return {
    hash: keccak256(concat([packNode(left), packNode(right)])),
    credit: left.credit + right.credit,
    debit: left.debit + right.debit,
  };
}

export function salt(index: number): string {
  return dataSlice(keccak256(toBeHex(index + 1_000, 32)), 0, 16);
}

export function positionsHash(index: number): string {
  return keccak256(hexlify(toBeHex(index + 5_000, 32)));
}
