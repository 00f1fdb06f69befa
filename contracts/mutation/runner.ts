import type { ChildProcess } from "node:child_process";

import { start } from "./process.ts";
import type { Order, Report } from "./worker.ts";

export type SuiteResult = Extract<Report, { type: "suite" }>;
export type Run = { end: "done" | "timeout" | "broken"; results: SuiteResult[]; why?: string };

/** One worker process over one build, made again when it had to be ended. */
export class Runner {
  private child: ChildProcess | undefined;
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  async suites(): Promise<string[]> {
    const first = await this.start();
    if (first.type !== "ready") throw new Error(`the tests do not load: ${JSON.stringify(first)}`);
    return first.suites;
  }

  /** @param patience seconds to wait for each of the suites */
  async run(order: Order, patience: (suite: string | undefined) => number): Promise<Run> {
    if (this.child === undefined) await this.suites();
    const child = this.child!;
    const results: SuiteResult[] = [];
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const finish = (run: Omit<Run, "results">, end: boolean): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (end) this.stop();
        resolve({ ...run, results });
      };
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => finish({ end: "timeout" }, true), patience(order.suites[results.length]) * 1000);
      };
      child.on("exit", (code, signal) => finish({ end: "broken", why: `the worker ended (${code ?? signal})` }, true));
      child.on("message", (message: Report) => {
        if (message.type === "suite") results.push(message);
        if (message.type === "done") return finish({ end: "done" }, false);
        if (message.type === "broken") return finish({ end: "broken", why: message.why }, true);
        wait();
      });
      wait();
      child.send(order);
    });
  }

  stop(): void {
    this.child?.removeAllListeners();
    this.child?.kill("SIGKILL");
    this.child = undefined;
  }

  private start(): Promise<Report> {
    this.stop();
    const child = start("worker", this.directory);
    this.child = child;
    return new Promise((resolve) => {
      child.once("message", (message: Report) => resolve(message));
      child.once("exit", (code, signal) =>
        resolve({ type: "broken", why: `the worker ended (${code ?? signal}), see ${this.directory}/worker.log` }),
      );
    });
  }
}
