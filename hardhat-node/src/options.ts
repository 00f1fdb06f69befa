import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** What a local node is started with. */
export interface Options {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Milliseconds between blocks; 0 mines a block for each transaction. */
  readonly interval: number;
  /** Time of the first block. */
  readonly date: Date;
  /** Whether the caller chose that time. */
  readonly dated: boolean;
  /** Funded accounts of the local mnemonic. */
  readonly accounts: number;
  /** Where the deployment's JSON is written. */
  readonly deployment: string;
  /** The venue to register. */
  readonly venue: string;
  /** Where the chain's blocks are kept, and taken from at the next start; nowhere if undefined. */
  readonly history: string | undefined;
}

export const USAGE = `usage: ./ringfence node [options]        (or the environment variable in brackets)
  --port N           port to listen on; 0, the default, takes a free one          [RINGFENCE_NODE_PORT]
  --host ADDRESS     address to listen on; 127.0.0.1 by default                   [RINGFENCE_NODE_HOST]
  --interval MS      a block every MS milliseconds, 250 by default;
                     0 mines each transaction at once                             [RINGFENCE_NODE_INTERVAL]
  --date DATE        time of the first block, ISO 8601 or unix seconds; now
                     by default                                                   [RINGFENCE_NODE_DATE]
  --accounts N       funded accounts of the local mnemonic, 100 by default        [RINGFENCE_NODE_ACCOUNTS]
  --venue FILE       the venue to register, hardhat-node/venue.json by default    [RINGFENCE_NODE_VENUE]
  --deployment FILE  where to write the addresses,
                     hardhat-node/deployments/local.json by default               [RINGFENCE_DEPLOYMENT]
  --history FILE     keep the chain's blocks there, and go on from those that
                     are there already; none kept by default                      [RINGFENCE_NODE_HISTORY]`;

/** A wrong option: the message is all that the user needs. */
export class OptionError extends Error {}

const here = fileURLToPath(new URL("..", import.meta.url));

export function parseOptions(argv: string[], env: NodeJS.ProcessEnv): Options {
  const text = { type: "string" } as const;
  let given: Record<string, string | undefined>;
  try {
    given = parseArgs({
      args: argv,
      options: { port: text, host: text, interval: text, date: text, accounts: text, venue: text, deployment: text, history: text },
    }).values;
  } catch (failure) {
    throw new OptionError((failure as Error).message);
  }
  const when = given["date"] ?? env["RINGFENCE_NODE_DATE"] ?? "";
  const history = given["history"] ?? env["RINGFENCE_NODE_HISTORY"] ?? "";
  const pick = (name: string, variable: string, otherwise: string): string => given[name] ?? (env[variable] || otherwise);
  return {
    host: pick("host", "RINGFENCE_NODE_HOST", "127.0.0.1"),
    port: whole("port", pick("port", "RINGFENCE_NODE_PORT", "0"), 0, 65_535),
    interval: whole("interval", pick("interval", "RINGFENCE_NODE_INTERVAL", "250"), 0, 3_600_000),
    date: date(when),
    dated: when !== "",
    accounts: whole("accounts", pick("accounts", "RINGFENCE_NODE_ACCOUNTS", "100"), 20, 2_000),
    venue: path.resolve(pick("venue", "RINGFENCE_NODE_VENUE", path.join(here, "venue.json"))),
    deployment: path.resolve(pick("deployment", "RINGFENCE_DEPLOYMENT", path.join(here, "deployments", "local.json"))),
    history: history === "" ? undefined : path.resolve(history),
  };
}

function whole(name: string, text: string, lowest: number, highest: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(value >= lowest && value <= highest)) {
    throw new OptionError(`--${name} is a whole number from ${lowest} to ${highest}, not "${text}"`);
  }
  return value;
}

function date(text: string): Date {
  if (text === "") return new Date();
  const value = /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1000) : new Date(text);
  if (Number.isNaN(value.getTime()) || value.getTime() < 0) {
    throw new OptionError(`--date is a date like 2025-10-10T21:00:00Z or unix seconds, not "${text}"`);
  }
  return value;
}
