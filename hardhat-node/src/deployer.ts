import { type BaseWallet, getCreateAddress, type LogDescription, Transaction } from "ethers";

import type { Artifact } from "./artifacts.ts";
import { CHAIN_ID } from "./chain.ts";
import type { Rpc } from "./rpc.ts";

interface Receipt {
  readonly status: string;
  readonly contractAddress: string | null;
  readonly logs: readonly { address: string; topics: string[]; data: string }[];
}

/** The address that `deployer`'s transaction number `nonce` creates a contract at. */
export function predict(deployer: string, nonce: number): string {
  return getCreateAddress({ from: deployer, nonce });
}

/** Sends one account's transactions, in order, to a node that mines each at once. */
export class Deployer {
  #nonce = 0;

  constructor(
    private readonly rpc: Rpc,
    private readonly wallet: BaseWallet,
  ) {}

  get address(): string {
    return this.wallet.address;
  }

  /** The address of the contract that the transaction `ahead` of the next one creates. */
  predict(ahead: number): string {
    return predict(this.address, this.#nonce + ahead);
  }

  /** Creates a contract and returns its address. */
  async create(contract: Artifact, ...args: unknown[]): Promise<string> {
    const data = contract.bytecode + contract.abi.encodeDeploy(args).slice(2);
    const { contractAddress } = await this.#send(contract, null, data);
    if (contractAddress === null) throw new Error(`${contract.name}: the node reports no address`);
    return getCreateAddress({ from: this.address, nonce: this.#nonce - 1 });
  }

  /** Calls a function and returns the events of the same contract that it emitted. */
  async call(contract: Artifact, address: string, name: string, ...args: unknown[]): Promise<LogDescription[]> {
    const { logs } = await this.#send(contract, address, contract.abi.encodeFunctionData(name, args));
    return logs.flatMap((log) => {
      const event = log.address.toLowerCase() === address.toLowerCase() ? contract.abi.parseLog(log) : null;
      return event === null ? [] : [event];
    });
  }

  async #send(contract: Artifact, to: string | null, data: string): Promise<Receipt> {
    const request = { from: this.address, ...(to === null ? {} : { to }), data };
    const gas = await this.rpc.call<string>("eth_estimateGas", request).catch((failure: Error) => {
      throw new Error(`${contract.name}: ${reason(contract, failure)}`, { cause: failure });
    });
    const transaction = Transaction.from({
      type: 2,
      chainId: CHAIN_ID,
      nonce: this.#nonce,
      to,
      data,
      gasLimit: BigInt(gas) + BigInt(gas) / 10n,
      maxFeePerGas: 10n ** 10n,
      maxPriorityFeePerGas: 10n ** 9n,
    });
    transaction.signature = this.wallet.signingKey.sign(transaction.unsignedHash);
    const hash = await this.rpc.call<string>("eth_sendRawTransaction", transaction.serialized);
    this.#nonce += 1;
    const receipt = await this.rpc.call<Receipt | null>("eth_getTransactionReceipt", hash);
    if (receipt === null) throw new Error(`${contract.name}: transaction ${hash} was not mined`);
    if (receipt.status !== "0x1") throw new Error(`${contract.name}: transaction ${hash} failed`);
    return receipt;
  }
}

/** The contract's own name for a revert, or the node's message. */
function reason(contract: Artifact, failure: Error): string {
  const detail = (failure as { detail?: { data?: unknown } }).detail?.data;
  const data = typeof detail === "string" ? detail : (detail as { data?: unknown } | undefined)?.data;
  // A refusal without data has no name: code that is too large to be created, for one.
  const error = typeof data === "string" && data.length >= 10 ? contract.abi.parseError(data) : null;
  return error === null ? failure.message : `${error.name}(${error.args.map(String).join(", ")})`;
}
