import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

import { getCreateAddress } from "ethers";

import { type Chain, startChain } from "../src/chain.ts";
import { deploy } from "../src/deploy.ts";
import type { Progress } from "../src/deploy/journal.ts";
import { parseOptions } from "../src/options.ts";
import { role } from "../src/roles.ts";
import { Between, type Ended, type Fate } from "./between.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(path.join(tmpdir(), "ringfence-resume-"));
const payer = role("member-2");
/** Account implementation, fund factory, eleven parts, vault, venue. */
const STEPS = 15;

let chain: Chain;
let between: Between;
let snapshot: string;
let out: string;

before(async () => {
  const options = parseOptions(["--interval", "0"], {});
  chain = await startChain(options);
  await deploy(chain.rpc, options.venue);
  between = await Between.start(chain.rpc.url);
});

beforeEach(async (context) => {
  snapshot = await chain.rpc.call("evm_snapshot");
  out = path.join(directory, `${context.name.replaceAll(" ", "-")}.json`);
});

afterEach(async () => {
  await chain.rpc.call("evm_revert", snapshot);
});

after(async () => {
  between.close();
  await chain.close();
  rmSync(directory, { recursive: true });
});

function run(fate?: Parameters<Between["run"]>[2]): Promise<Ended> {
  const key = [
    "--keystore",
    path.join(root, "keys-example/member-2.json"),
    "--password-file",
    path.join(root, "keys-example/password.txt"),
  ];
  const config = ["--config", path.join(root, "hardhat-node/deployment.example.json")];
  return between.run("deploy/main", [...key, ...config, "--out", out, "--confirmations", "0"], fate);
}

/** Lets the command live until its `number`th call of a method. */
function at(method: string, number: number, fate: Fate): (call: { method: string }) => Fate {
  let calls = 0;
  return (call) => (call.method === method && (calls += 1) === number ? fate : "pass");
}

/** Kills the command if it sends anything. */
function sendsNothing({ method }: { method: string }): Fate {
  return method === "eth_sendRawTransaction" ? "kill before" : "pass";
}

async function count(block = "latest"): Promise<number> {
  return Number(await chain.rpc.call("eth_getTransactionCount", payer.address, block));
}

function progress(): Progress {
  return (JSON.parse(readFileSync(out, "utf8")) as { deploying: Progress }).deploying;
}

/** Everything is there, once, at the addresses that the payer's first transactions lead to. */
async function assertWhole({ code, output, errors }: Ended): Promise<void> {
  assert.equal(code, 0, errors + output);
  assert.equal(await count("pending"), STEPS);
  const file = JSON.parse(readFileSync(out, "utf8")) as {
    vault: string;
    venues: { id: number }[];
    transactions: { hash: string | null; address: string }[];
  };
  // After it only its lens and a venue.
  assert.equal(file.vault, getCreateAddress({ from: payer.address, nonce: STEPS - 3 }));
  assert.deepEqual(
    file.transactions.slice(0, STEPS - 1).map(({ address }) => address),
    Array.from({ length: STEPS - 1 }, (_, nonce) => getCreateAddress({ from: payer.address, nonce })),
  );
  assert.deepEqual(
    file.venues.map(({ id }) => id),
    [1],
  );
}

test("killed after each send, and before and after them all, it goes on without sending twice", async () => {
  // The first estimate is for the costs, the second for the first transaction: nothing is signed yet.
  assert.equal((await run(at("eth_estimateGas", 2, "kill before"))).code, null);
  assert.deepEqual(progress().steps, []);
  const hashes = new Set<string>();
  for (let step = 1; step <= STEPS; step += 1) {
    // Three of the transactions are written down and do not reach the chain before the next run.
    if ([1, 8, STEPS].includes(step)) {
      assert.equal((await run(at("eth_sendRawTransaction", 1, "kill before"))).code, null);
      assert.equal(await count(), step - 1);
    }
    const ended = await run(at("eth_sendRawTransaction", 1, "kill after"));
    assert.equal(ended.code, null, ended.errors);
    assert.equal(await count(), step);
    assert.equal(progress().steps.length, step);
    hashes.add(
      progress()
        .steps[step - 1]!.sent.map(({ hash }) => hash)
        .join(),
    );
  }
  // Code is asked for when everything is mined, to check it.
  assert.equal((await run(at("eth_getCode", 1, "kill before"))).code, null);
  assert.equal(progress().steps.length, STEPS);
  await assertWhole(await run(sendsNothing));
  const { transactions } = JSON.parse(readFileSync(out, "utf8")) as { transactions: { hash: string }[] };
  assert.deepEqual(
    transactions.map(({ hash }) => hash),
    [...hashes],
  );
  const again = await run(sendsNothing);
  assert.match(again.output, /deployed already, and verified again/);
  await assertWhole(again);
});

test("a second run into the same file is refused while the first one runs", async () => {
  writeFileSync(`${out}.lock`, String(process.pid));
  const ended = await run(sendsNothing);
  assert.deepEqual([ended.code, ended.output], [1, ""]);
  assert.match(ended.errors, new RegExp(`^deploy: process ${process.pid} is deploying into [^\\n]*\\n$`));
});
