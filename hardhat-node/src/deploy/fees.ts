import { formatUnits, Transaction } from "ethers";

import { Refusal } from "../refusal.ts";
import type { Caller } from "../rpc.ts";

/** What is bid for a unit of gas, in wei. */
export interface Bid {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

const GWEI = 10n ** 9n;

export async function baseFee(chain: Caller): Promise<bigint> {
  const block = await chain.call<{ baseFeePerGas?: string }>("eth_getBlockByNumber", "latest", false);
  if (block.baseFeePerGas === undefined) throw new Refusal("the chain has no base fee (EIP-1559): it is too old for these contracts");
  return BigInt(block.baseFeePerGas);
}

/** What miners want on top: as the node suggests, one gwei if it does not. */
async function tip(chain: Caller): Promise<bigint> {
  return chain.call<string>("eth_maxPriorityFeePerGas").then(BigInt, () => GWEI);
}

/** The most to pay for a unit of gas if the user does not say: three times the present base fee, and the tip. */
export async function usualCap(chain: Caller): Promise<bigint> {
  return 3n * (await baseFee(chain)) + (await tip(chain));
}

/** Twice the base fee and the tip, but never more than `cap`. */
export async function bid(chain: Caller, cap: bigint): Promise<Bid> {
  const [base, priority] = [await baseFee(chain), await tip(chain)];
  const maxFeePerGas = least(2n * base + priority, cap);
  return { maxFeePerGas, maxPriorityFeePerGas: least(priority, maxFeePerGas) };
}

/** A bid that nodes take in place of the one that a signed transaction makes; nothing if that would be above `cap`. */
export function outbid(raw: string, wanted: Bid, cap: bigint): Bid | undefined {
  const { maxFeePerGas, maxPriorityFeePerGas } = Transaction.from(raw);
  const replaced = {
    maxFeePerGas: most(wanted.maxFeePerGas, eighthMore(maxFeePerGas ?? 0n)),
    maxPriorityFeePerGas: most(wanted.maxPriorityFeePerGas, eighthMore(maxPriorityFeePerGas ?? 0n)),
  };
  return replaced.maxFeePerGas <= cap && replaced.maxPriorityFeePerGas <= replaced.maxFeePerGas ? replaced : undefined;
}

export function gwei(wei: bigint): string {
  return `${formatUnits(wei, "gwei").replace(/\.0$/, "")} gwei`;
}

/** Nodes want at least a tenth. */
function eighthMore(wei: bigint): bigint {
  return wei + wei / 8n + 1n;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
