import { createHash } from "node:crypto";

import { KINDS, type Mutant } from "./mutant.ts";

/**
 * Chooses by seed: as many of each file as it has candidates, and inside a file always of the kind that has been chosen least so far.
 * A candidate's turn follows from the seed and its id alone, so an edit in one function leaves most of the choice as it was.
 */
export function choose(candidates: Mutant[], count: number, seed: number): Mutant[] {
  const files = new Map<string, Mutant[]>();
  for (const mutant of inTurn(candidates, seed)) files.set(mutant.file, [...(files.get(mutant.file) ?? []), mutant]);
  const shares = quotas(new Map([...files].map(([file, of]) => [file, of.length])), count);
  const chosenOfKind = new Map(KINDS.map((kind) => [kind, 0]));
  const chosen: Mutant[] = [];
  for (const file of [...files.keys()].sort()) {
    const left = files.get(file)!;
    for (let i = 0; i < shares.get(file)!; ++i) {
      const least = Math.min(...left.map(({ kind }) => chosenOfKind.get(kind)!));
      const [mutant] = left.splice(
        left.findIndex(({ kind }) => chosenOfKind.get(kind) === least),
        1,
      );
      chosenOfKind.set(mutant.kind, least + 1);
      chosen.push(mutant);
    }
  }
  return chosen;
}

/** The same members in an order that only the seed decides. */
export function inTurn<T extends { id: string }>(members: T[], seed: number): T[] {
  const turn = ({ id }: T): string => createHash("sha256").update(`${seed}:${id}`).digest("hex");
  return members
    .map((member) => ({ member, at: turn(member) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ member }) => member);
}

/** Splits a count in proportion to sizes, the largest remainders rounded up, nobody above its size. */
export function quotas(sizes: Map<string, number>, count: number): Map<string, number> {
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const wanted = Math.min(count, total);
  const exact = [...sizes].map(([file, size]) => ({ file, share: (wanted * size) / total }));
  const shares = new Map(exact.map(({ file, share }) => [file, Math.floor(share)]));
  let missing = wanted - [...shares.values()].reduce((sum, share) => sum + share, 0);
  exact.sort((a, b) => (b.share % 1) - (a.share % 1) || (a.file < b.file ? -1 : 1));
  for (const { file } of exact) {
    if (missing-- <= 0) break;
    shares.set(file, shares.get(file)! + 1);
  }
  return shares;
}
