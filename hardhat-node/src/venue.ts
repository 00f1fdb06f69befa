import { readFileSync } from "node:fs";

import { artifact } from "./artifacts.ts";
import { PARTS } from "./core.ts";
import type { Deployer } from "./deployer.ts";
import { type Role, role, ROLES } from "./roles.ts";
import type { Feed, Token } from "./tokens.ts";

const NONE = "0x0000000000000000000000000000000000000000";

/** A venue as its file describes it: assets and keys by name. The first asset is the settlement asset. */
interface VenueFile {
  readonly name: string;
  readonly assets: readonly {
    symbol: string;
    haircutBps: number;
    feed: string;
    maxAge: number;
    /** Answers believed, 18 decimals; anything by default. */
    minPrice?: string;
    maxPrice?: string;
    second?: { feed: string; maxAge: number; deviationBps: number };
  }[];
  readonly attestors: readonly string[];
  readonly threshold: number;
  readonly parameters: Readonly<Record<string, number | string>>;
}

/** A registered venue, as the deployment lists it. */
export interface Venue {
  readonly id: number;
  readonly name: string;
  readonly settlementAsset: string;
  readonly pool: string;
  readonly fund: string;
  readonly venueKey: string;
  readonly attestors: readonly string[];
  readonly threshold: number;
}

/** Registers the venue of a file with the vault at the given address. */
export async function registerVenue(
  deployer: Deployer,
  vault: string,
  file: string,
  tokens: readonly Token[],
  feeds: readonly Feed[],
): Promise<Venue> {
  const venue = JSON.parse(readFileSync(file, "utf8")) as VenueFile;
  const feedOf = (name: string): Feed => named(file, "feed", name, feeds, ({ description }) => description);
  const assets = venue.assets.map(({ symbol, haircutBps, feed, maxAge, minPrice, maxPrice, second }) => ({
    token: named(file, "token", symbol, tokens, ({ symbol: known }) => known).address,
    haircutBps,
    feed: feedOf(feed).address,
    maxAge,
    minPrice: minPrice ?? 0,
    maxPrice: maxPrice ?? 0,
    secondFeed: second === undefined ? NONE : feedOf(second.feed).address,
    secondMaxAge: second?.maxAge ?? 0,
    deviationBps: second?.deviationBps ?? 0,
    // Read by the contract from token and feeds.
    decimals: 0,
    feedDecimals: 0,
    secondDecimals: 0,
  }));
  const attestors = venue.attestors
    .map((name) => role(named(file, "role", name, ROLES, (known: Role) => known)).address)
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  const venueKey = role("venue").address;
  const contract = artifact(PARTS.venueRegistry);
  const figures = contract.abi
    .getFunction("register")!
    .inputs.at(-1)!
    .components!.map(({ name }) => name);
  const missing = figures.filter((name) => !(name in venue.parameters));
  if (missing.length > 0) throw new Error(`${file}: parameters lack ${missing.join(", ")}`);
  const keys = [venueKey, role("guardian").address];
  const events = await deployer.call(contract, vault, "register", ...keys, assets, attestors, venue.threshold, venue.parameters);
  const registered = events.find((event) => event.name === "VenueRegistered");
  if (registered === undefined) throw new Error(`${file}: the registry registered no venue`);
  return {
    id: Number(registered.args["venue"]),
    name: venue.name,
    settlementAsset: registered.args["settlementAsset"],
    pool: registered.args["pool"],
    fund: registered.args["fund"],
    venueKey,
    attestors,
    threshold: venue.threshold,
  };
}

function named<T>(file: string, kind: string, name: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found === undefined) throw new Error(`${file}: there is no ${kind} "${name}", only ${all.map(nameOf).join(", ")}`);
  return found;
}
