import { type Chain, startChain } from "./chain.ts";
import { deploy, type Deployment } from "./deploy.ts";
import { writeWhole } from "./deploy/journal.ts";
import { History, type Past, readHistory, rebuild } from "./history.ts";
import { OptionError, type Options, parseOptions, USAGE } from "./options.ts";

/** Milliseconds between looks for blocks to write down. */
const RECORD_EVERY = 50;

async function main(argv: string[]): Promise<void> {
  if (argv.includes("--help") || argv.includes("-h")) {
    console.log(USAGE);
    return;
  }
  const options = parseOptions(argv, process.env);
  const past = options.history === undefined ? undefined : readHistory(options.history);
  const begun =
    past === undefined ? options : { ...options, date: new Date(past.beginning.date * 1000), accounts: past.beginning.accounts };
  const chain = await startChain(begun).catch((failure: Error) => {
    throw new Error(listening(options, failure), { cause: failure });
  });
  let close = (): Promise<void> => chain.close();
  const stop = (): void => {
    close().finally(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const deployment = await deployed(chain, options, past);
  // Deploying, and making blocks again, takes time that a chain which follows the wall clock would lag behind by.
  if (!(past?.beginning.dated ?? options.dated)) await chain.catchUp();
  await chain.startClock();
  if (options.history !== undefined) {
    const record = await history(chain, options, options.history, past, deployment);
    close = async () => {
      await chain.stopClock();
      await record();
      await chain.close();
    };
  }
  writeWhole(options.deployment, deployment);
  console.log(`node ready: ${chain.rpc.url} chain ${deployment.chainId}, deployment in ${options.deployment}`);
}

/** Deploys everything, or makes the recorded chain again, on which everything is. */
async function deployed(chain: Chain, options: Options, past: Past | undefined): Promise<Deployment> {
  if (past === undefined) return deploy(chain.rpc, options.venue);
  await rebuild(chain.rpc, past);
  return { ...past.beginning.deployment, rpc: chain.rpc.url };
}

/** Writes blocks down from now on; the answer writes the last ones and ends it. */
async function history(
  chain: Chain,
  options: Options,
  file: string,
  past: Past | undefined,
  deployment: Deployment,
): Promise<() => Promise<void>> {
  const { accounts, dated } = options;
  const kept =
    past === undefined ? await History.begin(chain.rpc, file, { accounts, dated, deployment }) : await History.goOn(chain.rpc, file, past);
  return kept.follow(RECORD_EVERY, (failure) => {
    console.error(`node: the chain is no longer recorded: ${failure.message}`);
    process.exit(1);
  });
}

function listening(options: Options, failure: Error): string {
  return failure.message.includes("EADDRINUSE")
    ? `port ${options.port} is taken: choose another with --port, or 0 for a free one`
    : failure.message;
}

main(process.argv.slice(2)).catch((failure: Error) => {
  console.error(`node: ${failure.message}`);
  if (failure instanceof OptionError) console.error(USAGE);
  process.exit(failure instanceof OptionError ? 2 : 1);
});
