import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { measure } from "../gas/operations.ts";
import { Venue } from "../gas/venue.ts";
import { World } from "../gas/world.ts";

// Times and hashes in calldata differ from run to run by a few bytes that are zero or not.
const TOLERANCE = 0.003;
const snapshot = JSON.parse(readFileSync(fileURLToPath(new URL("../../contracts/gas-snapshot.json", import.meta.url)), "utf8")) as Record<
  string,
  number
>;

test("the document shows what the snapshot says", () => {
  const document = readFileSync(fileURLToPath(new URL("../../docs/gas.md", import.meta.url)), "utf8");
  const missing = Object.entries(snapshot)
    .map(([name, gas]) => `| \`${name}\` | ${gas.toLocaleString("en")} |`)
    .filter((row) => !document.includes(row));
  assert.deepEqual(missing, []);
});

test("every operation costs what the snapshot says", async () => {
  const venue = new Venue(await World.start());
  await venue.build();
  const measured = await measure(venue);
  assert.deepEqual(Object.keys(measured), Object.keys(snapshot));
  const moved = Object.entries(measured).filter(([name, gas]) => Math.abs(gas / (snapshot[name] as number) - 1) > TOLERANCE);
  assert.deepEqual(moved, [], `run "npm run gas" if this is meant; the snapshot has ${JSON.stringify(snapshot)}`);
});
