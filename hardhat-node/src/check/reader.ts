import type { Interface, Result } from "ethers";

import { artifact } from "../artifacts.ts";
import { type Caller, RpcError } from "../rpc.ts";

/** What a contract answered instead of an answer, by its own name for it. */
export class Refused extends Error {}

/** Reads contracts as they are in one block. */
export class Reader {
  private constructor(
    private readonly chain: Caller,
    readonly block: { readonly number: number; readonly hash: string; readonly time: number },
  ) {}

  static async at(chain: Caller, block = "latest"): Promise<Reader> {
    const { number, hash, timestamp } = await chain.call<{ number: string; hash: string; timestamp: string }>(
      "eth_getBlockByNumber",
      block,
      false,
    );
    return new Reader(chain, { number: Number(number), hash, time: Number(timestamp) });
  }

  async code(address: string): Promise<string> {
    return (await this.chain.call<string>("eth_getCode", address, this.#tag)).toLowerCase();
  }

  /** Calls a function of the contract that a source file is named for. */
  async all(source: string, address: string, name: string, ...args: unknown[]): Promise<Result> {
    return this.call(artifact(source).abi, address, name, ...args);
  }

  /** The same, if it answers one value. */
  async one<T>(source: string, address: string, name: string, ...args: unknown[]): Promise<T> {
    return (await this.all(source, address, name, ...args))[0] as T;
  }

  async call(abi: Interface, address: string, name: string, ...args: unknown[]): Promise<Result> {
    const data = abi.encodeFunctionData(name, args);
    let answer: string;
    try {
      answer = await this.chain.call<string>("eth_call", { to: address, data }, this.#tag);
    } catch (failure) {
      if (!(failure instanceof RpcError)) throw failure;
      const given = failure.revertData;
      const known = given === undefined ? null : abi.parseError(given);
      throw new Refused(known === null ? failure.detail.message : `${known.name}(${known.args.map(String).join(", ")})`);
    }
    try {
      return abi.decodeFunctionResult(name, answer);
    } catch {
      throw new Refused(answer === "0x" ? "no answer" : "an answer of another kind");
    }
  }

  get #tag(): string {
    return `0x${this.block.number.toString(16)}`;
  }
}
