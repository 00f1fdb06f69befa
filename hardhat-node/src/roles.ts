import { HDNodeWallet, Mnemonic } from "ethers";

/** The mnemonic every local development chain knows. Whoever reads this owns these keys: they are for chain 31337 alone. */
export const MNEMONIC = "test test test test test test test test test test test junk";

/** Derivation path of the mnemonic's accounts, without the account's number. */
export const PATH = "m/44'/60'/0'/0";

/** The roles of keys-example, in the order of the mnemonic's accounts. What follows them is free for owners and tests. */
export const ROLES = [
  "deployer",
  "venue",
  "venue-operator",
  "attestor-1",
  "attestor-2",
  "attestor-3",
  "keeper-1",
  "keeper-2",
  "guardian",
  "member-1",
  "member-2",
] as const;

export type Role = (typeof ROLES)[number];

const root = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(MNEMONIC), PATH);

/** The mnemonic's account with the given number. */
export function account(number: number): HDNodeWallet {
  return root.deriveChild(number);
}

export function role(name: Role): HDNodeWallet {
  return account(ROLES.indexOf(name));
}
