import { createHash } from "node:crypto";

import { getCreateAddress } from "ethers";

import type { Artifact } from "../artifacts.ts";

/** One transaction of a deployment. */
export interface Step {
  readonly name: string;
  readonly contract: Artifact;
  readonly nonce: number;
  readonly to: string | null;
  readonly data: string;
  /** The contract that is created, or called. */
  readonly address: string;
}

/**
 * All transactions of a deployment, known before the first is sent: the sender's address and a transaction's number fix what each creates.
 * Whoever has the plan can tell from the chain alone how far it has been carried out.
 */
export class Plan {
  readonly steps: Step[] = [];

  constructor(
    readonly deployer: string,
    readonly firstNonce: number,
  ) {}

  get #next(): number {
    return this.firstNonce + this.steps.length;
  }

  /** The address of the contract that the step `ahead` of the next one creates. */
  predict(ahead: number): string {
    return getCreateAddress({ from: this.deployer, nonce: this.#next + ahead });
  }

  /** Adds the creation of a contract; the answer is where it will be. */
  create(name: string, contract: Artifact, ...args: unknown[]): string {
    const address = this.predict(0);
    const data = contract.bytecode + contract.abi.encodeDeploy(args).slice(2);
    this.steps.push({ name, contract, nonce: this.#next, to: null, data, address });
    return address;
  }

  /** Adds a call. */
  call(name: string, contract: Artifact, address: string, method: string, ...args: unknown[]): void {
    const data = contract.abi.encodeFunctionData(method, args);
    this.steps.push({ name, contract, nonce: this.#next, to: address, data, address });
  }

  /** Commits to everything that will be sent. */
  get digest(): string {
    const hash = createHash("sha256").update(this.deployer);
    for (const { nonce, to, data } of this.steps) hash.update(JSON.stringify([nonce, to, data]));
    return hash.digest("hex");
  }
}
