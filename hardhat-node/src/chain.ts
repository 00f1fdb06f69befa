import { fileURLToPath } from "node:url";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { CHAIN_ID } from "./local.ts";
import type { Options } from "./options.ts";
import { MNEMONIC, PATH } from "./roles.ts";
import { Rpc } from "./rpc.ts";

/** A running local node. */
export interface Chain {
  readonly rpc: Rpc;
  /** Mines a block every `interval` milliseconds from now on; until then each transaction is mined at once. */
  startClock(): Promise<void>;
  /** Brings chain time to the wall clock's, or leaves it where it is if it is ahead. */
  catchUp(): Promise<void>;
  /** Mines nothing more by itself. */
  stopClock(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a Hardhat node. Blocks may share a timestamp, as on the rollups that are an account's expected home: chain time then follows
 * the clock instead of running ahead of it by a second for each block.
 */
export async function startChain(options: Options): Promise<Chain> {
  const project = fileURLToPath(new URL("..", import.meta.url));
  const config = {
    networks: {
      local: {
        type: "edr-simulated" as const,
        chainType: "l1" as const,
        chainId: CHAIN_ID,
        hardfork: "prague",
        accounts: { mnemonic: MNEMONIC, path: PATH, count: options.accounts, accountsBalance: 10_000n * 10n ** 18n },
        allowBlocksWithSameTimestamp: true,
        initialDate: options.date,
        mining: { auto: true },
        throwOnTransactionFailures: false,
        throwOnCallFailures: true,
      },
    },
  };
  // Without the project's directory Hardhat looks for one around the caller's.
  const hre = await createHardhatRuntimeEnvironment(config, {}, project);
  const server = await hre.network.createServer("local", options.host, options.port);
  const { address, port } = await server.listen();
  const host = address.includes(":") ? `[${address}]` : address;
  const rpc = new Rpc(`http://${host}:${port}`);
  return {
    rpc,
    startClock: async () => {
      if (options.interval === 0) return;
      await rpc.call("evm_setAutomine", false);
      await rpc.call("evm_setIntervalMining", options.interval);
    },
    catchUp: async () => {
      const { timestamp } = await rpc.call<{ timestamp: string }>("eth_getBlockByNumber", "latest", false);
      await rpc.call("evm_setNextBlockTimestamp", Math.max(Number(timestamp), Math.floor(Date.now() / 1000)));
    },
    stopClock: async () => {
      await rpc.call("evm_setIntervalMining", 0);
    },
    close: () => server.close(),
  };
}
