import { formatUnits, getAddress, getCreateAddress, toBeHex, ZeroAddress } from "ethers";

import { artifact } from "../artifacts.ts";
import { PARTS } from "../core.ts";
import { Unreachable } from "../rpc.ts";
import type { Inspection } from "./inspection.ts";
import { type Keys, keysIn, type Policy, policyIn } from "./policy.ts";
import type { AssetReport, VenueReport } from "./report.ts";
import { accountAddress, accountCode, accountWord, addressWord, cloneCode, type Facts } from "./words.ts";

const FUND = "src/default/DefaultFund.sol";
const SERIES = "src/default/MemberSeries.sol";
const TOKEN = "mocks/TestToken.sol";
const FEED = "mocks/TestFeed.sol";
const STATES = ["LIVE", "SUSPENDED", "FAILED"];

/** Looks at one venue: what it is, and whether everything that was made for it is what the vault makes. Nothing if it cannot be read. */
export async function inspectVenue(inspection: Inspection, facts: Facts, id: number): Promise<VenueReport | undefined> {
  const name = `venue ${id}`;
  try {
    return await venueReport(inspection, facts, id, name);
  } catch (failure) {
    if (failure instanceof Unreachable) throw failure;
    inspection.wrong(name, facts.vault, "state", "readable", (failure as Error).message);
    return undefined;
  }
}

async function venueReport(inspection: Inspection, facts: Facts, id: number, name: string): Promise<VenueReport> {
  const { reader } = inspection;
  const { vault } = facts;
  const entry = await reader.one<{ policy: string; quorum: string; policyVersion: bigint; pausedUntil: bigint }>(
    PARTS.venueRegistry,
    vault,
    "venueOf",
    id,
  );
  const keys = await keysOf(inspection, name, vault, id, entry.quorum);
  const policies = await policiesOf(inspection, name, vault, id, Number(entry.policyVersion), entry.policy);
  const policy = policies.at(-1)!;
  const [settlement] = policy.assets;
  const units = (amount: bigint): string => formatUnits(amount, settlement!.decimals);
  await checkPool(inspection, name, facts, id, policy.pool);
  const series = await checkFund(inspection, name, facts, id, policy);
  const book = await reader.one<{ pool: bigint; nextIndex: bigint }>(PARTS.settlementPool, vault, "book", id);
  const epoch = Number(await reader.one<bigint>(PARTS.attestationLog, vault, "newest", id));
  const paused = Number(entry.pausedUntil);
  return {
    id,
    state: STATES[Number(await reader.one<bigint>(PARTS.venueRegistry, vault, "stateOf", id))] ?? "unknown",
    ...(paused > reader.block.time ? { pausedUntil: paused } : {}),
    ...keys,
    pool: policy.pool,
    fund: policy.fund,
    series,
    policyVersion: policy.version,
    policies,
    assets: await assetsOf(inspection, vault, id, policy),
    poolHolds: units(book.pool),
    venueTranche: units(await reader.one<bigint>(FUND, policy.fund, "venueTranche")),
    memberTranche: units(await reader.one<bigint>(FUND, policy.fund, "memberTranche")),
    accounts: Number(book.nextIndex),
    epoch,
    ...(epoch === 0 ? {} : { epochAge: reader.block.time - (await snapshotTime(inspection, vault, id, epoch)) }),
    heartbeat: Number(policy.parameters["heartbeat"]),
  };
}

async function snapshotTime({ reader }: Inspection, vault: string, id: number, epoch: number): Promise<number> {
  const [, facts] = await reader.all(PARTS.attestationLog, vault, "posted", id, epoch);
  return Number((facts as { snapshotTime: bigint }).snapshotTime);
}

/** The keys as their code says them, which must be what the vault answers. */
async function keysOf(inspection: Inspection, name: string, vault: string, id: number, address: string): Promise<Keys> {
  const { reader } = inspection;
  const code = await reader.code(address);
  const keys = keysIn(code);
  const [attestors, threshold] = await reader.all(PARTS.venueRegistry, vault, "attestors", id);
  inspection.list(`${name} keys`, address, code, true);
  inspection.same(name, address, "attestors", keys.attestors, attestors);
  inspection.same(name, address, "threshold", keys.threshold, threshold);
  for (const key of ["venueKey", "guardian"] as const) {
    inspection.same(name, address, key, keys[key], await reader.one(PARTS.venueRegistry, vault, key, id));
  }
  return keys;
}

/** Every version as its code says it. The newest must be what the vault answers; pool and fund are the same in all. */
async function policiesOf(
  inspection: Inspection,
  name: string,
  vault: string,
  id: number,
  newest: number,
  present: string,
): Promise<(Policy & { version: number; bindsAt: number })[]> {
  const { reader } = inspection;
  const policies: (Policy & { version: number; bindsAt: number })[] = [];
  for (let version = 1; version <= newest; version += 1) {
    const { code, bindsAt } = await reader.one<{ code: string; bindsAt: bigint }>(PARTS.venueRegistry, vault, "policyAt", id, version);
    const found = await reader.code(code);
    const policy = policyIn(found);
    inspection.list(`${name} policy ${version}`, code, found, true);
    policies.push({ version, bindsAt: Number(bindsAt), ...policy });
    inspection.same(name, code, `pool in policy ${version}`, policies[0]!.pool, policy.pool);
    inspection.same(name, code, `fund in policy ${version}`, policies[0]!.fund, policy.fund);
    if (version === newest) inspection.same(name, code, "code of the newest policy", code, present);
  }
  const { parameters, assets } = policies.at(-1)!;
  const answered = (await reader.all(PARTS.venueRegistry, vault, "parameters", id))[0].toObject() as Record<string, bigint>;
  for (const [figure, value] of Object.entries(parameters)) inspection.same(name, present, figure, value, answered[figure]);
  const listed = (await reader.all(PARTS.venueRegistry, vault, "assets", id))[0].map((asset: { token: string }) => asset.token);
  inspection.same(
    name,
    present,
    "assets",
    assets.map(({ token }) => token),
    listed,
  );
  return policies;
}

/** The pool is an account without an owner. */
async function checkPool(inspection: Inspection, venue: string, facts: Facts, id: number, pool: string): Promise<void> {
  const { vault } = facts;
  const word = accountWord(ZeroAddress, id);
  const name = `${venue} pool`;
  inspection.same(name, pool, "address", accountAddress(vault, word), pool);
  inspection.same(name, pool, "address in the vault", pool, await inspection.reader.one(PARTS.settlementPool, vault, "poolOf", id));
  await inspection.exactly(name, pool, accountCode(vault, word));
}

/** The fund is the factory's contract of the venue's number; it has made its series' implementation first, then each series. */
async function checkFund(inspection: Inspection, venue: string, facts: Facts, id: number, policy: Policy): Promise<string> {
  const { reader } = inspection;
  const { vault, parts } = facts;
  const { fund, assets } = policy;
  const [settlement] = assets;
  const name = `${venue} fund`;
  const implementation = getCreateAddress({ from: fund, nonce: 1 });
  inspection.same(name, fund, "address", getCreateAddress({ from: parts.funds, nonce: id }), fund);
  await inspection.contract(name, fund, artifact(FUND), {
    core: addressWord(vault),
    venue: toBeHex(id, 32),
    asset: addressWord(settlement!.token),
    IMPLEMENTATION: addressWord(implementation),
  });
  await inspection.contract(`${name}'s series, implementation`, implementation, artifact(SERIES), {
    fund: addressWord(fund),
    CORE: addressWord(vault),
    VENUE: toBeHex(id, 32),
    _asset: addressWord(settlement!.token),
    _underlyingDecimals: toBeHex(settlement!.decimals, 32),
  });
  const series = getAddress(await reader.one<string>(FUND, fund, "series"));
  const count = Number(await reader.one<bigint>(FUND, fund, "seriesCount"));
  inspection.same(`${name}'s series`, series, "address", getCreateAddress({ from: fund, nonce: 1 + count }), series);
  await inspection.exactly(`${name}'s series`, series, cloneCode(implementation, toBeHex(count, 32)));
  return series;
}

async function assetsOf({ reader }: Inspection, vault: string, id: number, policy: Policy): Promise<AssetReport[]> {
  const [settlement] = policy.assets;
  const reports: AssetReport[] = [];
  for (const { token, decimals, haircutBps, feed, secondFeed, maxAge } of policy.assets) {
    const symbol = await reader.one<string>(TOKEN, token, "symbol").catch(unknown);
    const feedDescription = await reader.one<string>(FEED, feed, "description").catch(unknown);
    const asset = { symbol, token, decimals, haircutBps, feed, feedDescription, secondFeed, maxAge };
    try {
      const price = await reader.one<bigint>(PARTS.collateralValuer, vault, "price", id, token);
      // Settlement units for 1e18 smallest units of the asset.
      reports.push({ ...asset, price: formatUnits(price * 10n ** BigInt(decimals), 18 + settlement!.decimals) });
    } catch (failure) {
      if (failure instanceof Unreachable) throw failure;
      reports.push({ ...asset, noPrice: (failure as Error).message });
    }
  }
  return reports;
}

function unknown(failure: Error): string {
  if (failure instanceof Unreachable) throw failure;
  return "?";
}
