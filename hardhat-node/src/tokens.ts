import { artifact } from "./artifacts.ts";
import type { Deployer } from "./deployer.ts";

export interface Token {
  readonly symbol: string;
  readonly address: string;
  readonly decimals: number;
}

export interface Feed {
  /** "BASE / QUOTE", as the feed itself answers. */
  readonly description: string;
  readonly address: string;
  readonly decimals: number;
}

const TOKENS = [
  { name: "Test USD Coin", symbol: "USDC", decimals: 6 },
  { name: "Test Wrapped Bitcoin", symbol: "WBTC", decimals: 8 },
  { name: "Test Wrapped Ether", symbol: "WETH", decimals: 18 },
];

/** `answer` opens each feed, so that a fresh chain has a price of everything. */
const FEEDS = [
  { description: "USDC / USD", decimals: 8, answer: 1_00000000n },
  { description: "BTC / USD", decimals: 8, answer: 60_000_00000000n },
  { description: "ETH / USD", decimals: 8, answer: 3_000_00000000n },
];

export async function deployTokens(deployer: Deployer): Promise<Token[]> {
  const contract = artifact("mocks/TestToken.sol");
  const tokens: Token[] = [];
  for (const { name, symbol, decimals } of TOKENS) {
    tokens.push({ symbol, address: await deployer.create(contract, name, symbol, decimals), decimals });
  }
  return tokens;
}

/** Deploys the feeds, owned by the deployer, each with one round of `time` (unix seconds). */
export async function deployFeeds(deployer: Deployer, time: bigint): Promise<Feed[]> {
  const contract = artifact("mocks/TestFeed.sol");
  const feeds: Feed[] = [];
  for (const { description, decimals, answer } of FEEDS) {
    const address = await deployer.create(contract, description, decimals);
    await deployer.call(contract, address, "set", answer, time);
    feeds.push({ description, address, decimals });
  }
  return feeds;
}
