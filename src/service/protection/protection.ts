import { BodyRoom, readText } from "../http/body.ts";
import { ProblemError } from "../http/problem.ts";
import type { Access } from "./access.ts";
import { clientAddress, type Connection } from "../http/client_address.ts";
import { type RateLimit, RateLimiter } from "./rate_limiter.ts";
import { type Caller, type TokenOptions, Tokens } from "./tokens.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** Who may do what, how fast and how much of it at once. */
export interface ProtectionOptions extends TokenOptions {
  /** How fast each token or, without one, each address may ask. Default without limit. */
  rateLimit?: RateLimit;
  /** How many proxies of one's own stand before the service. Default 0: nobody says where he comes from. */
  trustedProxies?: number;
  /** How long a body may take to come in, in milliseconds. Default 10,000. */
  bodyTimeoutMs?: number;
  /** How many requests are worked on at once; more are turned away. Default 500. */
  concurrency?: number;
}

const CONCURRENCY = 500;
const RETRY_SECONDS = 1;

/** Lets in who may come in, for as long as there is room; keeps its account over reloads. */
export class Protection {
  readonly tokens: Tokens;
  readonly #limiter: RateLimiter | undefined;
  readonly #options: ProtectionOptions;
  readonly #concurrency: number;
  readonly #room = new BodyRoom();
  #inFlight = 0;

  /** @throws {InputError} If a token can't be used. */
  constructor(options: ProtectionOptions = {}) {
    this.#options = options;
    this.tokens = new Tokens(options);
    this.#limiter = options.rateLimit && new RateLimiter(options.rateLimit);
    this.#concurrency = options.concurrency ?? CONCURRENCY;
  }

  /** How many requests are worked on at the moment. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Lets a request in.
   *
   * @throws {ProblemError} 401 without a token that is known, 403 if it isn't enough, 429 if the caller asks too fast.
   */
  admit(request: Request, access: Access, connection: Connection | undefined): void {
    if (access === "open") return;
    if (access === "read" && this.tokens.readsAreOpen && !this.#limiter) return;
    const caller = this.tokens.callerOf(request);
    this.#slowDown(request, caller, connection);
    if (access === "manage") this.#requireManager(request, caller);
    else if (!caller && !this.tokens.readsAreOpen) throw unauthorized(request);
  }

  /** Whether {@linkcode Protection.admit} lets a request in. */
  admits(request: Request, access: Access, connection: Connection | undefined): boolean {
    try {
      this.admit(request, access, connection);
      return true;
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  /** Whoever makes up tokens counts by his address. */
  #slowDown(
    request: Request,
    caller: Caller | undefined,
    connection: Connection | undefined,
  ): void {
    if (!this.#limiter) return;
    const name = caller?.name ?? `address ${clientAddress(request, connection, this.#options)}`;
    const seconds = this.#limiter.take(name);
    if (seconds === 0) return;
    throw new ProblemError({
      status: STATUS_CODE.TooManyRequests,
      detail: `At most ${this.#options.rateLimit?.perSecond} requests a second are answered; ` +
        "try again later",
      retryAfter: Math.ceil(seconds),
    });
  }

  #requireManager(request: Request, caller: Caller | undefined): void {
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
      detail: "This needs one of API_TOKENS; the token that was sent is one of READ_TOKENS",
      challenge: 'Bearer error="insufficient_scope"',
    });
  }

  /** Reads a body, if it comes in time and there is room for it. */
  readText(request: Request): Promise<string> {
    return readText(request, { timeoutMs: this.#options.bodyTimeoutMs, room: this.#room });
  }

  /** Resolves when no body comes in any more; for whoever lets no more in. */
  bodiesRead(): Promise<void> {
    return this.#room.emptied();
  }

  /**
   * Makes sure that one more request could be worked on now, before anything is done for it.
   *
   * @throws {ProblemError} 503 if there is no room.
   */
  requireRoom(): void {
    if (this.#inFlight < this.#concurrency) return;
    throw new ProblemError({
      status: STATUS_CODE.ServiceUnavailable,
      detail: "Too many requests are worked on now; try again later",
      retryAfter: RETRY_SECONDS,
    });
  }

  /**
   * Works on a request, if there is room. Bodies should have been read by then: slow ones take up no room.
   *
   * @throws {ProblemError} 503 if there is none.
   */
  async work<T>(answer: () => T | Promise<T>): Promise<T> {
    this.requireRoom();
    this.#inFlight++;
    try {
      return await answer();
    } finally {
      this.#inFlight--;
    }
  }
}

function unauthorized(request: Request): ProblemError {
  const isSent = request.headers.has("authorization");
  return new ProblemError({
    status: STATUS_CODE.Unauthorized,
    detail: isSent
      ? 'The token isn\'t known; send "authorization: Bearer TOKEN" with one the service was started with'
      : 'This needs a token; send "authorization: Bearer TOKEN"',
    challenge: isSent ? 'Bearer error="invalid_token"' : "Bearer",
  });
}
