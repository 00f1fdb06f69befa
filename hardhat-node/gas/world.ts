import { fileURLToPath } from "node:url";

import { type ErrorDescription, Interface } from "ethers";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { artifact } from "../src/artifacts.ts";

export const PARTS = [
  ["venueRegistry", "src/venue/VenueRegistry.sol"],
  ["attestationLog", "src/attest/AttestationLog.sol"],
  ["collateralValuer", "src/oracle/CollateralValuer.sol"],
  ["defaultManager", "src/default/DefaultManager.sol"],
  ["liquidationAuction", "src/default/LiquidationAuction.sol"],
  ["settlementPool", "src/settle/SettlementPool.sol"],
  ["exitDesk", "src/exit/ExitDesk.sol"],
  ["disputeDesk", "src/dispute/DisputeDesk.sol"],
  ["closeOut", "src/default/CloseOut.sol"],
  ["ownerDesk", "src/vault/OwnerDesk.sol"],
  ["venueStates", "src/venue/VenueStates.sol"],
] as const;

export interface Receipt {
  readonly status: string;
  readonly gasUsed: string;
  readonly contractAddress: string | null;
  readonly blockNumber: string;
}

/** An in-process chain under Prague's rules, and one unlocked sender. */
export class World {
  /** The newest transaction. */
  newest = "";
  /** Which source's contract is where. */
  readonly sources = new Map<string, string>();

  private constructor(
    readonly request: (method: string, ...params: unknown[]) => Promise<never>,
    readonly sender: string,
  ) {}

  static async start(): Promise<World> {
    const project = fileURLToPath(new URL("..", import.meta.url));
    const hre = await createHardhatRuntimeEnvironment(
      {
        networks: {
          gas: {
            type: "edr-simulated" as const,
            chainType: "l1" as const,
            chainId: 31_337,
            hardfork: "prague",
            blockGasLimit: 60_000_000,
            allowBlocksWithSameTimestamp: true,
            initialDate: "2026-01-01T00:00:00Z",
          },
        },
      },
      {},
      project,
    );
    const { provider } = await hre.network.connect("gas");
    const request = ((method: string, ...params: unknown[]) => provider.request({ method, params })) as World["request"];
    const [sender] = (await request("eth_accounts")) as unknown as string[];
    return new World(request, sender as string);
  }

  /** Sends a transaction and refuses one that failed. */
  async send(to: string | null, data: string, from = this.sender, abi?: Interface): Promise<Receipt> {
    const transaction = { from, ...(to === null ? {} : { to }), data, gas: "0x2625a00" };
    let hash: string;
    try {
      hash = await this.request("eth_sendTransaction", transaction);
    } catch (failure) {
      throw new Error(reason(failure, abi), { cause: failure });
    }
    this.newest = hash;
    return this.request("eth_getTransactionReceipt", hash);
  }

  async create(source: string, ...args: unknown[]): Promise<string> {
    const contract = artifact(source);
    const receipt = await this.send(null, contract.bytecode + contract.abi.encodeDeploy(args).slice(2));
    const address = receipt.contractAddress as string;
    this.sources.set(address.toLowerCase(), source);
    return address;
  }

  async call(abi: Interface, to: string, name: string, ...args: unknown[]): Promise<Receipt> {
    return this.send(to, abi.encodeFunctionData(name, args), this.sender, abi);
  }

  async read(abi: Interface, to: string, name: string, ...args: unknown[]): Promise<ReturnType<Interface["decodeFunctionResult"]>> {
    const answer: string = await this.request("eth_call", { to, data: abi.encodeFunctionData(name, args) }, "latest");
    return abi.decodeFunctionResult(name, answer);
  }

  /** Lets another address send, by impersonation: what a signature costs is measured where a contract checks it. */
  async as(address: string): Promise<string> {
    await this.request("hardhat_impersonateAccount", address);
    await this.request("hardhat_setBalance", address, "0x56bc75e2d63100000");
    return address;
  }

  async advance(seconds: number): Promise<void> {
    await this.request("evm_increaseTime", seconds);
    await this.request("hardhat_mine", "0x1");
  }

  async now(): Promise<number> {
    const { timestamp } = (await this.request("eth_getBlockByNumber", "latest", false)) as { timestamp: string };
    return Number(timestamp);
  }

  /** Runs something on the present state and puts the state back. */
  async aside<T>(what: () => Promise<T>): Promise<T> {
    const id: string = await this.request("evm_snapshot");
    try {
      return await what();
    } finally {
      await this.request("evm_revert", id);
    }
  }
}

/** All functions and errors of the vault's parts, in one. */
export function vaultInterface(): Interface {
  const sources = ["src/vault/CollateralVault.sol", ...PARTS.map(([, source]) => source)];
  const fragments = new Map(
    sources.flatMap((source) =>
      artifact(source)
        .abi.fragments.filter((part) => part.type !== "constructor" && part.type !== "fallback")
        .map((part) => [part.format("sighash") + part.type, part]),
    ),
  );
  return new Interface([...fragments.values()]);
}

function reason(failure: unknown, abi?: Interface): string {
  const data = (failure as { data?: string | { data?: string } }).data;
  const bytes = typeof data === "string" ? data : data?.data;
  const error: ErrorDescription | null | undefined = bytes === undefined ? null : abi?.parseError(bytes);
  return error ? `${error.name}(${error.args.map(String).join(", ")})` : String((failure as Error).message) + (bytes ?? "");
}
