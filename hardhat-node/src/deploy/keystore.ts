import { scrypt as nativeScrypt } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { type BaseWallet, scrypt, Wallet } from "ethers";

import { CHAIN_ID } from "../local.ts";
import { text } from "../fields.ts";
import { Refusal } from "../refusal.ts";

/** A directory with this file has keys that everybody knows. */
const MARKER = "LOCAL-CHAIN-ONLY";

const derive = promisify<Buffer, Buffer, number, object, Buffer>(nativeScrypt);

// A key that is worth something is slow to open; in JavaScript several times slower still.
scrypt.register(async (password, salt, N, r, p, length) => {
  return new Uint8Array(await derive(Buffer.from(password), Buffer.from(salt), length, { N, r, p, maxmem: 256 * N * r }));
});

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
