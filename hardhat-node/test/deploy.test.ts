import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Wallet } from "ethers";

import { artifact } from "../src/artifacts.ts";
import { type Chain, startChain } from "../src/chain.ts";
import { deploy as deployLocally, type Deployment } from "../src/deploy.ts";
import { deploy } from "../src/deploy/command.ts";
import { parseOptions } from "../src/options.ts";
import { role } from "../src/roles.ts";
import { Between, type Fate } from "./between.ts";
import { Sending } from "./sending.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(path.join(tmpdir(), "ringfence-deploy-"));
const payer = role("member-2");
const [USDC, BTC] = ["0x5FbDB2315678afecb367f032d93F642f64180aa3", "0x5FC8d32690cc91D4c39d9d3abcBD16989F875707"];

let chain: Chain;
/** Contracts to be named by mistake. */
let wrong: Readonly<Record<"silentFeed" | "zeroFeed" | "wallet", string>>;

before(async () => {
  const options = parseOptions(["--interval", "0"], {});
  chain = await startChain(options);
  await deployLocally(chain.rpc, options.venue);
  const sending = new Sending(chain.rpc, role("member-1"));
  const feed = artifact("mocks/TestFeed.sol");
  const silentFeed = await sending.create(feed, "BTC / USD", 8);
  const zeroFeed = await sending.create(feed, "BTC / USD", 8);
  await sending.call(feed, zeroFeed, "set", 0, 1);
  const wallet = await sending.create(artifact("mocks/TestContractWallet.sol"), payer.address);
  wrong = { silentFeed, zeroFeed, wallet };
  for (const file of ["deployment.example.json", "venue.json"]) cpSync(path.join(root, "hardhat-node", file), path.join(directory, file));
  cpSync(path.join(root, "keys-example/member-2.json"), path.join(directory, "key.json"));
  cpSync(path.join(root, "keys-example/password.txt"), path.join(directory, "password.txt"));
  writeFileSync(path.join(directory, "other-password.txt"), "not this\n");
  writeFileSync(path.join(directory, "no.json"), "{ no");
});

after(async () => {
  await chain.close();
  rmSync(directory, { recursive: true });
});

function inDirectory(name: string): string {
  return path.join(directory, name);
}

/** Options of a deployment, of which some may be changed, or left out with `undefined`. */
function args(changed: Readonly<Record<string, string | undefined>> = {}): string[] {
  const all: Record<string, string | undefined> = {
    rpc: chain.rpc.url,
    keystore: inDirectory("key.json"),
    "password-file": inDirectory("password.txt"),
    config: inDirectory("deployment.example.json"),
    out: inDirectory("out.json"),
    confirmations: "0",
    ...changed,
  };
  return Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

/** Writes a copy of one of the files with something changed, and returns its path. */
function changed(source: string, target: string, change: (text: string) => string): string {
  const before = readFileSync(inDirectory(source), "utf8");
  const after = change(before);
  assert.notEqual(after, before, `${target} is no change`);
  writeFileSync(inDirectory(target), after);
  return inDirectory(target);
}

function config(change: (text: string) => string): Record<string, string> {
  return { config: changed("deployment.example.json", "changed.json", change) };
}

function policy(change: (text: string) => string): Record<string, string> {
  changed("venue.json", "policy.json", change);
  return config((text) => text.replace('"venue.json"', '"policy.json"'));
}

const cases: [what: string, options: () => Record<string, string | undefined>, message: RegExp][] = [
  ["no --rpc", () => ({ rpc: undefined }), /^--rpc is missing: /],
  ["an option that there is not", () => ({ key: "0x01" }), /^Unknown option '--key': see --help$/],
  ["a --rpc that is no address", () => ({ rpc: "node" }), /^--rpc is the http or https address of a node, not "node"$/],
  ["an RPC that is down", () => ({ rpc: "http://127.0.0.1:1" }), /^http:\/\/127.0.0.1:1 does not answer .*: look at --rpc/],
  ["an RPC of another chain", () => config((text) => text.replace("31337", "1")), /is chain 31337, and .*changed.json is about chain 1: /],
  ["no such configuration", () => ({ config: inDirectory("none.json") }), /none.json cannot be read: there is no such file$/],
  ["a configuration that is no JSON", () => ({ config: inDirectory("no.json") }), /no.json is no JSON: /],
  [
    "a field that there is not",
    () => config((text) => text.replace('"shortHistory"', '"short"')),
    /changed.json: there is no field short, only chainId, /,
  ],
  [
    "an address without a checksum",
    () => config((text) => text.replace(USDC!, USDC!.toLowerCase())),
    /tokens\[0\].address has no checksum: write 0x5FbDB23/,
  ],
  [
    "an address with a wrong digit",
    () => config((text) => text.replace("180aa3", "180aa4")),
    /tokens\[0\].address is 0x5Fb.*, whose checksum is wrong: /,
  ],
  ["an address that is too short", () => config((text) => text.replace(USDC!, "0x12")), /tokens\[0\].address is "0x12", not an address$/],
  ["a chain without past hashes", () => config((text) => text.replace('"shortHistory": true,', "")), /EIP-2935.*"shortHistory": true/],
  [
    "a sequencer's feed that is a price",
    () => config((text) => text.replace('"tokens"', `"sequencerFeed": "${BTC}", "tokens"`)),
    /: sequencerFeed 0x5FC8\w+ answers 6000000000000, not 0 \(up\) or 1 \(down\)/,
  ],
  [
    "a token without code",
    () => config((text) => text.replace(USDC!, payer.address)),
    /token USDC at 0xBcd4\w+: there is no contract at that address/,
  ],
  [
    "a token without decimals",
    () => config((text) => text.replace(USDC!, wrong.wallet)),
    /token USDC at 0x\w+ does not tell its decimals .*: look whether/,
  ],
  [
    "a token with other decimals",
    () => config((text) => text.replace('"decimals": 6', '"decimals": 7')),
    /token USDC at 0x\w+ has 6 decimals, not 7: look/,
  ],
  [
    "a feed with other decimals",
    () => config((text) => text.replace(/("BTC \/ USD", .*"decimals": )8/, "$1" + "18")),
    /feed BTC \/ USD at 0x\w+ has 8 decimals, not 18: look/,
  ],
  [
    "a feed of something else",
    () => config((text) => text.replace('"BTC / USD"', '"BTC / EUR"')),
    /assets\[1\].feed is "BTC \/ USD", which is none of USDC \/ USD, BTC \/ EUR/,
  ],
  [
    "a feed that says it is another",
    () => config((text) => text.replace(BTC!, "0xa513E6E4b8f2a923D98304ec87F64353C4D5C853")),
    /feed BTC \/ USD at 0xa513\w+ says that it is "ETH \/ USD"/,
  ],
  [
    "a feed that answers nothing",
    () => config((text) => text.replace(BTC!, wrong.silentFeed)),
    /feed BTC \/ USD at 0x\w+ answers nothing \(NoRound\(0\)\)/,
  ],
  [
    "a feed that answers zero",
    () => config((text) => text.replace(BTC!, wrong.zeroFeed)),
    /feed BTC \/ USD at 0x\w+ answers a price of 0.0: /,
  ],
  [
    "no such policy",
    () => config((text) => text.replace('"venue.json"', '"none.json"')),
    /none.json cannot be read: there is no such file$/,
  ],
  [
    "a policy with a parameter missing",
    () => policy((text) => text.replace('"heartbeat": 3600,', "")),
    /policy.json: parameters.heartbeat is missing$/,
  ],
  [
    "a policy with a parameter too many",
    () => policy((text) => text.replace('"heartbeat"', '"beat": 1, "heartbeat"')),
    /policy.json: there is no field parameters.beat, only /,
  ],
  [
    "a policy with a fraction",
    () => policy((text) => text.replace('"heartbeat": 3600', '"heartbeat": 0.5')),
    /policy.json: parameters.heartbeat is 0.5, not a whole number up to 4294967295/,
  ],
  [
    "a policy out of the contracts' bounds",
    () => policy((text) => text.replace('"heartbeat": 3600', '"heartbeat": 10')),
    /policy.json would be refused on the chain: VenueRegistry: OutOfBounds\(heartbeat, 10, 60, 86400\)$/,
  ],
  [
    "a policy with an attestor without a key",
    () => policy((text) => text.replace('"attestor-3"', '"attestor-4"')),
    /policy.json: attestors names no key: there is no "attestor-4", only venue, /,
  ],
  ["no such keystore", () => ({ keystore: inDirectory("none.json") }), /none.json cannot be read: there is no such file$/],
  ["a keystore that is something else", () => ({ keystore: inDirectory("venue.json") }), /venue.json is no keystore of version 3: /],
  [
    "a wrong password",
    () => ({ "password-file": inDirectory("other-password.txt") }),
    /^the password in .*other-password.txt does not open .*key.json$/,
  ],
  [
    "a file in the way of --out",
    () => ({ out: inDirectory("venue.json") }),
    /venue.json was not written by this command: name another file with --out$/,
  ],
  ["confirmations that are no number", () => ({ confirmations: "few" }), /^--confirmations is a number of blocks, not "few"$/],
  [
    "a cap below the base fee",
    () => ({ "max-fee": "0.000000001" }),
    /^the chain's base fee is .* gwei, above the cap of 0.000000001 gwei: /,
  ],
  [
    "a cap that the balance does not cover",
    () => ({ "max-fee": "900000000" }),
    /has \d+.\d+ ether, and the deployment may cost \d+.\d+: pay in the rest/,
  ],
];

for (const [what, options, message] of cases) {
  test(`refused, and nothing sent: ${what}`, async () => {
    await assert.rejects(
      deploy(args(options()), () => {}),
      (failure: Error) => {
        assert.match(failure.message, message);
        assert.doesNotMatch(failure.message, /\n/);
        return true;
      },
    );
    assert.equal(Number(await chain.rpc.call("eth_getTransactionCount", payer.address, "pending")), 0);
    assert.equal(existsSync(inDirectory("out.json")), false);
  });
}

test("a key that everybody knows is refused on any other chain", async () => {
  const { openKeystore } = await import("../src/deploy/keystore.ts");
  const keys = path.join(root, "keys-example");
  const opened = openKeystore(path.join(keys, "deployer.json"), path.join(keys, "password.txt"), 1);
  await assert.rejects(opened, /deployer.json is a key that everybody knows, for chain 31337 alone/);
});

test("a refusal is one line, and the exit code 1", async () => {
  const between = await Between.start(chain.rpc.url);
  const ended = await between.run("deploy/main", args({ rpc: undefined, config: inDirectory("no.json") }));
  between.close();
  assert.deepEqual([ended.code, ended.output], [1, ""]);
  assert.match(ended.errors, /^deploy: [^\n]* is no JSON: [^\n]*\n$/);
});

test("a dry run says what it would cost, and sends nothing", async () => {
  const said: string[] = [];
  assert.equal(await deploy([...args(), "--dry-run"], (line) => said.push(line)), true);
  assert.match(
    said.join("\n"),
    /15 transactions of 0xBcd4\w+ from number 0 on; the vault will be 0x\w+\nabout \d+ gas, .*\nnothing was sent$/,
  );
  assert.equal(Number(await chain.rpc.call("eth_getTransactionCount", payer.address, "pending")), 0);
});

/** The commands of README's section, as words without the program's own. */
function commands(): string[][] {
  const [, section] = readFileSync(path.join(root, "README.md"), "utf8").split("## Deploying\n");
  const [, block] = section!.split("```sh\n");
  const lines = block!.split("```")[0]!.trim().split("\n");
  return lines.map((line) => line.split(" "));
}

test("README's commands deploy the example from an encrypted key, and the check passes", async () => {
  const programs: Readonly<Record<string, string>> = { deploy: "deploy/main", deployed: "check/main" };
  const launcher = readFileSync(path.join(root, "ringfence"), "utf8");
  for (const folder of ["hardhat-node", "keys-example"]) symlinkSync(path.join(root, folder), inDirectory(folder));
  const between = await Between.start(chain.rpc.url, directory);
  const outputs: string[] = [];
  try {
    for (const [program, command, option, , ...words] of commands()) {
      assert.deepEqual([program, option], ["./ringfence", "--rpc"]);
      assert.match(launcher, new RegExp(`\n  ${command}\\)\n    prepare ${command}\n    run_node ${programs[command!]} "\\$@"\n`));
      const ended = await between.run(programs[command!]!, words, async ({ method }): Promise<Fate> => {
        // It may wait for blocks on top.
        if (method === "eth_blockNumber") await chain.rpc.call("evm_mine");
        return "pass";
      });
      assert.equal(ended.code, 0, ended.errors + ended.output);
      outputs.push(ended.output);
    }
  } finally {
    between.close();
  }
  const [dry, done, byFile, byVault] = outputs;
  assert.match(dry!, /nothing was sent\n$/);
  assert.match(done!, /deployed and verified: vault 0x\w+, written to deployed.json\n$/);
  const { vault, venues, block } = JSON.parse(readFileSync(inDirectory("deployed.json"), "utf8")) as Deployment;
  // Whoever has only the vault's address does not know its lens.
  for (const [printed, contracts] of [[byFile!, 20] as const, [byVault!, 19] as const]) {
    assert.match(printed, new RegExp(`vault ${vault}\n`));
    assert.match(printed, /venue 1: LIVE\n[^]*accepts {4} WBTC 0x\w+, haircut 8 %, price 60000.0, feed 0x\w+ \(BTC \/ USD, /);
    assert.match(printed, new RegExp(`\nall ${contracts} contracts are what this checkout's build makes, [^\n]*\n$`));
  }
  assert.equal(venues[0]?.settlementAsset, USDC);
  assert.ok(block > 0, `from block ${block}`);
  // The same command again finds it done.
  const said: string[] = [];
  assert.equal(await deploy(args({ out: inDirectory("deployed.json") }), (text) => said.push(text)), true);
  assert.match(said.at(-1)!, /^deployed already, and verified again: /);
});

test("progress goes on with the same key and configuration only", async () => {
  const out = inDirectory("begun.json");
  const { digest } = JSON.parse(readFileSync(inDirectory("deployed.json"), "utf8")) as { digest: string };
  const begun = (what: object): void =>
    writeFileSync(
      out,
      JSON.stringify({
        deploying: {
          chainId: 31_337,
          deployer: payer.address,
          firstNonce: 0,
          digest,
          steps: [{ name: "", address: "", sent: [{ hash: "", raw: "" }] }],
          ...what,
        },
      }),
    );
  const said = (): void => {};
  begun({ chainId: 1 });
  await assert.rejects(deploy(args({ out }), said), /begun.json is about chain 1, and .* about chain 31337/);
  begun({ deployer: Wallet.createRandom().address });
  await assert.rejects(deploy(args({ out }), said), /begun.json was begun by 0x\w+, and the keystore is 0xBcd4\w+'s/);
  begun({});
  const other = policy((text) => text.replace('"heartbeat": 3600', '"heartbeat": 1800'));
  await assert.rejects(deploy(args({ out, ...other }), said), /begun.json was begun with another configuration or another build/);
  await assert.rejects(
    deploy(args({ out: inDirectory("deployed.json"), ...other }), said),
    /deployed.json was begun with another configuration or another build/,
  );
});
