import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { artifact } from "../src/artifacts.ts";
import { type Chain, startChain } from "../src/chain.ts";
import { PARTS } from "../src/core.ts";
import { deploy, type Deployment } from "../src/deploy.ts";
import { CHAIN_ID } from "../src/local.ts";
import { parseOptions } from "../src/options.ts";
import { role } from "../src/roles.ts";
import type { Ended } from "./between.ts";

const directory = mkdtempSync(path.join(tmpdir(), "ringfence-client-"));
const program = fileURLToPath(new URL("../src/client.ts", import.meta.url));
const loader = fileURLToPath(new URL("../node_modules/tsx/dist/esm/index.mjs", import.meta.url));
const keys = fileURLToPath(new URL("../../keys-example", import.meta.url));
const member = role("member-1").address;

const PLEDGE = {
  Pledge: ["address account", "uint32 venue", "uint32 policyVersion", "uint96 debitCap", "uint32 nonce", "uint40 deadline"].map((field) => {
    const [type, name] = field.split(" ");
    return { type: type!, name: name! };
  }),
};

let chain: Chain;
let deployment: Deployment;
let venue: Server;

/** What the venue is asked to sign, it signs. */
function countersigning(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const { terms } = JSON.parse(Buffer.concat(chunks).toString()) as { terms: Record<string, unknown> };
      const domain = { name: "Ringfence", version: "1", chainId: CHAIN_ID, verifyingContract: deployment.vault };
      response.end(JSON.stringify({ venueSignature: await role("venue").signTypedData(domain, PLEDGE, terms) }));
    });
  });
}

before(async () => {
  const options = parseOptions(["--interval", "20"], {});
  chain = await startChain(options);
  deployment = await deploy(chain.rpc, options.venue);
  venue = countersigning();
  await once(venue.listen(0, "127.0.0.1"), "listening");
  writeFileSync(path.join(directory, "deployment.json"), JSON.stringify({ ...deployment, rpc: chain.rpc.url }));
  writeFileSync(path.join(directory, "state.json"), JSON.stringify({ servicePort: (venue.address() as AddressInfo).port }));
});

after(async () => {
  venue.close();
  await chain.close();
  rmSync(directory, { recursive: true });
});

async function client(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", loader, program, ...args, "--run", directory], { timeout: 60_000 });
  let output = "";
  let errors = "";
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: output.trim(), errors: errors.trim() };
}

const asMember = (...args: string[]): Promise<Ended> => client(...args, "--key", path.join(keys, "member-1.json"));

async function read(source: string, to: string, name: string, ...args: unknown[]): Promise<unknown> {
  const { abi } = artifact(source);
  const data = await chain.rpc.call<string>("eth_call", { to, data: abi.encodeFunctionData(name, args) }, "latest");
  return abi.decodeFunctionResult(name, data)[0];
}

test("from an address to a pledged account with collateral", async () => {
  const { output: account, errors, code } = await asMember("address");
  assert.deepEqual([code, errors], [0, ""]);
  assert.equal(account, await read(PARTS.collateralValuer, deployment.vault, "predict", member, 0));

  assert.deepEqual(await asMember("deposit", "USDC", "12.5"), {
    code: 0,
    output: `12.5 USDC paid to ${account} by plain transfer`,
    errors: "",
  });
  const usdc = deployment.tokens.find(({ symbol }) => symbol === "USDC")!.address;
  assert.equal(await read("mocks/TestToken.sol", usdc, "balanceOf", account), 12_500_000n);

  assert.deepEqual(await asMember("open"), { code: 0, output: `${account} is open; its owner is ${member}`, errors: "" });
  assert.deepEqual(await asMember("open"), { code: 2, output: "", errors: `client: ${account} is open already` });
  assert.deepEqual(await asMember("pledge"), { code: 0, output: `${account} is pledged to venue 1`, errors: "" });
  assert.equal(await read(PARTS.collateralValuer, deployment.vault, "pledges", account), 1n);

  const again = await asMember("pledge");
  assert.equal(again.code, 1);
  assert.match(again.errors, /^client: [A-Z]\w+\(/, "a contract's refusal has its name");
});

test("a file that is no proof is named, with what is wrong with it", async () => {
  const file = path.join(directory, "proof.json");
  for (const [text, said] of [
    [JSON.stringify({ type: "urn:ringfence:problem:x", detail: "there is no root yet" }), /there is no root yet$/],
    ["null", /is no proof/],
    ['{"header": {}, "siblings": []}', /is no proof/],
    ["{", /cannot be read/],
  ] as const) {
    writeFileSync(file, text);
    const { code, errors } = await client("verify", file);
    assert.equal(code, 2, errors);
    assert.ok(errors.startsWith(`client: ${file} `), errors);
    assert.match(errors, said);
    assert.equal(errors.split("\n").length, 1);
  }
});

test("what is not understood is said, and nothing is sent", async () => {
  for (const [args, said] of [
    [["deposit", "DOGE", "1"], /there is no token "DOGE", only USDC/],
    [["deposit", "USDC", "1.0000001"], /at most 6 decimals/],
    [["deposit", "USDC", "1e6"], /at most 6 decimals/],
    [["borrow"], /not understood/],
  ] as const) {
    const { code, errors } = await asMember(...args);
    assert.notEqual(code, 0);
    assert.match(errors, said);
  }
});
