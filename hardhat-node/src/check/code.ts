import { getBytes, hexlify } from "ethers";

import type { Artifact } from "../artifacts.ts";
import { immutableNames } from "./immutables.ts";

/** Values of immutables by name, each a word of 32 bytes. */
export type Words = Readonly<Record<string, string>>;

/** One way in which code on the chain is not what it must be. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** Words of immutables as they are in code on the chain. */
export function immutablesIn(contract: Artifact, code: string): Words {
  const names = immutableNames(contract);
  const places = Object.entries(contract.immutables).map(([number, [first]]) => [names.get(number)!, first!] as const);
  return Object.fromEntries(places.map(([name, { start, length }]) => [name, slice(code, start, length)]));
}

/**
 * How code on the chain differs from what the compiler made of a contract: outside its immutables, and in those whose `values` are given.
 * Nothing is looked at of immutables if none are given.
 */
export function differences(contract: Artifact, values: Words | undefined, found: string): Difference[] {
  if (found === "0x") return [{ what: "code", expected: bytes(contract.runtime), found: "none" }];
  if (found.length !== contract.runtime.length) return [{ what: "code size", expected: bytes(contract.runtime), found: bytes(found) }];
  const at = differingByte(getBytes(contract.runtime), masked(contract, found));
  if (at !== undefined) {
    return [{ what: `code at byte ${at}`, expected: slice(contract.runtime, at, 1), found: slice(found, at, 1) }];
  }
  return values === undefined ? [] : immutableDifferences(contract, values, found);
}

function immutableDifferences(contract: Artifact, values: Words, found: string): Difference[] {
  const names = immutableNames(contract);
  return Object.entries(contract.immutables).flatMap(([number, places]) => {
    const name = names.get(number)!;
    const expected = values[name];
    if (expected === undefined) throw new Error(`nobody has said what ${name} must be in ${contract.name}`);
    const wrong = places.map(({ start, length }) => slice(found, start, length)).find((word) => word !== expected.toLowerCase());
    return wrong === undefined ? [] : [{ what: `immutable ${name}`, expected: short(expected), found: short(wrong) }];
  });
}

/** The code with zeros where immutables are, as the compiler leaves it. */
function masked(contract: Artifact, code: string): Uint8Array {
  const bytes = getBytes(code);
  for (const { start, length } of Object.values(contract.immutables).flat()) bytes.fill(0, start, start + length);
  return bytes;
}

function differingByte(a: Uint8Array, b: Uint8Array): number | undefined {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? undefined : at;
}

function slice(code: string, start: number, length: number): string {
  return `0x${code.slice(2 + 2 * start, 2 + 2 * (start + length))}`.toLowerCase();
}

/** An address is told as one. */
function short(word: string): string {
  return /^0x0{24}[0-9a-f]{40}$/i.test(word) && !/^0x0{56}/.test(word) ? hexlify(`0x${word.slice(26)}`) : word;
}

function bytes(code: string): string {
  return `${code.length / 2 - 1} bytes`;
}
