import { ApiError, toApiError } from "./api_error.ts";
import type { TransportOptions } from "./options.ts";

/** A request, relative to the service's address. */
export interface ApiRequest {
  /** Default `"GET"`. */
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Starts with a slash; its ids are percent-encoded. */
  readonly path: string;
  /** Parameters that are undefined are omitted; lists are repeated. Default none. */
  readonly query?: object;
  /** Sent as JSON. Default none. */
  readonly body?: unknown;
  /** Whether repeating it has no further effect. Default yes. */
  readonly isSafe?: boolean;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Too many requests, bad gateway, service unavailable, gateway timeout. */
const RETRYABLE_STATUSES = [429, 502, 503, 504];

/**
 * Sends a request. If it is safe to repeat and the service can't be reached in time or is busy, it
 * is retried after a growing pause.
 *
 * @throws {ApiError} If the last answer isn't a success; if there is none, what `fetch` throws.
 */
export async function send(options: TransportOptions, request: ApiRequest): Promise<Response> {
  const { isSafe = true } = request;
  for (let attempt = 0;; attempt++) {
    const isLast = !isSafe || attempt >= options.retries;
    try {
      const response = await sendOnce(options, request);
      if (response.ok) return response;
      if (isLast || !RETRYABLE_STATUSES.includes(response.status)) {
        throw await toApiError(response);
      }
      await response.body?.cancel();
      await pause(attempt, Number(response.headers.get("retry-after") ?? 0));
    } catch (error) {
      if (isLast || error instanceof ApiError) throw error;
      await pause(attempt);
    }
  }
}

function sendOnce(
  { url, headers, timeoutMs, fetch }: TransportOptions,
  { method = "GET", path, query = {}, body }: ApiRequest,
): Promise<Response> {
  return fetch(`${url}${path}${toQuery(query)}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

function toQuery(query: object): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).filter((value) => value !== undefined)
      .map((value) => [name, String(value)])
  );
  const text = new URLSearchParams(given).toString();
  return text === "" ? "" : `?${text}`;
}

/**
 * Exponential backoff with jitter.
 *
 * @param seconds The least to wait, as the service asks for in `Retry-After`. Default 0.
 */
function pause(attempt: number, seconds = 0): Promise<void> {
  const backoff = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2);
  const ms = Math.min(Math.max(backoff, 1000 * seconds), LONGEST_PAUSE_MS);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
