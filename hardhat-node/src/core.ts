import { artifact } from "./artifacts.ts";
import type { Deployer } from "./deployer.ts";

/** The vault: the one address of a deployment. Whatever a part's ABI describes is called there. */
export const VAULT = "src/vault/CollateralVault.sol";

/** The parts that the vault runs, by the names that its constructor gives them. */
export const PARTS = {
  venueRegistry: "src/venue/VenueRegistry.sol",
  attestationLog: "src/attest/AttestationLog.sol",
  collateralValuer: "src/oracle/CollateralValuer.sol",
  defaultManager: "src/default/DefaultManager.sol",
  liquidationAuction: "src/default/LiquidationAuction.sol",
  settlementPool: "src/settle/SettlementPool.sol",
  exitDesk: "src/exit/ExitDesk.sol",
  disputeDesk: "src/dispute/DisputeDesk.sol",
  closeOut: "src/default/CloseOut.sol",
  ownerDesk: "src/vault/OwnerDesk.sol",
  venueStates: "src/venue/VenueStates.sol",
} as const;

/** What every part has in its bytecode beside the vault's address. */
const COMMON = {
  accountImplementation: "src/account/SegregatedAccount.sol",
  funds: "src/default/DefaultFundFactory.sol",
} as const;

export type PartName = keyof typeof PARTS | keyof typeof COMMON;

/** No sequencer: the local chain has none. */
const NO_FEED = "0x0000000000000000000000000000000000000000";

export interface Core {
  readonly vault: string;
  /** Where the code is that the vault runs and makes; nobody calls it there. */
  readonly parts: Readonly<Record<PartName, string>>;
}

/**
 * Deploys the vault and its parts. Each is constructed with the vault's address, predicted from the deployer's nonce, and the vault with
 * theirs, so nothing has to be set afterwards and nobody could set it to something else.
 */
export async function deployCore(deployer: Deployer): Promise<Core> {
  const common = Object.entries(COMMON);
  const parts = Object.entries(PARTS);
  const vault = deployer.predict(common.length + parts.length);
  const created: Record<string, string> = {};
  for (const [name, source] of common) created[name] = await deployer.create(artifact(source), vault);
  const deployment = { vault, sequencerFeed: NO_FEED, ...created };
  for (const [name, source] of parts) created[name] = await deployer.create(artifact(source), deployment);
  const at = await deployer.create(artifact(VAULT), deployment, created);
  if (at !== vault) throw new Error(`the vault was created at ${at}, not at ${vault}`);
  return { vault, parts: created as Record<PartName, string> };
}
