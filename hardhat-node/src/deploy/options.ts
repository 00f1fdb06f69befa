import { parseUnits } from "ethers";

import { parse, required } from "../cli.ts";
import { Refusal } from "../refusal.ts";

export interface DeployOptions {
  readonly rpc: string;
  readonly keystore: string;
  readonly passwordFile: string;
  readonly config: string;
  /** Named for the chain by default. */
  readonly out: string | undefined;
  readonly confirmations: number;
  /** In wei. */
  readonly maxFee: bigint | undefined;
  readonly dryRun: boolean;
}

export const USAGE = `usage: ./ringfence deploy --rpc URL --keystore FILE --password-file FILE --config FILE [options]
  --rpc URL            the chain's node
  --keystore FILE      the encrypted key (keystore version 3) that pays; nothing else may send from it meanwhile
  --password-file FILE its password
  --config FILE        what to deploy: see docs/operating.md and hardhat-node/deployment.example.json
  --out FILE           where progress and then the deployment are written, deployed-CHAINID.json by default; run the same command again
                       after a crash, and it goes on from there
  --confirmations N    blocks that must lie on top of the last transaction's, 2 by default
  --max-fee GWEI       the most to pay for a unit of gas; three times the present base fee by default
  --dry-run            checks everything, says what it would cost, and sends nothing`;

/** Nothing if help was asked for. */
export function parseDeployOptions(argv: string[]): DeployOptions | undefined {
  const values = parse(argv, ["rpc", "keystore", "password-file", "config", "out", "confirmations", "max-fee"], ["dry-run", "help"]);
  if (values["help"] !== undefined) return undefined;
  const { "max-fee": maxFee, confirmations = "2" } = values;
  if (!/^\d{1,4}$/.test(confirmations)) throw new Refusal(`--confirmations is a number of blocks, not "${confirmations}"`);
  if (maxFee !== undefined && !/^\d{1,9}(\.\d{1,9})?$/.test(maxFee)) throw new Refusal(`--max-fee is a number of gwei, not "${maxFee}"`);
  return {
    rpc: required(values, "rpc", "the address of the chain's node"),
    keystore: required(values, "keystore", "the encrypted key that pays"),
    passwordFile: required(values, "password-file", "the file with the keystore's password"),
    config: required(values, "config", "the file that says what to deploy, such as hardhat-node/deployment.example.json"),
    out: values["out"],
    confirmations: Number(confirmations),
    maxFee: maxFee === undefined ? undefined : parseUnits(maxFee, "gwei"),
    dryRun: values["dry-run"] !== undefined,
  };
}
