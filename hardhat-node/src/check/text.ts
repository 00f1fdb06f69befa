import { ZeroAddress } from "ethers";

import type { AssetReport, Mismatch, Report, VenueReport } from "./report.ts";

/** A report as people read it. */
export function textOf(report: Report): string {
  const { chainId, block, vault, domain, sequencerFeed, contracts, venues, mismatches } = report;
  const lines = [
    `chain ${chainId}, block ${block}`,
    `vault ${vault}`,
    ...(domain === undefined ? [] : [`log domain Ringfence 1, separator ${domain}`]),
    ...(sequencerFeed === undefined ? [] : [`sequencer feed ${sequencerFeed === ZeroAddress ? "none" : sequencerFeed}`]),
    "",
    `${"contract".padEnd(38)}${"address".padEnd(44)}${"functions".padStart(9)}${"bytes".padStart(8)}  code hash`,
    ...contracts.map(
      ({ name, address, functions, bytes, codeHash, ok }) =>
        `${name.padEnd(38)}${address.padEnd(44)}${String(functions ?? "").padStart(9)}${String(bytes).padStart(8)}  ${codeHash}${ok ? "" : "  WRONG"}`,
    ),
    ...venues.flatMap((venue) => ["", ...venueLines(venue)]),
    "",
    ...mismatches.map(sentence),
    mismatches.length === 0
      ? `all ${contracts.length} contracts are what this checkout's build makes, and wired to each other`
      : `${mismatches.length} ${mismatches.length === 1 ? "thing is" : "things are"} not as they must be`,
  ];
  return lines.join("\n");
}

/** One mismatch in one sentence. */
export function sentence({ contract, address, what, expected, found }: Mismatch): string {
  const [wanted, there] = around(expected, found);
  return `WRONG ${contract}${address === "" ? "" : ` at ${address}`}: ${what} is ${there}, expected ${wanted}`;
}

function venueLines(venue: VenueReport): string[] {
  const { id, state, pausedUntil, epoch, epochAge, policies, policyVersion, attestors, threshold, guardian } = venue;
  const newest = policies.at(-1)!;
  const fresh = epochAge !== undefined && epochAge <= venue.heartbeat ? "fresh" : "not fresh";
  return [
    `venue ${id}: ${state}${pausedUntil === undefined ? "" : `, paused until ${date(pausedUntil)}`}`,
    `  epoch       ${epoch === 0 ? "none yet" : `${epoch}, snapshot ${epochAge} s ago (${fresh})`}, ${venue.accounts} indices issued`,
    `  key         ${venue.venueKey}`,
    `  guardian    ${guardian === ZeroAddress ? "none" : guardian}`,
    `  attestors   ${threshold} of ${attestors.length}: ${attestors.join(", ")}`,
    `  pool        ${venue.pool} holds ${venue.poolHolds}`,
    `  fund        ${venue.fund} venue's tranche ${venue.venueTranche}, members' ${venue.memberTranche}`,
    `  series      ${venue.series}`,
    `  policy      version ${policyVersion}${policies.length > 1 ? `, binds everybody from ${date(newest.bindsAt)}` : ""}`,
    ...venue.assets.map((asset, place) => `  ${place === 0 ? "settles in" : "accepts   "}  ${assetText(asset)}`),
    `  parameters  ${Object.entries(newest.parameters)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}`,
  ];
}

function assetText({ symbol, token, haircutBps, feed, feedDescription, secondFeed, maxAge, price, noPrice }: AssetReport): string {
  const second = secondFeed === ZeroAddress ? "" : `, second feed ${secondFeed}`;
  return (
    `${symbol} ${token}, haircut ${haircutBps / 100} %, ${price === undefined ? `NO PRICE (${noPrice})` : `price ${price}`}, ` +
    `feed ${feed} (${feedDescription}, good for ${maxAge} s)${second}`
  );
}

function date(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** Long values from where they differ on. */
function around(a: string, b: string): [string, string] {
  const most = 140;
  if (a.length <= most && b.length <= most) return [a, b];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const cut = (text: string): string =>
    `${at > 0 ? "..." : ""}${text.slice(at, at + 40)}${text.length > at + 40 ? "..." : ""} (${text.length} characters)`;
  return [cut(a), cut(b)];
}
