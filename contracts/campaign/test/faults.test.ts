import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { deployedWith, withFault } from "../breaking.ts";
import { FAULTS } from "../faults.ts";

const path = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

test("there is one fault for each invariant that the campaign names", () => {
  const names = readFileSync(path("test/support/campaign/CampaignNames.sol"), "utf8");
  const list = /string\[\d+\] memory names = \[\s*"none",([^\]]*)\]/.exec(names)?.[1] ?? "";
  const invariants = [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  assert.equal(invariants.length, 15);
  assert.deepEqual(Object.keys(FAULTS), invariants);
});

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`the text that the fault of ${name} replaces is in ${fault.file} once`, () => {
    const source = readFileSync(path(fault.file), "utf8");
    assert.notEqual(withFault(source, name), source);
  });
}

test("a fault is built into whatever is deployed with its file", () => {
  const root = path("");
  assert.deepEqual(deployedWith(root, "src/vault/OwnerDoors.sol"), ["src/vault/CollateralVault.sol"]);
  assert.deepEqual(deployedWith(root, "src/default/CloseOut.sol"), ["src/default/CloseOut.sol"]);
  assert.ok(deployedWith(root, "src/attest/SumTree.sol").includes("src/attest/AttestationLog.sol"));
});
