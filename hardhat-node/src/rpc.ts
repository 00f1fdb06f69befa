/** An answer that is an error, with the method that got it. */
export class RpcError extends Error {
  constructor(
    readonly method: string,
    readonly detail: { code: number; message: string; data?: unknown },
  ) {
    super(`${method}: ${detail.message}${detail.data === undefined ? "" : ` (${JSON.stringify(detail.data)})`}`);
  }
}

interface Answer<T> {
  readonly result: T;
  readonly error?: { code: number; message: string; data?: unknown };
}

/** One JSON-RPC endpoint over HTTP. */
export class Rpc {
  #id = 0;

  constructor(readonly url: string) {}

  async call<T>(method: string, ...params: unknown[]): Promise<T> {
    const answer = await this.#post<Answer<T>>(this.#request(method, params));
    if (answer.error !== undefined) throw new RpcError(method, answer.error);
    return answer.result;
  }

  /** Sends several calls at once, to be carried out in order, and throws the first error. */
  async batch(calls: readonly (readonly [method: string, ...params: unknown[]])[]): Promise<void> {
    const requests = calls.map(([method, ...params]) => this.#request(method, params));
    const answers = await this.#post<(Answer<unknown> & { id: number })[]>(requests);
    for (const { id, method } of requests) {
      const error = answers.find((answer) => answer.id === id)?.error;
      if (error !== undefined) throw new RpcError(method, error);
    }
  }

  #request(method: string, params: unknown[]) {
    return { jsonrpc: "2.0", id: ++this.#id, method, params };
  }

  async #post<T>(body: unknown): Promise<T> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T;
  }
}
