import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { STATUS_CODE } from "../base/std/http.ts";
import type { Exchange } from "../service/http/exchange.ts";
import { addSignIn } from "./access/sign_in.tsx";
import { isLoopback, visitorOf } from "./visit/visitor.ts";
import { createAsk } from "./visit/ask.ts";
import { addFiles } from "./frame/files.ts";
import { addExperiments } from "./experiments/experiments.tsx";
import { addHome } from "./home/home.tsx";
import { Samples } from "./figures/samples.ts";
import { addModels } from "./models/models.tsx";
import { addPlacements } from "./placements/placements.tsx";
import { addProducts } from "./products/products.tsx";
import { showProblem } from "./frame/show_problem.tsx";
import { notFound } from "./visit/problem.ts";
import type { Lasting, PageEnvironment, Site } from "./visit/site.ts";
import { addShop } from "./shop/shop.tsx";
import { addUsers } from "./users/users.tsx";

/** What the pages are created with. */
interface AppOptions extends Pick<Site, "api" | "options"> {
  readonly lasting: Lasting;
}

/** Makes one handler of all pages. */
export function createApp(
  { api, options, lasting }: AppOptions,
): (request: Request, exchange: Exchange) => Promise<Response> {
  const samples = lasting.samples ??= new Samples(api);
  const hasShop = options.mode === "shop" || isLoopback(options.host);
  const site: Site = { api, options, samples, hasShop };
  const ask = createAsk(api);

  const app = new Hono<PageEnvironment>({
    getPath: ({ url }) => new URL(url).pathname.slice("/pages".length),
  });
  app.onError((error, context) => showProblem(context, error));
  app.notFound((context) => showProblem(context, notFound("There is no such page.")));
  app.use(async (context, next) => {
    context.set("visitor", visitorOf(context, api.protection, options));
    context.set("ask", ask);
    context.set("hasShop", hasShop);
    await next();
  });
  app.use(csrf());
  app.use((_, next) => api.protection.work(next));
  addFiles(app);
  addSignIn(app, site);
  addHome(app, site);
  addUsers(app, site);
  addProducts(app, site);
  addModels(app, site);
  addPlacements(app, site);
  addExperiments(app, site);
  if (hasShop) addShop(app, site);

  return async (request, exchange) => {
    exchange.route = "/pages";
    const { pathname } = new URL(request.url);
    if (pathname === "/") return movedTo("pages/", STATUS_CODE.TemporaryRedirect);
    if (pathname === "/pages") return movedTo("pages/", STATUS_CODE.PermanentRedirect);
    return await app.fetch(request, { exchange });
  };
}

/** @param place Relative, so that it is right behind a proxy's prefix, too. */
function movedTo(place: string, status: number): Response {
  return new Response(null, { status, headers: { location: place, vary: "accept" } });
}
