import { getAddress, isAddress } from "ethers";

import { connect, parse, required } from "../cli.ts";
import type { Deployment } from "../deploy.ts";
import { text } from "../fields.ts";
import { Refusal } from "../refusal.ts";
import { checked } from "./checked.ts";
import { textOf } from "./text.ts";

const USAGE = `usage: ./ringfence deployed --rpc URL (--deployment FILE | --vault ADDRESS) [--json]
  --rpc URL          the chain's node
  --deployment FILE  what ./ringfence deploy (or a local node) has written: the chain must be as it says
  --vault ADDRESS    the vault alone: everything else is found from it
  --json             prints the same as JSON
Prints what is deployed, and compares the code of every contract with what this checkout's build makes. The exit code is 0 only if
everything is as it must be.`;

/** Looks at a deployment; true if everything is as it must be. */
export async function deployed(argv: string[], say: (text: string) => void = console.log): Promise<boolean> {
  const values = parse(argv, ["rpc", "deployment", "vault"], ["json", "help"]);
  if (values["help"] !== undefined) {
    say(USAGE);
    return true;
  }
  const url = required(values, "rpc", "the address of the chain's node");
  const { deployment: file, vault: address } = values;
  if ((file === undefined) === (address === undefined))
    throw new Refusal("either --deployment FILE or --vault ADDRESS says what to look at");
  const deployment = file === undefined ? undefined : readDeployment(file);
  if (address !== undefined && !isAddress(address)) throw new Refusal(`--vault is the address of a vault, not "${address}"`);
  const { rpc, chainId } = await connect(url);
  if (deployment !== undefined && deployment.chainId !== chainId) {
    throw new Refusal(
      `${rpc.name} is chain ${chainId}, and ${file} is about chain ${deployment.chainId}: name a node of that chain with --rpc`,
    );
  }
  const report = await checked(rpc, chainId, deployment ?? getAddress(address!));
  say(values["json"] === undefined ? textOf(report) : JSON.stringify(report, plain, 2));
  return report.ok;
}

function readDeployment(file: string): Deployment {
  let held: Deployment & { deploying?: unknown };
  try {
    held = JSON.parse(text(file));
  } catch (failure) {
    if (failure instanceof Refusal) throw failure;
    throw new Refusal(`${file} is no JSON: ${(failure as Error).message}`);
  }
  if (held?.deploying !== undefined) throw new Refusal(`${file} is a deployment that has not ended: run ./ringfence deploy again`);
  if (!isAddress(held?.vault) || typeof held.chainId !== "number")
    throw new Refusal(`${file} names no vault and chainId: it is no deployment's`);
  return { ...held, vault: getAddress(held.vault) };
}

/** JSON has no large numbers. */
function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
