import { STATUS_CODE } from "../../base/std/http.ts";
import { InputError } from "../../base/input_error.ts";
import { clientAddress, type Connection } from "../http/client_address.ts";
import { ProblemError } from "../http/problem.ts";
import type { CorsOrigins } from "./cors.ts";
import { RateLimiter } from "./rate_limiter.ts";

/** Who may send events straight from the shop's pages. */
export interface PublicKeyOptions {
  /** Keys that pages show to everyone. Default none: pages can't send events. */
  readonly publicKeys?: readonly string[];
  /** The shop's origins; `*` for any. Default only the service's own. */
  readonly corsOrigins?: CorsOrigins;
  /** See {@linkcode clientAddress}. Default 0. */
  readonly trustedProxies?: number;
}

/** Batches a second from one address in the long run; a page sends one every few seconds. */
const PER_SECOND = 5;

/** A key in the page's source: no secret, but no other token either. */
const KEY = /^[A-Za-z0-9_-]{8,64}$/;

/** How programs that read pages call themselves. */
const PROGRAMS = /bot\b|bot[/;]|crawl|spider|slurp|headless|lighthouse|preview/i;

/**
 * Lets the shop's pages store events. A public key says which shop's page sent them, not who: it
 * can't read or delete anything. Pages of other origins, programs and addresses that send too much
 * are refused.
 */
export class PublicKeys {
  readonly #keys: ReadonlySet<string>;
  readonly #options: PublicKeyOptions;
  readonly #limiter = new RateLimiter(PER_SECOND);

  /** @throws {InputError} If a key can't be used; gives its position, not the key. */
  constructor(options: PublicKeyOptions & { readonly secrets?: readonly string[] } = {}) {
    const { publicKeys = [], secrets = [] } = options;
    publicKeys.forEach((key, i) => {
      const place = `number ${i + 1} of ${publicKeys.length}`;
      if (!KEY.test(key)) {
        throw new InputError(
          `Cannot use PUBLIC_KEYS: each key must be 8 to 64 of A-Z a-z 0-9 _ -, but ${place} isn't`,
        );
      }
      if (secrets.includes(key)) {
        throw new InputError(
          `Cannot use PUBLIC_KEYS: ${place} is one of API_TOKENS or READ_TOKENS, and pages show ` +
            "public keys to everyone; make another: openssl rand -hex 16",
        );
      }
    });
    this.#keys = new Set(publicKeys);
    this.#options = options;
  }

  /** A key for pages of the service itself; undefined if there is none. */
  get first(): string | undefined {
    return this.#keys.values().next().value;
  }

  /** Whether pages can send events at all. */
  get isOpen(): boolean {
    return this.#keys.size > 0;
  }

  /**
   * Checks that events may be stored.
   *
   * @throws {ProblemError} 401 if the key is unknown, 403 if a page of another origin or a program
   * sent them, 429 if the address sends too much.
   */
  admit(request: Request, connection: Connection | undefined, key: string): void {
    if (!this.#keys.has(key)) {
      throw refusal(STATUS_CODE.Unauthorized, "The key must be one of the service's PUBLIC_KEYS");
    }
    if (!this.#isAllowed(request)) {
      throw refusal(
        STATUS_CODE.Forbidden,
        "The page that sends events must be of the service's own origin or one of CORS_ORIGINS, " +
          `got ${request.headers.get("origin") ?? "a request without an origin"}`,
      );
    }
    if (PROGRAMS.test(request.headers.get("user-agent") ?? "bot/")) {
      throw refusal(
        STATUS_CODE.Forbidden,
        "Programs that read pages, such as crawlers and headless browsers, can't send events; " +
          "the user agent says that this is one",
      );
    }
    const seconds = this.#limiter.take(clientAddress(request, connection, this.#options));
    if (seconds === 0) return;
    throw new ProblemError({
      status: STATUS_CODE.TooManyRequests,
      detail: `At most ${PER_SECOND} batches a second are taken from an address; try again later`,
      retryAfter: Math.ceil(seconds),
    });
  }

  #isAllowed({ headers, url }: Request): boolean {
    const origin = headers.get("origin");
    const { corsOrigins = [] } = this.#options;
    if (origin === null) return false;
    if (corsOrigins.includes("*") || corsOrigins.includes(origin)) return true;
    const own = headers.get("host") ?? new URL(url).host;
    return URL.parse(origin)?.host === own;
  }
}

function refusal(status: 401 | 403, detail: string): ProblemError {
  return new ProblemError({
    status,
    detail,
    ...(status === STATUS_CODE.Unauthorized && { challenge: "PublicKey" }),
  });
}
