import { concat, getAddress, keccak256, solidityPacked, toBeHex, toUtf8Bytes, zeroPadValue } from "ethers";

import type { Core } from "../core.ts";
import type { Words } from "./code.ts";

/** Facts of a deployment that are in the bytecode of its contracts. */
export interface Facts extends Core {
  readonly chainId: number;
  readonly sequencerFeed: string;
}

/** What each immutable of the vault, its parts and the fund factory must be, by name. */
export function coreWords({ vault, parts, sequencerFeed, chainId }: Facts): Words {
  const creation = accountCreation(vault);
  return {
    VAULT: addressWord(vault),
    SEQUENCER: addressWord(sequencerFeed),
    FUNDS: addressWord(parts.funds),
    CHAIN_ID: toBeHex(chainId, 32),
    DOMAIN: domain(chainId, vault),
    // What creates an account but for its word, in two words.
    CREATION_FIRST: `0x${creation.slice(2, 66)}`,
    CREATION_SECOND: `0x${creation.slice(66).padEnd(64, "0")}`,
    REGISTRY: addressWord(parts.venueRegistry),
    LOG: addressWord(parts.attestationLog),
    VALUER: addressWord(parts.collateralValuer),
    DEFAULTS: addressWord(parts.defaultManager),
    AUCTION: addressWord(parts.liquidationAuction),
    SETTLEMENT: addressWord(parts.settlementPool),
    EXITS: addressWord(parts.exitDesk),
    DISPUTES: addressWord(parts.disputeDesk),
    CLOSE_OUT: addressWord(parts.closeOut),
    OWNERS: addressWord(parts.ownerDesk),
    STATES: addressWord(parts.venueStates),
  };
}

/** The deployment that the vault's own immutables describe. */
export function factsIn(vault: string, words: Words): Facts {
  const at = (name: string): string => getAddress(`0x${words[name]!.slice(26)}`);
  return {
    vault,
    chainId: Number(words["CHAIN_ID"]),
    sequencerFeed: at("SEQUENCER"),
    parts: {
      funds: at("FUNDS"),
      venueRegistry: at("REGISTRY"),
      attestationLog: at("LOG"),
      collateralValuer: at("VALUER"),
      defaultManager: at("DEFAULTS"),
      liquidationAuction: at("AUCTION"),
      settlementPool: at("SETTLEMENT"),
      exitDesk: at("EXITS"),
      disputeDesk: at("DISPUTES"),
      closeOut: at("CLOSE_OUT"),
      ownerDesk: at("OWNERS"),
      venueStates: at("STATES"),
    },
  };
}

export function addressWord(address: string): string {
  return zeroPadValue(address.toLowerCase(), 32);
}

/** The EIP-712 domain separator of everything that is signed for a deployment. */
export function domain(chainId: number, vault: string): string {
  const type = keccak256(toUtf8Bytes("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"));
  const [name, version] = [keccak256(toUtf8Bytes("Ringfence")), keccak256(toUtf8Bytes("1"))];
  return keccak256(concat([type, name, version, toBeHex(chainId, 32), addressWord(vault)]));
}

/** The code of a minimal clone with immutable arguments behind it. */
export function cloneCode(implementation: string, args: string): string {
  return concat(["0x363d3d373d3d3d363d73", implementation, "0x5af43d82803e903d91602b57fd5bf3", args]);
}

/** The code of an account: as a minimal clone of the vault's, and it answers nobody else. */
export function accountCode(vault: string, word: string): string {
  return concat(["0x363d3d373d3d3d363d73", vault, "0x8033186030575af43d82803e903d916032575bfd5bf3", word]);
}

/** What creates an account, without the word that has to follow. */
function accountCreation(vault: string): string {
  return concat(["0x6100543d81600a3d39f3", accountCode(vault, "0x")]);
}

/** The word of an account: its owner and its number. A venue's pool has no owner, and the venue as its number. */
export function accountWord(owner: string, number: number): string {
  return toBeHex((BigInt(owner) << 96n) | BigInt(number), 32);
}

/** Where the account of a word is. */
export function accountAddress(vault: string, word: string): string {
  const init = keccak256(concat([accountCreation(vault), word]));
  return getAddress(`0x${keccak256(solidityPacked(["bytes1", "address", "bytes32", "bytes32"], ["0xff", vault, word, init])).slice(26)}`);
}
