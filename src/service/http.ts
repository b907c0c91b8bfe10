import { type Context, Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Artifact } from "../artifact/load.ts";
import { readQuery, readValues } from "./parameters.ts";
import { ProblemError, problemResponse } from "./problem.ts";
import type { Route } from "./route.ts";
import { docsAssetRoute, docsRoute, openApiRoute } from "./routes/docs.ts";
import { eventsRoute } from "./routes/events.ts";
import { exportEventsRoute } from "./routes/export_events.ts";
import { healthRoute, readinessRoute } from "./routes/health.ts";
import { indexRoute } from "./routes/index.ts";
import { popularRoute } from "./routes/popular.ts";
import { changeProductRoute, productRoute, searchRoute } from "./routes/products.ts";
import { recommendRoute } from "./routes/recommend.ts";
import { recommendSessionRoute } from "./routes/recommend_session.ts";
import { reloadRoute } from "./routes/reload.ts";
import { similarRoute } from "./routes/similar.ts";
import { forgetRoute, historyRoute } from "./routes/users.ts";
import { versionRoute } from "./routes/version.ts";
import { Shop, type ShopOptions } from "./shop.ts";
import { StoreError } from "./store/store_error.ts";
// @ts-types="./std_http.d.ts"
import { STATUS_CODE } from "@std/http/status";

/** Answers requests; pure, so that it runs without a port. */
export type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Makes the handler of everything that the service answers from an artifact and what came in since.
 *
 * @param options `reload` exchanges the artifact; without it there is no such route.
 */
export function createHandler(
  artifact: Artifact,
  { reload, ...options }: ShopOptions & { reload?: () => Promise<object> } = {},
): Handler {
  const shop = new Shop(artifact, options);
  const routes: readonly Route[] = [
    recommendRoute(shop),
    recommendSessionRoute(shop),
    similarRoute(shop),
    popularRoute(shop),
    historyRoute(shop),
    forgetRoute(shop),
    productRoute(shop),
    searchRoute(shop),
    changeProductRoute(shop),
    eventsRoute(shop),
    exportEventsRoute(shop),
    healthRoute(shop),
    readinessRoute(shop),
    versionRoute(shop),
    ...(reload ? [reloadRoute(reload)] : []),
    openApiRoute(shop, () => all),
    docsRoute(),
    docsAssetRoute(),
  ];
  const all = [indexRoute(shop, routes), ...routes];
  return createRouter(all);
}

/**
 * Makes one handler of several routes. It reads and checks their parameters, answers `HEAD` for each `GET`,
 * and turns what goes wrong into problem documents (RFC 9457).
 */
export function createRouter(routes: readonly Route[]): Handler {
  const app = new Hono();
  app.onError(answerError);
  app.notFound((context) =>
    answerProblem(
      context,
      STATUS_CODE.NotFound,
      "There is nothing at this path; GET / lists what there is",
    )
  );
  app.use(methodNotAllowed({
    app,
    onMethodNotAllowed: (context, methods) =>
      answerProblem(
        context,
        STATUS_CODE.MethodNotAllowed,
        `${context.req.method} isn't possible here, only ${methods.join(", ")}`,
        { allow: methods.join(", ") },
      ),
  }));
  for (const route of routes) {
    app.on(route.method, pattern(route.path), (context) => answerRoute(context, route));
  }
  return (request) => request.method === "HEAD" ? answerHead(app, request) : app.fetch(request);
}

/** `/recommend/{userId}` → `/recommend/:userId{[^/]*}`, as the router has it; empty parts match, too. */
function pattern(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1{[^/]*}");
}

function answerRoute(context: Context, route: Route): Response | Promise<Response> {
  const request = context.req.raw;
  const { pathname, searchParams } = new URL(request.url);
  requireDecodable(pathname);
  const path = readValues(context.req.param(), route.pathParameters);
  const query = readQuery(searchParams, route.query);
  return route.handle({ request, path, query });
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
async function answerHead(app: Hono, request: Request): Promise<Response> {
  const response = await app.fetch(new Request(request.url, { headers: request.headers }));
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
