import { artifact } from "./artifacts.ts";
import type { Deployer } from "./deployer.ts";

/** The core contracts by the names that the deployment gives them, in the order of their creation. */
export const CORE = {
  vault: "src/vault/CollateralVault.sol",
  venueRegistry: "src/venue/VenueRegistry.sol",
  attestationLog: "src/attest/AttestationLog.sol",
  collateralValuer: "src/oracle/CollateralValuer.sol",
  settlement: "src/settle/Settlement.sol",
  defaultManager: "src/default/DefaultManager.sol",
  liquidationAuction: "src/default/LiquidationAuction.sol",
  defaultFundFactory: "src/default/DefaultFundFactory.sol",
} as const;

export type CoreName = keyof typeof CORE;

/**
 * Deploys the core contracts. They know each other from birth: each is constructed with the addresses of all, predicted from the
 * deployer's nonce, so nothing has to be set afterwards and nobody could set it to something else.
 */
export async function deployCore(deployer: Deployer): Promise<Record<CoreName, string>> {
  const names = Object.keys(CORE) as CoreName[];
  const contracts = names.map((name) => ({ name, contract: artifact(CORE[name]) }));
  const addresses = Object.fromEntries(names.map((name, position) => [name, deployer.predict(position)])) as Record<CoreName, string>;
  for (const { name, contract } of contracts) {
    const created = await deployer.create(contract, addresses);
    if (created !== addresses[name]) throw new Error(`${contract.name} was created at ${created}, not at ${addresses[name]}`);
  }
  return addresses;
}
