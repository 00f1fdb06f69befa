import { setTimeout as pause } from "node:timers/promises";

import { type BaseWallet, type LogDescription, Transaction } from "ethers";

import { differences } from "../check/code.ts";
import { reason } from "../reason.ts";
import { Refusal } from "../refusal.ts";
import { type Caller, RpcError } from "../rpc.ts";
import { baseFee, bid, gwei, outbid } from "./fees.ts";
import type { Begun, Journal, Progress } from "./journal.ts";
import { patient } from "./patient.ts";
import type { Plan, Step } from "./plan.ts";

interface Receipt {
  readonly status: string;
  readonly transactionHash: string;
  readonly blockNumber: string;
  readonly gasUsed: string;
  readonly logs: readonly { address: string; topics: string[]; data: string }[];
}

/** A step as the chain has it. */
export interface Mined {
  readonly step: Step;
  /** `null` if another transaction than those written down did the same. */
  readonly hash: string | null;
  readonly block: number;
  readonly gasUsed: bigint;
  /** Events of the contract that was called. */
  readonly events: readonly LogDescription[];
}

export interface SenderOptions {
  readonly chainId: number;
  /** The most that is paid for a unit of gas, in wei. */
  readonly cap: bigint;
  /** Blocks that must lie on top of the last transaction's. */
  readonly confirmations: number;
  /** Milliseconds between looks at the chain. */
  readonly poll: number;
  readonly say: (line: string) => void;
}

/** An earlier step is not there any more. */
class Reorganised extends Error {}

/** Looks before a missing receipt is believed: endpoints are often several nodes, not all of them as far. */
const LOOKS = 8;

/** Carries out a plan, one transaction after the other. Nothing is sent that is not written down before. */
export class Sender {
  /** The step whose user knows that it waits for a lower base fee. */
  #told: Begun | undefined;

  readonly #chain: Caller;

  constructor(
    chain: Caller,
    private readonly wallet: BaseWallet,
    private readonly options: SenderOptions,
  ) {
    this.#chain = patient(chain, options.poll);
  }

  /** Does what is left of the plan. `before` is how far earlier runs have come. */
  async carryOut(plan: Plan, journal: Journal, before?: Progress): Promise<Mined[]> {
    const progress: Progress = before ?? {
      chainId: this.options.chainId,
      deployer: plan.deployer,
      firstNonce: plan.firstNonce,
      digest: plan.digest,
      steps: [],
    };
    journal.save(progress);
    for (;;) {
      try {
        const mined: Mined[] = [];
        for (const [index, step] of plan.steps.entries()) {
          const begun = (progress.steps[index] ??= { name: step.name, address: step.address, sent: [] });
          mined.push(await this.#settle(step, begun, () => journal.save(progress)));
        }
        if (await this.#confirmed(mined)) return mined;
      } catch (failure) {
        if (!(failure instanceof Reorganised)) throw failure;
      }
      this.options.say("the chain was reorganised: looking at every step again");
    }
  }

  /** Returns once the step is on the chain, whoever has sent it. */
  async #settle(step: Step, begun: Begun, save: () => void): Promise<Mined> {
    let missing = 0;
    for (let look = 0; ; look += 1) {
      const receipt = await this.#receipt(begun);
      if (receipt !== undefined) return this.#mined(step, begun, receipt, save);
      const next = await this.#count("latest");
      if (next < step.nonce) {
        if ((missing += 1) >= LOOKS) throw new Reorganised();
      } else if (next > step.nonce) {
        if (begun.sent.length === 0 || (missing += 1) >= LOOKS) return this.#replaced(step, begun, save);
      } else if (begun.sent.length === 0) {
        await this.#sign(step, begun, save);
        await this.#send(step, begun);
        continue;
      } else if (!(await this.#known(begun))) {
        await this.#send(step, begun);
      } else {
        await this.#bump(step, begun, save);
      }
      if (look === LOOKS) this.options.say(`${step.name}: waiting for ${begun.sent.at(-1)?.hash}`);
      await pause(this.options.poll);
    }
  }

  async #mined(step: Step, begun: Begun, receipt: Receipt, save: () => void): Promise<Mined> {
    const { transactionHash: hash, gasUsed } = receipt;
    if (receipt.status !== "0x1") {
      throw new Refusal(`${step.name}: transaction ${hash} failed on the chain: remove the --out file to begin again with new addresses`);
    }
    const block = Number(receipt.blockNumber);
    if (begun.mined?.hash !== hash || begun.mined.block !== block) {
      begun.mined = { hash, block };
      save();
      this.options.say(`${step.name}: ${step.to === null ? `at ${step.address}` : "done"}, transaction ${hash} in block ${block}`);
    }
    const events = receipt.logs.flatMap((log) => {
      const event = log.address.toLowerCase() === step.address.toLowerCase() ? step.contract.abi.parseLog(log) : null;
      return event === null ? [] : [event];
    });
    return { step, hash, block, gasUsed: BigInt(gasUsed), events };
  }

  /** The step's number is used, by none of the transactions that were written down. */
  async #replaced(step: Step, begun: Begun, save: () => void): Promise<Mined> {
    const number = `transaction ${step.nonce} of ${this.wallet.address}`;
    if (step.to !== null) {
      throw new Refusal(
        `${step.name}: ${number} was replaced by one that is not written down: see what ${step.address} has now with ./ringfence deployed`,
      );
    }
    const code = await this.#chain.call<string>("eth_getCode", step.address, "latest");
    if (differences(step.contract, undefined, code).length > 0) {
      throw new Refusal(
        `${step.name}: ${number} is not this deployment's, whose addresses cannot be had any more: let nothing else send from that key, and ` +
          "begin again with another --out file",
      );
    }
    if (begun.mined === undefined) {
      this.options.say(`${step.name}: at ${step.address}, but ${number} is not the one that was written down: it was replaced`);
      begun.mined = { hash: null, block: Number(await this.#chain.call<string>("eth_blockNumber")) };
      save();
    }
    return { step, hash: null, block: begun.mined.block, gasUsed: 0n, events: [] };
  }

  /** Signs the step's first transaction. */
  async #sign(step: Step, begun: Begun, save: () => void): Promise<void> {
    if ((await this.#count("pending")) > step.nonce) {
      throw new Refusal(
        `${step.name}: somebody else has sent transaction ${step.nonce} of ${this.wallet.address}, and it waits to be mined: let nothing ` +
          "else send from that key while it deploys",
      );
    }
    const request = { from: this.wallet.address, ...(step.to === null ? {} : { to: step.to }), data: step.data };
    const gas = await this.#chain.call<string>("eth_estimateGas", request).catch((failure: Error) => {
      throw new Refusal(`${step.contract.name}: ${reason(step.contract, failure)}`, { cause: failure });
    });
    const unsigned = Transaction.from({
      type: 2,
      chainId: this.options.chainId,
      nonce: step.nonce,
      to: step.to,
      data: step.data,
      gasLimit: BigInt(gas) + BigInt(gas) / 10n,
      ...(await bid(this.#chain, this.options.cap)),
    });
    this.#write(unsigned, begun, save);
  }

  /** Bids more for a transaction that the base fee has overtaken, as far as the cap allows. */
  async #bump(step: Step, begun: Begun, save: () => void): Promise<void> {
    const { raw } = begun.sent.at(-1)!;
    const present = Transaction.from(raw);
    if ((await baseFee(this.#chain)) <= (present.maxFeePerGas ?? 0n)) return;
    const higher = outbid(raw, await bid(this.#chain, this.options.cap), this.options.cap);
    if (higher === undefined) {
      if (begun !== this.#told)
        this.options.say(`${step.name}: the base fee is above what may be bid (${gwei(this.options.cap)}): waiting`);
      this.#told = begun;
      return;
    }
    this.options.say(`${step.name}: bidding ${gwei(higher.maxFeePerGas)}`);
    const { type, chainId, nonce, to, data, gasLimit } = present;
    this.#write(Transaction.from({ type, chainId, nonce, to, data, gasLimit, ...higher }), begun, save);
    await this.#send(step, begun);
  }

  #write(unsigned: Transaction, begun: Begun, save: () => void): void {
    unsigned.signature = this.wallet.signingKey.sign(unsigned.unsignedHash);
    begun.sent.push({ hash: unsigned.hash!, raw: unsigned.serialized });
    save();
  }

  /** Sends what was written down last. A node that has it already, or had, says so: the next look shows it. */
  async #send(step: Step, begun: Begun): Promise<void> {
    try {
      await this.#chain.call("eth_sendRawTransaction", begun.sent.at(-1)!.raw);
    } catch (failure) {
      if (!(failure instanceof RpcError)) throw failure;
      if ((await this.#known(begun)) || (await this.#count("latest")) > step.nonce) return;
      throw new Refusal(
        `${step.name}: the node refuses the transaction (${failure.detail.message}): once that is put right, run this again`,
        {
          cause: failure,
        },
      );
    }
  }

  async #receipt(begun: Begun): Promise<Receipt | undefined> {
    for (const { hash } of begun.sent) {
      const receipt = await this.#chain.call<Receipt | null>("eth_getTransactionReceipt", hash);
      if (receipt !== null) return receipt;
    }
    return undefined;
  }

  async #known(begun: Begun): Promise<boolean> {
    for (const { hash } of begun.sent) {
      if ((await this.#chain.call("eth_getTransactionByHash", hash)) !== null) return true;
    }
    return false;
  }

  async #count(block: "latest" | "pending"): Promise<number> {
    return Number(await this.#chain.call<string>("eth_getTransactionCount", this.wallet.address, block));
  }

  /** Waits for the blocks on top; false if one of the transactions is not where it was. */
  async #confirmed(mined: readonly Mined[]): Promise<boolean> {
    const { confirmations, poll, say } = this.options;
    if (confirmations === 0) return true;
    const last = Math.max(...mined.map(({ block }) => block));
    for (let said = false; ; said = true) {
      const head = Number(await this.#chain.call<string>("eth_blockNumber"));
      if (head >= last + confirmations) break;
      if (!said) say(`waiting for ${last + confirmations - head} more blocks`);
      await pause(poll);
    }
    for (const { hash, block } of mined) {
      if (hash === null) continue;
      const receipt = await this.#chain.call<Receipt | null>("eth_getTransactionReceipt", hash);
      if (receipt === null || Number(receipt.blockNumber) !== block) return false;
    }
    return true;
  }
}
