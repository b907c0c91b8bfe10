import { type Context, Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Exchange, Handler } from "../http/exchange.ts";
import { readQuery, readValues } from "../http/parameters.ts";
import { ProblemError, problemResponse } from "../http/problem.ts";
import { methodLabel } from "../observability/metrics.ts";
import type { ApiContext, Route } from "./route.ts";
import { HistoriesError } from "../../histories/histories_error.ts";
import { StoreError } from "../store/store_error.ts";
import { STATUS_CODE } from "../../base/std/http.ts";

/** What Hono passes on with a request. */
interface RequestEnvironment {
  Bindings: { exchange: Exchange };
}

/**
 * Makes one handler of all routes. It checks access, reads and checks parameters, answers `OPTIONS`
 * for all paths, and turns errors into problem documents (RFC 9457).
 */
export function createRouter(api: ApiContext): Handler {
  const app = new Hono<RequestEnvironment>();
  app.onError((error, context) => {
    if (error instanceof StoreError) api.shop.metrics.storeFailed();
    return answerError(error, context);
  });
  app.notFound((context) =>
    answerProblem(
      context,
      STATUS_CODE.NotFound,
      "Nothing is at this path; GET / lists all endpoints",
    )
  );
  app.use(methodNotAllowed({
    app,
    onMethodNotAllowed: (context, methods) => answerOtherMethod(context, methods.join(", ")),
  }));
  // The page's links are relative to its folder; so is this one, behind a proxy's prefix too.
  app.get("/docs/", (context) => context.redirect("../docs", STATUS_CODE.PermanentRedirect));
  for (const route of api.routes) {
    app.on(route.method, pattern(route.path), (context) => answerRoute(context, route, api));
  }
  for (const { path, setting } of api.unserved ?? []) {
    const detail = `This service doesn't have ${path}: it is started without ${setting}`;
    app.all(pattern(path), (context) => answerProblem(context, STATUS_CODE.NotFound, detail));
  }
  return (request, exchange = {}) => app.fetch(request, { exchange });
}

/** In characters; longer ones aren't echoed. */
const MAX_METHOD_LENGTH = 20;

/** `OPTIONS` lists the methods; any other method isn't allowed. */
function answerOtherMethod(context: Context, allow: string): Response {
  const { method } = context.req;
  if (method === "OPTIONS") {
    return new Response(null, { status: STATUS_CODE.NoContent, headers: { allow } });
  }
  const name = method.length > MAX_METHOD_LENGTH ? "This method" : method;
  const detail = `${name} isn't allowed here, only ${allow}`;
  return answerProblem(context, STATUS_CODE.MethodNotAllowed, detail, { allow });
}

/** `/recommend/{userId}` → Hono's `/recommend/:userId{[^/]*}`, which matches empty parts too. */
function pattern(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1{[^/]*}");
}

async function answerRoute(
  context: Context<RequestEnvironment>,
  route: Route,
  api: ApiContext,
): Promise<Response> {
  const { protection } = api;
  const request = context.req.raw;
  const { exchange } = context.env;
  exchange.route = route.path;
  protection.admit(request, route.access);
  const { pathname, searchParams } = new URL(request.url);
  requireDecodable(pathname);
  const path = readValues(context.req.param(), route.pathParameters);
  const query = readQuery(searchParams, route.query);
  const body = route.body?.read(await protection.readText(request));
  const weight = route.weigh({ query, body });
  protection.limitWeight(request, exchange, weight);
  const answer = () => route.handle({ request, connection: exchange, path, query, body }, api);
  return route.access === "health" ? answer() : protection.work(answer, weight);
}

function requireDecodable(pathname: string): void {
  try {
    decodeURIComponent(pathname);
  } catch {
    throw new ProblemError({
      status: STATUS_CODE.BadRequest,
      detail: "The path must be percent-encoded UTF-8, as encodeURIComponent makes it",
    });
  }
}

/** Bugs are logged; clients learn no details. */
function answerError(error: Error, context: Context): Response {
  if (error instanceof ProblemError) {
    return problemResponse(error.problem, new URL(context.req.url).pathname);
  }
  if (error instanceof StoreError) {
    return answerUnavailable(error, context, STORE_DETAIL);
  }
  if (error instanceof HistoriesError) return answerUnavailable(error, context, HISTORIES_DETAIL);
  console.error(
    `Cannot answer ${methodLabel(context.req.method)} ${context.req.routePath}:`,
    error,
  );
  return answerProblem(
    context,
    STATUS_CODE.InternalServerError,
    "The service failed; the error was logged",
  );
}

const RETRY_SECONDS = 5;

const STORE_DETAIL = "The event store is unavailable and has acknowledged nothing";

const HISTORIES_DETAIL = "What users did until training can't be read now, the log says why";

/** Without the store writes fail; reads still answer, and lists do without histories. */
function answerUnavailable(error: Error, context: Context, detail: string): Response {
  console.error(error.message);
  return problemResponse({
    status: STATUS_CODE.ServiceUnavailable,
    detail: `${detail}; try again later`,
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
