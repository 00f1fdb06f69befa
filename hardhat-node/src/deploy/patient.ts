import { setTimeout as pause } from "node:timers/promises";

import { Refusal } from "../refusal.ts";
import { type Caller, Unreachable } from "../rpc.ts";

/** Failed calls in a row before the chain is given up. */
const FAILURES = 20;

/** The same chain, asked again every `poll` milliseconds until it answers: an endpoint that is away for a moment ends nothing. */
export function patient(chain: Caller, poll: number): Caller {
  return {
    call: async <T>(method: string, ...params: unknown[]): Promise<T> => {
      for (let failures = 1; ; failures += 1) {
        try {
          return await chain.call<T>(method, ...params);
        } catch (failure) {
          if (!(failure instanceof Unreachable)) throw failure;
          if (failures === FAILURES) throw new Refusal(`${failure.message}: run this again to go on`, { cause: failure });
          await pause(poll);
        }
      }
    },
  };
}
