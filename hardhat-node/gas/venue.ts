import {
  AbiCoder,
  concat,
  getCreateAddress,
  type Interface,
  keccak256,
  toBeHex,
  TypedDataEncoder,
  type TypedDataField,
  Wallet,
  ZeroAddress,
  ZeroHash,
  zeroPadValue,
} from "ethers";

import { artifact } from "../src/artifacts.ts";
import { type Leaf, positionsHash, salt, Tree } from "./tree.ts";
import { PARTS, type Receipt, vaultInterface, World } from "./world.ts";

const TYPES: Record<string, TypedDataField[]> = {
  Pledge: fields("address account,uint32 venue,uint32 policyVersion,uint96 debitCap,uint32 nonce,uint40 deadline"),
  Consent: fields("address account,uint32 venue,uint32 index,address token,uint256 amount,address to,uint24 nonce,uint40 deadline"),
  EpochHeader: fields(
    "uint32 venue,uint64 epoch,uint64 snapshotBlock,bytes32 snapshotHash,bytes32 previous,uint32 accounts,bytes32 root,uint128 totalCredit,uint128 totalDebit,bytes32 paramsHash,bytes32 pricesHash,bool settles",
  ),
  PortConsent: fields("address account,uint32 venue,uint32 index,uint64 epoch,uint32 newVenue,uint40 deadline"),
  CloseOutReport: fields("uint32 venue,address account,uint32 index,int256 finalNet,bytes32 evidence"),
};

/** Accounts in a settled range: they come first, and the accounts that other operations are measured on come after them. */
export const RANGE = 256;
const PLEDGED = RANGE + 8;
export const UNIT = 1_000_000n;
const CAP = 1_000_000n * UNIT;

export interface Header {
  readonly venue: number;
  readonly epoch: number;
  readonly snapshotBlock: number;
  readonly snapshotHash: string;
  readonly previous: string;
  readonly accounts: number;
  readonly root: string;
  readonly totalCredit: bigint;
  readonly totalDebit: bigint;
  readonly paramsHash: string;
  readonly pricesHash: string;
  readonly settles: boolean;
}

/** A venue of 2^20 accounts, as the chain sees it, with everything that signs for it. */
export class Venue {
  readonly abi: Interface = vaultInterface();
  readonly erc20 = artifact("mocks/TestToken.sol").abi;
  readonly key = wallet(1);
  readonly owner = wallet(2);
  readonly attestors = [wallet(3), wallet(4), wallet(5)].sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));
  vault = ZeroAddress;
  tokens: string[] = [];
  feeds: string[] = [];
  pool = ZeroAddress;
  fund = ZeroAddress;
  accounts: string[] = [];
  leaves: Leaf[] = [];
  tree!: Tree;
  header!: Header;
  previous = ZeroHash;
  collateral: bigint[] = [];

  constructor(readonly world: World) {}

  async build(): Promise<void> {
    await this.#deploy();
    await this.register();
    this.pool = (await this.world.read(this.abi, this.vault, "poolOf", 1))[0] as string;
    this.fund = (await this.world.read(this.abi, this.vault, "fundOf", 1))[0] as string;
    for (let number = 0; number < PLEDGED; number++) await this.#pledge(number);
    await this.#claimAMillionAccounts();
    await this.call("contribute", 1, 100_000n * UNIT);
    await this.post();
    await this.post();
  }

  call(name: string, ...args: unknown[]): Promise<Receipt> {
    return this.world.call(this.abi, this.vault, name, ...args);
  }

  async callAs(from: string, name: string, ...args: unknown[]): Promise<Receipt> {
    return this.world.send(this.vault, this.abi.encodeFunctionData(name, args), await this.world.as(from), this.abi);
  }

  mint(token: number, to: string, amount: bigint): Promise<Receipt> {
    return this.world.call(this.erc20, this.tokens[token] as string, "mint", to, amount);
  }

  async setPrice(feed: number, answer: bigint): Promise<void> {
    const { abi } = artifact("mocks/SlimFeed.sol");
    await this.world.call(abi, this.feeds[feed] as string, "set", answer, await this.world.now());
  }

  async refreshFeeds(): Promise<void> {
    await this.setPrice(0, 100_000_000n);
    await this.setPrice(1, 60_000n * 100_000_000n);
  }

  sign(who: Wallet, type: string, value: Record<string, unknown>): string {
    const domain = { name: "Ringfence", version: "1", chainId: 31_337, verifyingContract: this.vault };
    return who.signingKey.sign(TypedDataEncoder.hash(domain, { [type]: TYPES[type] as TypedDataField[] }, value)).serialized;
  }

  attest(type: string, value: Record<string, unknown>): string {
    return concat(this.attestors.slice(0, 2).map((attestor) => this.sign(attestor, type, value)));
  }

  /** The arguments of the next `post`, over the leaves as they are. */
  async nextRoot(): Promise<unknown[]> {
    const { blockNumber } = await this.call("checkpoint", 1);
    const { hash } = (await this.world.request("eth_getBlockByNumber", blockNumber, false)) as { hash: string };
    await this.world.request("hardhat_mine", "0x1");
    this.tree = new Tree(this.leaves);
    const market = keccak256("0x01");
    const { root } = this.tree;
    this.header = {
      venue: 1,
      epoch: (this.header?.epoch ?? 0) + 1,
      snapshotBlock: Number(blockNumber),
      snapshotHash: hash,
      previous: this.previous,
      accounts: 2 ** Tree.DEPTH,
      root: root.hash,
      totalCredit: root.credit,
      totalDebit: root.debit,
      paramsHash: keccak256("0x02"),
      pricesHash: keccak256(AbiCoder.defaultAbiCoder().encode(["uint128[]", "bytes32"], [this.collateral, market])),
      settles: true,
    };
    const header = this.header as unknown as Record<string, unknown>;
    this.previous = TypedDataEncoder.hashStruct("EpochHeader", { EpochHeader: TYPES["EpochHeader"] as TypedDataField[] }, header);
    const prices = { collateral: this.collateral, market };
    return [this.header, prices, this.sign(this.key, "EpochHeader", header), this.attest("EpochHeader", header)];
  }

  async post(): Promise<Receipt> {
    await this.refreshFeeds();
    return this.call("post", ...(await this.nextRoot()));
  }

  setLeaf(index: number, change: Partial<Leaf>): void {
    this.leaves[index] = { ...(this.leaves[index] as Leaf), ...change };
  }

  proof(index: number): unknown {
    return {
      header: this.header,
      prices: { collateral: this.collateral, market: keccak256("0x01") },
      leaf: this.leaves[index],
      siblings: this.tree.siblings(index),
    };
  }

  async #deploy(): Promise<void> {
    const { world } = this;
    const nonce = Number(await world.request("eth_getTransactionCount", world.sender, "latest"));
    this.vault = getCreateAddress({ from: world.sender, nonce: nonce + 1 + PARTS.length });
    const funds = await world.create("src/default/DefaultFundFactory.sol", this.vault);
    const deployment = { vault: this.vault, sequencerFeed: ZeroAddress, funds };
    const modules: Record<string, string> = {};
    for (const [name, source] of PARTS) modules[name] = await world.create(source, deployment);
    await world.create("src/vault/CollateralVault.sol", deployment, modules);
    for (const [name, decimals] of [
      ["USDC", 6],
      ["WBTC", 8],
    ] as const) {
      this.tokens.push(await world.create("mocks/TestToken.sol", name, name, decimals));
      this.feeds.push(await world.create("mocks/SlimFeed.sol"));
    }
    await this.refreshFeeds();
    this.collateral = [10n ** 18n, 60_000n * UNIT * 10n ** 10n];
    await this.mint(0, world.sender, 10n ** 15n);
    await world.call(this.erc20, this.tokens[0] as string, "approve", this.vault, 2n ** 256n - 1n);
  }

  async register(): Promise<void> {
    const assets = this.tokens.map((token, i) => ({
      token,
      decimals: 0,
      haircutBps: i === 0 ? 0 : 1_000,
      feed: this.feeds[i],
      feedDecimals: 0,
      maxAge: 172_800,
      minPrice: 0,
      maxPrice: 0,
      secondFeed: ZeroAddress,
      secondDecimals: 0,
      secondMaxAge: 0,
      deviationBps: 0,
    }));
    const parameters = {
      heartbeat: 86_400,
      cureWindow: 1_800,
      callTtl: 7_200,
      closeOutDeadline: 14_400,
      disputeWindow: 1_800,
      auctionDuration: 1_200,
      fundNotice: 604_800,
      startBps: 11_000,
      floorBps: 7_000,
      maxResets: 2,
      rewardBps: 200,
      penaltyBps: 500,
      memberCapBps: 10_000,
      pegFloorBps: 9_500,
      declareReward: 50n * UNIT,
      minLot: 10n * UNIT,
      suspendAfter: 604_800,
      releaseLimit: 3_600,
      policyDelay: 864_000,
      exitChallenge: 21_600,
      confirmLimit: 172_800,
      claimWindow: 1_209_600,
      demandWindow: 7_200,
      feedLimit: 3_600,
      maxDemands: 8,
      failingDemands: 3,
      settleThreshold: 0,
      disputeBond: 100n * UNIT,
      demandFee: 5n * UNIT,
      minDebitCap: 100n * UNIT,
    };
    await this.call(
      "register",
      this.key.address,
      ZeroAddress,
      assets,
      this.attestors.map((a) => a.address),
      2,
      parameters,
    );
  }

  async #pledge(index: number): Promise<void> {
    const account = await this.openAndPledge(index, 1);
    await this.mint(0, account, 10_000n * UNIT);
    this.accounts[index] = account;
    const leaf = { index, account, credit: 0n, debit: 0n, initialMargin: 0n, maintenanceMargin: 0n };
    this.leaves[index] = { ...leaf, positionsHash: positionsHash(index), salt: salt(index) };
  }

  /** An account of the owner that has a number for each venue and place. */
  async openAndPledge(place: number, venue: number): Promise<string> {
    const number = venue * 1_000_000 + place;
    const account = (await this.world.read(this.abi, this.vault, "predict", this.owner.address, number))[0] as string;
    await this.call("open", this.owner.address, number);
    const terms = { account, venue, policyVersion: 1, debitCap: CAP, nonce: 0, deadline: 2n ** 40n - 1n };
    await this.call("pledge", terms, this.sign(this.owner, "Pledge", terms), this.sign(this.key, "Pledge", terms));
    return account;
  }

  /** Writes 2^20 as the venue's next index: nobody opens a million accounts to measure a proof among them. */
  async #claimAMillionAccounts(): Promise<void> {
    for (let position = 0n; position < 64n; position++) {
      const slot = keccak256(AbiCoder.defaultAbiCoder().encode(["uint32", "uint256"], [1, position]));
      const word = BigInt(await this.world.request("eth_getStorageAt", this.vault, slot, "latest"));
      if (word !== BigInt(PLEDGED) << 192n) continue;
      await this.world.request("hardhat_setStorageAt", this.vault, slot, zeroPadValue(toBeHex(1n << (192n + BigInt(Tree.DEPTH))), 32));
      return;
    }
    throw new Error("no storage slot holds the venue's book as it is expected");
  }
}

function fields(list: string): TypedDataField[] {
  return list.split(",").map((field) => {
    const [type, name] = field.split(" ") as [string, string];
    return { type, name };
  });
}

export function wallet(number: number): Wallet {
  return new Wallet(keccak256(toBeHex(number, 32)));
}
