import { artifact } from "./artifacts.ts";
import type { Plan } from "./deploy/plan.ts";

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

/** Adds the test tokens to a plan. */
export function planTokens(plan: Plan): Token[] {
  const contract = artifact("mocks/TestToken.sol");
  return TOKENS.map(({ name, symbol, decimals }) => ({
    symbol,
    address: plan.create(`token ${symbol}`, contract, name, symbol, decimals),
    decimals,
  }));
}

/** Adds the test feeds, owned by the deployer, each with one round of `time` (unix seconds). */
export function planFeeds(plan: Plan, time: bigint): Feed[] {
  const contract = artifact("mocks/TestFeed.sol");
  return FEEDS.map(({ description, decimals, answer }) => {
    const address = plan.create(`feed ${description}`, contract, description, decimals);
    plan.call(`first price of ${description}`, contract, address, "set", answer, time);
    return { description, address, decimals };
  });
}
