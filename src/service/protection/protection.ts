import { BodyMemory, readText } from "../http/body.ts";
import { ProblemError } from "../http/problem.ts";
import type { Access } from "./access.ts";
import { clientAddress, type Connection } from "../http/client_address.ts";
import { Capacity, OVERLOADED, RETRY_SECONDS } from "./capacity.ts";
import { type PublicKeyOptions, PublicKeys } from "./public_keys.ts";
import { RateLimiter } from "./rate_limiter.ts";
import { Refusals } from "./refusals.ts";
import { type TokenOptions, Tokens } from "./tokens.ts";
import { Turns } from "./turns.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** Who may do what, how fast, and how much at the same time. */
export interface ProtectionOptions extends TokenOptions, PublicKeyOptions {
  /**
   * Requests a second of each token or, without a token, each address; above 0. Default no limit.
   */
  rateLimit?: number;
  /**
   * How many of the shop's own proxies are in front of the service. Default 0: `x-forwarded-for` is
   * ignored.
   */
  trustedProxies?: number;
  /** How long a body may take to arrive, in milliseconds. Default 10,000; tests set less. */
  bodyTimeoutMs?: number;
  /** How many requests are processed at the same time; further ones get 503. Default 500. */
  concurrency?: number;
}

const CONCURRENCY = 500;

/** For how long a body that is slow to arrive keeps others from being read, in milliseconds. */
const SLOW_BODY_MS = 1000;

/** Access control, rate limits and load shedding. Reloads don't reset it. */
export class Protection {
  readonly tokens: Tokens;
  /** Who may send events from the shop's pages. */
  readonly publicKeys: PublicKeys;
  readonly #limiter: RateLimiter | undefined;
  readonly #options: ProtectionOptions;
  readonly #memory = new BodyMemory();
  readonly #concurrency: number;
  readonly #capacity: Capacity;
  /** Requests with bodies that have arrived, and arrive in time. */
  #entered = 0;
  readonly #turns = new Turns();
  readonly #overloaded = new Refusals(STATUS_CODE.ServiceUnavailable, OVERLOADED);
  readonly #limited: Refusals;

  /** @throws {InputError} If a token can't be used. */
  constructor(options: ProtectionOptions = {}) {
    this.#options = options;
    this.tokens = new Tokens(options);
    const { apiTokens = [], readTokens = [] } = options;
    this.publicKeys = new PublicKeys({ ...options, secrets: [...apiTokens, ...readTokens] });
    const { rateLimit } = options;
    this.#limiter = rateLimit === undefined ? undefined : new RateLimiter(rateLimit);
    this.#limited = new Refusals(STATUS_CODE.TooManyRequests, limitedDetail(rateLimit));
    this.#concurrency = options.concurrency ?? CONCURRENCY;
    this.#capacity = new Capacity(this.#concurrency);
  }

  /** How many requests are being processed. */
  get inFlight(): number {
    return this.#capacity.count;
  }

  /**
   * Counts a request in the rate limit.
   *
   * @returns Its refusal if it is above the limit.
   */
  limitRate(
    request: Request,
    connection: Connection | undefined,
  ): Response | Promise<Response> | undefined {
    const seconds = this.#overRate(request, connection, 1);
    return seconds === 0 ? undefined : this.#limited.next(seconds);
  }

  /**
   * Counts the rest of what a request weighs in the rate limit.
   *
   * @param weight Above 1 if it takes much longer than others.
   * @throws {ProblemError} 429 above the limit.
   */
  limitWeight(request: Request, connection: Connection | undefined, weight: number): void {
    if (weight <= 1) return;
    const seconds = this.#overRate(request, connection, weight - 1);
    if (seconds === 0) return;
    throw new ProblemError({
      status: STATUS_CODE.TooManyRequests,
      detail: limitedDetail(this.#options.rateLimit),
      retryAfter: Math.ceil(seconds),
    });
  }

  /**
   * Seconds until a request is within the rate limit; 0 if it is. Requests with unknown tokens
   * count by their address.
   */
  #overRate(request: Request, connection: Connection | undefined, cost: number): number {
    if (!this.#limiter) return 0;
    const name = this.tokens.callerOf(request)?.name ??
      `address ${clientAddress(request, connection, this.#options)}`;
    return this.#limiter.take(name, { cost });
  }

  /**
   * Checks that a request may be answered.
   *
   * @throws {ProblemError} 401 without a known token, 403 if the token isn't sufficient.
   */
  admit(request: Request, access: Access): void {
    if (access === "manage") this.requireManager(request);
    else if (!this.admits(request, access)) throw unauthorized(request);
  }

  /** Whether {@linkcode Protection.admit} accepts a request. */
  admits(request: Request, access: Access): boolean {
    if (access === "manage") return this.mayManage(request);
    if (access !== "read" || this.tokens.readsAreOpen) return true;
    return this.tokens.callerOf(request) !== undefined;
  }

  /** Whether a request comes from one of the shop's own programs. */
  mayManage(request: Request): boolean {
    return this.tokens.callerOf(request)?.mayManage ?? false;
  }

  /**
   * Checks that a request comes from one of the shop's own programs.
   *
   * @throws {ProblemError} 401 without a known token, 403 if the token isn't sufficient.
   */
  requireManager(request: Request): void {
    const caller = this.tokens.callerOf(request);
    if (caller?.mayManage) return;
    if (!this.tokens.anyMayManage) {
      throw new ProblemError({
        status: STATUS_CODE.Forbidden,
        detail: "Closed: the service was started without API_TOKENS. Start it with " +
          "API_TOKENS=SECRET (16 or more characters; openssl rand -hex 32 makes one) and send " +
          '"authorization: Bearer SECRET"',
      });
    }
    if (!caller) throw unauthorized(request);
    throw new ProblemError({
      status: STATUS_CODE.Forbidden,
      detail: "This needs one of API_TOKENS; the token sent is one of READ_TOKENS",
      challenge: 'Bearer error="insufficient_scope"',
    });
  }

  /** Reads a body as {@linkcode readText} does, within the limits of the service. */
  readText(request: Request): Promise<string> {
    const { bodyTimeoutMs: timeoutMs } = this.#options;
    return readText(request, { memory: this.#memory, timeoutMs });
  }

  /** Resolves when no body is being read; call it once no further requests are accepted. */
  bodiesRead(): Promise<void> {
    return this.#memory.emptied();
  }

  /**
   * @returns The refusal of a request that there is no capacity for: too many are being processed
   *   or received.
   */
  refuseIfFull(request: Request): Response | Promise<Response> | undefined {
    const isFull = this.#capacity.free <= 0 ||
      hasBody(request) && this.#entered >= this.#concurrency;
    return isFull ? this.#overloaded.next(RETRY_SECONDS) : undefined;
  }

  /**
   * Counts a request with a body from its arrival on, so that no more bodies are read than can be
   * processed; one that is slow to arrive counts for a moment only.
   *
   * @returns To be called when it is answered; undefined without a body.
   */
  enter(request: Request): (() => void) | undefined {
    if (!hasBody(request)) return undefined;
    this.#entered++;
    let isCounted = true;
    const leave = () => {
      clearTimeout(timer);
      if (isCounted) this.#entered--;
      isCounted = false;
    };
    const timer = setTimeout(leave, SLOW_BODY_MS);
    return leave;
  }

  /**
   * Processes a request. Read its body before, so that slow clients don't count as requests being
   * processed.
   *
   * @param weight How much of the capacity it takes. Above 1 if it takes much longer than others:
   *   it then waits for its turn, so that health checks and others get theirs in between.
   * @throws {ProblemError} 503 if too many are processed already.
   */
  async work<T>(answer: () => T | Promise<T>, weight = 1): Promise<T> {
    const release = this.#capacity.take(weight);
    try {
      return await (weight > 1 ? this.#turns.take(answer) : answer());
    } finally {
      release();
    }
  }
}

function limitedDetail(rateLimit: number | undefined): string {
  return `At most ${rateLimit} requests a second are answered; try again later`;
}

function hasBody({ method }: Request): boolean {
  return method !== "GET" && method !== "HEAD";
}

function unauthorized(request: Request): ProblemError {
  const isSent = request.headers.has("authorization");
  return new ProblemError({
    status: STATUS_CODE.Unauthorized,
    detail: isSent
      ? 'Unknown token; send "authorization: Bearer TOKEN" with one of the service\'s tokens'
      : 'This needs a token; send "authorization: Bearer TOKEN"',
    challenge: isSent ? 'Bearer error="invalid_token"' : "Bearer",
  });
}
