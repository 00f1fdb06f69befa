import type { BaseWallet, LogDescription } from "ethers";

import type { Artifact } from "../src/artifacts.ts";
import { CHAIN_ID } from "../src/local.ts";
import { usualCap } from "../src/deploy/fees.ts";
import { FORGETFUL } from "../src/deploy/journal.ts";
import { Plan } from "../src/deploy/plan.ts";
import { type Mined, Sender } from "../src/deploy/sender.ts";
import type { Rpc } from "../src/rpc.ts";

/** Sends one account's transactions to a local node, one plan each. */
export class Sending {
  constructor(
    private readonly rpc: Rpc,
    private readonly wallet: BaseWallet,
  ) {}

  async create(contract: Artifact, ...args: unknown[]): Promise<string> {
    return (await this.#carryOut((plan) => plan.create(contract.name, contract, ...args))).step.address;
  }

  /** Calls a function and returns the events of the same contract. */
  async call(contract: Artifact, address: string, name: string, ...args: unknown[]): Promise<readonly LogDescription[]> {
    return (await this.#carryOut((plan) => plan.call(name, contract, address, name, ...args))).events;
  }

  async #carryOut(add: (plan: Plan) => unknown): Promise<Mined> {
    const nonce = Number(await this.rpc.call<string>("eth_getTransactionCount", this.wallet.address, "latest"));
    const plan = new Plan(this.wallet.address, nonce);
    add(plan);
    const options = { chainId: CHAIN_ID, cap: await usualCap(this.rpc), confirmations: 0, poll: 20, say: () => {} };
    return (await new Sender(this.rpc, this.wallet, options).carryOut(plan, FORGETFUL))[0]!;
  }
}
