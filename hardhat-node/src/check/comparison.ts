import type { Deployment } from "../deploy.ts";
import type { Venue } from "../venue.ts";
import type { Mismatch, Report, VenueReport } from "./report.ts";

/** What of the chain is not as a deployment's file says. A venue that the file does not list is nobody's mistake: anyone may register one. */
export function compare(report: Report, deployment: Deployment): Mismatch[] {
  const found: Mismatch[] = [];
  const same = (contract: string, address: string, what: string, expected: unknown, there: unknown): void => {
    // Files from before a field was written do not have it.
    if (expected === undefined || String(expected).toLowerCase() === String(there).toLowerCase()) return;
    found.push({ contract, address, what: `${what}, by the file`, expected: String(expected), found: String(there ?? "none") });
  };
  const { vault } = deployment;
  same("chain", "", "chain id", deployment.chainId, report.chainId);
  same("vault", vault, "address", vault, report.vault);
  same("vault", vault, "sequencer feed", deployment.sequencerFeed, report.sequencerFeed);
  for (const [name, address] of Object.entries(deployment.parts ?? {})) {
    same(name, address, "address", address, report.parts?.[name as keyof typeof report.parts]);
  }
  for (const expected of deployment.venues ?? []) compareVenue(expected, report, vault, same);
  return found;
}

type Same = (contract: string, address: string, what: string, expected: unknown, found: unknown) => void;

function compareVenue(expected: Venue, { venues }: Report, vault: string, same: Same): void {
  const name = `venue ${expected.id}`;
  const venue = venues.find(({ id }) => id === expected.id);
  if (venue === undefined) return same(name, vault, "venue", expected.name, undefined);
  const check = (what: string, wanted: unknown, there: unknown): void => same(name, vault, what, wanted, there);
  check("key", expected.venueKey, venue.venueKey);
  check("guardian", expected.guardian, venue.guardian);
  check("attestors", expected.attestors, venue.attestors);
  check("threshold", expected.threshold, venue.threshold);
  check("pool", expected.pool, venue.pool);
  check("fund", expected.fund, venue.fund);
  check("settlement asset", expected.settlementAsset, venue.assets[0]?.token);
  comparePolicy(expected, venue, check);
}

/** The file has the policy that the venue was registered with: its first version. */
function comparePolicy(expected: Venue, { policies }: VenueReport, check: (what: string, wanted: unknown, there: unknown) => void): void {
  const [first] = policies;
  for (const [figure, value] of Object.entries(expected.parameters ?? {})) check(`parameter ${figure}`, value, first?.parameters[figure]);
  if (expected.assets === undefined) return;
  check("number of assets", expected.assets.length, first?.assets.length);
  for (const [place, asset] of expected.assets.entries()) {
    for (const [field, value] of Object.entries(asset)) {
      check(`assets[${place}].${field}`, value, first?.assets[place]?.[field as keyof typeof asset]);
    }
  }
}
