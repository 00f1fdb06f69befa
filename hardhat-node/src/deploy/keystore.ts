import { existsSync } from "node:fs";
import path from "node:path";

import { type BaseWallet, Wallet } from "ethers";

import { CHAIN_ID } from "../local.ts";
import { text } from "../fields.ts";
import { Refusal } from "../refusal.ts";

/** A directory with this file has keys that everybody knows. */
const MARKER = "LOCAL-CHAIN-ONLY";

/** Opens an encrypted key (keystore version 3) for a chain. */
export async function openKeystore(file: string, passwordFile: string, chainId: number): Promise<BaseWallet> {
  const content = text(file);
  const password = text(passwordFile).trimEnd();
  if (chainId !== CHAIN_ID && existsSync(path.join(path.dirname(path.resolve(file)), MARKER))) {
    throw new Refusal(`${file} is a key that everybody knows, for chain ${CHAIN_ID} alone: make one of your own for chain ${chainId}`);
  }
  let version: unknown;
  try {
    ({ version } = JSON.parse(content) as { version?: unknown });
  } catch {
    throw new Refusal(`${file} is no keystore: it is no JSON`);
  }
  if (version !== 3) throw new Refusal(`${file} is no keystore of version 3: make one with ./ringfence keys, geth or a wallet`);
  try {
    return (await Wallet.fromEncryptedJson(content, password)) as BaseWallet;
  } catch (failure) {
    const wrong = (failure as Error).message.includes("incorrect password");
    throw new Refusal(
      wrong ? `the password in ${passwordFile} does not open ${file}` : `${file} cannot be opened: ${(failure as Error).message}`,
    );
  }
}
