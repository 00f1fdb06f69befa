import { getAddress, toBeHex } from "ethers";

/** One version of a venue's policy, as its code says it. */
export interface Policy {
  readonly parameters: Readonly<Record<string, bigint>>;
  readonly assets: readonly PolicyAsset[];
  readonly pool: string;
  readonly fund: string;
}

export interface PolicyAsset {
  readonly token: string;
  readonly decimals: number;
  readonly haircutBps: number;
  readonly feed: string;
  readonly feedDecimals: number;
  readonly maxAge: number;
  readonly minPrice: bigint;
  readonly maxPrice: bigint;
  readonly secondFeed: string;
  readonly secondDecimals: number;
  readonly secondMaxAge: number;
  readonly deviationBps: number;
}

/** A venue's keys, as their code says them. */
export interface Keys {
  readonly venueKey: string;
  readonly guardian: string;
  readonly attestors: readonly string[];
  readonly threshold: number;
}

type Layout = readonly (readonly [name: string, bits: number])[];

/** Figures of a policy's head in their order; a name that begins with "-" is filling. See `PolicyCode` in the contracts. */
const HEAD: Layout = [
  ...["heartbeat", "cureWindow", "callTtl", "closeOutDeadline", "disputeWindow", "auctionDuration", "fundNotice", "suspendAfter"].map(
    seconds,
  ),
  ...["releaseLimit", "policyDelay", "exitChallenge", "confirmLimit", "claimWindow", "demandWindow", "feedLimit"].map(seconds),
  ["maxDemands", 16],
  ["failingDemands", 16],
  ["startBps", 16],
  ["floorBps", 16],
  ["maxResets", 8],
  ["count", 8],
  ["rewardBps", 16],
  ["penaltyBps", 16],
  ["pegFloorBps", 16],
  ["-", 16],
  ["memberCapBps", 32],
  ["demandFee", 96],
  ["-", 16],
  ["declareReward", 96],
  ["minLot", 96],
  ["settleThreshold", 64],
  ["disputeBond", 96],
  ["pool", 160],
  ["minDebitCap", 96],
  ["fund", 160],
];

const ASSET: Layout = [
  ["decimals", 8],
  ["haircutBps", 16],
  ["feedDecimals", 8],
  ["maxAge", 32],
  ["secondDecimals", 8],
  ["-", 24],
  ["token", 160],
  ["deviationBps", 16],
  ["secondMaxAge", 32],
  ["-", 48],
  ["feed", 160],
  ["-", 96],
  ["secondFeed", 160],
  ["minPrice", 128],
  ["maxPrice", 128],
];

function seconds(name: string): readonly [string, number] {
  return [name, 32];
}

/** Reads the code of a policy. Throws if it is none, or has anything more in it. */
export function policyIn(code: string): Policy {
  const cut = new Cutter(code);
  const head = cut.take(HEAD);
  const assets = Array.from({ length: Number(head["count"]) }, () => cut.take(ASSET));
  cut.end();
  const { pool, fund, count: _, ...parameters } = head;
  return { parameters, pool: address(pool!), fund: address(fund!), assets: assets.map(assetOf) };
}

/** Reads the code that keeps a venue's keys. Throws if it is none, or has anything more in it. */
export function keysIn(code: string): Keys {
  const cut = new Cutter(code);
  const head = cut.take([
    ["-", 80],
    ["threshold", 8],
    ["count", 8],
    ["venueKey", 160],
    ["-", 96],
    ["guardian", 160],
  ]);
  const attestors = Array.from({ length: Number(head["count"]) }, () =>
    cut.take([
      ["-", 96],
      ["attestor", 160],
    ]),
  );
  cut.end();
  return {
    venueKey: address(head["venueKey"]!),
    guardian: address(head["guardian"]!),
    attestors: attestors.map(({ attestor }) => address(attestor!)),
    threshold: Number(head["threshold"]),
  };
}

function assetOf(cut: Readonly<Record<string, bigint>>): PolicyAsset {
  const number = (name: string): number => Number(cut[name]);
  return {
    token: address(cut["token"]!),
    decimals: number("decimals"),
    haircutBps: number("haircutBps"),
    feed: address(cut["feed"]!),
    feedDecimals: number("feedDecimals"),
    maxAge: number("maxAge"),
    minPrice: cut["minPrice"]!,
    maxPrice: cut["maxPrice"]!,
    secondFeed: address(cut["secondFeed"]!),
    secondDecimals: number("secondDecimals"),
    secondMaxAge: number("secondMaxAge"),
    deviationBps: number("deviationBps"),
  };
}

function address(value: bigint): string {
  return getAddress(toBeHex(value, 20));
}

/** Cuts code that begins with STOP into figures; what fills them up must be zero. */
class Cutter {
  #at = 2;

  constructor(private readonly code: string) {
    if (this.#cut(8) !== 0n) throw new Error("the code could be run: it does not begin with STOP");
  }

  take(layout: Layout): Record<string, bigint> {
    const figures: Record<string, bigint> = {};
    for (const [name, bits] of layout) {
      const value = this.#cut(bits);
      if (name !== "-") figures[name] = value;
      else if (value !== 0n) throw new Error("there is something where nothing may be");
    }
    return figures;
  }

  end(): void {
    if (this.#at !== this.code.length) throw new Error(`there are ${(this.code.length - this.#at) / 2} bytes too many`);
  }

  #cut(bits: number): bigint {
    const digits = this.code.slice(this.#at, (this.#at += bits / 4));
    if (digits.length !== bits / 4) throw new Error("it ends too early");
    return BigInt(`0x${digits}`);
  }
}
