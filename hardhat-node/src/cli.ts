import { parseArgs, type ParseArgsConfig } from "node:util";

import { Refusal } from "./refusal.ts";
import { Rpc, RpcError, Unreachable } from "./rpc.ts";

/** Milliseconds that an answer of a chain may take. */
const PATIENCE = 30_000;

/** Reads a command's options: each takes a text, those in `flags` take nothing. */
export function parse(argv: string[], texts: readonly string[], flags: readonly string[]): Readonly<Record<string, string | undefined>> {
  const options: ParseArgsConfig["options"] = Object.fromEntries([
    ...texts.map((name) => [name, { type: "string" as const }]),
    ...flags.map((name) => [name, { type: "boolean" as const }]),
  ]);
  try {
    const { values } = parseArgs({ args: argv, options });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (failure) {
    // What follows the first sentence is advice about words that begin with a dash.
    throw new Refusal(`${(failure as Error).message.split(/[.\n]/)[0]}: see --help`);
  }
}

/** The value of an option that there must be. */
export function required(values: Readonly<Record<string, string | undefined>>, name: string, what: string): string {
  const value = values[name];
  if (value === undefined || value === "") throw new Refusal(`--${name} is missing: ${what}`);
  return value;
}

/** The chain at an address, once it has answered, and its id. */
export async function connect(url: string): Promise<{ rpc: Rpc; chainId: number }> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Refusal(`--rpc is the http or https address of a node, not "${url}"`);
  }
  const rpc = new Rpc(url, PATIENCE);
  try {
    return { rpc, chainId: Number(await rpc.call<string>("eth_chainId")) };
  } catch (failure) {
    throw new Refusal(`${(failure as Error).message}: look at --rpc, and whether the node runs`, { cause: failure });
  }
}

/** Runs a command: what is wrong is one sentence, and the exit code 1. */
export function run(name: string, act: (argv: string[]) => Promise<boolean>): void {
  act(process.argv.slice(2)).then(
    (good) => process.exit(good ? 0 : 1),
    (failure: Error) => {
      const told = failure instanceof Refusal || failure instanceof Unreachable || failure instanceof RpcError;
      console.error(`${name}: ${told ? failure.message : failure.stack}`);
      process.exit(1);
    },
  );
}
