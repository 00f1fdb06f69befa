import { formatUnits, toBeHex, ZeroAddress } from "ethers";

import { artifact } from "../artifacts.ts";
import { Reader, Refused } from "../check/reader.ts";
import { Refusal } from "../refusal.ts";
import { type Caller, RpcError } from "../rpc.ts";
import type { Feed, Token } from "../tokens.ts";
import type { Config } from "./config.ts";
import { baseFee } from "./fees.ts";

const TOKEN = "mocks/TestToken.sol";
const FEED = "mocks/TestFeed.sol";

/** Where a chain keeps the hashes of the last 8191 blocks (EIP-2935). */
const HISTORY = "0x0000F90827F1C53a10cb7A02335B175320002935";

/** How far back it is tried: an endpoint may be several nodes, and not all of them as far as the one that told the newest block. */
const BACK = 8;

/** Stores 7 transiently, loads it, copies it in memory and returns the copy. */
const CANCUN = "0x60075f5d5f5c5f5260205f60205e60206020f3";

/** Refuses a chain on which the deployment would not work. Nothing is sent. */
export async function preflight(chain: Caller, config: Config): Promise<void> {
  const { file } = config;
  await baseFee(chain);
  await requireCancun(chain);
  if (!config.shortHistory) await requireHistory(chain, file);
  const reader = await Reader.at(chain);
  if (config.sequencerFeed !== ZeroAddress) await requireSequencer(reader, file, config.sequencerFeed);
  for (const token of config.tokens) await requireToken(reader, file, token);
  for (const feed of config.feeds) await requireFeed(reader, file, feed, oldestAnswer(config, feed));
}

async function requireCancun(chain: Caller): Promise<void> {
  const answer = await chain.call<string>("eth_call", { data: CANCUN }, "latest").catch((failure: Error) => {
    if (failure instanceof RpcError) return "0x";
    throw failure;
  });
  if (answer !== toBeHex(7, 32)) {
    throw new Refusal(
      "the chain does not run transient storage and MCOPY (Cancun's rules), which the contracts need: choose a chain that does",
    );
  }
}

async function requireHistory(chain: Caller, file: string): Promise<void> {
  const head = Number(await chain.call<string>("eth_blockNumber"));
  const answer = await chain
    .call<string>("eth_call", { to: HISTORY, data: toBeHex(Math.max(0, head - BACK), 32) }, "latest")
    .catch((failure: Error) => {
      if (failure instanceof RpcError) return "0x";
      throw failure;
    });
  if (answer.length === 66 && BigInt(answer) !== 0n) return;
  throw new Refusal(
    `the chain has no contract with past blocks' hashes (EIP-2935), so a root must be posted within 256 blocks of its snapshot: write ` +
      `"shortHistory": true into ${file} if that is enough`,
  );
}

async function requireSequencer(reader: Reader, file: string, feed: string): Promise<void> {
  const where = `${file}: sequencerFeed ${feed}`;
  const { answer, startedAt } = await latest(reader, where, feed);
  if (answer !== 0n && answer !== 1n) throw new Refusal(`${where} answers ${answer}, not 0 (up) or 1 (down): it is no sequencer's feed`);
  if (answer === 1n || startedAt === 0n) throw new Refusal(`${where} says that the sequencer is down: deploy when it is up again`);
}

async function requireToken(reader: Reader, file: string, { symbol, address, decimals }: Token): Promise<void> {
  const where = `${file}: token ${symbol} at ${address}`;
  await requireCode(reader, where, address);
  const found = await asked(`${where} does not tell its decimals`, reader.one<bigint>(TOKEN, address, "decimals"));
  if (Number(found) !== decimals)
    throw new Refusal(`${where} has ${found} decimals, not ${decimals}: look whether it is the token you mean`);
}

async function requireFeed(reader: Reader, file: string, feed: Feed, maxAge: number): Promise<void> {
  const { description, address, decimals } = feed;
  const where = `${file}: feed ${description} at ${address}`;
  await requireCode(reader, where, address);
  const found = await asked(`${where} does not tell its decimals`, reader.one<bigint>(FEED, address, "decimals"));
  if (Number(found) !== decimals)
    throw new Refusal(`${where} has ${found} decimals, not ${decimals}: look whether it is the feed you mean`);
  // Not every source of prices has a description; one that has must be the right one.
  const told = await reader.one<string>(FEED, address, "description").catch((failure: Error) => {
    if (failure instanceof Refused) return description;
    throw failure;
  });
  if (told !== description) throw new Refusal(`${where} says that it is "${told}": look whether it is the feed you mean`);
  const { answer, updatedAt } = await latest(reader, where, address);
  if (answer <= 0n)
    throw new Refusal(`${where} answers a price of ${formatUnits(answer, decimals)}: no price can be believed that is not above zero`);
  const age = reader.block.time - Number(updatedAt);
  if (age > maxAge) throw new Refusal(`${where} answered last ${age} seconds ago, and the policy believes nothing older than ${maxAge}`);
}

/** The shortest age that an asset of the policy allows a feed. */
function oldestAnswer({ venue }: Config, { address }: Feed): number {
  const ages = (venue?.assets ?? []).flatMap(({ feed, maxAge, secondFeed, secondMaxAge }) => [
    ...(feed === address ? [maxAge] : []),
    ...(secondFeed === address ? [secondMaxAge] : []),
  ]);
  return Math.min(Infinity, ...ages);
}

async function latest(reader: Reader, where: string, feed: string): Promise<{ answer: bigint; startedAt: bigint; updatedAt: bigint }> {
  await requireCode(reader, where, feed);
  const round = await asked(`${where} answers nothing`, reader.call(artifact(FEED).abi, feed, "latestRoundData"));
  return { answer: round["answer"], startedAt: round["startedAt"], updatedAt: round["updatedAt"] };
}

async function requireCode(reader: Reader, where: string, address: string): Promise<void> {
  if ((await reader.code(address)) === "0x") throw new Refusal(`${where}: there is no contract at that address on this chain`);
}

async function asked<T>(wrong: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (failure) {
    if (failure instanceof Refused) throw new Refusal(`${wrong} (${failure.message}): look whether it is the contract you mean`);
    throw failure;
  }
}
