import { ZeroAddress } from "ethers";

import { artifact } from "./artifacts.ts";
import { PARTS } from "./core.ts";
import type { Plan } from "./deploy/plan.ts";
import type { Mined } from "./deploy/sender.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import { Refusal } from "./refusal.ts";
import type { Feed, Token } from "./tokens.ts";

/** An asset as the registry takes it. */
export interface Asset {
  readonly token: string;
  readonly haircutBps: number;
  readonly feed: string;
  readonly maxAge: number;
  /** Answers believed, 18 decimals, as decimal numbers; a `maxPrice` of 0 is no bound. */
  readonly minPrice: string;
  readonly maxPrice: string;
  readonly secondFeed: string;
  readonly secondMaxAge: number;
  readonly deviationBps: number;
}

/** What a venue is registered with. The first asset is the settlement asset. */
export interface VenueTerms {
  readonly name: string;
  readonly venueKey: string;
  /** The zero address: nobody may pause. */
  readonly guardian: string;
  readonly assets: readonly Asset[];
  /** Ascending, as the registry wants them. */
  readonly attestors: readonly string[];
  readonly threshold: number;
  /** As the registry names them; decimal numbers. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A registered venue, as the deployment lists it. */
export interface Venue extends VenueTerms {
  readonly id: number;
  readonly settlementAsset: string;
  readonly pool: string;
  readonly fund: string;
}

/** What a policy file may name. */
export interface Names {
  readonly tokens: readonly Token[];
  readonly feeds: readonly Feed[];
  /** Addresses by role: "venue", "guardian" (nobody, if it is missing) and the attestors. */
  readonly keys: Readonly<Record<string, string>>;
}

const registry = (): ReturnType<typeof artifact> => artifact(PARTS.venueRegistry);

/** The registry's parameters, in its order, with the largest value that each can have. */
function figures(): { name: string; highest: bigint }[] {
  const { components } = registry().abi.getFunction("register")!.inputs.at(-1)!;
  return components!.map(({ name, type }) => ({ name, highest: 2n ** BigInt(type.slice("uint".length)) - 1n }));
}

/** Reads a policy file, which names tokens, feeds and keys. */
export function readVenue(file: string, names: Names): VenueTerms {
  const venue = fieldsOf(file);
  const key = (role: string, where: string): string => {
    const address = names.keys[role];
    if (address === undefined) throw venue.wrong(where, `names no key: there is no "${role}", only ${Object.keys(names.keys).join(", ")}`);
    return address;
  };
  const parameters = venue.object("parameters");
  const terms: VenueTerms = {
    name: venue.text("name"),
    venueKey: key("venue", "name"),
    guardian: names.keys["guardian"] ?? ZeroAddress,
    assets: venue.list("assets").map((asset) => readAsset(asset, names)),
    attestors: venue
      .texts("attestors")
      .map((role) => key(role, "attestors"))
      .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
    threshold: venue.small("threshold", 255),
    parameters: Object.fromEntries(figures().map(({ name, highest }) => [name, String(parameters.whole(name, highest))])),
  };
  parameters.end();
  venue.end();
  return terms;
}

function readAsset(asset: Fields, { tokens, feeds }: Names): Asset {
  const second = asset.has("second") ? asset.object("second") : undefined;
  const feed = (from: Fields): string => named(from, "feed", feeds, ({ description }) => description).address;
  const read: Asset = {
    token: named(asset, "symbol", tokens, ({ symbol }) => symbol).address,
    haircutBps: asset.small("haircutBps", 10_000),
    feed: feed(asset),
    maxAge: asset.small("maxAge", 0xffff_ffff),
    minPrice: asset.has("minPrice") ? String(asset.whole("minPrice", 2n ** 128n - 1n)) : "0",
    maxPrice: asset.has("maxPrice") ? String(asset.whole("maxPrice", 2n ** 128n - 1n)) : "0",
    secondFeed: second === undefined ? ZeroAddress : feed(second),
    secondMaxAge: second?.small("maxAge", 0xffff_ffff) ?? 0,
    deviationBps: second?.small("deviationBps", 10_000) ?? 0,
  };
  second?.end();
  asset.end("minPrice", "maxPrice", "second");
  return read;
}

function named<T>(fields: Fields, name: string, all: readonly T[], nameOf: (one: T) => string): T {
  const wanted = fields.text(name);
  const found = all.find((one) => nameOf(one) === wanted);
  if (found === undefined) throw fields.wrong(name, `is "${wanted}", which is none of ${all.map(nameOf).join(", ")}`);
  return found;
}

/** Adds the registration of a venue to a plan. */
export function planVenue(plan: Plan, vault: string, terms: VenueTerms): void {
  // Decimals are read by the contract from token and feeds.
  const assets = terms.assets.map((asset) => ({ ...asset, decimals: 0, feedDecimals: 0, secondDecimals: 0 }));
  const { venueKey, guardian, attestors, threshold, parameters } = terms;
  plan.call("venue", registry(), vault, "register", venueKey, guardian, assets, attestors, threshold, parameters);
}

/** The venue that the step of `planVenue` registered. */
export function registered({ step, events }: Mined, terms: VenueTerms): Venue {
  const event = events.find(({ name }) => name === "VenueRegistered");
  if (event === undefined) throw new Refusal(`${step.name}: the registry at ${step.address} registered no venue`);
  const { venue, settlementAsset, pool, fund } = event.args.toObject();
  return { id: Number(venue), settlementAsset, pool, fund, ...terms };
}
