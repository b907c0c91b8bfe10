import { BodyMemory, readText } from "../http/body.ts";
import { sleep } from "../../base/time.ts";
import { ProblemError, problemResponse } from "../http/problem.ts";
import type { Access } from "./access.ts";
import { clientAddress, type Connection } from "../http/client_address.ts";
import { Capacity, overloaded } from "./capacity.ts";
import { RefusalPace } from "./refusal_pace.ts";
import { RateLimiter } from "./rate_limiter.ts";
import { type Caller, type TokenOptions, Tokens } from "./tokens.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** Who may do what, how fast, and how much at the same time. */
export interface ProtectionOptions extends TokenOptions {
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

/** What a heavy request weighs in the limits. */
const HEAVY_WEIGHT = 10;

/** For how long a body that is slow to arrive keeps others from being read, in milliseconds. */
const SLOW_BODY_MS = 1000;

/** Access control, rate limits and load shedding. Reloads don't reset it. */
export class Protection {
  readonly tokens: Tokens;
  readonly #limiter: RateLimiter | undefined;
  readonly #options: ProtectionOptions;
  readonly #memory = new BodyMemory();
  readonly #concurrency: number;
  readonly #capacity: Capacity;
  /** Requests with bodies that have arrived, and arrive in time. */
  #entered = 0;
  readonly #pace = new RefusalPace();
  /** Resolves when the last heavy request is answered. */
  #turn: Promise<void> = Promise.resolve();

  /** @throws {InputError} If a token can't be used. */
  constructor(options: ProtectionOptions = {}) {
    this.#options = options;
    this.tokens = new Tokens(options);
    const { rateLimit } = options;
    this.#limiter = rateLimit === undefined ? undefined : new RateLimiter(rateLimit);
    this.#concurrency = options.concurrency ?? CONCURRENCY;
    this.#capacity = new Capacity(this.#concurrency);
  }

  /** How many requests are being processed. */
  get inFlight(): number {
    return this.#capacity.count;
  }

  /**
   * Checks that a request may be answered.
   *
   * @throws {ProblemError} 401 without a known token, 403 if the token isn't sufficient, 429 above
   *   the rate limit.
   */
  admit(request: Request, access: Access, connection: Connection | undefined): void {
    if (access === "health") return;
    const needsNoToken = access === "open" || access === "read" && this.tokens.readsAreOpen;
    if (needsNoToken && !this.#limiter) return;
    const caller = this.tokens.callerOf(request);
    this.#limitRate(request, caller, connection);
    if (access === "manage") this.requireManager(request, caller);
    else if (!caller && !needsNoToken) throw unauthorized(request);
  }

  /** Whether {@linkcode Protection.admit} accepts a request. */
  admits(request: Request, access: Access, connection: Connection | undefined): boolean {
    try {
      this.admit(request, access, connection);
      return true;
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  /** Whether a request comes from one of the shop's own programs. */
  mayManage(request: Request): boolean {
    return this.tokens.callerOf(request)?.mayManage ?? false;
  }

  /**
   * Counts a request that {@linkcode Protection.admit} has accepted as a heavy one.
   *
   * @throws {ProblemError} 429 above the rate limit.
   */
  admitHeavy(request: Request, connection: Connection | undefined): void {
    if (!this.#limiter) return;
    this.#limitRate(request, this.tokens.callerOf(request), connection, HEAVY_WEIGHT - 1);
  }

  /** Requests with unknown tokens count by their address. */
  #limitRate(
    request: Request,
    caller: Caller | undefined,
    connection: Connection | undefined,
    cost = 1,
  ): void {
    if (!this.#limiter) return;
    const name = caller?.name ?? `address ${clientAddress(request, connection, this.#options)}`;
    const seconds = this.#limiter.take(name, { cost });
    if (seconds === 0) return;
    throw new ProblemError({
      status: STATUS_CODE.TooManyRequests,
      detail: `At most ${this.#options.rateLimit} requests a second are answered; ` +
        "try again later",
      retryAfter: Math.ceil(seconds),
    });
  }

  /**
   * Checks that a request comes from one of the shop's own programs.
   *
   * @throws {ProblemError} 401 without a known token, 403 if the token isn't sufficient.
   */
  requireManager(
    request: Request,
    caller: Caller | undefined = this.tokens.callerOf(request),
  ): void {
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

  /** Whether a request would be refused because too many are being processed or received. */
  isFullFor(request: Request): boolean {
    if (this.#capacity.free <= 0) return true;
    return hasBody(request) && this.#entered >= this.#concurrency;
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

  /** Refuses a request with 503, without looking at it. */
  refuse(request: Request): Response | Promise<Response> {
    const refusal = () =>
      problemResponse(overloaded().problem, URL.parse(request.url)?.pathname ?? "/");
    return this.#pace.next()?.then(refusal) ?? refusal();
  }

  /**
   * Processes a request. Read its body before, so that slow clients don't count as requests being
   * processed.
   *
   * Heavy requests weigh ten times as much, and are processed one after another, each in a turn of
   * the event loop of its own: health checks and others get theirs in between.
   *
   * @throws {ProblemError} 503 if too many are already.
   */
  async work<T>(answer: () => T | Promise<T>, { isHeavy = false } = {}): Promise<T> {
    const release = this.#capacity.take(isHeavy ? HEAVY_WEIGHT : 1);
    try {
      return await (isHeavy ? this.#inTurn(answer) : answer());
    } finally {
      release();
    }
  }

  #inTurn<T>(answer: () => T | Promise<T>): Promise<T> {
    const result = this.#turn.then(() => sleep(0)).then(answer);
    this.#turn = result.then(() => {}, () => {});
    return result;
  }
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
