import type { Exchange, Handler } from "./http.ts";
import type { AccessLog } from "./observability/access_log.ts";
import type { Metrics } from "./observability/metrics.ts";
import type { NameSpan } from "./observability/tracing.ts";
import { problemResponse } from "./problem.ts";
import { addCors, type CorsOrigins } from "./protection/cors.ts";
// @ts-types="./std_http.d.ts"
import { STATUS_CODE } from "@std/http/status";

/** What every answer carries, whatever it is. */
export interface EdgeOptions {
  /** Whose pages may read answers. Default none but the service's own. */
  corsOrigins?: CorsOrigins;
  /** Where answers are counted. */
  metrics?: Metrics;
  /** Where a line for each answer goes. Default nowhere. */
  log?: AccessLog;
  /** Names the spans of requests, where there are any. */
  nameSpan?: NameSpan;
}

/** The longest address of a request, in characters: a thousand ids to leave out fit. */
const LONGEST_URL = 16_384;
const MOST_SHOWN = 100;

/** Answers are data: a browser runs and shows nothing of them, nor guesses what they are. */
const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** What a proxy may name a request by. */
const REQUEST_ID = /^[\w-]{1,64}$/;

/** Puts around a handler what concerns every request alike, those that go nowhere among them. */
export function atEdge(
  handler: Handler,
  { corsOrigins = [], metrics, log, nameSpan }: EdgeOptions = {},
): Handler {
  return async (request, { remoteAddr } = {}) => {
    const started = performance.now();
    const exchange: Exchange = { remoteAddr };
    const response = request.url.length > LONGEST_URL
      ? tooLong(request)
      : await handler(request, exchange);
    const id = requestId(request);
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    response.headers.set("x-request-id", id);
    addCors(request, response, corsOrigins);

    const seconds = (performance.now() - started) / 1000;
    const { method } = request;
    const answered = { method, route: exchange.route, status: response.status, seconds };
    metrics?.answered(answered);
    log?.add(id, answered);
    nameSpan?.(`${method} ${exchange.route ?? "other"}`);
    return response;
  };
}

function requestId({ headers }: Request): string {
  const given = headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

function tooLong(request: Request): Response {
  return problemResponse({
    status: STATUS_CODE.URITooLong,
    detail: `The URL must be at most ${LONGEST_URL} characters long, got ${request.url.length}`,
  }, new URL(request.url).pathname.slice(0, MOST_SHOWN));
}
