/** An answer that is an error, with the method that got it. */
export class RpcError extends Error {
  constructor(
    readonly method: string,
    readonly detail: { code: number; message: string; data?: unknown },
  ) {
    super(`${method}: ${detail.message}${detail.data === undefined ? "" : ` (${JSON.stringify(detail.data)})`}`);
  }
}

/** One JSON-RPC endpoint over HTTP. */
export class Rpc {
  #id = 0;

  constructor(readonly url: string) {}

  async call<T>(method: string, ...params: unknown[]): Promise<T> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: ++this.#id, method, params }),
    });
    const answer = (await response.json()) as { result: T; error?: { code: number; message: string; data?: unknown } };
    if (answer.error !== undefined) throw new RpcError(method, answer.error);
    return answer.result;
  }
}
