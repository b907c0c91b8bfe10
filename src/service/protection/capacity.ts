import { STATUS_CODE } from "../../base/std/http.ts";
import { ProblemError } from "../http/problem.ts";

/** What a client is told that there is no capacity for. */
export const OVERLOADED = "Too many requests are being processed; try again later";
/** After how many seconds it should try again. */
export const RETRY_SECONDS = 1;

/** How much may be processed at the same time; further work is refused. */
export class Capacity {
  readonly #limit: number;
  #used = 0;
  #count = 0;

  /** @param limit The largest sum of all weights, at least 1. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many pieces of work are in progress. */
  get count(): number {
    return this.#count;
  }

  /** The weight that further work may have. */
  get free(): number {
    return this.#limit - this.#used;
  }

  /**
   * Takes a part until it is returned.
   *
   * @param weight What it takes, at most the limit. Default 1.
   * @returns Gives it back; further calls do nothing.
   * @throws {ProblemError} 503 if there isn't so much.
   */
  take(weight = 1): () => void {
    const taken = Math.min(weight, this.#limit);
    if (this.#used + taken > this.#limit) {
      throw new ProblemError({
        status: STATUS_CODE.ServiceUnavailable,
        detail: OVERLOADED,
        retryAfter: RETRY_SECONDS,
      });
    }
    this.#used += taken;
    this.#count++;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#used -= taken;
      this.#count--;
    };
  }
}
