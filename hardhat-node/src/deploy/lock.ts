import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

import { Refusal } from "../refusal.ts";

/** Does something that no other process may do with the same file meanwhile. A process that was killed holds nothing. */
export async function alone<T>(file: string, act: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  take(lock, file);
  try {
    return await act();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string, file: string): void {
  for (;;) {
    try {
      mkdirSync(path.dirname(path.resolve(lock)), { recursive: true });
      const handle = openSync(lock, "wx", 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return;
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "EEXIST")
        throw new Refusal(`${lock} cannot be written: ${(failure as Error).message}`);
    }
    const holder = Number(readFileSync(lock, "utf8"));
    if (holder > 0 && runs(holder)) throw new Refusal(`process ${holder} is deploying into ${file}: wait until it has ended`);
    rmSync(lock, { force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === "EPERM";
  }
}
