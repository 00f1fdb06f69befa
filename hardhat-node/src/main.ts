import { startChain } from "./chain.ts";
import { deploy, writeDeployment } from "./deploy.ts";
import { OptionError, type Options, parseOptions, USAGE } from "./options.ts";

async function main(argv: string[]): Promise<void> {
  if (argv.includes("--help") || argv.includes("-h")) {
    console.log(USAGE);
    return;
  }
  const options = parseOptions(argv, process.env);
  const chain = await startChain(options).catch((failure: Error) => {
    throw new Error(listening(options, failure), { cause: failure });
  });
  const stop = (): void => {
    chain.close().finally(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const deployment = await deploy(chain.rpc, options.venue);
  await chain.startClock();
  writeDeployment(options.deployment, deployment);
  console.log(`node ready: ${chain.rpc.url} chain ${deployment.chainId}, deployment in ${options.deployment}`);
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
