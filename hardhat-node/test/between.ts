import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

/** One JSON-RPC call that a command is about to make. */
export interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What becomes of a call: it is passed on, or the command is killed before it is, or after. */
export type Fate = "pass" | "kill before" | "kill after";

export interface Ended {
  /** `null` if it was killed. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

const loader = fileURLToPath(new URL("../node_modules/tsx/dist/esm/index.mjs", import.meta.url));

/** Stands between a command in a process of its own and a chain, sees each call, and kills the process in the middle of one. */
export class Between {
  readonly #server: Server;
  #fate: (call: Call) => Fate | Promise<Fate> = () => "pass";
  #child: ChildProcess | undefined;

  private constructor(
    private readonly chain: string,
    private readonly directory: string | undefined,
  ) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.#pass(Buffer.concat(chunks)).then(
          (answer) => response.setHeader("content-type", "application/json").end(answer),
          () => response.destroy(),
        );
      });
    });
  }

  /** @param directory where commands run; here by default */
  static async start(chain: string, directory?: string): Promise<Between> {
    const between = new Between(chain, directory);
    between.#server.listen(0, "127.0.0.1");
    await once(between.#server, "listening");
    return between;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Runs a program of this package against the chain until it ends or is killed. */
  async run(program: string, args: readonly string[], fate: (call: Call) => Fate | Promise<Fate> = () => "pass"): Promise<Ended> {
    this.#fate = fate;
    const source = fileURLToPath(new URL(`../src/${program}.ts`, import.meta.url));
    const child = spawn(process.execPath, ["--import", loader, source, "--rpc", this.url, ...args], {
      cwd: this.directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    let [output, errors] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (output += String(chunk)));
    child.stderr.on("data", (chunk: Buffer) => (errors += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output, errors };
  }

  async #pass(body: Buffer): Promise<string> {
    const fate = await this.#fate(JSON.parse(String(body)) as Call);
    if (fate === "kill before") return this.#kill();
    const answer = await fetch(this.chain, { method: "POST", headers: { "content-type": "application/json" }, body: String(body) });
    const text = await answer.text();
    return fate === "kill after" ? this.#kill() : text;
  }

  #kill(): never {
    this.#child?.kill("SIGKILL");
    throw new Error("killed");
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
