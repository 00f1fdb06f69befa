import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { getCreateAddress, ZeroAddress } from "ethers";

import { artifact } from "../src/artifacts.ts";
import { type Chain, startChain } from "../src/chain.ts";
import { CHAIN_ID } from "../src/local.ts";
import { PARTS, VAULT } from "../src/core.ts";
import { deploy, type Deployment } from "../src/deploy.ts";
import { parseOptions } from "../src/options.ts";
import { account, role, ROLES } from "../src/roles.ts";
import { Sending } from "./sending.ts";

const DATE = "2025-10-10T21:00:00Z";
const options = parseOptions(["--interval", "20", "--date", DATE], {});

let chain: Chain;
let deployment: Deployment;

before(async () => {
  chain = await startChain(options);
  deployment = await deploy(chain.rpc, options.venue);
});

after(() => chain.close());

async function read(source: string, address: string, name: string, ...args: unknown[]) {
  const { abi } = artifact(source);
  const data = await chain.rpc.call<string>("eth_call", { to: address, data: abi.encodeFunctionData(name, args) }, "latest");
  return abi.decodeFunctionResult(name, data);
}

function deployCoreElsewhere(deployer: Sending): Promise<string> {
  const { vault, parts } = deployment;
  return deployer.create(artifact(VAULT), { vault, sequencerFeed: ZeroAddress, ...parts }, parts);
}

test("the chain is the local one and every role has ether", async () => {
  assert.equal(Number(await chain.rpc.call("eth_chainId")), CHAIN_ID);
  for (const name of ROLES) {
    const balance = BigInt(await chain.rpc.call<string>("eth_getBalance", role(name).address, "latest"));
    assert.ok(balance > 10n ** 21n, `${name} has ${balance} wei`);
  }
});

test("tokens have the decimals that the deployment says", async () => {
  assert.deepEqual(
    deployment.tokens.map(({ symbol, decimals }) => [symbol, decimals]),
    [
      ["USDC", 6],
      ["WBTC", 8],
      ["WETH", 18],
    ],
  );
  for (const token of deployment.tokens) {
    const [decimals] = await read("mocks/TestToken.sol", token.address, "decimals");
    assert.equal(Number(decimals), token.decimals);
  }
});

test("feeds open with a price as old as the chain", async () => {
  const start = BigInt(Date.parse(DATE) / 1000);
  for (const feed of deployment.feeds) {
    const [description] = await read("mocks/TestFeed.sol", feed.address, "description");
    assert.equal(description, feed.description);
    const round = await read("mocks/TestFeed.sol", feed.address, "latestRoundData");
    assert.ok(round["answer"] > 0n);
    assert.ok(round["updatedAt"] >= start && round["updatedAt"] < start + 60n, `updated at ${round["updatedAt"]}`);
  }
});

test("an address is predicted before the contract exists", () => {
  assert.equal(deployment.tokens[0]!.address, getCreateAddress({ from: role("deployer").address, nonce: 0 }));
  assert.equal(deployment.tokens[2]!.address, getCreateAddress({ from: role("deployer").address, nonce: 2 }));
});

test("every contract of the deployment has code, and the venue is the first", async () => {
  assert.deepEqual(
    Object.keys(PARTS).filter((name) => !(name in deployment.parts)),
    [],
  );
  for (const [name, address] of Object.entries({ vault: deployment.vault, ...deployment.parts })) {
    assert.notEqual(await chain.rpc.call("eth_getCode", address, "latest"), "0x", name);
  }
  assert.equal(deployment.venues.length, 1);
  const venue = deployment.venues[0]!;
  assert.equal(venue.id, 1);
  assert.equal(venue.settlementAsset, deployment.tokens[0]!.address);
  const registry = deployment.vault;
  assert.deepEqual([...(await read(PARTS.venueRegistry, registry, "fundOf", 1))], [venue.fund]);
  assert.deepEqual([...(await read(PARTS.venueRegistry, registry, "venueKey", 1))], [role("venue").address]);
  assert.deepEqual([...(await read(PARTS.venueRegistry, registry, "guardian", 1))], [role("guardian").address]);
  const [attestors, threshold] = await read(PARTS.venueRegistry, registry, "attestors", 1);
  assert.deepEqual([[...attestors], Number(threshold)], [venue.attestors, venue.threshold]);
});

test("the vault runs the parts that the deployment names", async () => {
  const [parts] = await read(VAULT, deployment.vault, "parts");
  for (const name of Object.keys(PARTS)) {
    assert.equal(parts[name], deployment.parts[name as keyof typeof PARTS], name);
  }
  const [common] = await read(VAULT, deployment.vault, "deployment");
  assert.equal(common["vault"], deployment.vault);
  assert.equal(common["funds"], deployment.parts.funds);
});

test("a refusal is told by the contract's own error", async () => {
  const stranger = new Sending(chain.rpc, account(50));
  await assert.rejects(deployCoreElsewhere(stranger), /CollateralVault: DeployedElsewhere\(0x/);
});

test("the clock mines blocks by itself and chain time keeps to the wall clock", async () => {
  const head = async () => {
    const block = await chain.rpc.call<{ number: string; timestamp: string }>("eth_getBlockByNumber", "latest", false);
    return { number: Number(block.number), timestamp: Number(block.timestamp) };
  };
  await chain.startClock();
  const first = await head();
  let last = first;
  for (const deadline = Date.now() + 10_000; last.number < first.number + 20 && Date.now() < deadline; last = await head()) {
    await sleep(20);
  }
  assert.ok(last.number >= first.number + 20, `only ${last.number - first.number} blocks in 10 seconds`);
  assert.ok(last.timestamp - first.timestamp <= 10, `${last.timestamp - first.timestamp} seconds of chain time`);
});
