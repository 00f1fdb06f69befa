import assert from "node:assert/strict";
import { test } from "node:test";

import { OptionError, parseOptions } from "../src/options.ts";

test("defaults: a free port and four blocks a second", () => {
  const options = parseOptions([], {});
  assert.equal(options.port, 0);
  assert.equal(options.interval, 250);
  assert.ok(options.deployment.endsWith("hardhat-node/deployments/local.json"));
});

test("an option goes before its environment variable, an empty variable is none", () => {
  const env = { RINGFENCE_NODE_PORT: "1234", RINGFENCE_NODE_INTERVAL: "" };
  assert.equal(parseOptions([], env).port, 1234);
  assert.equal(parseOptions(["--port", "77"], env).port, 77);
  assert.equal(parseOptions([], env).interval, 250);
});

test("a date is ISO 8601 or unix seconds", () => {
  const date = Date.UTC(2025, 9, 10, 21);
  assert.equal(parseOptions(["--date", "2025-10-10T21:00:00Z"], {}).date.getTime(), date);
  assert.equal(parseOptions(["--date", String(date / 1000)], {}).date.getTime(), date);
});

for (const wrong of [
  ["--port", "70000"],
  ["--port", "x"],
  ["--interval", "1.5"],
  ["--date", "soon"],
  ["--accounts", "1"],
  ["--what", "1"],
  ["extra"],
]) {
  test(`refused: ${wrong.join(" ")}`, () => {
    assert.throws(() => parseOptions(wrong, {}), OptionError);
  });
}
