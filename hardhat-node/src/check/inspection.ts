import { keccak256 } from "ethers";

import { type Artifact, artifact } from "../artifacts.ts";
import { COMMON, LENS, PARTS, VAULT } from "../core.ts";
import { differences, immutablesIn, type Words } from "./code.ts";
import type { Reader } from "./reader.ts";
import type { Contract, Mismatch, Report, VenueReport } from "./report.ts";
import { selectorsOf, straySelectors } from "./selectors.ts";
import { inspectVenue } from "./venues.ts";
import { coreWords, domain, type Facts, factsIn } from "./words.ts";

/** Collects what is found of a deployment, and what of it is not as it must be. */
export class Inspection {
  readonly contracts: Contract[] = [];
  readonly mismatches: Mismatch[] = [];

  constructor(readonly reader: Reader) {}

  wrong(contract: string, address: string, what: string, expected: unknown, found: unknown): void {
    this.mismatches.push({ contract, address, what, expected: String(expected), found: String(found) });
  }

  /** Notes a mismatch unless both are the same. */
  same(contract: string, address: string, what: string, expected: unknown, found: unknown): void {
    if (String(expected) !== String(found)) this.wrong(contract, address, what, expected, found);
  }

  /** Compares a contract with the build. Immutables are not looked at if no `words` are given. */
  async contract(name: string, address: string, built: Artifact, words?: Words, functions?: number): Promise<boolean> {
    const code = await this.reader.code(address);
    const found = differences(built, words, code);
    for (const { what, expected, found: there } of found) this.wrong(name, address, what, expected, there);
    return this.list(name, address, code, found.length === 0, functions);
  }

  /** Compares a contract's code with the bytes that it must be. */
  async exactly(name: string, address: string, expected: string): Promise<boolean> {
    const code = await this.reader.code(address);
    this.same(name, address, "code", expected, code);
    return this.list(name, address, code, expected === code);
  }

  /** Lists a contract that has been looked at. */
  list(name: string, address: string, code: string, ok: boolean, functions?: number): boolean {
    this.contracts.push({
      name,
      address,
      ...(functions === undefined ? {} : { functions }),
      bytes: code.length / 2 - 1,
      codeHash: keccak256(code),
      ok,
    });
    return ok;
  }
}

/** Looks at everything that can be reached from a vault's address, and at its lens, which cannot, and compares it with this checkout's build. */
export async function inspect(reader: Reader, chainId: number, vault: string, lens?: string): Promise<Report> {
  const inspection = new Inspection(reader);
  const { number: block, hash: blockHash } = reader.block;
  const report = (ok: boolean, venues: VenueReport[], facts?: Facts): Report => ({
    ok,
    chainId,
    block,
    blockHash,
    vault,
    ...(facts === undefined ? {} : { parts: facts.parts, sequencerFeed: facts.sequencerFeed, domain: domain(facts.chainId, facts.vault) }),
    contracts: inspection.contracts,
    venues,
    mismatches: inspection.mismatches,
  });
  const code = await reader.code(vault);
  const built = artifact(VAULT);
  const own = selectorsOf(VAULT).size;
  // Where the immutables are is known only of this build's code: without it nothing else can be found.
  if (!(await inspection.contract("vault", vault, built, undefined, own))) return report(false, []);
  const facts: Facts = { ...factsIn(vault, immutablesIn(built, code)), chainId };
  const words = coreWords(facts);
  for (const { what, expected, found } of differences(built, words, code)) inspection.wrong("vault", vault, what, expected, found);
  await inspectParts(inspection, facts, words);
  if (lens !== undefined) await inspection.contract("lens", lens, artifact(LENS), words);
  for (const { what, expected, found } of await straySelectors(code, facts)) {
    inspection.wrong("vault", vault, `part that answers ${what}`, expected, found);
  }
  const venues = await inspectVenues(inspection, facts);
  return report(inspection.mismatches.length === 0, venues, facts);
}

async function inspectParts(inspection: Inspection, { parts }: Facts, words: Words): Promise<void> {
  for (const [name, source] of Object.entries(COMMON)) {
    await inspection.contract(name, parts[name as keyof typeof COMMON], artifact(source), words);
  }
  const own = selectorsOf(VAULT);
  for (const [name, source] of Object.entries(PARTS)) {
    const handed = [...selectorsOf(source).keys()].filter((selector) => !own.has(selector)).length;
    await inspection.contract(name, parts[name as keyof typeof PARTS], artifact(source), words, handed);
  }
}

async function inspectVenues(inspection: Inspection, facts: Facts): Promise<VenueReport[]> {
  const venues: VenueReport[] = [];
  try {
    const count = Number(await inspection.reader.one<bigint>(PARTS.venueRegistry, facts.vault, "venues"));
    for (let id = 1; id <= count; id += 1) {
      const venue = await inspectVenue(inspection, facts, id);
      if (venue !== undefined) venues.push(venue);
    }
  } catch (failure) {
    inspection.wrong("vault", facts.vault, "number of venues", "a number", (failure as Error).message);
  }
  return venues;
}
