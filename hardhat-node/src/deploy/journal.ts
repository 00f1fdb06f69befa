import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import path from "node:path";

import { Refusal } from "../refusal.ts";

/** What is known of one step that has begun. */
export interface Begun {
  readonly name: string;
  /** The contract that it creates, or calls. */
  readonly address: string;
  /** Signed and written down before they were sent; all have the step's number, so the chain takes one of them at most. */
  readonly sent: { readonly hash: string; readonly raw: string }[];
  /** The one that was mined, as far as is known; `null` for one that is not in the list. */
  mined?: { readonly hash: string | null; readonly block: number };
}

/** How far a deployment has come. */
export interface Progress {
  readonly chainId: number;
  readonly deployer: string;
  readonly firstNonce: number;
  /** The plan's: a run with another configuration or another build would go on with something else. */
  readonly digest: string;
  readonly steps: Begun[];
}

/** Keeps progress where the next run finds it. */
export interface Journal {
  save(progress: Progress): void;
}

/** For chains that go with this process. */
export const FORGETFUL: Journal = { save: () => {} };

/** The file of a deployment: its progress while it is under way, then everything that other programs need to know of it. */
export class FileJournal implements Journal {
  constructor(readonly file: string) {}

  save(progress: Progress): void {
    writeWhole(this.file, { deploying: progress });
  }

  /** What the file holds; nothing if there is none. */
  load(): { deploying?: Progress; finished?: Record<string, unknown> } {
    if (!existsSync(this.file)) return {};
    let held: unknown;
    try {
      held = JSON.parse(readFileSync(this.file, "utf8"));
    } catch (failure) {
      throw new Refusal(`${this.file} is no deployment (${(failure as Error).message}): name another file with --out`);
    }
    const { deploying } = held as { deploying?: Progress };
    if (Array.isArray(deploying?.steps)) return { deploying };
    if (typeof (held as { digest?: unknown }).digest === "string") return { finished: held as Record<string, unknown> };
    throw new Refusal(`${this.file} was not written by this command: name another file with --out`);
  }
}

/** Writes JSON in one step: a reader, and the next run after a crash, sees all of it or what was there before. */
export function writeWhole(file: string, content: unknown): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const partial = `${file}.${process.pid}.part`;
  // An RPC's address may hold a secret.
  const handle = openSync(partial, "w", 0o600);
  try {
    writeSync(handle, `${JSON.stringify(content, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(partial, file);
}
