import { STATUS_CODE, STATUS_TEXT } from "../../base/std/http.ts";
import { RefusalPace } from "./refusal_pace.ts";

const TYPE = { "content-type": "application/problem+json" };

/**
 * Answers requests that there is no time for, without looking at them: the same text for all, at
 * the pace of {@linkcode RefusalPace}.
 */
export class Refusals {
  readonly #pace = new RefusalPace();
  readonly #status: number;
  readonly #body: string;

  /**
   * @param status The HTTP status of all.
   * @param detail One sentence: the rule, and what to do.
   */
  constructor(
    status: typeof STATUS_CODE.TooManyRequests | typeof STATUS_CODE.ServiceUnavailable,
    detail: string,
  ) {
    this.#status = status;
    this.#body = JSON.stringify({
      type: "about:blank",
      title: STATUS_TEXT[status],
      status,
      detail,
    });
  }

  /**
   * Refuses a request, immediately or a little later.
   *
   * @param retryAfter Seconds after which to try again.
   */
  next(retryAfter: number): Response | Promise<Response> {
    const held = this.#pace.next();
    return held ? held.then(() => this.#make(retryAfter)) : this.#make(retryAfter);
  }

  /** Starts with one header and appends the others, which is several times as fast. */
  #make(retryAfter: number): Response {
    const response = new Response(this.#body, { status: this.#status, headers: TYPE });
    response.headers.append("cache-control", "no-store");
    response.headers.append("retry-after", String(Math.ceil(retryAfter)));
    return response;
  }
}
