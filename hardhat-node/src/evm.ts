import { fileURLToPath } from "node:url";

import { type Caller, RpcError } from "./rpc.ts";

/** A chain inside this process, with nothing on it. */
export interface Evm extends Caller {
  close(): Promise<void>;
}

export async function startEvm(chainId: number): Promise<Evm> {
  const network = {
    type: "edr-simulated" as const,
    chainType: "l1" as const,
    chainId,
    hardfork: "prague",
    allowBlocksWithSameTimestamp: true,
    throwOnTransactionFailures: false,
  };
  // Loaded when it is needed: it takes longer than most of what a command does.
  const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
  const project = fileURLToPath(new URL("..", import.meta.url));
  const hre = await createHardhatRuntimeEnvironment({ networks: { inside: network } }, {}, project);
  const connection = await hre.network.connect("inside");
  return {
    call: async <T>(method: string, ...params: unknown[]) => {
      try {
        return (await connection.provider.request({ method, params })) as T;
      } catch (failure) {
        const { code, message, data } = failure as { code: number; message: string; data?: unknown };
        throw new RpcError(method, { code, message, data });
      }
    },
    close: () => connection.close(),
  };
}
