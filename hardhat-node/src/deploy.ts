import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

import { CHAIN_ID } from "./chain.ts";
import { type Core, deployCore } from "./core.ts";
import { Deployer } from "./deployer.ts";
import { type Role, role, ROLES } from "./roles.ts";
import type { Rpc } from "./rpc.ts";
import { deployFeeds, deployTokens, type Feed, type Token } from "./tokens.ts";
import { registerVenue, type Venue } from "./venue.ts";

/** Everything another program needs to know about a chain; what the deployment's JSON holds. */
export interface Deployment extends Core {
  readonly chainId: number;
  readonly rpc: string;
  /** The first block of the deployment: followers start here. */
  readonly block: number;
  readonly tokens: readonly Token[];
  readonly feeds: readonly Feed[];
  readonly venues: readonly Venue[];
  readonly roles: Readonly<Record<Role, string>>;
}

/** Deploys tokens, feeds and contracts to a node that mines each transaction at once, and registers the venue of `venueFile`. */
export async function deploy(rpc: Rpc, venueFile: string): Promise<Deployment> {
  const deployer = new Deployer(rpc, role("deployer"));
  const first = await rpc.call<{ number: string; timestamp: string }>("eth_getBlockByNumber", "latest", false);
  const tokens = await deployTokens(deployer);
  const feeds = await deployFeeds(deployer, BigInt(first.timestamp));
  const core = await deployCore(deployer);
  const venue = await registerVenue(deployer, core.vault, venueFile, tokens, feeds);
  return {
    chainId: CHAIN_ID,
    rpc: rpc.url,
    block: Number(first.number) + 1,
    ...core,
    tokens,
    feeds,
    venues: [venue],
    roles: Object.fromEntries(ROLES.map((name) => [name, role(name).address])) as Record<Role, string>,
  };
}

/** Writes the JSON in one step: a reader sees all of it or none. */
export function writeDeployment(file: string, deployment: Deployment): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.part`;
  writeFileSync(partial, `${JSON.stringify(deployment, null, 2)}\n`);
  renameSync(partial, file);
}
