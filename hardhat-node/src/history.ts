import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";

import { Transaction, type TransactionLike } from "ethers";

import type { Deployment } from "./deploy.ts";
import type { Rpc } from "./rpc.ts";

/** How the recorded chain began. */
export interface Beginning {
  /** Time of the first block, unix seconds. */
  readonly date: number;
  /** Whether somebody chose that time: then the chain's clock goes on from its last block, else it follows the wall's. */
  readonly dated: boolean;
  readonly accounts: number;
  readonly deployment: Deployment;
}

/** What a block is made from, and the hash that shows it was made again. */
interface Made {
  readonly number: number;
  readonly hash: string;
  readonly timestamp: number;
  readonly mixHash: string;
  /** Signed transactions, in order. */
  readonly transactions: readonly string[];
}

/** A chain that was written down: its beginning and its blocks from the first on. */
export interface Past {
  readonly beginning: Beginning;
  readonly blocks: readonly Made[];
}

/** A transaction as a node tells it: numbers in hexadecimal, and lists. */
interface Answered extends Readonly<Record<string, unknown>> {
  readonly hash: string;
}

interface Block {
  readonly number: string;
  readonly hash: string;
  readonly parentHash: string;
  readonly timestamp: string;
  readonly mixHash: string;
  readonly transactions: readonly Answered[];
}

const BLOCKS_AT_ONCE = 100;

/** Reads what was written down, or nothing if there is no such file. A last line that was cut short is cut off. */
export function readHistory(file: string): Past | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const [first, ...rest] = whole.split("\n").filter((line) => line !== "");
  if (first === undefined) throw new Error(`${file} is empty: remove it to begin a new chain`);
  const blocks: Made[] = [];
  for (const line of rest) {
    const made = JSON.parse(line) as Made;
    // A block with a number that was there before stands for a reorganisation: what was above its parent is gone.
    blocks.length = Math.min(blocks.length, made.number - 1);
    blocks.push(made);
  }
  return { beginning: JSON.parse(first) as Beginning, blocks };
}

/**
 * Makes every block again, on a chain that has only its first, with automatic mining off. The same transactions at the same times give
 * the same blocks, hash for hash: nobody who followed the chain before can tell.
 */
export async function rebuild(rpc: Rpc, past: Past): Promise<void> {
  await rpc.call("evm_setAutomine", false);
  for (let from = 0; from < past.blocks.length; from += BLOCKS_AT_ONCE) {
    const blocks = past.blocks.slice(from, from + BLOCKS_AT_ONCE);
    await rpc.batch(
      blocks.flatMap(({ timestamp, mixHash, transactions }) => [
        ...transactions.map((raw) => ["eth_sendRawTransaction", raw] as const),
        ["evm_setNextBlockTimestamp", timestamp] as const,
        ["hardhat_setPrevRandao", mixHash] as const,
        ["evm_mine"] as const,
      ]),
    );
    const last = blocks[blocks.length - 1]!;
    const made = await rpc.call<Block | null>("eth_getBlockByNumber", hex(last.number), false);
    if (made?.hash !== last.hash) {
      throw new Error(`block ${last.number} of the recorded chain cannot be made again: something other than transactions changed it`);
    }
  }
}

/** Writes a chain's blocks down as they come. */
export class History {
  /** Hashes of the recorded blocks; the first is the chain's own first block. */
  readonly #hashes: string[];

  private constructor(
    private readonly rpc: Rpc,
    private readonly file: string,
    hashes: string[],
  ) {
    this.#hashes = hashes;
  }

  /** Begins a file with a chain on which everything has been deployed. Until it is complete, there is no such file. */
  static async begin(rpc: Rpc, file: string, beginning: Omit<Beginning, "date">): Promise<History> {
    const first = await rpc.call<Block>("eth_getBlockByNumber", hex(0), false);
    const partial = `${file}.part`;
    writeFileSync(partial, `${JSON.stringify({ date: Number(first.timestamp), ...beginning } satisfies Beginning)}\n`);
    const history = new History(rpc, partial, [first.hash]);
    await history.record();
    renameSync(partial, file);
    return new History(rpc, file, history.#hashes);
  }

  /** Goes on with the file that a chain was made from again. */
  static async goOn(rpc: Rpc, file: string, past: Past): Promise<History> {
    const first = await rpc.call<Block>("eth_getBlockByNumber", hex(0), false);
    return new History(rpc, file, [first.hash, ...past.blocks.map(({ hash }) => hash)]);
  }

  /** Appends the blocks that are not recorded yet; what a reorganisation brings during that is found by the next call. */
  async record(): Promise<void> {
    const head = Number(await this.rpc.call<string>("eth_blockNumber"));
    let next = Math.min(this.#hashes.length, head + 1);
    while ((await this.#block(next - 1))?.hash !== this.#hashes[next - 1]) next -= 1;
    for (; next <= head; next += 1) {
      const block = await this.#block(next);
      if (block === null || block.parentHash !== this.#hashes[next - 1]) return;
      appendFileSync(this.file, `${JSON.stringify(made(block))}\n`);
      this.#hashes.length = next;
      this.#hashes.push(block.hash);
    }
  }

  #block(number: number): Promise<Block | null> {
    return this.rpc.call<Block | null>("eth_getBlockByNumber", hex(number), true);
  }

  /** Records every `milliseconds` until it is told to stop; the answer stops it, once everything so far is recorded. */
  follow(milliseconds: number, failed: (failure: Error) => void): () => Promise<void> {
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    let round: Promise<void> = Promise.resolve();
    const next = (): void => {
      round = this.record().then(
        () => {
          if (!stopped) timer = setTimeout(next, milliseconds);
        },
        (failure: Error) => failed(failure),
      );
    };
    next();
    return async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
      await this.record();
    };
  }
}

function made(block: Block): Made {
  return {
    number: Number(block.number),
    hash: block.hash,
    timestamp: Number(block.timestamp),
    mixHash: block.mixHash,
    transactions: block.transactions.map(signed),
  };
}

/** The bytes that a node's answer about a transaction was decoded from. */
function signed(answer: Answered): string {
  const { r, s, v, yParity } = answer;
  const type = Number(answer["type"] ?? 0);
  const fees = type < 2 ? ["gasPrice"] : ["maxFeePerGas", "maxPriorityFeePerGas"];
  const fields: Record<string, unknown> = {
    type,
    nonce: Number(answer["nonce"]),
    to: answer["to"],
    data: answer["input"],
    value: answer["value"],
    gasLimit: answer["gas"],
    chainId: answer["chainId"] ?? 0,
    ...Object.fromEntries(fees.map((name) => [name, answer[name]])),
    ...(type === 0 ? {} : { accessList: answer["accessList"] }),
    ...(type === 4 ? { authorizationList: authorizations(answer["authorizationList"]) } : {}),
    signature: { r, s, ...(yParity === undefined ? { v } : { yParity: Number(yParity) }) },
  };
  const transaction = Transaction.from(fields as TransactionLike);
  if (transaction.hash !== answer.hash) {
    throw new Error(`transaction ${answer.hash} of type ${type} cannot be written down`);
  }
  return transaction.serialized;
}

function authorizations(list: unknown): unknown {
  return (list as Record<string, string>[]).map(({ chainId, address, nonce, r, s, yParity }) => ({
    chainId: BigInt(chainId!),
    address,
    nonce: BigInt(nonce!),
    signature: { r, s, yParity: Number(yParity) },
  }));
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
