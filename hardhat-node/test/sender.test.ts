import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { parseUnits, toBeHex, Transaction } from "ethers";

import { artifact } from "../src/artifacts.ts";
import { type Chain, startChain } from "../src/chain.ts";
import { FileJournal } from "../src/deploy/journal.ts";
import { Plan } from "../src/deploy/plan.ts";
import { type Mined, Sender } from "../src/deploy/sender.ts";
import { CHAIN_ID } from "../src/local.ts";
import { parseOptions } from "../src/options.ts";
import { account } from "../src/roles.ts";
import { type Caller, Unreachable } from "../src/rpc.ts";

const directory = mkdtempSync(path.join(tmpdir(), "ringfence-sender-"));
const file = path.join(directory, "out.json");
const payer = account(30);
const token = artifact("mocks/TestToken.sol");

let chain: Chain;
let snapshot: string;
let said: string[];

before(async () => {
  chain = await startChain(parseOptions(["--interval", "0"], {}));
});

beforeEach(async () => {
  snapshot = await chain.rpc.call("evm_snapshot");
  said = [];
  rmSync(file, { force: true });
});

afterEach(async () => {
  await chain.rpc.call("evm_setAutomine", true);
  await chain.rpc.call("evm_revert", snapshot);
});

after(async () => {
  await chain.close();
  rmSync(directory, { recursive: true });
});

/** A token, and some of it. */
function plan(): Plan {
  const made = new Plan(payer.address, 0);
  const address = made.create("token", token, "Test", "TEST", 6);
  made.call("mint", token, address, "mint", payer.address, 5);
  return made;
}

class Crash extends Error {}

type Act = (method: string) => Promise<unknown> | void;

/** The chain as a sender sees it, with something that happens before or after each call. */
function seen(earlier: Act, later: Act = () => {}): Caller {
  return {
    call: async <T>(method: string, ...params: unknown[]): Promise<T> => {
      await earlier(method);
      const answer = await chain.rpc.call<T>(method, ...params);
      await later(method);
      return answer;
    },
  };
}

function carryOut(caller: Caller = chain.rpc, gwei = "100", confirmations = 0): Promise<Mined[]> {
  const options = { chainId: CHAIN_ID, cap: parseUnits(gwei, "gwei"), confirmations, poll: 5, say: (line: string) => said.push(line) };
  const journal = new FileJournal(file);
  return new Sender(caller, payer, options).carryOut(plan(), journal, journal.load().deploying);
}

/** Sends the first transaction to a chain that does not mine it, and loses the sender at once. */
async function pend(): Promise<Transaction> {
  await chain.rpc.call("evm_setAutomine", false);
  const crash = seen(
    () => {},
    (method) => {
      if (method === "eth_sendRawTransaction") throw new Crash();
    },
  );
  await assert.rejects(carryOut(crash), Crash);
  return Transaction.from(new FileJournal(file).load().deploying!.steps[0]!.sent[0]!.raw);
}

async function count(): Promise<number> {
  return Number(await chain.rpc.call("eth_getTransactionCount", payer.address, "latest"));
}

async function mine(): Promise<void> {
  await chain.rpc.call("evm_setAutomine", true);
  await chain.rpc.call("evm_mine");
}

test("a pending transaction is waited for, not repeated", async () => {
  const first = await pend();
  const sent: string[] = [];
  const mined = await carryOut(
    seen(async (method) => {
      sent.push(method);
      // It looks whether the node knows the transaction: the chain may go on.
      if (method === "eth_getTransactionByHash") await mine();
    }),
  );
  assert.equal(mined[0]?.hash, first.hash);
  assert.equal(sent.filter((method) => method === "eth_sendRawTransaction").length, 1);
  assert.equal(await count(), 2);
});

test("a transaction that the node has forgotten is sent again, the same", async () => {
  const first = await pend();
  await chain.rpc.call("hardhat_dropTransaction", first.hash);
  await chain.rpc.call("evm_setAutomine", true);
  const mined = await carryOut();
  assert.equal(mined[0]?.hash, first.hash);
  assert.equal(await count(), 2);
});

async function replace(first: Transaction, change: { to?: string; data?: string }): Promise<void> {
  const { type, chainId, nonce, to, data, gasLimit } = first;
  const fees = { maxFeePerGas: parseUnits("90", "gwei"), maxPriorityFeePerGas: parseUnits("9", "gwei") };
  await chain.rpc.call(
    "eth_sendRawTransaction",
    await payer.signTransaction({ type, chainId, nonce, to, data, gasLimit, ...fees, ...change }),
  );
  await mine();
}

test("a creation that a wallet has sped up is noticed, and counts", async () => {
  await replace(await pend(), {});
  const mined = await carryOut();
  assert.deepEqual([mined[0]?.hash, mined.length], [null, 2]);
  assert.match(said[0]!, /^token: at 0x\w+, but transaction 0 of 0x\w+ is not the one that was written down: it was replaced$/);
  assert.equal(await count(), 2);
});

test("a creation that something else has replaced ends it", async () => {
  await replace(await pend(), { to: payer.address, data: "0x" });
  await assert.rejects(
    carryOut(),
    /^Error: token: transaction 0 of 0x\w+ is not this deployment's, .* begin again with another --out file$/,
  );
  assert.equal(await count(), 1);
});

test("a foreign transaction in front is refused, mined or not", async () => {
  await chain.rpc.call("evm_setAutomine", false);
  const fees = { maxFeePerGas: parseUnits("9", "gwei"), maxPriorityFeePerGas: parseUnits("9", "gwei") };
  const raw = await payer.signTransaction({ type: 2, chainId: CHAIN_ID, nonce: 0, to: payer.address, gasLimit: 21_000, ...fees });
  await chain.rpc.call("eth_sendRawTransaction", raw);
  await assert.rejects(carryOut(), /somebody else has sent transaction 0 of/);
  await mine();
  await assert.rejects(carryOut(), /transaction 0 of 0x\w+ is not this deployment's/);
});

test("a base fee that rises above the bid is outbid, up to the cap", async () => {
  const first = await pend();
  await chain.rpc.call("hardhat_setNextBlockBaseFeePerGas", toBeHex(parseUnits("50", "gwei")));
  await chain.rpc.call("evm_mine");
  // With a cap below the base fee it says so and waits: the sender is lost at the second look.
  let looks = 0;
  const patient = seen((method) => {
    if (method === "eth_getTransactionByHash" && (looks += 1) === 2) throw new Crash();
  });
  await assert.rejects(carryOut(patient, "3"), Crash);
  assert.deepEqual(said, ["token: the base fee is above what may be bid (3 gwei): waiting"]);
  const mined = await carryOut(
    seen(
      () => {},
      async (method) => {
        if (method === "eth_sendRawTransaction") await mine();
      },
    ),
  );
  assert.match(said[1]!, /^token: bidding \d+(\.\d+)? gwei$/);
  assert.notEqual(mined[0]?.hash, first.hash);
  assert.equal(new FileJournal(file).load().deploying?.steps[0]?.sent.length, 2);
  assert.equal(await count(), 2);
});

test("blocks on top are waited for, and a step that a reorganisation undid is done again", async () => {
  const before = await chain.rpc.call<string>("evm_snapshot");
  let heads = 0;
  const mined = await carryOut(
    seen(async (method) => {
      if (method !== "eth_blockNumber") return;
      heads += 1;
      if (heads === 1) await chain.rpc.call("evm_revert", before);
      await chain.rpc.call("hardhat_mine", "0x3");
    }),
    "100",
    3,
  );
  assert.equal(mined.length, 2);
  assert.ok(said.includes("the chain was reorganised: looking at every step again"), said.join("\n"));
  assert.equal(await count(), 2);
  const head = Number(await chain.rpc.call("eth_blockNumber"));
  assert.ok(head >= mined[1]!.block + 3, `${head} is not far enough`);
});

test("an endpoint that is away for a moment ends nothing, one that stays away does", async () => {
  let calls = 0;
  const flaky = seen(() => {
    if ((calls += 1) % 2 === 0) throw new Unreachable("http://node does not answer");
  });
  assert.equal((await carryOut(flaky)).length, 2);
  const dead = seen(() => {
    throw new Unreachable("http://node does not answer");
  });
  await assert.rejects(carryOut(dead), /http:\/\/node does not answer: run this again to go on/);
});
