import type { Artifact } from "../artifact/load.ts";
import { KeptLists } from "./api/kept_lists.ts";
import type { Route } from "./api/route.ts";
import { createRouter } from "./api/router.ts";
import { docsAssetRoute, docsRoute, openApiRoute } from "./api/routes/docs.ts";
import { eventsRoute } from "./api/routes/events.ts";
import { exportEventsRoute } from "./api/routes/export_events.ts";
import { healthRoute, readinessRoute } from "./api/routes/health.ts";
import { indexRoute } from "./api/routes/index.ts";
import { metricsRoute } from "./api/routes/metrics.ts";
import { popularRoute } from "./api/routes/popular.ts";
import { changeProductRoute, productRoute, searchRoute } from "./api/routes/products.ts";
import { answerKept, RECOMMEND_PATH, recommendRoute } from "./api/routes/recommend.ts";
import { recommendSessionRoute } from "./api/routes/recommend_session.ts";
import { reloadRoute } from "./api/routes/reload.ts";
import { similarRoute } from "./api/routes/similar.ts";
import { forgetRoute, historyRoute } from "./api/routes/users.ts";
import { versionRoute } from "./api/routes/version.ts";
import type { Handler } from "./http/exchange.ts";
import { Protection } from "./protection/protection.ts";
import { Shop, type ShopOptions } from "./recommend/shop.ts";

/** What a handler can be told. */
export interface HandlerOptions extends ShopOptions {
  /** Exchanges the artifact; without it there is no such route. */
  reload?: () => Promise<object>;
  /** Who may do what. Default everybody may read and nobody may store. */
  protection?: Protection;
}

/** Makes the handler of everything that the service answers from an artifact and what came in since. */
export function createHandler(
  artifact: Artifact,
  { reload, protection = new Protection(), ...options }: HandlerOptions = {},
): Handler {
  const shop = new Shop(artifact, options);
  const lists = new KeptLists(shop);
  const routes: readonly Route[] = [
    recommendRoute(shop, lists),
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
    metricsRoute(shop, protection),
    ...(reload ? [reloadRoute(reload)] : []),
    openApiRoute(shop, { routes: () => all, readsAreOpen: protection.tokens.readsAreOpen }),
    docsRoute(),
    docsAssetRoute(),
  ];
  const all = [indexRoute(shop, routes), ...routes];
  const router = createRouter(all, { protection, metrics: shop.metrics });
  return (request, exchange = {}) => {
    const list = lists.fresh(request, exchange.started);
    // Whoever isn't let in is told so by the router.
    if (!list || !protection.admits(request, "read", exchange)) return router(request, exchange);
    exchange.route = RECOMMEND_PATH;
    return answerKept(request, list, shop.metrics);
  };
}
