import { secondsSince } from "../base/time.ts";
import type { Exchange, Handler } from "./http/exchange.ts";
import { Compressor, isCompressible } from "./http/compression.ts";
import { completeHeaders } from "./http/edge_headers.ts";
import type { AccessLog } from "./observability/access_log.ts";
import { methodLabel, type Metrics } from "./observability/metrics.ts";
import type { NameSpan } from "./observability/tracing.ts";
import { problemResponse } from "./http/problem.ts";
import type { Connection } from "./http/client_address.ts";
import { addCors, type CorsOrigins } from "./protection/cors.ts";
import { STATUS_CODE } from "../base/std/http.ts";

/** What is added to every answer. */
export interface EdgeOptions {
  /** Origins whose pages may read answers. Default only the service's own. */
  corsOrigins?: CorsOrigins;
  /** Counts answers. Default none are counted. */
  metrics?: Metrics;
  /** Gets a line for each answer. Default none. */
  log?: AccessLog;
  /** Names the spans of requests. Default none. */
  nameSpan?: NameSpan;
}

/** In characters: a thousand ids to exclude fit. */
const MAX_URL_LENGTH = 16_384;

/** How many characters of a path that is too long a problem document shows. */
const MAX_SHOWN = 100;

/** A request id that a proxy may set. */
const REQUEST_ID = /^[\w-]{1,64}$/;

/**
 * Wraps a handler with what all requests need, those without a route included: request ids, common
 * headers, CORS, compression, metrics, the access log and spans. Answers `HEAD` with the headers of
 * `GET`.
 */
export function atEdge(
  handler: Handler,
  { corsOrigins = [], metrics, log, nameSpan }: EdgeOptions = {},
): Handler {
  const compressor = new Compressor();
  function compressAndFinish(request: Request, exchange: EdgeExchange, response: Response) {
    const isHead = request.method === "HEAD";
    const isCompressed = isCompressible(request, response);
    if (!isHead && !isCompressed) return finish(request, exchange, response);
    return Promise.resolve(isCompressed ? compressor.compress(response) : response)
      .then((compressed) => isHead ? withoutBody(compressed) : compressed)
      .then((answer) => finish(request, exchange, answer));
  }
  function finish(request: Request, exchange: EdgeExchange, response: Response): Response {
    const { id, route, started } = exchange;
    completeHeaders(request, response);
    response.headers.append("x-request-id", id);
    if (corsOrigins.length > 0) addCors(request, response, corsOrigins);

    const seconds = secondsSince(started);
    const answered = { method: request.method, route, status: response.status, seconds };
    metrics?.answered(answered);
    log?.add(id, answered);
    nameSpan?.(`${methodLabel(request.method)} ${route ?? "other"}`);
    return response;
  }
  return (request, connection) => {
    const exchange = new EdgeExchange(requestId(request), connection);
    const answer = refused(request) ?? handler(asGet(request), exchange);
    // A synchronous answer stays synchronous, which saves a turn of the event loop.
    return answer instanceof Promise
      ? answer.then((response) => compressAndFinish(request, exchange, response))
      : compressAndFinish(request, exchange, answer);
  };
}

/** The request whose answer has the headers that `HEAD` asks for. */
function asGet(request: Request): Request {
  const { method, url, headers } = request;
  return method === "HEAD" ? new Request(url, { headers }) : request;
}

/** The same headers, with the length of the body that they belong to. */
async function withoutBody({ status, headers: given, body }: Response): Promise<Response> {
  const headers = new Headers(given);
  if (body) {
    let length = 0;
    for await (const part of body) length += part.length;
    headers.set("content-length", String(length));
  }
  return new Response(null, { status, headers });
}

/**
 * Starts with the request; looks up the client's address only when it is read, since that is slow.
 */
class EdgeExchange implements Exchange {
  readonly started = performance.now();
  route?: string;
  readonly #connection: Connection | undefined;

  constructor(readonly id: string, connection: Connection | undefined) {
    this.#connection = connection;
  }

  get remoteAddr(): Deno.Addr | undefined {
    return this.#connection?.remoteAddr;
  }
}

function requestId({ headers }: Request): string {
  const given = headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : nextId();
}

/**
 * A random UUID whose last 8 digits are replaced by a counter: a tenth of the time of random ids.
 */
const idStart = crypto.randomUUID().slice(0, -8);
let ids = 0;

function nextId(): string {
  ids = (ids + 1) >>> 0;
  return idStart + ids.toString(16).padStart(8, "0");
}

/** Deno puts the header Host in front of the path, so these would make it a part of the path. */
const NOT_IN_HOST = /[/?#@\\]/;

/**
 * The last header Host that was valid, and the origin of its URLs, which needn't be parsed again.
 */
let knownHost: string | null = null;
let knownOrigin = "";

/** Whether the URL is valid and its path is that of the request line alone. */
function isUrl({ url, headers }: Request): boolean {
  const host = headers.get("host");
  const origin = url.slice(0, url.indexOf("/", "https://".length) + 1);
  if (host === knownHost && origin !== "" && origin === knownOrigin) return true;
  if (host !== null && NOT_IN_HOST.test(host)) return false;
  if (!URL.canParse(url)) return false;
  knownHost = host;
  knownOrigin = origin;
  return true;
}

/**
 * The answer to a request that no route can handle: its URL is invalid, as a bad `Host` makes it,
 * or too long.
 */
function refused(request: Request): Response | undefined {
  const { url } = request;
  if (!isUrl(request)) {
    return problemResponse({
      status: STATUS_CODE.BadRequest,
      detail: "The URL of the request must be valid; check its header Host",
    }, "/");
  }
  if (url.length <= MAX_URL_LENGTH) return undefined;
  return problemResponse({
    status: STATUS_CODE.URITooLong,
    detail: `The URL must be at most ${MAX_URL_LENGTH} characters long, got ${url.length}`,
  }, new URL(url).pathname.slice(0, MAX_SHOWN));
}
