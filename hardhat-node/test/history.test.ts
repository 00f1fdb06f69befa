import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

import { artifact } from "../src/artifacts.ts";
import { type Chain, startChain } from "../src/chain.ts";
import { CHAIN_ID } from "../src/local.ts";
import { deploy, type Deployment } from "../src/deploy.ts";
import { History, readHistory, rebuild } from "../src/history.ts";
import { parseOptions } from "../src/options.ts";
import { account } from "../src/roles.ts";

const directory = mkdtempSync(path.join(tmpdir(), "ringfence-history-"));
const file = path.join(directory, "chain.jsonl");
const options = parseOptions(["--interval", "0", "--date", "2025-10-10T21:00:00Z"], {});
const { accounts, dated } = options;

after(() => rmSync(directory, { recursive: true }));

async function head(chain: Chain): Promise<{ number: string; hash: string; timestamp: string }> {
  return chain.rpc.call("eth_getBlockByNumber", "latest", false);
}

/** Begins a chain with a few more blocks than its deployment, and records it in `file`. */
async function recorded(act: (chain: Chain, deployment: Deployment, history: History) => Promise<void>): Promise<string> {
  const chain = await startChain(options);
  try {
    const deployment = await deploy(chain.rpc, options.venue);
    const history = await History.begin(chain.rpc, file, { accounts, dated, deployment });
    await act(chain, deployment, history);
    await history.record();
    return (await head(chain)).hash;
  } finally {
    await chain.close();
  }
}

/** Makes the recorded chain again and tells its head. */
async function again(): Promise<string> {
  const past = readHistory(file)!;
  const chain = await startChain({ ...options, date: new Date(past.beginning.date * 1000) });
  try {
    await rebuild(chain.rpc, past);
    return (await head(chain)).hash;
  } finally {
    await chain.close();
  }
}

/** A transaction of each type that wallets send. */
async function pay(chain: Chain, nonce: number, type: 0 | 1 | 2 | 4): Promise<void> {
  const sender = account(40);
  const price = 10n ** 11n;
  const authorization = { address: account(42).address, chainId: CHAIN_ID, nonce: 0 };
  const raw = await sender.signTransaction({
    type,
    chainId: CHAIN_ID,
    nonce,
    to: account(41).address,
    value: 1n + BigInt(nonce),
    gasLimit: 100_000,
    ...(type < 2 ? { gasPrice: price } : { maxFeePerGas: price, maxPriorityFeePerGas: 1n }),
    ...(type === 4 ? { authorizationList: [account(43).authorizeSync(authorization)] } : {}),
  });
  await chain.rpc.call("eth_sendRawTransaction", raw);
}

test("a chain is made again, hash for hash, whatever the transactions were", async () => {
  const before = await recorded(async (chain, { tokens }) => {
    await pay(chain, 0, 0);
    await pay(chain, 1, 1);
    await pay(chain, 2, 2);
    await pay(chain, 3, 4);
    await chain.rpc.call("evm_setAutomine", false);
    const { abi } = artifact("mocks/TestToken.sol");
    for (let i = 44; i < 48; i++) {
      const from = account(i).address;
      const data = abi.encodeFunctionData("mint", [from, 5]);
      const fees = { maxFeePerGas: "0x2540be400", maxPriorityFeePerGas: `0x${(1_000_000_000 + (i % 2)).toString(16)}` };
      await chain.rpc.call("eth_sendTransaction", { from, to: tokens[0]!.address, data, gas: "0x30d40", ...fees });
    }
    await chain.rpc.call("evm_setNextBlockTimestamp", 1_760_200_000);
    await chain.rpc.call("evm_mine");
    await chain.rpc.call("evm_mine");
  });
  assert.equal(await again(), before);
});

test("blocks that a reorganisation dropped are not made again", async () => {
  const before = await recorded(async (chain, _, history) => {
    const snapshot = await chain.rpc.call<string>("evm_snapshot");
    await pay(chain, 0, 2);
    await pay(chain, 1, 2);
    await history.record();
    await chain.rpc.call("evm_revert", snapshot);
    await pay(chain, 0, 0);
    await history.record();
    await pay(chain, 1, 0);
  });
  assert.equal(await again(), before);
});

test("what was changed by other means than transactions is refused, not guessed", async () => {
  await recorded(async (chain) => {
    await chain.rpc.call("hardhat_setBalance", account(41).address, "0x1");
    await pay(chain, 0, 2);
  });
  await assert.rejects(again(), /cannot be made again: something other than transactions changed it/);
});

test("a line that was cut short is cut off", async () => {
  const before = await recorded((chain) => pay(chain, 0, 2));
  const text = readFileSync(file, "utf8");
  appendFileSync(file, '{"number":9');
  assert.equal(await again(), before);
  assert.equal(readFileSync(file, "utf8"), text);
});

test("there is no past without a file, and an empty file is named", () => {
  assert.equal(readHistory(path.join(directory, "none")), undefined);
  writeFileSync(path.join(directory, "empty"), "");
  assert.throws(() => readHistory(path.join(directory, "empty")), /empty is empty: remove it/);
});

test("a chain that follows the wall clock does so after it was made again", async () => {
  const chain = await startChain(options);
  try {
    await chain.catchUp();
    await chain.rpc.call("evm_mine");
    const late = Date.now() / 1000 - Number((await head(chain)).timestamp);
    assert.ok(Math.abs(late) < 30, `${late} s late`);
  } finally {
    await chain.close();
  }
});
