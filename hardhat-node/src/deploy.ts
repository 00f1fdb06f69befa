import { ZeroAddress } from "ethers";

import { CHAIN_ID } from "./local.ts";
import { type Core, planCore } from "./core.ts";
import { usualCap } from "./deploy/fees.ts";
import { FORGETFUL } from "./deploy/journal.ts";
import { Plan } from "./deploy/plan.ts";
import { Sender } from "./deploy/sender.ts";
import { type Role, role, ROLES } from "./roles.ts";
import type { Rpc } from "./rpc.ts";
import { type Feed, planFeeds, planTokens, type Token } from "./tokens.ts";
import { planVenue, readVenue, registered, type Venue } from "./venue.ts";

/** Everything another program needs to know about a chain; what the deployment's JSON holds. */
export interface Deployment extends Core {
  readonly chainId: number;
  readonly rpc: string;
  /** The first block of the deployment: followers start here. */
  readonly block: number;
  /** Uptime feed of the chain's sequencer; the zero address where there is none. */
  readonly sequencerFeed: string;
  readonly tokens: readonly Token[];
  readonly feeds: readonly Feed[];
  readonly venues: readonly Venue[];
  /** On the local chain: everybody has these keys. */
  readonly roles?: Readonly<Record<Role, string>>;
}

/** Deploys tokens, feeds and contracts to a local node that mines each transaction at once, and registers the venue of `venueFile`. */
export async function deploy(rpc: Rpc, venueFile: string): Promise<Deployment> {
  const deployer = role("deployer");
  const roles = Object.fromEntries(ROLES.map((name) => [name, role(name).address])) as Record<Role, string>;
  const first = await rpc.call<{ number: string; timestamp: string }>("eth_getBlockByNumber", "latest", false);
  const plan = new Plan(deployer.address, 0);
  const tokens = planTokens(plan);
  const feeds = planFeeds(plan, BigInt(first.timestamp));
  const core = planCore(plan, ZeroAddress);
  const terms = readVenue(venueFile, { tokens, feeds, keys: roles });
  planVenue(plan, core.vault, terms);
  const options = { chainId: CHAIN_ID, cap: await usualCap(rpc), confirmations: 0, poll: 50, say: () => {} };
  const mined = await new Sender(rpc, deployer, options).carryOut(plan, FORGETFUL);
  return {
    chainId: CHAIN_ID,
    rpc: rpc.url,
    block: Number(first.number) + 1,
    sequencerFeed: ZeroAddress,
    ...core,
    tokens,
    feeds,
    venues: [registered(mined.at(-1)!, terms)],
    roles,
  };
}
