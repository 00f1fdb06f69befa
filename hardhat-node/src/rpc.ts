/** Whatever answers JSON-RPC calls: an endpoint, or a chain in this process. */
export interface Caller {
  call<T>(method: string, ...params: unknown[]): Promise<T>;
}

/** An answer that is an error, with the method that got it. */
export class RpcError extends Error {
  constructor(
    readonly method: string,
    readonly detail: { code: number; message: string; data?: unknown },
  ) {
    super(`${method}: ${detail.message}${detail.data === undefined ? "" : ` (${JSON.stringify(detail.data)})`}`);
  }

  /** What a contract answered when it refused, if it said anything. */
  get revertData(): string | undefined {
    const { data } = this.detail;
    const given = typeof data === "string" ? data : (data as { data?: unknown } | null | undefined)?.data;
    return typeof given === "string" && given.length >= 10 ? given : undefined;
  }
}

/** No answer at all, or none that is JSON-RPC's. */
export class Unreachable extends Error {}

interface Answer<T> {
  readonly result: T;
  readonly error?: { code: number; message: string; data?: unknown };
}

/** One JSON-RPC endpoint over HTTP. */
export class Rpc implements Caller {
  #id = 0;

  /** @param patience milliseconds after which an answer is not waited for any more; for ever by default */
  constructor(
    readonly url: string,
    private readonly patience?: number,
  ) {}

  /** The endpoint without its path, which with many providers is a secret. */
  get name(): string {
    return URL.canParse(this.url) ? new URL(this.url).origin : this.url;
  }

  async call<T>(method: string, ...params: unknown[]): Promise<T> {
    const answer = await this.#post<Answer<T> | null>(this.#request(method, params));
    if (answer?.error != null) throw new RpcError(method, answer.error);
    if (answer?.result === undefined) throw new Unreachable(`${this.name} does not answer as JSON-RPC does`);
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
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        ...(this.patience === undefined ? {} : { signal: AbortSignal.timeout(this.patience) }),
      });
      return (await response.json()) as T;
    } catch (failure) {
      const cause = (failure as { cause?: { code?: string } }).cause?.code ?? (failure as Error).name;
      throw new Unreachable(`${this.name} does not answer as JSON-RPC does (${cause})`, { cause: failure });
    }
  }
}
