import { getAddress } from "ethers";

import { artifact } from "../artifacts.ts";
import { type Core, PARTS, VAULT } from "../core.ts";
import { type Evm, startEvm } from "../evm.ts";

/** A function that the vault does not hand to the part it belongs to. */
export interface Stray {
  /** The function's signature, or the selector of one that nobody knows. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Which part the vault hands each function to, found by running the vault's own code in this process with parts that only say their
 * address. Tried is every function of the vault and its parts, and whatever else in the vault's code could be a selector.
 */
export async function straySelectors(code: string, { vault, parts }: Core): Promise<Stray[]> {
  const evm = await startEvm(31_337);
  try {
    await evm.call("hardhat_setCode", vault, code);
    const names = new Map<string, string>();
    for (const name of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
      names.set(parts[name], name);
      await evm.call("hardhat_setCode", parts[name], sayingItsAddress(parts[name]));
    }
    const owners = functionsOfParts();
    const candidates = new Set([...owners.keys(), ...pushedSelectors(code)]);
    for (const own of selectorsOf(VAULT).keys()) candidates.delete(own);
    const strays: Stray[] = [];
    for (const selector of candidates) {
      const owner = owners.get(selector);
      const found = names.get(await answeredBy(evm, vault, selector)) ?? "none";
      const expected = owner?.part ?? "none";
      if (found !== expected) strays.push({ what: owner?.signature ?? selector, expected, found });
    }
    return strays;
  } finally {
    await evm.close();
  }
}

/** Functions of a contract by selector. Constants are left out: a part has them for readers of its source, and the vault does not answer them. */
export function selectorsOf(source: string): ReadonlyMap<string, string> {
  const signatures = new Map<string, string>();
  artifact(source).abi.forEachFunction((known) => {
    if (!/^[A-Z0-9_]+$/.test(known.name)) signatures.set(known.selector, known.format());
  });
  return signatures;
}

function functionsOfParts(): ReadonlyMap<string, { part: string; signature: string }> {
  const owners = new Map<string, { part: string; signature: string }>();
  for (const [part, source] of Object.entries(PARTS)) {
    for (const [selector, signature] of selectorsOf(source)) owners.set(selector, { part, signature });
  }
  return owners;
}

/**
 * Whatever the code pushes that it could compare a selector with: the first four bytes of longer constants, since compilers write a
 * selector as a word that begins with it, and shorter constants. Some mean nothing, and what is data is read as if it were code.
 */
function pushedSelectors(code: string): Set<string> {
  const found = new Set<string>();
  for (let at = 2; at < code.length; at += 2) {
    const opcode = Number.parseInt(code.slice(at, at + 2), 16);
    const length = opcode > 0x5f && opcode <= 0x7f ? opcode - 0x5f : 0;
    const constant = code.slice(at + 2, at + 2 + 2 * length);
    if (length > 0) found.add(`0x${constant.slice(0, 8).padStart(8, "0")}`);
    at += 2 * length;
  }
  return found;
}

/** PUSH20 address, MSTORE, RETURN. */
function sayingItsAddress(part: string): string {
  return `0x73${part.slice(2).toLowerCase()}5f5260205ff3`;
}

async function answeredBy(evm: Evm, vault: string, selector: string): Promise<string> {
  const answer = await evm.call<string>("eth_call", { to: vault, data: selector }, "latest").catch(() => "0x");
  return answer.length === 66 ? getAddress(`0x${answer.slice(26)}`) : "";
}
