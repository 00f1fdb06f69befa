import { execFile, spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const launcher = fileURLToPath(new URL("../../ringfence", import.meta.url));
const root = path.dirname(launcher);
const START_LIMIT = 600_000;
const STOP_LIMIT = 90_000;

/**
 * Brings up chain, database and service: those of the run that RINGFENCE_RUN names, else new ones.
 *
 * @returns {Promise<{page: string, directory: string, client: (...words: string[]) => Promise<string>, stop: () => Promise<void>}>}
 */
export async function bringUp() {
  const run = process.env.RINGFENCE_RUN;
  const child = spawn(launcher, run ? ["up", "--run", run] : ["up", "--fresh"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let printed = "";
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not up after ${START_LIMIT / 1000} s:\n${printed}`)), START_LIMIT);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      printed += text;
      if (printed.includes("service is process")) resolve(clearTimeout(timer));
    });
    ended.then((code) => reject(new Error(`up ended with ${code}:\n${printed}`)));
  });
  const directory = path.dirname(value(printed, "addresses"));
  return {
    page: value(printed, "live status page"),
    directory,
    client: async (...words) => {
      const options = ["--run", directory, "--password-file", path.join(root, "keys-example/password.txt")];
      return (await promisify(execFile)(launcher, ["client", ...words, ...options], { cwd: root })).stdout.trim();
    },
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT);
      await ended;
      clearTimeout(timer);
    },
  };
}

function value(printed, name) {
  return new RegExp(`^${name} +(\\S+)`, "m").exec(printed)[1];
}
