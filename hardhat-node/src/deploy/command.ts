import { type BaseWallet, formatEther } from "ethers";

import { checked } from "../check/checked.ts";
import { sentence } from "../check/text.ts";
import { connect } from "../cli.ts";
import { type Core, planCore } from "../core.ts";
import type { Deployment } from "../deploy.ts";
import { Refusal } from "../refusal.ts";
import type { Rpc } from "../rpc.ts";
import { planVenue, registered } from "../venue.ts";
import { type Config, readConfig } from "./config.ts";
import { baseFee, gwei, usualCap } from "./fees.ts";
import { FileJournal, type Progress, writeWhole } from "./journal.ts";
import { openKeystore } from "./keystore.ts";
import { alone } from "./lock.ts";
import { type DeployOptions, parseDeployOptions, USAGE } from "./options.ts";
import { Plan } from "./plan.ts";
import { preflight } from "./preflight.ts";
import { rehearse } from "./rehearsal.ts";
import { type Mined, Sender } from "./sender.ts";

/** Milliseconds between looks at the chain. */
const POLL = 400;

type Say = (text: string) => void;

/** A deployment with what it was made by, so that the same command can tell that it has ended. */
interface Finished extends Deployment {
  readonly deployer: string;
  readonly firstNonce: number;
  readonly digest: string;
  readonly transactions: readonly { step: string; address: string; hash: string | null; block: number }[];
}

/** Deploys what a configuration asks for; true if it is there and verified. */
export async function deploy(argv: string[], say: Say = console.log): Promise<boolean> {
  const options = parseDeployOptions(argv);
  if (options === undefined) {
    say(USAGE);
    return true;
  }
  const config = readConfig(options.config);
  const { rpc, chainId } = await connect(options.rpc);
  if (chainId !== config.chainId) {
    throw new Refusal(
      `${rpc.name} is chain ${chainId}, and ${config.file} is about chain ${config.chainId}: one of them is not what you mean`,
    );
  }
  const journal = new FileJournal(options.out ?? `deployed-${chainId}.json`);
  return alone(journal.file, () => deployInto(journal, rpc, config, options, say));
}

async function deployInto(journal: FileJournal, rpc: Rpc, config: Config, options: DeployOptions, say: Say): Promise<boolean> {
  const { chainId } = config;
  const { deploying, finished } = journal.load();
  if (finished !== undefined) return confirm(rpc, journal.file, finished as unknown as Finished, config, say);
  const wallet = await openKeystore(options.keystore, options.passwordFile, chainId);
  const begun = deploying?.steps.some(({ sent }) => sent.length > 0) ? deploying : undefined;
  const cap = options.maxFee ?? (await usualCap(rpc));
  const work = begun === undefined ? await begin(rpc, wallet, config, cap, say) : goOn(journal.file, begun, wallet, config, say);
  if (options.dryRun) {
    say("nothing was sent");
    return true;
  }
  const sender = new Sender(rpc, wallet, { chainId, cap, confirmations: options.confirmations, poll: POLL, say });
  const deployment = finish(options.rpc, config, work, await sender.carryOut(work.plan, journal, begun));
  if (!(await verified(rpc, deployment, say))) return false;
  writeWhole(journal.file, deployment);
  say(`deployed and verified: vault ${deployment.vault}, written to ${journal.file}`);
  return true;
}

/** What is to be sent, and the addresses that this leads to. */
interface Work {
  readonly plan: Plan;
  readonly core: Core;
}

/** Everything that a configuration asks for, from the deployer's transaction `firstNonce` on. */
function workOf(deployer: string, firstNonce: number, config: Config): Work {
  const plan = new Plan(deployer, firstNonce);
  const core = planCore(plan, config.sequencerFeed);
  if (config.venue !== undefined) planVenue(plan, core.vault, config.venue);
  return { plan, core };
}

/** Checks everything that can be checked before money is spent. */
async function begin(rpc: Rpc, wallet: BaseWallet, config: Config, cap: bigint, say: Say): Promise<Work> {
  await preflight(rpc, config);
  const { address } = wallet;
  const [next, pending] = await Promise.all(
    ["latest", "pending"].map(async (block) => Number(await rpc.call<string>("eth_getTransactionCount", address, block))),
  );
  if (pending! > next!) throw new Refusal(`${address} has ${pending! - next!} transactions that wait to be mined: begin when they are`);
  const work = workOf(address, next!, config);
  const { plan, core } = work;
  const gas = await scaled(rpc, plan, await rehearse(plan, wallet, config));
  const base = await baseFee(rpc);
  if (base > cap) throw new Refusal(`the chain's base fee is ${gwei(base)}, above the cap of ${gwei(cap)}: raise --max-fee, or wait`);
  const [cost, balance] = [gas * cap, BigInt(await rpc.call<string>("eth_getBalance", address, "latest"))];
  say(`chain ${config.chainId}: ${plan.steps.length} transactions of ${address} from number ${next} on; the vault will be ${core.vault}`);
  say(`about ${gas} gas, at most ${formatEther(cost)} ether at ${gwei(cap)}; there are ${formatEther(balance)}`);
  if (balance < cost) {
    throw new Refusal(
      `${address} has ${formatEther(balance)} ether, and the deployment may cost ${formatEther(cost)}: pay in the rest, or lower --max-fee`,
    );
  }
  return work;
}

/** Gas of all steps with a tenth to spare; more on a chain that counts more than Ethereum for the first of them. */
async function scaled(rpc: Rpc, plan: Plan, rehearsed: readonly bigint[]): Promise<bigint> {
  const [first] = plan.steps;
  const there = BigInt(await rpc.call<string>("eth_estimateGas", { from: plan.deployer, data: first!.data }));
  const total = rehearsed.reduce((sum, one) => sum + one, 0n);
  const counted = there > rehearsed[0]! ? (total * there) / rehearsed[0]! : total;
  return (counted * 11n) / 10n;
}

/** The plan that an earlier run has begun with. */
function goOn(file: string, begun: Progress, wallet: BaseWallet, config: Config, say: Say): Work {
  requireChain(file, begun.chainId, config);
  if (begun.deployer !== wallet.address) {
    throw new Refusal(
      `${file} was begun by ${begun.deployer}, and the keystore is ${wallet.address}'s: take the same key, or another --out file`,
    );
  }
  const work = workOf(wallet.address, begun.firstNonce, config);
  requireSame(file, begun.digest, work);
  const done = begun.steps.filter(({ mined }) => mined !== undefined).length;
  say(`going on with ${file}: ${done} of ${work.plan.steps.length} steps are done`);
  return work;
}

function requireChain(file: string, chainId: number, config: Config): void {
  if (chainId === config.chainId) return;
  throw new Refusal(`${file} is about chain ${chainId}, and ${config.file} about chain ${config.chainId}: name another --out file`);
}

function requireSame(file: string, digest: string, { plan }: Work): void {
  if (digest === plan.digest) return;
  throw new Refusal(
    `${file} was begun with another configuration or another build of the contracts: go back to those, or name another --out file`,
  );
}

/** What the file says of a deployment once every step is mined. */
function finish(rpc: string, config: Config, { plan, core }: Work, mined: readonly Mined[]): Finished {
  const { chainId, sequencerFeed, tokens, feeds, venue } = config;
  return {
    chainId,
    rpc,
    block: Math.min(...mined.map(({ block }) => block)),
    sequencerFeed,
    ...core,
    tokens,
    feeds,
    venues: venue === undefined ? [] : [registered(mined.at(-1)!, venue)],
    deployer: plan.deployer,
    firstNonce: plan.firstNonce,
    digest: plan.digest,
    transactions: mined.map(({ step, hash, block }) => ({ step: step.name, address: step.address, hash, block })),
  };
}

/** Another run of a command that has ended. */
async function confirm(rpc: Rpc, file: string, finished: Finished, config: Config, say: Say): Promise<boolean> {
  requireChain(file, finished.chainId, config);
  requireSame(file, finished.digest, workOf(finished.deployer, finished.firstNonce, config));
  if (!(await verified(rpc, finished, say))) return false;
  say(`deployed already, and verified again: vault ${finished.vault}, see ${file}`);
  return true;
}

async function verified(rpc: Rpc, deployment: Deployment, say: Say): Promise<boolean> {
  const { mismatches } = await checked(rpc, deployment.chainId, deployment);
  for (const mismatch of mismatches) say(sentence(mismatch));
  return mismatches.length === 0;
}
