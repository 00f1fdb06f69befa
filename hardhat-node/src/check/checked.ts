import type { Deployment } from "../deploy.ts";
import type { Caller } from "../rpc.ts";
import { compare } from "./comparison.ts";
import { inspect } from "./inspection.ts";
import { Reader } from "./reader.ts";
import type { Report } from "./report.ts";

/** Looks at a vault, or at a deployment that the chain is also compared with. */
export async function checked(chain: Caller, chainId: number, what: string | Deployment): Promise<Report> {
  const reader = await Reader.at(chain);
  if (typeof what === "string") return inspect(reader, chainId, what);
  const report = await inspect(reader, chainId, what.vault, what.lens);
  const mismatches = [...report.mismatches, ...compare(report, what)];
  return { ...report, mismatches, ok: mismatches.length === 0 };
}
