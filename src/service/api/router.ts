import { type Context, Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Exchange, Handler } from "../http/exchange.ts";
import { Metrics } from "../observability/metrics.ts";
import { readQuery, readValues } from "../http/parameters.ts";
import { ProblemError, problemResponse } from "../http/problem.ts";
import { Protection } from "../protection/protection.ts";
import type { Route } from "./route.ts";
import { StoreError } from "../store/store_error.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** How the router carries along what goes with a request. */
interface Surroundings {
  Bindings: { exchange: Exchange };
}

/**
 * Makes one handler of several routes. It lets in who may come in, reads and checks parameters, answers `HEAD`
 * for each `GET` and `OPTIONS` for all, and turns what goes wrong into problem documents (RFC 9457).
 */
export function createRouter(
  routes: readonly Route[],
  { protection = new Protection(), metrics = new Metrics() }: {
    protection?: Protection;
    metrics?: Metrics;
  } = {},
): Handler {
  const app = new Hono<Surroundings>();
  app.onError((error, context) => {
    if (error instanceof StoreError) metrics.storeFailed();
    return answerError(error, context);
  });
  app.notFound((context) =>
    answerProblem(
      context,
      STATUS_CODE.NotFound,
      "There is nothing at this path; GET / lists what there is",
    )
  );
  app.use(methodNotAllowed({
    app,
    onMethodNotAllowed: (context, methods) => answerOtherMethod(context, methods.join(", ")),
  }));
  for (const route of routes) {
    app.on(route.method, pattern(route.path), (context) => answerRoute(context, route, protection));
  }
  return (request, exchange = {}) =>
    request.method === "HEAD"
      ? answerHead(app, request, exchange)
      : app.fetch(request, { exchange });
}

/** `OPTIONS` asks which methods there are; any other isn't possible. */
function answerOtherMethod(context: Context, allow: string): Response {
  const { method } = context.req;
  if (method === "OPTIONS") {
    return new Response(null, { status: STATUS_CODE.NoContent, headers: { allow } });
  }
  const detail = `${method} isn't possible here, only ${allow}`;
  return answerProblem(context, STATUS_CODE.MethodNotAllowed, detail, { allow });
}

/** `/recommend/{userId}` → `/recommend/:userId{[^/]*}`, as the router has it; empty parts match, too. */
function pattern(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1{[^/]*}");
}

async function answerRoute(
  context: Context<Surroundings>,
  route: Route,
  protection: Protection,
): Promise<Response> {
  const request = context.req.raw;
  const { exchange } = context.env;
  exchange.route = route.path;
  protection.admit(request, route.access, exchange);
  if (route.access !== "open") protection.requireCapacity();
  const { pathname, searchParams } = new URL(request.url);
  requireDecodable(pathname);
  const path = readValues(context.req.param(), route.pathParameters);
  const query = readQuery(searchParams, route.query);
  const text = route.body ? await protection.readText(request) : "";
  const answer = () => route.handle({ request, path, query, text });
  return route.access === "open" ? answer() : protection.work(answer);
}

function requireDecodable(pathname: string): void {
  try {
    decodeURIComponent(pathname);
  } catch {
    throw new ProblemError({
      status: STATUS_CODE.BadRequest,
      detail: "The path must be UTF-8 in percent-encoding, as encodeURIComponent makes it",
    });
  }
}

/** As for `GET`, with the length that the body would have. */
async function answerHead(
  app: Hono<Surroundings>,
  request: Request,
  exchange: Exchange,
): Promise<Response> {
  const { url, headers: sent } = request;
  const response = await app.fetch(new Request(url, { headers: sent }), { exchange });
  const headers = new Headers(response.headers);
  if (response.body) {
    headers.set("content-length", String((await response.arrayBuffer()).byteLength));
  }
  return new Response(null, { status: response.status, headers });
}

/** What the program did wrong is logged and not told. */
function answerError(error: Error, context: Context): Response {
  if (error instanceof ProblemError) {
    return problemResponse(error.problem, new URL(context.req.url).pathname);
  }
  if (error instanceof StoreError) return answerUnavailable(error, context);
  console.error(`Cannot answer ${context.req.method} ${context.req.routePath}:`, error);
  return answerProblem(
    context,
    STATUS_CODE.InternalServerError,
    "Something went wrong here; it was logged",
  );
}

const RETRY_SECONDS = 5;

/** Without the store nothing can be stored; what only reads answers without it. */
function answerUnavailable(error: StoreError, context: Context): Response {
  console.error(error.message);
  return problemResponse({
    status: STATUS_CODE.ServiceUnavailable,
    detail: "The store of events can't be used now, nothing was stored; try again later",
    retryAfter: RETRY_SECONDS,
  }, new URL(context.req.url).pathname);
}

function answerProblem(
  context: Context,
  status: number,
  detail: string,
  headers?: Readonly<Record<string, string>>,
): Response {
  return problemResponse({ status, detail }, new URL(context.req.url).pathname, headers);
}
