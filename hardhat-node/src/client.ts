import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { concat, type ErrorDescription, getAddress, parseUnits, toBeHex, Wallet } from "ethers";

import { artifact } from "./artifacts.ts";
import { CHAIN_ID } from "./local.ts";
import { PARTS, VAULT } from "./core.ts";
import type { Deployment } from "./deploy.ts";
import { Rpc, RpcError } from "./rpc.ts";

const USAGE = `usage: ./ringfence client ACTION --run DIR [--key FILE [--password-file FILE] [--number N]]
  address                 where the account N (0 by default) of the key's owner is, or will be
  deposit SYMBOL AMOUNT   pays test tokens to that address, whether or not there is an account yet
  open                    opens the account
  pledge                  pledges it to the venue: the owner signs, the service countersigns for the venue
  verify FILE             asks the chain whether a proof file is in its root; needs no key
DIR is the directory that ./ringfence up names; the password is in password.txt beside the key by default.
For the local chain only.`;

/** What the user has to change; the message says it. */
class ClientError extends Error {}

interface Setting {
  readonly deployment: Deployment;
  readonly rpc: Rpc;
  readonly service: string;
}

const vault = artifact(VAULT).abi;
const reads = artifact(PARTS.collateralValuer).abi;
const log = artifact(PARTS.attestationLog).abi;
const token = artifact("mocks/TestToken.sol").abi;
const registry = artifact(PARTS.venueRegistry).abi;

const PLEDGE = {
  Pledge: [
    { name: "account", type: "address" },
    { name: "venue", type: "uint32" },
    { name: "policyVersion", type: "uint32" },
    { name: "debitCap", type: "uint96" },
    { name: "nonce", type: "uint32" },
    { name: "deadline", type: "uint40" },
  ],
};

/** Most that the venue may collect in a day without another signature: ten million, in the settlement asset's units. */
const DEBIT_CAP = 10n ** 13n;
const HOUR = 3600;
const PATIENCE = 60_000;

function json<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch (failure) {
    throw new ClientError(`${file} cannot be read: ${(failure as Error).message}`);
  }
}

async function setting(run: string): Promise<Setting> {
  const deployment = json<Deployment>(path.join(run, "deployment.json"));
  const { servicePort } = json<{ servicePort: number }>(path.join(run, "state.json"));
  const rpc = new Rpc(deployment.rpc);
  const id = await rpc.call<string>("eth_chainId").catch(() => {
    throw new ClientError(`the chain at ${deployment.rpc} does not answer: start it with ./ringfence up --run ${run}`);
  });
  if (Number(id) !== CHAIN_ID)
    throw new ClientError(`chain ${Number(id)} is not the local one: this is a tool for chain ${CHAIN_ID} alone`);
  return { deployment, rpc, service: `http://127.0.0.1:${servicePort}` };
}

async function read(rpc: Rpc, to: string, abi: typeof vault, name: string, ...args: unknown[]): Promise<unknown> {
  const data = abi.encodeFunctionData(name, args);
  return abi.decodeFunctionResult(name, await rpc.call<string>("eth_call", { to, data }, "latest"))[0];
}

/** Signs with the key, sends, and waits until it is mined. */
async function send({ rpc }: Setting, wallet: Wallet, to: string, data: string): Promise<void> {
  const from = wallet.address;
  if (BigInt(await rpc.call<string>("eth_getBalance", from, "latest")) < 10n ** 18n) {
    const [rich] = await rpc.call<string[]>("eth_accounts");
    await mined(rpc, await rpc.call<string>("eth_sendTransaction", { from: rich, to: from, value: toBeHex(10n ** 19n) }));
  }
  const gas = BigInt(await rpc.call<string>("eth_estimateGas", { from, to, data }));
  const nonce = Number(await rpc.call<string>("eth_getTransactionCount", from, "pending"));
  const maxPriorityFeePerGas = 10n ** 9n;
  const base = BigInt((await rpc.call<{ baseFeePerGas: string }>("eth_getBlockByNumber", "latest", false)).baseFeePerGas);
  const fees = { maxPriorityFeePerGas, maxFeePerGas: 2n * base + maxPriorityFeePerGas };
  const raw = await wallet.signTransaction({ type: 2, chainId: CHAIN_ID, nonce, to, data, gasLimit: (gas * 12n) / 10n, ...fees });
  await mined(rpc, await rpc.call<string>("eth_sendRawTransaction", raw));
}

async function mined(rpc: Rpc, hash: string): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    const receipt = await rpc.call<{ status: string } | null>("eth_getTransactionReceipt", hash);
    if (receipt?.status === "0x1") return;
    if (receipt !== null) throw new ClientError(`the chain refused transaction ${hash}`);
  }
  throw new ClientError(`transaction ${hash} was not mined within a minute`);
}

async function deposit(at: Setting, wallet: Wallet, account: string, symbol: string, amount: string): Promise<string> {
  const found = at.deployment.tokens.find((one) => one.symbol === symbol);
  if (found === undefined)
    throw new ClientError(`there is no token "${symbol}", only ${at.deployment.tokens.map((one) => one.symbol).join(", ")}`);
  if (!/^\d{1,15}(\.\d+)?$/.test(amount) || (amount.split(".")[1] ?? "").length > found.decimals) {
    throw new ClientError(`an amount of ${symbol} is a number with at most ${found.decimals} decimals, not "${amount}"`);
  }
  const units = parseUnits(amount, found.decimals);
  await send(at, wallet, found.address, token.encodeFunctionData("mint", [wallet.address, units]));
  await send(at, wallet, found.address, token.encodeFunctionData("transfer", [account, units]));
  return `${amount} ${symbol} paid to ${account} by plain transfer`;
}

async function pledge(at: Setting, wallet: Wallet, account: string): Promise<string> {
  const { rpc, deployment, service } = at;
  const vaultAddress = deployment.vault;
  const { timestamp } = await rpc.call<{ timestamp: string }>("eth_getBlockByNumber", "latest", false);
  const venue = deployment.venues[0]!.id;
  const terms = {
    account,
    venue,
    policyVersion: Number(await read(rpc, vaultAddress, registry, "policyVersion", venue)),
    debitCap: DEBIT_CAP,
    nonce: Number(await read(rpc, vaultAddress, reads, "pledges", account)),
    deadline: Number(timestamp) + HOUR,
  };
  const domain = { name: "Ringfence", version: "1", chainId: CHAIN_ID, verifyingContract: vaultAddress };
  const ownerSignature = await wallet.signTypedData(domain, PLEDGE, terms);
  const body = {
    id: `pledge:${account}:${terms.nonce}:${terms.deadline}`,
    terms: { ...terms, debitCap: String(DEBIT_CAP) },
    ownerSignature,
  };
  const answer = await fetch(`${service}/v1/venues/${venue}/pledges`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const countersigned = (await answer.json()) as { venueSignature?: string; detail?: string };
  if (countersigned.venueSignature === undefined) throw new ClientError(`the service does not countersign: ${countersigned.detail}`);
  await send(at, wallet, vaultAddress, vault.encodeFunctionData("pledge", [terms, ownerSignature, countersigned.venueSignature]));
  return `${account} is pledged to venue ${venue}`;
}

interface ProofFile {
  readonly header: Readonly<Record<string, unknown>> & { readonly epoch: number };
  readonly leaf: Readonly<Record<string, unknown>> & { readonly account: string };
  readonly siblings: readonly { hash: string; credit: string; debit: string }[];
}

/** The call that asks for it; a file that is not what the service answers as a proof is named. */
function inclusion(file: string): ProofFile & { data: string } {
  const proof = json<ProofFile | null>(file);
  if (!Array.isArray(proof?.siblings)) {
    const { detail } = (proof ?? {}) as { detail?: unknown };
    throw new ClientError(
      `${file} is no proof, as the service answers it: ${detail === undefined ? "it has no siblings" : String(detail)}`,
    );
  }
  try {
    const path = proof.siblings.flatMap(({ hash, credit, debit }) => [hash, toBeHex(BigInt(credit), 16), toBeHex(BigInt(debit), 16)]);
    return { ...proof, data: log.encodeFunctionData("verifyInclusion", [proof.header, proof.leaf, concat(path)]) };
  } catch (failure) {
    throw new ClientError(`${file} is no proof, as the service answers it: ${(failure as Error).message}`);
  }
}

async function verify({ rpc, deployment }: Setting, file: string): Promise<string> {
  const { header, leaf, data } = inclusion(file);
  try {
    await rpc.call("eth_call", { to: deployment.vault, data }, "latest");
  } catch (failure) {
    throw new ClientError(`the chain refuses the proof: ${named(failure)}`);
  }
  return `the chain has this leaf of ${getAddress(leaf.account)} in root ${header.epoch}`;
}

/** A refusal by the contract's own name for it, or the node's message. */
function named(failure: unknown): string {
  if (!(failure instanceof RpcError)) return (failure as Error).message;
  const detail = failure.detail.data as string | { data?: string } | undefined;
  const data = typeof detail === "string" ? detail : detail?.data;
  const known: ErrorDescription | null =
    data === undefined || data.length < 10 ? null : ([vault, reads, log, token].map((abi) => abi.parseError(data)).find(Boolean) ?? null);
  return known === null ? failure.message : `${known.name}(${known.args.map(String).join(", ")})`;
}

async function act(argv: string[]): Promise<string> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { run: text, key: text, "password-file": text, number: { ...text, default: "0" }, help: { type: "boolean" } },
  });
  const [action, ...rest] = positionals;
  if (values.help) return USAGE;
  const arities: Readonly<Record<string, number>> = { address: 0, deposit: 2, open: 0, pledge: 0, verify: 1 };
  if (action === undefined || arities[action] !== rest.length || values.run === undefined || !/^\d{1,9}$/.test(values.number)) {
    throw new ClientError(`not understood\n${USAGE}`);
  }
  const at = await setting(values.run);
  if (action === "verify") return verify(at, rest[0]!);
  if (values.key === undefined)
    throw new ClientError("--key is missing: the owner's keystore file, for example keys-example/member-1.json");
  const password = readFileSync(values["password-file"] ?? path.join(path.dirname(values.key), "password.txt"), "utf8").trim();
  const wallet = (await Wallet.fromEncryptedJson(readFileSync(values.key, "utf8"), password)) as Wallet;
  const vaultAddress = at.deployment.vault;
  const account = String(await read(at.rpc, vaultAddress, reads, "predict", wallet.address, values.number));
  switch (action) {
    case "deposit":
      return deposit(at, wallet, account, rest[0]!, rest[1]!);
    case "open":
      if ((await at.rpc.call("eth_getCode", account, "latest")) !== "0x") throw new ClientError(`${account} is open already`);
      await send(at, wallet, vaultAddress, vault.encodeFunctionData("open", [wallet.address, values.number]));
      return `${account} is open; its owner is ${wallet.address}`;
    case "pledge":
      return pledge(at, wallet, account);
    default:
      return account;
  }
}

act(process.argv.slice(2)).then(
  (said) => console.log(said),
  (failure: Error) => {
    console.error(`client: ${named(failure)}`);
    process.exit(failure instanceof ClientError ? 2 : 1);
  },
);
