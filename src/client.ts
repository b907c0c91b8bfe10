/** A typed client of the API: `fetch` and nothing else, for shops' back ends and browsers. */
import type { z } from "zod";
import type * as answers from "./service/schema/answers.ts";

/** Where the service is and how long to wait for it. */
export interface ClientOptions {
  /** For example `https://recommend.example.com`. */
  url: string;
  /** How long one attempt may take, in milliseconds. Default 5,000. */
  timeoutMs?: number;
  /** How often a request that can safely be repeated is. Default 2. */
  retries?: number;
  /** One of the service's tokens, which storing and changing need; never in a browser. Default none. */
  token?: string;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>;
  /** Default the platform's. */
  fetch?: typeof fetch;
}

/** Which products may be in a list. */
export interface FilterOptions {
  brand?: string;
  /** A path, that of a category above it, or a number. */
  category?: string;
  minPrice?: number;
  maxPrice?: number;
}

/** What is wanted of a list. */
export interface ListOptions extends FilterOptions {
  /** From 1 to 100. Default 10. */
  k?: number;
  /** Product ids to leave out. */
  not?: readonly string[];
}

/** What is wanted of a list for somebody. */
export interface RecommendOptions extends ListOptions {
  /** Default the one that training chose. */
  model?: string;
  /** Default `"seen"`. */
  exclude?: "seen" | "purchased" | "none";
  /** From 0, the order of the scores, to 1, nothing but variety. Default 0. */
  diversity?: number;
  /** Whether to say because of which of the user's own events. Default no. */
  explain?: boolean;
}

/** What happened. */
export interface SessionEvent {
  productId: string;
  type: "view" | "cart" | "purchase" | "remove_from_cart";
  /** ISO 8601, or seconds or milliseconds since 1970. Default now. */
  time?: string | number;
}

/** What a user did. */
export interface ShopEvent extends SessionEvent {
  userId: string;
  /** Names the event, so that it is stored once however often it is sent. Default a random one. */
  eventId?: string;
  sessionId?: string;
  price?: number;
}

/** What is new of a product. */
export interface ProductChange {
  brand?: string;
  category?: string;
  categoryId?: string;
  price?: number;
  title?: string;
  inStock?: boolean;
}

/** Which part of a long answer is wanted. */
export interface PageOptions {
  /** From 1 to 1,000. Default 100. */
  limit?: number;
  /** Default 0. */
  offset?: number;
}

type Answer<Rule extends z.ZodType> = z.output<Rule>;

/** Why the service refused a request, as it says itself (RFC 9457). */
export type Problem = Answer<typeof answers.problemAnswer>;

/** The service answered that it can't. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /** @param problem Absent where something between answered instead of the service. */
  constructor(readonly status: number, readonly problem?: Problem) {
    super(problem?.detail ?? `The service answered ${status}`);
  }
}

type Query = object;

interface Sending {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  query?: Query;
  body?: unknown;
  /** Whether it does no harm to send it again. Default yes. */
  safe?: boolean;
}

const TIMEOUT_MS = 5000;
const RETRIES = 2;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Answers after which it is worth trying again. */
const PASSING = [429, 502, 503, 504];

/**
 * Asks a service. Every method throws {@linkcode ApiError} where the service refuses, and what `fetch` throws
 * where it can't be reached in time. Requests that can safely be repeated are, after a growing pause.
 *
 * @example
 * ```ts ignore
 * const shop = new ShopClient({ url: "http://localhost:8000", token: "…" });
 * await shop.sendEvents([{ userId: "ann", productId: "5712790", type: "view" }]);
 * const { items } = await shop.recommend("ann", { k: 5, brand: "runail" });
 * ```
 */
export class ShopClient {
  readonly #options: Required<ClientOptions>;

  constructor(options: ClientOptions) {
    this.#options = {
      timeoutMs: TIMEOUT_MS,
      retries: RETRIES,
      token: "",
      fetch: globalThis.fetch.bind(globalThis),
      ...options,
      headers: {
        ...(options.token && { authorization: `Bearer ${options.token}` }),
        ...options.headers,
      },
      url: options.url.replace(/\/+$/, ""),
    };
  }

  /** The best products for a user. */
  recommend(
    userId: string,
    query: RecommendOptions & { rotate?: boolean } = {},
  ): Promise<Answer<typeof answers.recommendAnswer>> {
    return this.#json(path`/recommend/${userId}`, { query });
  }

  /** The best products for a user, their ids alone. */
  recommendIds(
    userId: string,
    query: RecommendOptions & { rotate?: boolean } = {},
  ): Promise<string[]> {
    return this.#json(path`/recommend/${userId}`, { query: { ...query, format: "ids" } });
  }

  /** The best products for what an anonymous visitor did; nothing is stored. */
  recommendForSession(
    events: readonly SessionEvent[],
    options: RecommendOptions = {},
  ): Promise<Answer<typeof answers.sessionAnswer>> {
    return this.#json("/recommend", { method: "POST", body: { ...options, events } });
  }

  /** The products most like one. */
  similar(
    productId: string,
    query: ListOptions & { model?: string } = {},
  ): Promise<Answer<typeof answers.similarAnswer>> {
    return this.#json(path`/similar/${productId}`, { query });
  }

  /** What is popular; with a window such as `7d`, lately. */
  popular(
    query: ListOptions & { window?: `${number}d` } = {},
  ): Promise<Answer<typeof answers.popularAnswer>> {
    return this.#json("/popular", { query });
  }

  /** What a user did, newest first. */
  history(userId: string, query: PageOptions = {}): Promise<Answer<typeof answers.historyAnswer>> {
    return this.#json(path`/users/${userId}/history`, { query });
  }

  /** Forgets a person. */
  forget(userId: string): Promise<Answer<typeof answers.forgottenAnswer>> {
    return this.#json(path`/users/${userId}`, { method: "DELETE" });
  }

  /** What is known of a product. */
  product(productId: string): Promise<Answer<typeof answers.productAnswer>> {
    return this.#json(path`/products/${productId}`);
  }

  /** Finds products by words, brand, category and price. */
  products(
    query: FilterOptions & PageOptions & { query?: string } = {},
  ): Promise<Answer<typeof answers.productsAnswer>> {
    return this.#json("/products", { query });
  }

  /** Changes a product or adds one; what is left out stays as it is. */
  changeProduct(
    productId: string,
    change: ProductChange,
  ): Promise<Answer<typeof answers.productAnswer>> {
    return this.#json(path`/products/${productId}`, { method: "PUT", body: change });
  }

  /** Stores up to 1,000 events. Each gets a name if it has none, so that sending them again does no harm. */
  sendEvents(events: readonly ShopEvent[]): Promise<Answer<typeof answers.eventsAnswer>> {
    const named = events.map((event) => ({ eventId: crypto.randomUUID(), ...event }));
    return this.#json("/events", { method: "POST", body: named });
  }

  /** What came in, as the CSV that training reads, a piece at a time. */
  async exportEvents(query: { since?: string | number } = {}): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#send("/events/export", { query });
    if (!body) throw new TypeError("Cannot export events: the answer has no body");
    return body;
  }

  /** Has the service load the artifact that is current now. */
  reload(): Promise<Answer<typeof answers.reloadAnswer>> {
    return this.#json("/admin/reload", { method: "POST", safe: false });
  }

  /** Which artifact is served. */
  version(): Promise<Answer<typeof answers.versionAnswer>> {
    return this.#json("/version");
  }

  /** Whether all of the service works. */
  readiness(): Promise<Answer<typeof answers.readinessAnswer>> {
    return this.#json("/readyz");
  }

  async #json<T>(path: string, sending: Sending = {}): Promise<T> {
    return await (await this.#send(path, sending)).json() as T;
  }

  async #send(path: string, sending: Sending): Promise<Response> {
    const { safe = true } = sending;
    for (let attempt = 0;; attempt++) {
      const isLast = !safe || attempt >= this.#options.retries;
      try {
        const response = await this.#attempt(path, sending);
        if (response.ok) return response;
        if (isLast || !PASSING.includes(response.status)) throw await toError(response);
        await response.body?.cancel();
        await pause(attempt, Number(response.headers.get("retry-after") ?? 0));
      } catch (error) {
        if (isLast || error instanceof ApiError) throw error;
        await pause(attempt);
      }
    }
  }

  #attempt(path: string, { method = "GET", query = {}, body }: Sending): Promise<Response> {
    const { url, headers, timeoutMs, fetch } = this.#options;
    return fetch(`${url}${path}${toQuery(query)}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }
}

/** Ids may hold anything. */
function path(parts: TemplateStringsArray, ...ids: string[]): string {
  return String.raw({ raw: parts }, ...ids.map(encodeURIComponent));
}

function toQuery(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}

async function toError(response: Response): Promise<ApiError> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  if (isProblem) return new ApiError(response.status, await response.json() as Problem);
  await response.body?.cancel();
  return new ApiError(response.status);
}

/** Twice as long each time, not everybody at the same moment, and no shorter than the service asks for. */
function pause(attempt: number, seconds = 0): Promise<void> {
  const own = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2);
  const ms = Math.min(Math.max(own, 1000 * seconds), LONGEST_PAUSE_MS);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
