import { Lines } from "./lines.ts";
import { measure } from "./operations.ts";
import { type Kind, KINDS, trace } from "./trace.ts";
import { RANGE, Venue } from "./venue.ts";
import { World } from "./world.ts";

// Where each operation's gas goes: a table by kind; with names of operations, the lines of source that their own execution is spent on.
const wanted = new Set(process.argv.slice(2));
const SHOWN = 60;
const world = await World.start();
const venue = new Venue(world);
await venue.build();
const foreign = new Set([...venue.tokens, ...venue.feeds].map((address) => address.toLowerCase()));
const lines = wanted.size === 0 ? null : new Lines();
const rows: [string, number, Record<Kind, number>][] = [];

await measure(venue, async (name, used) => {
  if (name === "verifyInclusion20") return;
  if (lines !== null && !wanted.has(name)) return;
  const byLine = new Map<string, number>();
  const spent = await trace(world, world.newest, foreign, ({ code, pc, cost }) => {
    if (lines === null) return;
    const source = world.sources.get(code);
    const line = source === undefined ? `in ${code}` : lines.at(source, pc);
    byLine.set(line, (byLine.get(line) ?? 0) + cost);
  });
  rows.push([name, used, spent]);
  if (lines === null) return;
  console.log(`\n${name}: ${used}`);
  for (const [line, cost] of [...byLine].sort((a, b) => b[1] - a[1]).slice(0, SHOWN)) console.log(String(cost).padStart(7), line);
});

console.log(`| operation | gas | ${KINDS.join(" | ")} | refunds |`);
console.log(`| --- | ---: |${" ---: |".repeat(KINDS.length + 1)}`);
for (const [name, used, spent] of rows) {
  const share = name.endsWith(String(RANGE)) ? RANGE : 1;
  const figures = KINDS.map((kind) => Math.round(spent[kind] / share));
  const refunds = figures.reduce((sum, figure) => sum + figure, 0) - used;
  console.log(`| \`${name}\` | ${[used, ...figures, refunds].map((figure) => figure.toLocaleString("en")).join(" | ")} |`);
}
