import type { World } from "./world.ts";

/** What a transaction's gas was paid for, by kind. */
export const KINDS = [
  "transaction",
  "calldata",
  "cold addresses",
  "cold slots",
  "slots written",
  "slots read",
  "signatures",
  "events",
  "hashing",
  "calls",
  "creation",
  "tokens and feeds",
  "our execution",
] as const;
export type Kind = (typeof KINDS)[number];

/** One step of a trace that is our own execution, for whoever wants to know where in the code it was. */
export interface Step {
  readonly code: string;
  readonly pc: number;
  readonly op: string;
  readonly cost: number;
}

interface Log {
  readonly pc: number;
  readonly op: string;
  readonly gas: number;
  readonly gasCost: number;
  readonly depth: number;
  readonly stack: readonly string[];
}

interface Transaction {
  readonly to: string;
  readonly input: string;
}

const COLD_ADDRESS = 2_600;
const COLD_SLOT = 2_100;
const WARM = 100;
const CALLS = new Set(["CALL", "STATICCALL", "DELEGATECALL", "CALLCODE"]);
const SIGNATURE = 1n;
const PRECOMPILES = 0x20n;

/** Gas by kind, refunds apart. Steps that are not in code of `foreign` are told to `watch` as well. */
export async function trace(
  world: World,
  hash: string,
  foreign: ReadonlySet<string>,
  watch: (step: Step) => void = () => {},
): Promise<Record<Kind, number>> {
  const spent = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  const transaction: Transaction = await world.request("eth_getTransactionByHash", hash);
  spent.transaction = 21_000;
  for (const byte of Buffer.from(transaction.input.slice(2), "hex")) spent.calldata += byte === 0 ? 4 : 16;

  const { structLogs: logs } = (await world.request("debug_traceTransaction", hash, { disableMemory: true, disableStorage: true })) as {
    structLogs: Log[];
  };
  const costs = ownCosts(logs);
  const codes = [transaction.to.toLowerCase()];
  logs.forEach((log, i) => {
    const code = codes[log.depth - 1] as string;
    const next = logs[i + 1];
    if (next !== undefined && next.depth > log.depth) codes[log.depth] = address(log.stack.at(-2));
    let cost = costs[i] as number;
    const move = (kind: Kind, amount: number): void => {
      spent[kind] += amount;
      cost -= amount;
    };
    if (foreign.has(code)) return move("tokens and feeds", cost);
    if (log.op === "SLOAD") {
      if (cost >= COLD_SLOT) move("cold slots", COLD_SLOT);
      move("slots read", cost);
    } else if (log.op === "SSTORE") {
      if (cost >= COLD_SLOT && cost !== 2_900 && cost !== 20_000) move("cold slots", COLD_SLOT);
      move("slots written", cost);
    } else if (log.op.startsWith("LOG")) {
      move("events", cost);
    } else if (log.op === "KECCAK256") {
      move("hashing", cost);
    } else if (CALLS.has(log.op)) {
      if (BigInt(address(log.stack.at(-2))) === SIGNATURE) move("signatures", cost - WARM);
      else if (BigInt(address(log.stack.at(-2))) > PRECOMPILES && cost >= COLD_ADDRESS) move("cold addresses", COLD_ADDRESS);
      move("calls", cost);
    } else if (log.op.startsWith("CREATE")) {
      move("creation", cost);
    } else {
      if (cost >= COLD_ADDRESS && /^EXTCODE|^BALANCE/.test(log.op)) move("cold addresses", COLD_ADDRESS);
      watch({ code, pc: log.pc, op: log.op, cost });
      move("our execution", cost);
    }
  });
  return spent;
}

/** What each step cost itself: a call's is what it took, less what the code that it called spent. */
function ownCosts(logs: readonly Log[]): number[] {
  const costs = logs.map((log) => log.gasCost);
  const open: { index: number; start: number }[] = [];
  logs.forEach((log, i) => {
    const previous = logs[i - 1];
    if (previous === undefined) return;
    if (log.depth > previous.depth) {
      open.push({ index: i - 1, start: log.gas });
    } else if (log.depth < previous.depth) {
      const call = open.pop() as { index: number; start: number };
      const used = call.start - (previous.gas - previous.gasCost);
      costs[call.index] = (logs[call.index] as Log).gas - log.gas - used;
    } else {
      costs[i - 1] = previous.gas - log.gas;
    }
  });
  return costs;
}

function address(word: string | undefined): string {
  return `0x${(word ?? "").replace(/^0x/, "").padStart(40, "0").slice(-40)}`.toLowerCase();
}
