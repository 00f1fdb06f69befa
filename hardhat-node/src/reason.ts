import type { Artifact } from "./artifacts.ts";
import { RpcError } from "./rpc.ts";

/** The contract's own name for a refusal, or the node's message. */
export function reason(contract: Artifact, failure: Error): string {
  // A refusal without data has no name: code that is too large to be created, for one.
  const data = failure instanceof RpcError ? failure.revertData : undefined;
  const error = data === undefined ? null : contract.abi.parseError(data);
  return error === null ? failure.message : `${error.name}(${error.args.map(String).join(", ")})`;
}
