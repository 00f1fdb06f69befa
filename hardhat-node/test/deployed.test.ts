import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { toBeHex } from "ethers";

import { artifact } from "../src/artifacts.ts";
import { type Chain, startChain } from "../src/chain.ts";
import { deployed } from "../src/check/command.ts";
import { immutableNames } from "../src/check/immutables.ts";
import type { Report } from "../src/check/report.ts";
import { straySelectors } from "../src/check/selectors.ts";
import { COMMON, LENS, PARTS, VAULT } from "../src/core.ts";
import { deploy, type Deployment } from "../src/deploy.ts";
import { parseOptions } from "../src/options.ts";
import { account } from "../src/roles.ts";
import { Between } from "./between.ts";

const directory = mkdtempSync(path.join(tmpdir(), "ringfence-deployed-"));
const file = path.join(directory, "deployment.json");
const stranger = account(60).address;

let chain: Chain;
let deployment: Deployment;
let snapshot: string;

before(async () => {
  const options = parseOptions(["--interval", "0"], {});
  chain = await startChain(options);
  deployment = await deploy(chain.rpc, options.venue);
});

beforeEach(async () => {
  snapshot = await chain.rpc.call("evm_snapshot");
  writeFileSync(file, JSON.stringify(deployment));
});

afterEach(() => chain.rpc.call("evm_revert", snapshot));

after(async () => {
  await chain.close();
  rmSync(directory, { recursive: true });
});

/** What the command says as JSON, with the vault's address alone or with the file. */
async function check(with_: "vault" | "file"): Promise<Report> {
  const said: string[] = [];
  const what = with_ === "vault" ? ["--vault", deployment.vault] : ["--deployment", file];
  const good = await deployed(["--rpc", chain.rpc.url, ...what, "--json"], (text) => said.push(text));
  const report = JSON.parse(said.join()) as Report;
  assert.equal(report.ok, good);
  assert.equal(good, report.mismatches.length === 0);
  return report;
}

async function wrong(with_: "vault" | "file"): Promise<string[]> {
  return (await check(with_)).mismatches.map(({ contract, what, expected, found }) => `${contract}: ${what}: ${expected} / ${found}`);
}

/** Changes the code at an address. */
async function tamper(address: string, change: (code: string) => string): Promise<void> {
  const code = await chain.rpc.call<string>("eth_getCode", address, "latest");
  await chain.rpc.call("hardhat_setCode", address, change(code));
}

/** Another byte at an offset. */
function byteAt(offset: number): (code: string) => string {
  return (code) => {
    const at = 2 + 2 * offset;
    const other = code.slice(at, at + 2) === "00" ? "01" : "00";
    return code.slice(0, at) + other + code.slice(at + 2);
  };
}

/** Another value of an immutable, in all its places. */
function immutable(source: string, name: string, word: string): (code: string) => string {
  const contract = artifact(source);
  const [number] = [...immutableNames(contract)].find(([known, one]) => one === name && known in contract.immutables)!;
  return (code) =>
    contract.immutables[number]!.reduce(
      (changed, { start, length }) => changed.slice(0, 2 + 2 * start) + word.slice(2) + changed.slice(2 + 2 * (start + length)),
      code,
    );
}

function replaced(change: (deployment: Deployment) => object): void {
  writeFileSync(file, JSON.stringify({ ...deployment, ...change(deployment) }));
}

test("the local node's deployment is what the sources compile to, by its file and by the vault's address alone", async () => {
  for (const with_ of ["file", "vault"] as const) {
    const { ok, contracts, venues, parts } = await check(with_);
    assert.equal(ok, true);
    assert.equal(contracts.length, with_ === "file" ? 20 : 19, "the lens is known from the file");
    assert.deepEqual(parts, deployment.parts);
    const [venue] = venues;
    assert.equal(venue?.fund, deployment.venues[0]?.fund);
    assert.equal(venue?.pool, deployment.venues[0]?.pool);
    assert.deepEqual(
      venue?.assets.map(({ symbol, price }) => [symbol, price]),
      [
        ["USDC", "1.0"],
        ["WBTC", "60000.0"],
        ["WETH", "3000.0"],
      ],
    );
  }
});

/** Bytes of the code that runs. */
function size(source: string): number {
  return artifact(source).runtime.length / 2 - 1;
}

/** The last byte before the length of the compiler's notes: outside of all immutables, and of what anything runs. */
function lastByte(source: string): number {
  return artifact(source).runtime.length / 2 - 4;
}

test("one byte of the vault is noticed", async () => {
  await tamper(deployment.vault, byteAt(lastByte(VAULT)));
  const [mismatch, ...others] = await wrong("vault");
  assert.match(mismatch!, new RegExp(`^vault: code at byte ${lastByte(VAULT)}: 0x`));
  assert.deepEqual(others, []);
});

test("one byte of any part is noticed", async () => {
  const parts = Object.entries({ ...COMMON, ...PARTS });
  for (const [name, source] of parts) {
    await tamper(deployment.parts[name as keyof typeof deployment.parts], byteAt(lastByte(source)));
  }
  const mismatches = await wrong("vault");
  assert.deepEqual(
    mismatches.map((one) => one.replace(/: 0x.*/, "")),
    parts.map(([name, source]) => `${name}: code at byte ${lastByte(source)}`),
  );
});

test("another lens than the file names is noticed", async () => {
  await tamper(deployment.lens!, byteAt(lastByte(LENS)));
  assert.deepEqual(await wrong("vault"), [], "the vault does not know its lens");
  await chain.rpc.call("evm_revert", snapshot);
  snapshot = await chain.rpc.call("evm_snapshot");
  await tamper(deployment.lens!, immutable(LENS, "VAULT", toBeHex(1, 32)));
  const [mismatch, ...others] = await wrong("file");
  assert.match(mismatch!, /^lens: immutable VAULT: 0x/);
  assert.deepEqual(others, []);
});

test("a part without code, and one with more of it, are noticed", async () => {
  await chain.rpc.call("hardhat_setCode", deployment.parts.closeOut, "0x");
  await tamper(deployment.parts.disputeDesk, (code) => `${code}00`);
  assert.deepEqual(await wrong("vault"), [
    `disputeDesk: code size: ${size(PARTS.disputeDesk)} bytes / ${size(PARTS.disputeDesk) + 1} bytes`,
    `closeOut: code: ${size(PARTS.closeOut)} bytes / none`,
  ]);
});

test("another immutable of a part is noticed", async () => {
  await tamper(deployment.parts.exitDesk, immutable(PARTS.exitDesk, "VAULT", toBeHex(stranger, 32)));
  await tamper(deployment.parts.attestationLog, immutable(PARTS.attestationLog, "DOMAIN", toBeHex(7, 32)));
  const [log, exits] = await wrong("vault");
  assert.match(log!, /^attestationLog: immutable DOMAIN: 0x\w{64} \/ 0x0{63}7$/);
  assert.equal(exits, `exitDesk: immutable VAULT: ${deployment.vault.toLowerCase()} / ${stranger.toLowerCase()}`);
});

test("a vault that names another part is noticed", async () => {
  await tamper(deployment.vault, immutable(VAULT, "CLOSE_OUT", toBeHex(stranger, 32)));
  assert.deepEqual(await wrong("vault"), [`closeOut: code: ${size(PARTS.closeOut)} bytes / none`]);
  assert.deepEqual(await wrong("file"), [
    `closeOut: code: ${size(PARTS.closeOut)} bytes / none`,
    `closeOut: address, by the file: ${deployment.parts.closeOut} / ${stranger}`,
  ]);
});

test("a vault that hands functions to another part is noticed", async () => {
  await tamper(deployment.vault, immutable(VAULT, "CLOSE_OUT", toBeHex(deployment.parts.disputeDesk, 32)));
  const mismatches = await wrong("vault");
  assert.ok(
    mismatches.includes(`closeOut: code size: ${size(PARTS.closeOut)} bytes / ${size(PARTS.disputeDesk)} bytes`),
    mismatches.join("\n"),
  );
  const strays = mismatches.filter((one) => one.startsWith("vault: part that answers "));
  assert.ok(strays.length > 0, mismatches.join("\n"));
});

test("a function that the vault does not know, and one that only it knows, are noticed", async () => {
  const { selector } = artifact(PARTS.closeOut).abi.getFunction("resolve")!;
  const code = await chain.rpc.call<string>("eth_getCode", deployment.vault, "latest");
  assert.ok(code.includes(`7f${selector.slice(2)}`), "the vault compares with the selector");
  const strays = await straySelectors(code.replaceAll(`7f${selector.slice(2)}`, "7f12345678"), deployment);
  assert.deepEqual(strays.map(({ what, expected, found }) => [what.slice(0, 10), expected, found]).sort(), [
    ["0x12345678", "none", "closeOut"],
    ["resolve(ad", "closeOut", "none"],
  ]);
});

test("a fund, a pool or keys that are not the vault's making are noticed", async () => {
  const [venue] = deployment.venues;
  await tamper(venue!.fund, immutable("src/default/DefaultFund.sol", "venue", toBeHex(2, 32)));
  await tamper(venue!.pool, byteAt(83));
  const { quorum } = await venueOf();
  await tamper(quorum, (code) => `${code}00`);
  const mismatches = await wrong("vault");
  assert.deepEqual(mismatches, ["venue 1: state: readable / there are 1 bytes too many"]);
  await chain.rpc.call("evm_revert", snapshot);
  snapshot = await chain.rpc.call("evm_snapshot");
  await tamper(venue!.fund, immutable("src/default/DefaultFund.sol", "venue", toBeHex(2, 32)));
  await tamper(venue!.pool, byteAt(83));
  const [pool, fund, ...others] = await wrong("vault");
  assert.match(pool!, /^venue 1 pool: code: 0x363d3d37\w+ \/ 0x363d3d37\w+$/);
  assert.match(fund!, /^venue 1 fund: immutable venue: 0x0{63}1 \/ 0x0{63}2$/);
  assert.deepEqual(others, []);
});

async function venueOf(): Promise<{ policy: string; quorum: string }> {
  const { abi } = artifact(PARTS.venueRegistry);
  const data = abi.encodeFunctionData("venueOf", [1]);
  return abi.decodeFunctionResult("venueOf", await chain.rpc.call<string>("eth_call", { to: deployment.vault, data }, "latest"))[0];
}

test("a venue that is not as the file says is noticed", async () => {
  const [venue] = deployment.venues;
  replaced(() => ({ venues: [{ ...venue, parameters: { ...venue!.parameters, heartbeat: "1800" }, guardian: stranger }] }));
  assert.deepEqual(await wrong("file"), [
    `venue 1: guardian, by the file: ${stranger} / ${venue!.guardian}`,
    "venue 1: parameter heartbeat, by the file: 1800 / 3600",
  ]);
  replaced(() => ({ venues: [{ ...venue, assets: venue!.assets.map((asset) => ({ ...asset, haircutBps: 800 })) }] }));
  assert.deepEqual(await wrong("file"), [
    "venue 1: assets[0].haircutBps, by the file: 800 / 0",
    "venue 1: assets[2].haircutBps, by the file: 800 / 1000",
  ]);
  replaced(() => ({ venues: [{ ...venue, id: 2 }] }));
  assert.deepEqual(await wrong("file"), ["venue 2: venue, by the file: demo / none"]);
  assert.deepEqual(await wrong("vault"), []);
});

test("a policy that was changed on the chain is noticed", async () => {
  const { policy } = await venueOf();
  // Its first figure is the heartbeat, behind the byte that stops whoever runs it.
  await tamper(policy, (code) => `0x00${toBeHex(7200, 4).slice(2)}${code.slice(12)}`);
  assert.deepEqual(await wrong("file"), ["venue 1: parameter heartbeat, by the file: 3600 / 7200"]);
});

test("a feed without a price is told, and is no mismatch", async () => {
  await chain.rpc.call("evm_increaseTime", 100_000);
  await chain.rpc.call("evm_mine");
  const { ok, venues } = await check("file");
  assert.equal(ok, true);
  assert.match(venues[0]!.assets[1]!.noPrice!, /^NoPrice\(0x/);
});

test("what cannot be checked is one sentence, and the exit code 1", async () => {
  const say = (): void => {};
  const rpc = ["--rpc", chain.rpc.url];
  await assert.rejects(deployed(rpc, say), /^Error: either --deployment FILE or --vault ADDRESS says what to look at$/);
  await assert.rejects(deployed([...rpc, "--vault", "0x12"], say), /--vault is the address of a vault, not "0x12"/);
  await assert.rejects(deployed([...rpc, "--deployment", `${file}.none`], say), /there is no such file/);
  replaced(() => ({ chainId: 1 }));
  await assert.rejects(deployed([...rpc, "--deployment", file], say), /is chain 31337, and .* is about chain 1: /);
  writeFileSync(file, JSON.stringify({ deploying: {} }));
  await assert.rejects(deployed([...rpc, "--deployment", file], say), /is a deployment that has not ended: run .\/ringfence deploy again/);
  const between = await Between.start(chain.rpc.url);
  const ended = await between.run("check/main", ["--vault", stranger]);
  between.close();
  assert.equal(ended.code, 1);
  const last = new RegExp(`\\nWRONG vault at 0x\\w+: code is none, expected ${size(VAULT)} bytes\\n1 thing is not as they must be\\n$`);
  assert.match(ended.output, last);
});
