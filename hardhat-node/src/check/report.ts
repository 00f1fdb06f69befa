import type { Core } from "../core.ts";
import type { Keys, Policy } from "./policy.ts";

/** One thing that is not as it must be. */
export interface Mismatch {
  /** The contract, or the venue. */
  readonly contract: string;
  readonly address: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** One contract of a deployment, and whether its code is what this checkout's build makes. */
export interface Contract {
  readonly name: string;
  readonly address: string;
  /** Functions that the vault hands to it, or that the vault answers itself. */
  readonly functions?: number;
  readonly bytes: number;
  readonly codeHash: string;
  readonly ok: boolean;
}

export interface AssetReport {
  readonly symbol: string;
  readonly token: string;
  readonly decimals: number;
  readonly haircutBps: number;
  readonly feed: string;
  readonly feedDescription: string;
  readonly secondFeed: string;
  readonly maxAge: number;
  /** Of one whole token, in the settlement asset. */
  readonly price?: string;
  /** Why there is none. */
  readonly noPrice?: string;
}

export interface VenueReport extends Keys {
  readonly id: number;
  readonly state: string;
  readonly pausedUntil?: number;
  readonly pool: string;
  readonly fund: string;
  readonly series: string;
  readonly policyVersion: number;
  /** Every version, the newest last. */
  readonly policies: readonly (Policy & { readonly version: number; readonly bindsAt: number })[];
  readonly assets: readonly AssetReport[];
  /** Settlement units, as whole and part. */
  readonly poolHolds: string;
  readonly venueTranche: string;
  readonly memberTranche: string;
  readonly accounts: number;
  readonly epoch: number;
  /** Seconds since its snapshot; nothing if there is no root yet. */
  readonly epochAge?: number;
  readonly heartbeat: number;
}

/** What is deployed, as one block of the chain has it. */
export interface Report extends Partial<Core> {
  readonly ok: boolean;
  readonly chainId: number;
  readonly block: number;
  readonly blockHash: string;
  readonly vault: string;
  readonly sequencerFeed?: string;
  /** The EIP-712 domain separator of the log. */
  readonly domain?: string;
  readonly contracts: readonly Contract[];
  readonly venues: readonly VenueReport[];
  readonly mismatches: readonly Mismatch[];
}
