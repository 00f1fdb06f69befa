import path from "node:path";

import { ZeroAddress } from "ethers";

import { type Fields, fieldsOf } from "../fields.ts";
import type { Feed, Token } from "../tokens.ts";
import { readVenue, type VenueTerms } from "../venue.ts";

/** What is deployed where. */
export interface Config {
  readonly file: string;
  readonly chainId: number;
  /** Uptime feed of the chain's sequencer; the zero address where there is none. */
  readonly sequencerFeed: string;
  /** Whether a chain will do on which contracts see the last 256 blocks' hashes only. */
  readonly shortHistory: boolean;
  readonly tokens: readonly Token[];
  readonly feeds: readonly Feed[];
  /** The venue to register, and the file that it is described in. */
  readonly venue?: VenueTerms;
  readonly policy?: string;
}

const MOST_DECIMALS = 18;

export function readConfig(file: string): Config {
  const fields = fieldsOf(file);
  const tokens = optional(fields, "tokens").map((token) => ended(token, readToken));
  const feeds = optional(fields, "feeds").map((feed) => ended(feed, readFeed));
  const config: Config = {
    file,
    chainId: fields.small("chainId", Number.MAX_SAFE_INTEGER),
    sequencerFeed: fields.has("sequencerFeed") ? fields.address("sequencerFeed") : ZeroAddress,
    shortHistory: fields.has("shortHistory") && fields.truth("shortHistory"),
    tokens,
    feeds,
    ...(fields.has("venue") ? ended(fields.object("venue"), (venue) => readVenueOf(file, venue, tokens, feeds)) : {}),
  };
  // Read or not, these may be there.
  fields.end("sequencerFeed", "shortHistory", "tokens", "feeds", "venue");
  return config;
}

function readToken(token: Fields): Token {
  return { symbol: token.text("symbol"), address: token.address("address"), decimals: token.small("decimals", MOST_DECIMALS) };
}

function readFeed(feed: Fields): Feed {
  return { description: feed.text("description"), address: feed.address("address"), decimals: feed.small("decimals", MOST_DECIMALS) };
}

/** The policy file is beside the configuration, unless its path says otherwise. */
function readVenueOf(file: string, venue: Fields, tokens: Token[], feeds: Feed[]): Pick<Config, "venue" | "policy"> {
  const policy = path.resolve(path.dirname(file), venue.text("policy"));
  const keys = ended(venue.object("keys"), (roles) => {
    roles.address("venue");
    return Object.fromEntries(roles.names.map((name) => [name, roles.address(name)]));
  });
  return { venue: readVenue(policy, { tokens, feeds, keys }), policy };
}

function optional(fields: Fields, name: string): Fields[] {
  return fields.has(name) ? fields.list(name) : [];
}

function ended<T>(fields: Fields, read: (fields: Fields) => T): T {
  const result = read(fields);
  fields.end();
  return result;
}
