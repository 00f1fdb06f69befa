import { fork, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Starts one of this directory's programs in a workspace, with a channel to it and its output in a file there. */
export function start(program: "builder" | "worker", workspace: string): ChildProcess {
  const output = openSync(join(workspace, `${program}.log`), "a");
  const child = fork(fileURLToPath(new URL(`./${program}.ts`, import.meta.url)), {
    cwd: workspace,
    execArgv: ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", output, output, "ipc"],
  });
  closeSync(output);
  return child;
}
