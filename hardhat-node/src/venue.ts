import { readFileSync } from "node:fs";

import { artifact } from "./artifacts.ts";
import { CORE } from "./core.ts";
import type { Deployer } from "./deployer.ts";
import { type Role, role, ROLES } from "./roles.ts";
import type { Feed, Token } from "./tokens.ts";

/** A venue as its file describes it: assets and keys by name. The first asset is the settlement asset. */
interface VenueFile {
  readonly name: string;
  readonly assets: readonly { symbol: string; haircutBps: number; feed: string; maxAge: number }[];
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

/** Registers the venue of a file with the registry at the given address. */
export async function registerVenue(
  deployer: Deployer,
  registry: string,
  file: string,
  tokens: readonly Token[],
  feeds: readonly Feed[],
): Promise<Venue> {
  const venue = JSON.parse(readFileSync(file, "utf8")) as VenueFile;
  const assets = venue.assets.map(({ symbol, haircutBps, feed, maxAge }) => {
    const token = named(file, "token", symbol, tokens, ({ symbol: known }) => known);
    const price = named(file, "feed", feed, feeds, ({ description }) => description);
    return { token: token.address, decimals: token.decimals, haircutBps, feed: price.address, feedDecimals: price.decimals, maxAge };
  });
  const attestors = venue.attestors
    .map((name) => role(named(file, "role", name, ROLES, (known: Role) => known)).address)
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  const venueKey = role("venue").address;
  const contract = artifact(CORE.venueRegistry);
  const events = await deployer.call(contract, registry, "register", venueKey, assets, attestors, venue.threshold, venue.parameters);
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
