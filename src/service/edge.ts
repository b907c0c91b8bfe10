import { secondsSince } from "../base/time.ts";
import type { Exchange, Handler } from "./http/exchange.ts";
import { Compressor, isCompressible } from "./http/compression.ts";
import { completeHeaders } from "./http/edge_headers.ts";
import type { AccessLog } from "./observability/access_log.ts";
import type { Metrics } from "./observability/metrics.ts";
import type { NameSpan } from "./observability/tracing.ts";
import { problemResponse } from "./http/problem.ts";
import type { Connection } from "./http/client_address.ts";
import { addCors, type CorsOrigins } from "./protection/cors.ts";
import { STATUS_CODE } from "../base/std/http.ts";

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

/** What a proxy may name a request by. */
const REQUEST_ID = /^[\w-]{1,64}$/;

/** Puts around a handler what concerns every request alike, those that go nowhere among them. */
export function atEdge(
  handler: Handler,
  { corsOrigins = [], metrics, log, nameSpan }: EdgeOptions = {},
): Handler {
  const compressor = new Compressor();
  function pack(request: Request, exchange: EdgeExchange, response: Response) {
    if (!isCompressible(request, response)) return finish(request, exchange, response);
    return compressor.compress(response).then((packed) => finish(request, exchange, packed));
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
    nameSpan?.(`${request.method} ${route ?? "other"}`);
    return response;
  }
  return (request, connection) => {
    const exchange = new EdgeExchange(requestId(request), connection);
    const answer = refused(request) ?? handler(request, exchange);
    // What is there at once is answered at once.
    return answer instanceof Promise
      ? answer.then((response) => pack(request, exchange, response))
      : pack(request, exchange, answer);
  };
}

/** Begins with the request; asks where that comes from only if somebody wants to know. */
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

/** Ids in the form of UUIDs that begin as no other process's do, counted up: a tenth of the time of random ones. */
const idStart = crypto.randomUUID().slice(0, -8);
let ids = 0;

function nextId(): string {
  ids = (ids + 1) >>> 0;
  return idStart + ids.toString(16).padStart(8, "0");
}

/** An origin that was part of a URL makes one of whatever follows it, which is sooner told than parsed. */
let knownOrigin = "";

function isUrl(url: string): boolean {
  const origin = url.slice(0, url.indexOf("/", "https://".length) + 1);
  if (origin !== "" && origin === knownOrigin) return true;
  if (!URL.canParse(url)) return false;
  knownOrigin = origin;
  return true;
}

/** What no route can answer: an address that is none, as a wrong `Host` makes it, or one that is too long. */
function refused({ url }: Request): Response | undefined {
  if (!isUrl(url)) {
    return problemResponse({
      status: STATUS_CODE.BadRequest,
      detail: "The address of the request must be a URL; see the header Host",
    }, "/");
  }
  if (url.length <= LONGEST_URL) return undefined;
  return problemResponse({
    status: STATUS_CODE.URITooLong,
    detail: `The URL must be at most ${LONGEST_URL} characters long, got ${url.length}`,
  }, new URL(url).pathname.slice(0, MOST_SHOWN));
}
