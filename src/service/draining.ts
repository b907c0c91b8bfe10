import type { Handler } from "./http.ts";
import { problemResponse } from "./problem.ts";
// @ts-types="./std_http.d.ts"
import { STATUS_CODE } from "@std/http/status";

const RETRY_SECONDS = 1;

/**
 * Lets the requests finish whose bodies still come in: Deno breaks these off as soon as its server is shut down,
 * and no others.
 */
export class Draining {
  readonly #handler: Handler;
  #open = 0;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor(handler: Handler) {
    this.#handler = handler;
  }

  /** Answers; once drained, it turns away. */
  readonly handle: Handler = (request, exchange) => {
    if (this.#drained) return stopping(request);
    return request.body ? this.#answerOpen(request, exchange) : this.#handler(request, exchange);
  };

  async #answerOpen(...[request, exchange]: Parameters<Handler>): Promise<Response> {
    this.#open++;
    try {
      return await this.#handler(request, exchange);
    } finally {
      if (--this.#open === 0) this.#drained?.resolve();
    }
  }

  /** Takes no more requests and resolves when those with a body are answered. */
  drain(): Promise<void> {
    this.#drained ??= Promise.withResolvers<void>();
    if (this.#open === 0) this.#drained.resolve();
    return this.#drained.promise;
  }
}

function stopping(request: Request): Response {
  return problemResponse(
    {
      status: STATUS_CODE.ServiceUnavailable,
      detail: "The service is stopping; try again later",
      retryAfter: RETRY_SECONDS,
    },
    new URL(request.url).pathname,
    { connection: "close" },
  );
}
