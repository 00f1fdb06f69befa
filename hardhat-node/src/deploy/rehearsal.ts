import { type BaseWallet, toBeHex } from "ethers";

import { startEvm } from "../evm.ts";
import { Refusal } from "../refusal.ts";
import type { Config } from "./config.ts";
import { usualCap } from "./fees.ts";
import { FORGETFUL } from "./journal.ts";
import type { Plan } from "./plan.ts";
import { Sender } from "./sender.ts";

/**
 * Carries a plan out in this process, with the same key, number and addresses: what the contracts would refuse is known before anything
 * is paid for. Tokens and feeds, which have been looked at, are here contracts that answer their decimals to everything.
 * @returns gas of each step
 */
export async function rehearse(plan: Plan, wallet: BaseWallet, { chainId, tokens, feeds, file, policy }: Config): Promise<bigint[]> {
  const evm = await startEvm(chainId);
  try {
    await evm.call("hardhat_setBalance", wallet.address, toBeHex(10n ** 24n));
    if (plan.firstNonce > 0) await evm.call("hardhat_setNonce", wallet.address, toBeHex(plan.firstNonce));
    for (const { address, decimals } of [...tokens, ...feeds]) await evm.call("hardhat_setCode", address, answering(decimals));
    const options = { chainId, cap: await usualCap(evm), confirmations: 0, poll: 1, say: () => {} };
    const mined = await new Sender(evm, wallet, options).carryOut(plan, FORGETFUL);
    return mined.map(({ gasUsed }) => gasUsed);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    throw new Refusal(`${policy ?? file} would be refused on the chain: ${failure.message}`, { cause: failure });
  } finally {
    await evm.close();
  }
}

/** PUSH1 decimals, MSTORE, RETURN. */
function answering(decimals: number): string {
  return `0x60${decimals.toString(16).padStart(2, "0")}5f5260205ff3`;
}
