import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { measure } from "./operations.ts";
import { Venue } from "./venue.ts";
import { World } from "./world.ts";

// Measures every operation and writes the snapshot anew.
const snapshot = fileURLToPath(new URL("../../contracts/gas-snapshot.json", import.meta.url));
const venue = new Venue(await World.start());
await venue.build();
const results = await measure(venue);
for (const [name, gas] of Object.entries(results)) console.log(name.padEnd(28), gas);
writeFileSync(snapshot, `${JSON.stringify(results, null, 2)}\n`);
