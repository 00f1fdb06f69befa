import { artifact } from "./artifacts.ts";
import type { Plan } from "./deploy/plan.ts";

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
export const COMMON = {
  funds: "src/default/DefaultFundFactory.sol",
} as const;

/** Reads a deployment for whoever shows it; no part of it, and nothing depends on it. */
export const LENS = "src/lens/VaultLens.sol";

export type PartName = keyof typeof PARTS | keyof typeof COMMON;

export interface Core {
  readonly vault: string;
  /** Unknown to whoever has only the vault's address. */
  readonly lens?: string;
  /** Where the code is that the vault runs and makes; nobody calls it there. */
  readonly parts: Readonly<Record<PartName, string>>;
}

/**
 * Adds the vault, its parts and its lens to a plan. Each is constructed with the vault's address, which the plan knows, and the vault with theirs, so
 * nothing has to be set afterwards and nobody could set it to something else.
 * @param sequencerFeed the zero address on a chain without a sequencer
 */
export function planCore(plan: Plan, sequencerFeed: string): Core {
  const common = Object.entries(COMMON);
  const parts = Object.entries(PARTS);
  const vault = plan.predict(common.length + parts.length);
  const created: Record<string, string> = {};
  for (const [name, source] of common) created[name] = plan.create(name, artifact(source), vault);
  const deployment = { vault, sequencerFeed, ...created };
  for (const [name, source] of parts) created[name] = plan.create(name, artifact(source), deployment);
  plan.create("vault", artifact(VAULT), deployment, created);
  const lens = plan.create("lens", artifact(LENS), vault);
  return { vault, lens, parts: created as Record<PartName, string> };
}
